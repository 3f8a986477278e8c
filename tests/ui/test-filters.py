# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the search, to be seen and taken off; and a date that is typed into the calendar."""

import datetime

import tap
from life import LifeTest, until


class FiltersTest(LifeTest):
    def titles(self, app):
        lists = app.find_all("list", "Entries")
        return [row.name for row in lists[0].shown() if row.role == "list item"] if lists else []

    def focus_is(self, app, role, words):
        return until(lambda: app.focused() and app.focused().role == role and words in app.focused().name and app.focused(),
                     f"the focus on {role} “{words}”")

    def test_filters_and_a_typed_date(self):
        app = self.start("--demo")
        app.find("list", "Write")
        self.place(app, "Journal")
        until(lambda: len(self.titles(app)) > 5, "the entries")
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        field = app.focused()
        # Typed: they combine with words, and each stands below.
        app.type("the tag:mum in:tray -tag:work")
        chips = ("Take off the filter “Tag: mum”", "Take off the filter “For the session”", "Take off the filter “Without Tag: work”")
        for chip in chips:
            app.find("button", chip)
        all_of_them = until(lambda: self.titles(app), "what has all of it")
        # Taken off by keys: the focus goes on to the next one, and from the last back to the field.
        app.focus("button", chips[0])
        app.keys("Delete")
        self.focus_is(app, "button", "For the session")
        until(lambda: field.text() == "the in:tray -tag:work", "the text without it")
        until(lambda: len(self.titles(app)) > len(all_of_them), "what was left out")
        app.keys("Return")
        self.focus_is(app, "button", "Without Tag: work")
        app.keys("BackSpace")
        until(lambda: app.focused() and app.focused().role == "search box", "the search again")
        self.assertEqual(field.text(), "the")
        self.assertFalse(app.find_all("button", chips[2]))
        # Chosen: the menu changes the text, and shows what stands there.
        app.press("toggle button", "Filters")
        self.assertEqual(app.nameless(), [])
        app.focus("checkbox", "For the session")
        app.keys("space")
        until(lambda: field.text() == "the in:tray", "the filter in the text")
        app.focus("text box", "Before")
        app.type("rain")
        app.keys("Return")
        app.reads("That could not be read as a date.")
        app.keys("ctrl+a")
        app.type("2026-11")
        app.keys("Return")
        until(lambda: field.text() == "the in:tray before:2026-11", "the date in the text")
        app.keys("Escape")
        app.find("button", "Take off the filter “Before: November 2026”")
        # The calendar: what is no date says so; a day is gone to, and the search is over.
        app.press("toggle button", "Calendar")
        app.focus("text box", "Go to a date")
        app.type("whenever")
        app.keys("Return")
        app.reads("That could not be read as a date.")
        app.keys("ctrl+a")
        # What is made up begins at the present day: on this one there is an entry.
        day = datetime.date.today() - datetime.timedelta(days=22)
        app.type(day.isoformat())
        app.keys("Return")
        until(lambda: (row := app.focused()) and row.role == "list item" and f"{day.day} {day:%B %Y}" in row.name, "the entry of the day")
        app.close()


if __name__ == "__main__":
    tap.main()
