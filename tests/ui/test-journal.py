# SPDX-License-Identifier: GPL-3.0-or-later
"""The timeline: finding, selecting, the trash and the way back, export."""

import datetime
import json
import pathlib
import subprocess
import tempfile

import tap
from life import LifeTest, cli, entries, entry_files, make_journal, until


class JournalTest(LifeTest):
    def open_journal(self, *texts):
        make_journal(*texts)
        app = self.start_open()
        self.place(app, "Journal")
        until(lambda: len(self.titles(app)) == len(texts), "the entries")
        return app

    def titles(self, app):
        """The rows of the timeline, from the top."""
        lists = app.find_all("list", "Entries")
        return [row.name for row in lists[0].shown() if row.role == "list item"] if lists else []

    def select(self, app, *names):
        app.press("toggle button", "Select entries")
        for name in names:
            app.focus_row("Entries", name)
            app.keys("Return")
        app.reads(f"{len(names)} selected")

    def test_search_as_one_types(self):
        app = self.open_journal(("Ducks", "Twenty-six ducks in the rain."), ("Rain", "Nothing else today."),
                                ("Sun", "At last. Straße und Café."))
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        app.type("rain")
        until(lambda: len(self.titles(app)) == 2, "both entries with the word")
        self.assertIn("Rain", self.titles(app)[0])  # The title says it.
        app.reads("2 entries found")
        app.type(" duck")
        until(lambda: len(self.titles(app)) == 1 and "Ducks" in self.titles(app)[0], "the entry with both words")
        app.type("zz")
        app.reads("Nothing found")
        app.keys("ctrl+a")
        app.type("strasse cafe")
        until(lambda: len(self.titles(app)) == 1 and "Sun" in self.titles(app)[0], "another spelling")
        app.keys("ctrl+a")
        app.type("duckz")
        app.press("button", "Search for “ducks”")
        app.reads("1 entry found")
        app.press("toggle button", "Kept searches")
        app.press("button", "Keep this search")
        until(lambda: len(entry_files()) > 3, "the search on disk")
        app.keys("ctrl+f", "ctrl+a", "BackSpace")
        until(lambda: len(self.titles(app)) == 3, "all of them again")
        app.press("toggle button", "Kept searches")
        app.find("button", "Forget the search “ducks”")
        self.assertEqual(app.nameless(), [])
        app.keys("Escape")
        # The calendar: heard day by day, reached by keys, and back in the timeline at the chosen day.
        app.press("toggle button", "Calendar")
        today = until(lambda: app.focused() and app.focused().role == "button" and app.focused(), "the focus on today")
        self.assertIn(", 3 entries", today.name)
        self.assertEqual(app.nameless(), [])
        app.keys("Page_Up")
        before = until(lambda: ", no entries" in app.focused().name and app.focused().name, "the month before")
        app.keys("Page_Down")
        until(lambda: app.focused().name != before, "this month again")
        # A shorter month has not the last days of this one, and the way back leads to the last that both have.
        for _ in range(3):
            if (day := app.focused().name) != today.name:
                app.keys("Right")
                until(lambda: app.focused().name != day, "the next day")
        self.assertEqual(app.focused().name, today.name)
        app.keys("Return")
        until(lambda: app.focused().role == "list item", "the entry of the day")
        app.close()

    def test_search_in_tags_answers_and_people(self):
        app = self.start("--demo")
        app.find("list", "Write")
        self.place(app, "Journal")
        until(lambda: len(self.titles(app)) > 5, "the entries")
        app.keys("ctrl+f")
        # An own word of an answer, a tag, a person.
        for words in ("dustpan", "allotment", "viktor"):
            app.keys("ctrl+a")
            app.type("zzzz")
            app.reads("Nothing found")
            app.keys("ctrl+a")
            app.type(words)
            until(lambda: self.titles(app), words)
        app.close()

    def test_months_have_headers(self):
        app = self.start("--demo")
        app.find("list", "Write")
        self.place(app, "Journal")
        until(lambda: len(self.titles(app)) > 5, "the entries")
        year = datetime.date.today().year
        self.assertTrue([w for w in app.find_all("label") if w.name.endswith((str(year), str(year - 1)))])
        app.close()

    def test_dates_that_stand_alone_begin_large(self):
        """In a language whose days and months do not."""
        if "es_ES.utf8" not in subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout:
            self.skipTest("no Spanish dates here")
        make_journal(("Ducks", "Twenty-six."))
        app = self.start_open(LC_TIME="es_ES.UTF-8")

        def labels(day):
            return [label.name for label in app.all(lambda one: one.role in ("heading", "label") and day in one.name.lower())]
        day = datetime.date.fromisoformat(entries()[0]["created"][:10])
        month = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
                 "diciembre")[day.month - 1]
        weekday = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")[day.weekday()]
        self.assertEqual(labels(month), [f"{weekday.capitalize()}, {day.day} {month}"])
        self.place(app, "Journal")
        # A row is one sentence to a screen reader.
        until(lambda: app.find_all("list item", f"Ducks, {weekday}, {day.day} {month} {day.year}, "
                                   + entries()[0]["created"][11:16]), "the row")
        self.assertEqual(labels(month), [f"{month.capitalize()} {day.year}"])
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.find("button", "Change")
        (date,) = labels(month)
        self.assertTrue(date.startswith(weekday.capitalize()), date)
        app.close()

    def test_trash_and_undo(self):
        app = self.open_journal(("Ducks", "Twenty-six."), ("Rain", "Again."), ("Sun", "At last."))
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Move to the trash")
        app.reads("Moved to the trash")
        until(lambda: len(self.titles(app)) == 2, "the row to go")
        until(lambda: len(json.loads(cli("list", "--json").stdout)) == 2, "the trash on disk")
        app.press("button", "Undo")
        until(lambda: len(self.titles(app)) == 3, "the row to come back")
        until(lambda: len(json.loads(cli("list", "--json").stdout)) == 3, "the entry on disk")
        app.close()

    def test_undo_brings_the_first_row_into_view(self):
        make_journal(*((f"Day {number}", "Rain.") for number in range(1, 31)))
        app = self.start_open()
        self.place(app, "Journal")
        app.focus_row("Entries", "Day 17,")
        first = app.step("Home").name
        app.keys("Return")
        app.press("button", "Move to the trash")
        app.reads("Moved to the trash")
        until(lambda: first not in self.titles(app), "the row to go")
        app.press("button", "Undo")
        row = until(lambda: (here := app.focused()) and here.name == first and here, "the row with the keyboard")
        bar = app.find("button", "New entry").place()
        until(lambda: row.place()[1] > bar[1] + bar[3], "the row in view")
        app.close()

    def test_trash_of_many_and_back(self):
        app = self.open_journal(("Ducks", "Twenty-six."), ("Rain", "Again."), ("Sun", "At last."))
        self.select(app, "Ducks", "Sun")
        app.press("button", "Move to the trash")
        app.reads("2 entries moved to the trash")
        until(lambda: len(self.titles(app)) == 1, "the rows to go")
        app.press("button", "Undo")
        until(lambda: len(self.titles(app)) == 3, "the rows to come back")
        self.select(app, "Rain")
        app.press("button", "Move to the trash")
        until(lambda: len(self.titles(app)) == 2, "the row to go")
        app.menu("t")
        app.find("list", "Entries in the trash")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Put back “Rain”")
        app.reads("The trash is empty")
        until(lambda: len(json.loads(cli("list", "--json").stdout)) == 3, "the entry on disk")
        app.close()

    def choose_export_folder(self, app, folder):
        app.press("button", "Choose a folder…")
        self.choose_folder(app, "Choose where to export to", folder)

    def test_export_everything_and_what_is_selected(self):
        app = self.open_journal(("Ducks", "Twenty-six ducks."), ("Rain", "Again."))
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.select(app, "Rain")
        app.press("button", "Export…")
        app.reads("The exported files are not encrypted")
        self.choose_export_folder(app, place.name)
        app.reads("Exported, unencrypted", patience=40)
        app.gone("dialog", "Export")
        (folder,) = pathlib.Path(place.name).iterdir()
        (page,) = folder.glob("**/*.md")
        self.assertIn("Again.", page.read_text())
        everything = pathlib.Path(place.name, "by-cli")
        cli("export", str(everything))
        listed = {path.name: path.read_text() for path in everything.glob("**/*.md")}
        self.assertEqual(len(listed), 2)
        self.assertEqual(listed[page.name], page.read_text())
        self.assertEqual(len(entries()), 2)
        app.close()

    def test_export_can_be_left(self):
        app = self.open_journal(("Ducks", "Twenty-six."))
        app.menu("e")
        app.find("dialog", "Export")
        app.keys("Escape")
        app.gone("dialog", "Export")
        app.close()


if __name__ == "__main__":
    tap.main()
