# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through every page, for tests that look at each: check () is asked for every page."""

import gettext
import json
import os
import pathlib
import re
import time

from life import PASSPHRASE, LifeTest, until

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
MESSAGE = re.compile(r'^(msgctxt .*\n)?msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.M)
MINUTES = "Begin, about 12\u00a0minutes"


def translations(language):
    """What the window says in a language, by the English words; without the marks of keys."""
    library = SOURCE / "resources" / "library"
    po = (SOURCE / "po" / f"{language}.po").read_text("utf-8")
    said = {}
    # Of those with a context only where there is none without.
    for _, *pair in sorted(MESSAGE.findall(po), key=lambda found: found[0] != ""):
        english, words = ("".join(json.loads(line) for line in part.splitlines()).replace("_", "") for part in pair)
        said.setdefault(english, words)
    for name in ("words.json", "guides/relationship-episode.json"):
        texts = []
        for folder in (library, library / language):
            texts.append(re.findall(r'"(?:title|label)": ("[^"]*")', (folder / name).read_text("utf-8")))
        said |= {json.loads(english): json.loads(words) for english, words in zip(*texts, strict=True)}
    many = 'msgid_plural "Begin, about %u\u00a0minutes"\n'
    said[MINUTES] = json.loads(po.split(many)[1].splitlines()[1].split(" ", 1)[1]).replace("%u", "12")
    # The button is libadwaita's.
    said["Back"] = gettext.translation("libadwaita", languages=[language], fallback=True).gettext("Back")
    return said


class PagesTest(LifeTest):
    # The walk's names are English; in another language it looks for what is said there.
    said = {}

    def setUp(self):
        super().setUp()
        self.seen = set()

    def say(self, english):
        return self.said.get(english, english)

    def check(self, app, page):
        self.seen.add(page)

    def begin(self, app, width, height):
        self.width = width
        app.hands.resize(width, height)
        until(lambda: app.find("window").place()[2] == width, "the size")

    def unlock(self, app, passphrase=PASSPHRASE):
        app.find("button", self.say("Open"))
        app.focus("text box", self.say("Passphrase"))
        app.type(passphrase)
        app.keys("Return")

    def back(self, app):
        app.find("button", self.say("Back")).act("click")

    def place(self, app, name):
        """A place of the sidebar, which is a page of its own where there is little room."""
        while not app.find_all("list", self.say("Places")):
            self.back(app)
            time.sleep(0.3)  # the way back is taken before the page is gone
        app.press("list item", self.say(name))

    def walk(self, app):
        """Every page of the open app."""
        app.find("list", self.say("Write"))
        self.check(app, "today")
        self.place(app, "Journal")
        app.find("list", self.say("Entries"))
        self.check(app, "journal")
        app.press("toggle button", self.say("Select entries"))
        app.find("button", self.say("Export…"))
        self.check(app, "selecting")
        app.press("toggle button", self.say("Select entries"))
        app.focus_row(self.say("Entries"), "Ducks")
        app.keys("Return")
        app.press("button", self.say("Change"))
        app.find("text box", self.say("Text"))
        self.check(app, "writing")
        self.back(app)
        app.find("button", self.say("Change"))
        self.check(app, "entry")
        self.place(app, "For the session")
        app.reads(self.say("When is your next session?"))
        self.check(app, "session")
        app.keys("ctrl+6")
        app.reads(self.say("Nobody yet"))
        self.check(app, "people")
        self.place(app, "Library")
        app.find("list item", "The therapeutic alliance")
        self.check(app, "library")
        app.press("list item", "The therapeutic alliance")
        app.find("heading", "The therapeutic alliance")
        self.check(app, "article")
        self.place(app, "Help now")
        app.reads(self.say("To feel the ground again"))
        self.check(app, "help")
        for name, keys, words in (("preferences", "ctrl+comma", "Preferences"),
                                  ("keys", "ctrl+question", "Keyboard shortcuts")):
            app.keys(keys)
            app.find("dialog", self.say(words))
            self.check(app, name)
            app.keys("Escape")
            app.gone("dialog", self.say(words))

    def guide(self, app):
        self.place(app, "Today")
        app.press("list item", self.say("A relationship episode"))
        app.find("button", self.say(MINUTES))
        self.check(app, "guide")
        app.press("button", self.say(MINUTES))
        for step in range(20):
            app.find("button", self.say("Previous"))
            if step == 0:
                app.press("radio", self.say("almost too much"))
            self.check(app, f"step {step}")
            if app.find_all("button", self.say("Finish")):
                return
            self.go_on(app, "Next")
            if app.find_all("button", self.say("Stop here")):
                self.check(app, "grounding")
                self.go_on(app, "Go on")
        self.fail("the guide does not end")

    def go_on(self, app, button):
        question = app.find_all("heading")[0].name
        app.press("button", self.say(button))
        until(lambda: [h for h in app.find_all("heading") if h.name != question], "the next step")
