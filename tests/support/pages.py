# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through every page, for tests that look at each: check () is asked for every page."""

import time

from life import LifeTest, until


class PagesTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.seen = set()

    def check(self, app, page):
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
        app.reads("To feel the ground again")
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
            if step == 0:
                app.press("radio", "almost too much")
            self.check(app, f"step {step}")
            if app.find_all("button", "Finish"):
                return
            self.go_on(app, "Next")
            if app.find_all("button", "Stop here"):
                self.check(app, "grounding")
                self.go_on(app, "Go on")
        self.fail("the guide does not end")

    def go_on(self, app, button):
        question = app.find_all("heading")[0].name
        app.press("button", button)
        until(lambda: [h for h in app.find_all("heading") if h.name != question], "the next step")
