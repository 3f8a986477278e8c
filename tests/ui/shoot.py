# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the app as a person would and takes a picture of every page: shoot.py FOLDER PREFIX WIDTHxHEIGHT"""

import json
import os
import pathlib
import shutil
import struct
import sys
import time
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))

from driver import App, until
from life import DATA, JOURNAL, PASSPHRASE, cli, make_journal
from outside import HEAD, Outside


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

    def more(self, name, mnemonic):
        """Of an entry: a button, or in a narrow window in the menu."""
        if not self.narrow:
            self.press("button", name)
            return
        self.press("toggle button", "More about this entry")
        self.app.find("menu")
        self.app.keys(mnemonic)

    def sidebar(self):
        """Goes to it where there is little room, and it is a page of its own."""
        while not self.app.find_all("list", "Places"):
            if self.app.find_all("button", "Back"):
                self.back()

    def place(self, name):
        self.sidebar()
        self.press("list item", name)

    def menu(self, mnemonic):
        self.sidebar()
        self.app.menu(mnemonic)

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
    walk.more("Move to the trash", "m")
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
    app.find("button", "Back to the question")
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
    # How many come depends on what was answered.
    for step in range(20):
        question = app.find("heading").name
        if app.find_all("button", "Finish"):
            break
        walk.shot(f"38-guide-{step}")
        walk.press("button", "Next")
        until(lambda: app.find("heading").name != question, "the next step")
    walk.shot("39-guide-end")
    walk.back()
    app.find("list", "Go on writing")
    walk.shot("40-today-draft")


def inputs(walk):
    """The steps that have a page like no other."""
    app = walk.app
    walk.place("Today")
    walk.press("list item", "A dream")
    app.find("text box", "What is left of the dream?")
    app.type("I stand at a red door. Behind it somebody laughs.")
    walk.shot("41-dream-scrap")
    walk.press("button", "Next")
    walk.shot("41-dream-what-for")
    walk.press("button", "Begin, about 12\u00a0minutes")
    walk.press("button", "Skip")
    walk.press("button", "Skip")
    app.focus("text box", "Your text")
    app.keys("ctrl+Home", *["ctrl+Right"] * 3, "Right", *["shift+ctrl+Right"] * 3, "Return")
    app.find("text box", "What “a red door” makes you think of")
    app.type("My aunt's house.")
    walk.shot("41-dream-parts")
    walk.press("button", "Next")
    walk.shot("41-dream-day-before")
    walk.back()
    walk.place("Today")
    walk.press("list item", "Unsent letter")
    walk.press("button", "Short version, 8\u00a0minutes")
    for _ in range(4):
        walk.press("button", "Skip")
    walk.press("list item", "Seal it until another day")
    walk.shot("42-letter-seal")
    walk.press("list item", "Seal it for half a year")
    walk.press("button", "Previous")
    app.type("Dear grandfather")
    walk.press("button", "Next")
    walk.shot("42-letter-sealed")
    while not app.find_all("button", "Finish"):
        walk.press("button", "Next")
    walk.press("button", "Finish")
    walk.place("Journal")
    walk.shot("42-journal-sealed")
    walk.press("button", "1 sealed entry")
    walk.shot("42-sealed")
    walk.press("list item", app.reads("Sealed until").name)
    walk.shot("42-sealed-question")
    app.keys("Escape")
    walk.back()
    walk.place("Today")
    walk.press("list item", "Looking for the thread")
    walk.shot("43-thread")
    walk.press("button", "Short version, 5\u00a0minutes")
    walk.press("button", "Skip")
    walk.shot("43-thread-counts")
    walk.back()
    walk.place("Today")
    walk.press("list item", "Family map")
    walk.press("button", "Begin, about 18\u00a0minutes")
    walk.press("button", "Skip")
    walk.shot("44-map-empty")
    for name, keys in (("Mum", ("Up", "Up", "Right", "3")), ("Grandfather Wilhelm", ("Down", "2")), ("Rex", ("Up",))):
        if app.find_all("toggle button", name):
            walk.press("toggle button", name)
        else:
            app.focus("text box", "Name of somebody new")
            app.type(name)
            app.keys("Return")
            app.find("toggle button", name)
        app.focus("image", "The map as a picture. The list below has the same.")
        app.keys(*keys)
    walk.shot("44-map")
    walk.press("list item", "Rex")
    walk.shot("44-map-list")
    walk.back()


def article_titles():
    """Of all of them, in the order of the reading path."""
    articles = []
    for path in pathlib.Path(os.environ["LEITMOTIF_SOURCE"], "resources", "library", "articles").glob("*.md"):
        front = dict(line.split(": ", 1) for line in path.read_text().split("---\n")[1].splitlines())
        articles.append((int(front["order"]), front["title"]))
    return [title for _, title in sorted(articles)]


def library(walk):
    app = walk.app
    walk.place("Library")
    walk.shot("50-library")
    for number, title in enumerate(article_titles()):
        walk.press("list item", title)
        app.find("heading", title)
        walk.shot(f"51-article-{number + 1:02}")
        walk.back()
    app.keys("ctrl+f")
    app.type("silence")
    walk.shot("52-library-search")
    app.keys("Escape")


