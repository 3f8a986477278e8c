# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking for the thread: counts of one's own words, never too early, and not after hard entries."""

import tap
from life import LifeTest, entries, make_journal

BEFORE = "How strong is what you feel right now?"
WHO = "Who was this moment with?"
HAPPENED = "What happened, from the first moment to the last?"
OTHER = "What did the other person do, as you saw it?"
FELT = "What did you feel?"
WISH = "What did you want just then?"
AFTER = "How strong is what you feel now, after writing?"
NOTICE = "What do you notice when you look at these?"


class ThreadTest(LifeTest):
    def tell(self, app, person, new, other="was warm", after=None):
        """A moment with somebody, in the short version."""
        app.press("list item", "A relationship episode")
        app.press("button", "Short version, 3\u00a0minutes")
        self.go_on(app, WHO, "Skip")
        if new:
            app.focus("text box", "Name of somebody new")
            app.type(person)
            app.keys("Return")
            app.find("toggle button", person)
        else:
            app.press("toggle button", person)
        self.go_on(app, HAPPENED)
        app.type("We met.")
        self.go_on(app, OTHER)
        app.press("toggle button", other)
        app.press("button", "Next")
        if app.find_all("button", "Go on"):
            app.press("button", "Go on")
        app.reads(FELT)
        self.go_on(app, WISH)
        app.press("toggle button", "to be understood")
        self.go_on(app, AFTER)
        if after:
            app.press("radio", after)
        self.finish(app)

    def go_on(self, app, question, button="Next"):
        app.press("button", button)
        app.reads(question)

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")
        app.find("list", "Write")

    def look(self, app):
        app.press("list item", "Looking for the thread")
        app.press("button", "Short version, 5\u00a0minutes")
        self.go_on(app, NOTICE, "Skip")

    def test_three_moments(self):
        make_journal()
        app = self.start_open()
        self.tell(app, "Ann", True)
        self.look(app)
        app.reads("from three moments and two people on")
        app.keys("Escape")
        app.find("list", "Write")
        self.tell(app, "Bo", True)
        self.tell(app, "Ann", False)
        self.look(app)
        app.reads("You told of 3 moments. 2 people came up in what you told.")
        app.reads("“to be understood”")
        app.reads("In 3 of 3 moments. With 2 people.")
        self.assertEqual(app.nameless(), [])
        # Each count opens its moments, and comes back to the page.
        app.press("list item", "“to be understood”")
        app.find("list item", "We met.")
        app.close()

    def test_harm_is_not_counted(self):
        make_journal()
        app = self.start_open()
        self.tell(app, "Ann", True)
        self.tell(app, "Bo", True)
        self.tell(app, "Bo", False, other="threatened or hurt me")
        self.look(app)
        app.reads("What somebody does to you is not a pattern of yours.")
        app.reads("from three moments and two people on")
        self.assertFalse(app.says("In 3 of"))
        app.close()

    def test_it_waits_after_hard_entries(self):
        make_journal()
        app = self.start_open()
        for person in ("Ann", "Bo", "Cy"):
            self.tell(app, person, True, after="strong")
        app.press("list item", "Looking for the thread")
        app.reads("This look can wait")
        self.assertFalse(app.find_all("button", "Short version, 5\u00a0minutes"))
        app.press("button", "“A feeling in the moment” instead")
        app.find("heading", "A feeling in the moment")
        app.close()
        self.assertEqual(len(entries()), 3)


if __name__ == "__main__":
    tap.main()
