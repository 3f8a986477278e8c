# SPDX-License-Identifier: GPL-3.0-or-later
"""A narrow window and a wide one: every page fits, every page is reached, and every control has a name."""

import tap
from life import make_journal
from pages import PagesTest

WIDTH, HEIGHT = 360, 720
# The window itself, pages of a stack, which say no place of their own, and boxes, which have a shadow or a margin: what is
# in them counts.
NO_PLACE = ("application", "window", "tab panel", "generic", "group")


class NarrowTest(PagesTest):
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
        super().check(app, page)

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