def reading(walk):
    """What belongs to the library beside its articles."""
    app = walk.app
    walk.place("Library")
    for number, (title, name) in enumerate((("Glossary", "glossary"), ("References", "references"))):
        walk.press("list item", title)
        app.find("button", "Back")
        walk.shot(f"{53 + number}-{name}")
        walk.back()
    walk.press("list item", "Resistance")
    app.find("heading", "Resistance")
    app.keys("ctrl+f")
    app.type("session")
    walk.shot("55-article-find")
    app.keys("Escape")
    paragraph = next(w for w in app.find_all("paragraph") if w.has("focusable") and len(w.text()) > 60)
    for _ in range(40):
        if paragraph.has("focused"):
            break
        app.step("Tab")
    app.keys("ctrl+a", "ctrl+shift+n")
    app.find("text box", "Text")
    app.type("That was me on Tuesday.")
    walk.shot("56-write-about-a-passage")
    walk.press("button", "From “Resistance”")
    until(lambda: [w for w in app.find_all("button") if w.name.startswith("Written about this: ")], "the mark")
    walk.shot("57-article-with-a-mark")
    walk.back()
    walk.back()
    walk.back()


def picture(width, height):
    """A PNG of a sea under a sky."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + (bytes((230 - y // 4, 200 - y // 6, 170)) if y < height // 2 else bytes((40, 90, 120 + y // 8))) * width
                    for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def make_kept_journal():
    """A journal that has been through something: files, versions, a copy, the trash, two computers."""
    shutil.rmtree(DATA, ignore_errors=True)
    make_journal(("Ducks on the river", "Twenty-six ducks in the rain, and nobody with me."), ("An old quarrel", "We said it all again."))
    outside = Outside(JOURNAL, PASSPHRASE)
    sea, notes = outside.attach(picture(900, 500), "sea.png", "image/png"), outside.attach(b"notes " * 99, "notes.txt", "text/plain")
    outside.write(HEAD | {"title": "By the sea", "text": "A day to remember.",
                          "attachments": [sea | {"description": "The sea before the storm"}, notes]})
    cli("snapshot")
    listed = {entry["title"]: entry["id"] for entry in json.loads(cli("list", "--json").stdout)}
    cli("trash", listed["An old quarrel"])
    return outside, listed["Ducks on the river"]


def kept(walk, outside, ducks):
    app = walk.app
    app.find("button", "Open")
    app.focus("text box", "Passphrase")
    app.type(PASSPHRASE)
    app.keys("Return")
    app.find("list", "Write")
    walk.place("Journal")
    app.focus_row("Entries", "By the sea")
    app.keys("Return")
    app.find("button", "Image: The sea before the storm")
    walk.shot("70-entry-with-files")
    walk.press("button", "Image: The sea before the storm")
    app.find("button", "Larger")
    walk.shot("71-viewer")
    app.keys("Escape")
    walk.press("button", "Change")
    app.find("text box", "Text")
    walk.shot("72-write-with-files")
    walk.back()
    walk.back()
    app.focus_row("Entries", "Ducks")
    app.keys("Return")
    walk.press("button", "Change")
    app.focus("text box", "Text")
    app.keys("ctrl+a")
    app.type("Twenty-six geese in the sun, and nobody with me.")
    time.sleep(6)  # it becomes an entry
    walk.back()
    walk.more("Earlier versions", "e")
    until(lambda: len([row for row in app.find("list", "Versions").shown() if row.role == "list item"]) > 1, "the versions")
    walk.shot("73-versions")
    rows = [row for row in app.find("list", "Versions").shown() if row.role == "list item"]
    app.focus("list item", rows[-1].name)
    app.keys("End", "Return")
    app.reads("Words with − are in this version only")
    walk.shot("74-version")
    walk.back()
    walk.back()
    payload = json.loads(outside.open(ducks))
    other = "fedcba9876543210fedcba9876543210"
    payload["saves"] = {device: count - 1 for device, count in payload["saves"].items()} | {other: 1}
    outside.write(payload | {"device": other, "text": "Twenty-six ducks in the rain, and my sister with me."}, id=ducks,
                  name=f"{ducks}.sync-conflict-20261124-090000-ABCDEFG.json")
    app.reads("edited on two computers", patience=60)
    walk.shot("75-entry-conflict")
    walk.press("button", "Compare")
    time.sleep(0.5)
    walk.shot("76-compare")
    walk.back()
    walk.menu("t")
    app.find("list", "Entries in the trash")
    walk.shot("77-trash")
    walk.back()
    app.keys("ctrl+comma")
    app.find("dialog", "Preferences")
    walk.shot("78-preferences")
    walk.press("list item", "Earlier states")
    app.find("list", "Copies of the journal")
    walk.shot("79-copies")
    app.focus_row("Copies of the journal", "")
    app.keys("Return")
    app.find("list", "Entries in this copy")
    walk.shot("80-copy")
    while app.find_all("dialog"):
        app.keys("Escape")
        time.sleep(0.5)
    walk.menu("u")
    app.find("dialog", "Using Leitmotif")
    walk.shot("81-using")
    app.keys("Escape")
    walk.menu("k")
    app.find("dialog", "Keyboard shortcuts")
    walk.shot("82-shortcuts")
    app.end()


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
    inputs(walk)
    library(walk)
    reading(walk)
    rest(walk)
    outside, ducks = make_kept_journal()
    kept(Walk(folder, prefix, width, height), outside, ducks)


if __name__ == "__main__":
    main()
