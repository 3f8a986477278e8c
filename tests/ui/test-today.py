# SPDX-License-Identifier: GPL-3.0-or-later
"""Today: one line to type into at once, one suggestion, and the next session."""

import subprocess

import tap
from life import LifeTest, entries, make_journal, until


class TodayTest(LifeTest):
    def lines(self):
        return [entry["answers"][0]["text"] for entry in entries() if entry.get("guide", {}).get("id") == "moment"]

    def test_a_moment_at_once(self):
        make_journal()
        app = self.start_open()
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        self.assertEqual(app.nameless(), [])
        app.type("The kettle sings.")
        app.keys("Return")
        app.reads("Saved in your journal")
        until(lambda: self.lines() == ["The kettle sings."], "the line on the disk")
        self.assertEqual(app.find("text box", "A moment: one line").text(), "")
        app.close()

    def test_a_moment_that_was_not_kept(self):
        """What stands in the line when the window is closed is offered again; the end is one without an error."""
        make_journal()
        app = self.start_open()
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        app.type("The kettle s")
        app.close()
        app = self.start_open()
        app.find("list", "Go on writing")
        self.take_up(app, "The kettle s")
        # Its first page asks for nothing: the keyboard is on the button that goes on.
        until(lambda: app.focused() and app.focused().role == "button", "the keyboard in the guide")
        app.keys("Escape")
        self.assertEqual(self.lines(), [])
        app.close()

    def test_moments_that_were_not_kept_are_told_apart(self):
        make_journal()
        for text in ("The kettle sings", "Rain on the roof"):
            app = self.start_open()
            until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
            app.type(text)
            app.close()
        app = self.start_open()
        rows = until(lambda: len(rows := [row.name for row in app.find("list", "Go on writing").children()]) == 2 and rows,
                     "both to go on with")
        self.assertEqual(sorted(rows), ["Rain on the roof", "The kettle sings"])
        app.find("button", "Discard “Rain on the roof”")
        self.take_up(app, "The kettle sings")
        app.press("button", "Previous")
        until(lambda: [box.text() for box in app.find_all("text box")] == ["The kettle sings"], "the line that was begun")
        app.close()

    def test_the_keyboard_stays_in_the_page(self):
        """What is hidden or removed lets go of the keyboard before."""
        make_journal()
        app = self.start_open()
        app.focus("button", "Not today")
        app.keys("Return")
        app.reads("Nothing more is suggested today")
        app.gone("button", "Not today")
        app.keys("Escape", "Tab")
        self.assertTrue(app.focused(), "nothing has the keyboard")
        app.close()

    def test_a_moment_from_anywhere(self):
        make_journal()
        app = self.start_open()
        self.place(app, "Library")
        app.keys("ctrl+shift+m")
        app.find("dialog", "A moment")
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        app.type("Rain again.")
        app.keys("Return")
        app.gone("dialog", "A moment")
        until(lambda: self.lines() == ["Rain again."], "the line on the disk")
        # What was not kept is offered again.
        app.keys("ctrl+shift+m")
        app.find("dialog", "A moment")
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        app.type("Half a th")
        app.keys("Escape")
        app.gone("dialog", "A moment")
        self.place(app, "Today")
        app.find("list", "Go on writing")
        self.assertEqual(self.lines(), ["Rain again."])
        app.close()

    def test_a_moment_from_outside(self):
        make_journal()
        app = self.start("--moment")
        self.unlock(app)
        app.find("dialog", "A moment", patience=60)
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        app.keys("Escape")
        app.gone("dialog", "A moment")
        # A second start asks the first.
        other = subprocess.run(app.command, timeout=60, check=False)
        self.assertEqual(other.returncode, 0)
        app.find("dialog", "A moment")
        app.keys("Escape")
        app.close()

    def test_from_elsewhere(self):
        """Somebody who begins elsewhere finds all of Today later, and has the keyboard where it was."""
        make_journal()
        app = self.start_open()
        self.place(app, "Library")
        app.keys("ctrl+l")
        self.unlock(app)
        app.find("list", "Start here")
        self.assertFalse(app.find_all("text box", "A moment: one line"))
        app.focus("list item", "Today")
        app.keys("Return")
        app.find("text box", "A moment: one line")
        app.find("list", "Write")
        app.reads("All guides")
        app.reads("A short read")
        self.assertEqual(app.focused().name, "Today")
        app.close()

    def test_another_and_not_today(self):
        make_journal()
        app = self.start_open()
        app.reads("You could write this today.")
        titles = {self.suggested(app)}
        app.press("button", "Another")
        until(lambda: self.suggested(app) not in titles, "another guide")
        second = self.suggested(app)
        app.press("button", "Not today")
        app.reads("Nothing more is suggested today")
        app.gone("button", "Another")
        app.press("button", "Undo")
        until(lambda: self.suggested(app) == second, "the same again")
        app.press("button", "Not today")
        app.gone("button", "Another")
        app.close()
        app = self.start_open()
        app.find("list", "Write")
        app.reads("A short read")
        self.assertFalse(app.find_all("button", "Another"))
        app.close()

    def suggested(self, app):
        titles = [w.name for w in app.find_all("label")]
        at = next(i for i, name in enumerate(titles) if name == "You could write this today.")
        return titles[at + 1]

    def test_the_rules_can_be_read(self):
        make_journal()
        app = self.start_open()
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        app.reads("What Today suggests")
        app.reads("Three relationship episodes since the last look")
        app.keys("Escape")
        app.close()


if __name__ == "__main__":
    tap.main()
