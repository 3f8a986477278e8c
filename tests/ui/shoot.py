# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the app as a person would and takes a picture of every page: shoot.py FOLDER PREFIX WIDTHxHEIGHT"""

import os
import sys
import time

from driver import App, until


class Walk:
    def __init__(self, folder, prefix, width, height, *arguments):
        self.folder, self.prefix, self.narrow = folder, prefix, width < 640
        self.app = App(*arguments)
        self.app.hands.resize(width, height)

    def shot(self, name):
        time.sleep(0.6)  # what is drawn last has been drawn
        self.app.screenshot(os.path.join(self.folder, f"{self.prefix}-{name}.png"))

    def press(self, role, name):
        self.app.press(role, name)
        time.sleep(0.2)

    def place(self, name):
        """Goes to a place of the sidebar, which is a page of its own where there is little room."""
        while not self.app.find_all("list", "Places"):
            self.back()
        self.press("list item", name)

    def back(self):
        buttons = self.app.find_all("button", "Back")
        assert buttons, "no way back"
        buttons[-1].act("click")
        time.sleep(0.3)


def first_run(walk):
    app = walk.app
    app.find("button", "Begin")
    walk.shot("01-first-run")
    walk.press("button", "Begin")
    app.focus("text box", "Passphrase")
    app.type("seven quiet lamps by the river")
    app.focus("text box", "The same again")
    app.type("seven quiet lamps by the river")
    walk.shot("02-passphrase")
    walk.press("button", "Make the journal")
    app.find("button", "I have kept it")
    walk.shot("03-recovery-code")
    walk.press("button", "I have kept it")
    walk.shot("04-recovery-code-check")
    walk.press("button", "Later")
    app.find("list", "Write")
    walk.shot("05-today-first")
    walk.place("Journal")
    app.find("button", "Write something")
    walk.shot("06-journal-empty")
    app.keys("ctrl+l")
    app.find("button", "Use the recovery code")
    walk.shot("07-locked")
    app.focus("text box", "Passphrase")
    app.type("wrong")
    app.keys("Return")
    app.reads("does not open")
    walk.shot("08-locked-wrong")
    app.end()


def journal(walk):
    app = walk.app
    app.find("list", "Write")
    if walk.narrow:
        walk.back()
        walk.shot("10-places")
        walk.place("Today")
    walk.shot("11-today")
    walk.place("Journal")
    until(lambda: len(app.find("list", "Entries").children()) > 5, "the entries")
    walk.shot("12-journal")
    app.keys("ctrl+f")
    app.type("curtain")
    walk.shot("13-journal-search")
    app.type("zzzz")
    walk.shot("14-journal-nothing-found")
    app.keys("Escape")
    walk.press("toggle button", "Select entries")
    app.focus_row("Entries", "One week")
    app.keys("Return")
    walk.shot("15-journal-select")
    walk.press("button", "Export…")
    app.reads("not encrypted")
    walk.shot("16-export")
    app.keys("Escape")
    walk.press("toggle button", "Select entries")
    app.focus_row("Entries", "The blue bowl")
    app.keys("Return")
    app.find("button", "Change")
    walk.shot("17-entry-guided")
    walk.back()
    app.focus_row("Entries", "One week")
    app.keys("Return")
    app.find("button", "Change")
    walk.shot("18-entry")
    walk.press("button", "Change")
    app.find("text box", "Text")
    walk.shot("19-write")
    walk.back()
    walk.press("button", "Move to the trash")
    app.reads("Moved to the trash")
    walk.shot("20-trash-undo")


def guide(walk):
    app = walk.app
    walk.place("Today")
    walk.press("list item", "A relationship episode")
    app.find("button", "Begin, about 12\u00a0minutes")
    walk.shot("30-guide")
    walk.press("button", "Begin, about 12\u00a0minutes")
    walk.press("radio", "almost too much")
    walk.shot("31-guide-before")
    walk.press("button", "Next")
    app.find("button", "Stop here")
    walk.shot("32-guide-grounding")
    walk.press("button", "Go on")
    walk.press("toggle button", "Mum")
    walk.shot("33-guide-who")
    walk.press("button", "What is this?")
    app.find("dialog")
    walk.shot("34-guide-passage")
    app.keys("Escape")
    walk.press("button", "Next")
    app.find("text box", "What happened, from the first moment to the last?")
    app.type("We were on the phone, and she asked about the curtains.")
    walk.shot("35-guide-happened")
    walk.press("button", "Next")
    walk.press("toggle button", "found fault")
    walk.shot("36-guide-other")
    walk.press("button", "Next")
    walk.press("toggle button", "afraid of them")
    walk.press("button", "Next")
    app.find("button", "Stop here")
    walk.shot("37-guide-safety")
    walk.press("button", "Go on")
    for name in ("did", "wish", "expected", "well", "familiar", "after", "landing", "kind", "carry"):
        walk.shot(f"38-guide-{name}")
        walk.press("button", "Next")
    app.find("button", "Finish")
    walk.shot("39-guide-end")
    walk.back()
    app.find("list", "Go on writing")
    walk.shot("40-today-draft")


def library(walk):
    app = walk.app
    walk.place("Library")
    walk.shot("50-library")
    for number, title in enumerate(("What psychodynamic therapy is", "What a session looks like", "The therapeutic alliance",
                                    "Transference", "Unconscious processes", "Free association", "Relationship patterns",
                                    "Early life and attachment")):
        walk.press("list item", title)
        app.find("heading", title)
        walk.shot(f"51-article-{number + 1}")
        walk.back()
    app.keys("ctrl+f")
    app.type("silence")
    walk.shot("52-library-search")
    app.keys("Escape")


def rest(walk):
    app = walk.app
    walk.place("Help now")
    walk.shot("60-help")
    app.keys("ctrl+comma")
    app.find("dialog", "Preferences")
    walk.shot("61-preferences")
    app.keys("ctrl+shift+h")
    until(lambda: app.find_all("dialog", "Help now"), "Help now over the dialog")
    walk.shot("62-help-over-dialog")
    app.keys("Escape", "Escape")
    app.keys("ctrl+l")
    app.find("button", "Use the recovery code")
    walk.shot("63-demo-locked")
    app.end()


def main():
    folder, prefix, size = sys.argv[1:4]
    width, height = (int(n) for n in size.split("x"))
    os.makedirs(folder, exist_ok=True)
    first_run(Walk(folder, prefix, width, height))
    walk = Walk(folder, prefix, width, height, "--demo")
    journal(walk)
    guide(walk)
    library(walk)
    rest(walk)


if __name__ == "__main__":
    main()
