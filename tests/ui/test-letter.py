# SPDX-License-Identifier: GPL-3.0-or-later
"""An unsent letter: sealed until a day, out of sight until then, opened early after one question."""

import datetime

import tap
from life import LifeTest, cli, entries, make_journal, until

WHEN = "How long ago did you lose or leave the person you would write to, if you did?"
WHO = "Who is the letter to?"
LETTER = "What would you say, if nothing could come of it?"
SEAL = "What should become of the letter?"


class LetterTest(LifeTest):
    def begin(self):
        make_journal(("Tea with Ann", "We had tea."))
        app = self.start_open()
        app.press("list item", "Unsent letter")
        app.press("button", "Short version, 8\u00a0minutes")
        return app

    def go_on(self, app, question, button="Next"):
        app.press("button", button)
        app.reads(question)

    def to_seal(self, app):
        self.go_on(app, WHEN, "Skip")
        self.go_on(app, WHO, "Skip")
        self.go_on(app, LETTER, "Skip")
        area = app.find("text box", LETTER)
        until(lambda: area.has("focused"), "the cursor in the letter")
        app.type("Dear grandfather")
        self.go_on(app, SEAL)
        app.reads("not a second lock")

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def letter(self):
        return next(entry for entry in entries() if entry.get("guide"))

    def test_out_of_sight_until_opened(self):
        app = self.begin()
        self.to_seal(app)
        self.assertEqual(app.nameless(), [])
        app.press("list item", "Seal it for a month")
        self.finish(app)
        day = datetime.date.fromisoformat(self.letter()["sealed_until"])
        self.assertLess(27, (day - datetime.date.today()).days)
        self.assertLess((day - datetime.date.today()).days, 32)
        # Neither in the journal nor by searching, here and elsewhere.
        self.place(app, "Journal")
        app.find("button", "1 sealed entry")
        self.assertFalse(app.says("grandfather"))
        app.keys("ctrl+f")
        app.type("grandfather")
        app.reads("Nothing found")
        app.keys("Escape")
        self.assertNotIn("Unsent", cli("list").stdout)
        self.assertEqual(cli("search", "grandfather").stdout, "")
        self.assertIn("grandfather", cli("search", "--sealed", "grandfather").stdout)
        # Only its day is to be seen.
        app.press("button", "1 sealed entry")
        row = app.reads("Sealed until")
        self.assertIn(str(day.year), row.name)
        self.assertFalse(app.says("grandfather"))
        self.assertEqual(app.nameless(), [])
        # One question; the answer that changes nothing is the first.
        app.press("list item", row.name)
        app.find("button", "Open it now")
        app.keys("Escape")
        app.gone("button", "Open it now")
        self.assertIn("sealed_until", self.letter())
        app.press("list item", row.name)
        app.press("button", "Open it now")
        app.reads("Dear grandfather")
        self.assertNotIn("sealed_until", self.letter())
        app.close()

    def test_another_day(self):
        app = self.begin()
        self.to_seal(app)
        app.press("list item", "Seal it until another day")
        self.assertEqual(app.nameless(), [])
        self.finish(app)
        day = datetime.date.fromisoformat(self.letter()["sealed_until"])
        self.assertEqual((day - datetime.date.today()).days, 14)
        app.close()

    def test_kept_at_hand(self):
        app = self.begin()
        self.to_seal(app)
        app.press("list item", "Seal it for a year")
        app.press("list item", "Keep it at hand")
        self.finish(app)
        self.assertNotIn("sealed_until", self.letter())
        self.place(app, "Journal")
        app.focus_row("Entries", "grandfather")
        app.close()


if __name__ == "__main__":
    tap.main()
