# SPDX-License-Identifier: GPL-3.0-or-later
"""For the session: when it is, and what is to be brought."""

import datetime
import os
import pathlib
import tempfile

import tap
from life import LifeTest, entries, make_journal, until
from printing import pages_of, print_to_file


class SessionTest(LifeTest):
    def open_place(self, *texts):
        make_journal(*texts)
        app = self.start_open()
        self.place(app, "For the session")
        app.find("heading", "For the session")
        return app

    def day_button(self, days):
        day = datetime.date.today() + datetime.timedelta(days=days)
        return f"{day:%A}, {day.day} {day:%B}"

    def test_two_clicks_and_one_that_is_cancelled(self):
        app = self.open_place()
        self.assertEqual(app.nameless(), [])
        app.press("toggle button", self.day_button(1))
        app.press("button", "Enter this session")
        app.reads("Your next session is entered")
        app.reads("tomorrow, every week")
        app.press("button", "Cancel it")
        app.reads("in 8 days, every week")
        app.press("button", "Undo")
        app.reads("tomorrow, every week")
        app.close()
        # It is there on the next day, and no entry.
        app = self.start_open()
        self.place(app, "For the session")
        app.reads("tomorrow, every week")
        self.assertEqual(entries(), [])
        app.press("button", "No more sessions")
        app.reads("When is your next session?")
        app.close()

    def test_moved_and_a_break(self):
        app = self.open_place()
        app.press("toggle button", self.day_button(2))
        app.press("button", "Enter this session")
        app.reads("in 2 days, every week")
        app.press("button", "Move it")
        dialog = app.find("dialog", "Move this session")
        self.assertEqual(app.nameless(), [])
        app.press("toggle button", self.day_button(4))
        until(lambda: app.find("toggle button", self.day_button(4)).has("pressed"), "the day to be chosen")
        # There is one of that name on the page below, too.
        next(one for one in dialog.shown() if (one.role, one.name) == ("button", "Move it")).act("click")
        app.gone("dialog", "Move this session")
        app.reads("in 4 days, every week")
        app.press("button", "A break")
        app.find("dialog", "A break")
        app.press("button", "Enter this break")
        app.reads("The break is entered")
        app.reads("No sessions from")
        # What was moved takes place all the same.
        app.reads("in 4 days, every week")
        app.press("button", "Cancel it")
        app.reads("in 16 days, every week")
        app.close()

    def test_the_tray(self):
        app = self.open_place(("Ducks", "Twenty-six ducks in the rain."), ("Sun", "At last."))
        app.reads("The tray is empty")
        self.place(app, "Journal")
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Bring to the session")
        app.reads("It is in the tray for the session")
        app.find("button", "Take out of the tray")
        self.place(app, "For the session")
        app.find("list", "To bring")
        app.reads("Twenty-six ducks in the rain.")
        app.press("button", "Not yet: “Ducks”")
        app.reads("Not yet spoken about")
        app.press("button", "Talked about: “Ducks”")
        app.reads("The tray is empty")
        until(lambda: [e["tray"]["state"] for e in entries() if "tray" in e] == ["talked"], "the mark on the disk")
        app.press("button", "Undo")
        app.reads("Not yet spoken about")
        app.press("button", "Let go: “Ducks”")
        app.reads("The tray is empty")
        until(lambda: [e["tray"]["state"] for e in entries() if "tray" in e] == ["let-go"], "the mark on the disk")
        app.close()

    def test_on_paper(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        # Where there is no folder for documents, the system's dialog prints to where the app was started.
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(place.name)
        app = self.open_place(("Ducks", "Twenty-six ducks in the rain. " * 400), ("Sun", "At last."))
        self.assertEqual([one for one in app.find_all("button", "Print…") if one.has("showing")], [])
        self.place(app, "Journal")
        for title in ("Ducks", "Sun"):
            app.focus_row("Entries", title)
            app.keys("Return")
            app.press("button", "Bring to the session")
            app.reads("It is in the tray for the session")
            app.find("button", "Take out of the tray")
            app.keys("alt+Left")
        self.place(app, "For the session")
        app.press("button", "Print…")
        dialog = app.find("dialog", "Print for the session")
        self.assertEqual(app.nameless(), [])
        app.reads("Paper is not encrypted")
        # Nothing ticked, nothing to print.
        for title in ("Ducks", "Sun"):
            app.press("checkbox", title)
        button = next(one for one in dialog.shown() if (one.role, one.name) == ("button", "Print…"))
        until(lambda: not button.has("sensitive"), "nothing to be printed")
        app.press("checkbox", "Ducks")
        until(lambda: button.has("sensitive"), "something to print")
        button.act("click")
        printed = print_to_file(app, pathlib.Path(place.name))
        app.gone("dialog", "Print for the session")
        app.reads("Handed to the printer, unencrypted")
        self.assertGreaterEqual(pages_of(printed), 2)
        app.close()

    def test_bring_from_before_a_session(self):
        app = self.open_place(("Ducks", "Twenty-six ducks in the rain."), ("Sun", "At last."))
        app.press("list item", "Before a session")
        app.press("button", "Begin, about 6\u00a0minutes")
        while not app.says("Which entries, if any, would you like to bring?"):
            app.press("button", "Skip" if app.find_all("button", "Skip") else "Next")
        row = until(lambda: next((row for row in app.find_all("list item") if row.name.startswith("Ducks")), None), "the entry")
        app.press("list item", row.name)
        while not app.find_all("button", "Finish"):
            app.press("button", "Skip" if app.find_all("button", "Skip") else "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")
        app.find("list", "To bring")
        app.reads("Twenty-six ducks in the rain.")
        self.assertFalse(app.says("At last."))
        app.close()


if __name__ == "__main__":
    tap.main()
