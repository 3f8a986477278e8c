# SPDX-License-Identifier: GPL-3.0-or-later
"""A narrow window and a wide one: every page fits, every page is reached, and every control has a name."""

import time

import tap
from life import LifeTest, make_journal, until

WIDTH, HEIGHT = 360, 720
# The window itself, pages of a stack, which say no place of their own, and boxes, which have a shadow or a margin: what is
# in them counts.
NO_PLACE = ("application", "window", "tab panel", "generic", "group")


class NarrowTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.seen = set()

    def check(self, app, page):
        """Nothing stands out of the window, and nothing that a keyboard reaches lacks a name."""
        def look():
            (width, _) = app.find("window").place()[2:]
            wide = [widget for widget in app.all(lambda w: w.role not in NO_PLACE)
                    if widget.place()[2] > width or widget.place()[0] + widget.place()[2] > width + 1]
            return width, [(widget, widget.place()) for widget in wide]

        width, wide = look()
        self.assertEqual((width, wide), (self.width, []), page)
        self.assertEqual(app.nameless(), [], page)
        self.seen.add(page)

    def begin(self, app, width, height):
        self.width = width
        app.hands.resize(width, height)
        until(lambda: app.find("window").place()[2] == width, "the size")

    def back(self, app):
        app.find("button", "Back").act("click")

    def place(self, app, name):
        """A place of the sidebar, which is a page of its own where there is little room."""
        while not app.find_all("list", "Places"):
            self.back(app)
            time.sleep(0.3)  # the way back is taken before the page is gone
        app.press("list item", name)

    def walk(self, app):
        """Every page of the open app."""
        app.find("list", "Write")
        self.check(app, "today")
        self.place(app, "Journal")
        app.find("list", "Entries")
        self.check(app, "journal")
        app.press("toggle button", "Select entries")
        app.find("button", "Export…")
        self.check(app, "selecting")
        app.press("toggle button", "Select entries")
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Change")
        app.find("text box", "Text")
        self.check(app, "writing")
        self.back(app)
        app.find("button", "Change")
        self.check(app, "entry")
        self.place(app, "Library")
        app.find("list item", "The therapeutic alliance")
        self.check(app, "library")
        app.press("list item", "The therapeutic alliance")
        app.find("heading", "The therapeutic alliance")
        self.check(app, "article")
        self.place(app, "Help now")
        app.reads("Nobody reads this")
        self.check(app, "help")
        for name, keys, words in (("preferences", "ctrl+comma", "Preferences"),
                                  ("keys", "ctrl+question", "Keyboard shortcuts")):
            app.keys(keys)
            app.find("dialog", words)
            self.check(app, name)
            app.keys("Escape")
            app.gone("dialog", words)

    def guide(self, app):
        self.place(app, "Today")
        app.press("list item", "A relationship episode")
        app.find("button", "Begin, about 12\u00a0minutes")
        self.check(app, "guide")
        app.press("button", "Begin, about 12\u00a0minutes")
        for step in range(20):
            app.find("button", "Previous")
            self.check(app, f"step {step}")
            if app.find_all("button", "Finish"):
                return
            question = app.find_all("heading")[0].name
            app.press("button", "Next")
            until(lambda: [h for h in app.find_all("heading") if h.name != question], "the next step")
        self.fail("the guide does not end")

    def test_first_run(self):
        app = self.start()
        self.begin(app, WIDTH, HEIGHT)
        app.find("button", "Begin")
        self.check(app, "first")
        app.press("button", "Begin")
        app.find("text box", "The same again")
        self.check(app, "passphrase")
        app.close()

    def test_every_page_fits(self):
        make_journal(("Ducks", "Twenty-six ducks, and " + "a word that is much too long for one line: " + "quack" * 30))
        app = self.start()
        self.begin(app, WIDTH, HEIGHT)
        app.find("button", "Open")
        self.check(app, "unlock")
        self.unlock(app)
        self.walk(app)
        self.guide(app)
        self.assertGreater(len(self.seen), 20)
        app.close()

    def test_a_wide_window(self):
        make_journal(("Ducks", "Twenty-six ducks."))
        app = self.start_open()
        self.begin(app, 1280, 800)
        self.walk(app)
        app.close()


if __name__ == "__main__":
    tap.main()
