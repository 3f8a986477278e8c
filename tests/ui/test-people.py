# SPDX-License-Identifier: GPL-3.0-or-later
"""People, each with a page; reading again with notes in the margin."""

import shutil

import tap
from life import DATA, JOURNAL, LifeTest, entries, make_journal, until

FULL = "Not saved. The disk is full. Make some room; then it is saved by itself."


class PeopleTest(LifeTest):
    def demo(self):
        app = self.start("--demo")
        app.find("list", "Write")
        self.place(app, "Journal")
        until(lambda: len(app.find("list", "Entries").children()) > 5, "the entries")
        app.menu("o")
        app.find("list", "People")
        return app

    def people(self, app):
        return [row.name for row in app.find("list", "People").shown() if row.role == "list item"]

    def test_renamed_and_noted(self):
        app = self.demo()
        app.press("list item", "Mum")
        until(lambda: app.find_all("list", "Entries"), "the entries that name her")
        self.assertEqual(app.nameless(), [])
        field = app.focus("text box", "Name")
        app.keys("ctrl+a")
        app.type("Anna")
        until(lambda: field.text() == "Anna", "the new name")
        app.press("button", "Back")
        until(lambda: "Anna" in self.people(app) and "Mum" not in self.people(app), "the new name in the list")
        until(lambda: self.people(app) == sorted(self.people(app)), "her where the new name belongs")
        app.end()

    def test_the_keyboard_is_on_the_person(self):
        """Who was on the page above, whatever was done there."""
        app = self.demo()

        def has_keyboard(name):
            here = until(lambda: (here := app.focused()) and (here.role, here.name) == ("list item", name) and here,
                         f"the keyboard on “{name}”")
            until(lambda: 0 < here.place()[1] < app.find("window").place()[3], f"“{name}” in view")
        app.press("list item", "Mum")
        field = app.focus("text box", "Name")
        app.keys("ctrl+a")
        app.type("Renate")
        until(lambda: field.text() == "Renate", "the new name")
        app.press("button", "Back")
        has_keyboard("Renate")
        app.press("list item", "Dad")
        app.press("button", "This is the same person as…")
        app.find("dialog", "The same person")
        app.press("list item", "Viktor")
        app.reads("Dad is now the same as Viktor")
        has_keyboard("Viktor")
        app.end()

    def test_merged_and_separate_again(self):
        app = self.demo()
        app.press("list item", "Dad")
        app.press("button", "This is the same person as…")
        app.find("dialog", "The same person")
        self.assertEqual(app.nameless(), [])
        app.press("list item", "Viktor")
        app.reads("Dad is now the same as Viktor")
        until(lambda: "Dad" not in self.people(app), "one of two")
        app.press("button", "Undo")
        until(lambda: "Dad" in self.people(app), "both again")
        app.end()

    def test_removed_and_back(self):
        app = self.demo()
        app.press("list item", "Viktor")
        app.press("button", "Remove from the list")
        app.reads("Viktor is removed from the list")
        until(lambda: "Viktor" not in self.people(app), "the list without him")
        app.press("button", "Undo")
        until(lambda: "Viktor" in self.people(app), "him again")
        app.end()

    def test_notes_in_the_margin(self):
        make_journal(("Ducks", "Twenty-six ducks in the rain."))
        app = self.start_open()
        self.place(app, "Journal")
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Write a note in the margin")
        area = app.find("text box", "A note in the margin")
        until(lambda: area.has("focused"), "the cursor in the margin")
        self.assertEqual(app.nameless(), [])
        app.type("I was six myself.")
        # What is typed is kept without a click.
        until(lambda: [n["text"] for n in entries()[0].get("notes", [])] == ["I was six myself."], "the note on the disk")
        app.press("button", "Done")
        app.reads("I was six myself.")
        self.assertEqual(entries()[0]["text"].strip(), "Twenty-six ducks in the rain.")
        remove = next(w for w in app.find_all("button") if w.name.startswith("Remove the note of"))
        app.press("button", remove.name)
        app.reads("The note is removed")
        until(lambda: "notes" not in entries()[0], "the note to go from the disk")
        app.press("button", "Undo")
        app.reads("I was six myself.")
        app.close()

    def open_ducks(self, app):
        self.place(app, "Journal")
        app.focus_row("Entries", "Twenty-six ducks.")
        app.keys("Return")
        app.find("button", "Write a note in the margin")

    def test_a_note_on_a_full_disk(self):
        self.block_runtime_folder()
        disk = self.begin_on_small_disk(DATA)
        app = disk.app
        self.write(app, "Twenty-six ducks.")
        app.keys("Escape")
        until(lambda: list(disk.path("journal/entries").glob("*.json")), "the entry on the disk")
        disk.fill()
        self.open_ducks(app)
        app.press("button", "Write a note in the margin")
        area = app.find("text box", "A note in the margin")
        until(lambda: area.has("focused"), "the cursor in the margin")
        app.type("I was six myself.")
        app.reads(FULL)
        self.assertEqual(area.text(), "I was six myself.")
        # The page is left: the note is there again, and closing tells.
        app.keys("Escape")
        app.gone("button", "Write a note in the margin")
        self.open_ducks(app)
        app.reads("I was six myself.")
        app.reads(FULL)
        app.find("window").act("window.close")
        app.find("alert dialog", "What you wrote last is not saved")
        app.keys("Escape")
        app.gone("alert dialog")
        disk.make_room()
        until(lambda: not app.says(FULL), "the note to be saved", 60)
        # What is on that disk goes with the app.
        shutil.copytree(disk.path("journal"), JOURNAL, dirs_exist_ok=True)
        app.close()
        (entry,) = entries()
        self.assertEqual([note["text"] for note in entry["notes"]], ["I was six myself."])


if __name__ == "__main__":
    tap.main()
