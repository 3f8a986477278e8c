# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the made-up journal that a software centre shows: store-pictures.py FOLDER"""

import sys

from driver import until
from shoot import Walk


def click(app, role, name):
    """By the mouse: no frame around what has the keyboard's focus."""
    x, y, width, height = app.find(role, name).place()
    app.hands.click(x + width // 2, y + height // 2)


def main(folder):
    walk = Walk(folder, "store", 1000, 700, "--demo")
    app = walk.app
    app.find("list", "Write")
    walk.shot("today")
    click(app, "list item", "Journal")
    until(lambda: len(app.find("list", "Entries").children()) > 5, "the entries")
    walk.shot("journal")
    click(app, "list item", "For the session")
    app.find("button", "Move it")
    walk.shot("session")
    click(app, "list item", "Library")
    walk.press("list item", "Transference")
    app.find("heading", "Transference")
    walk.shot("article")
    click(app, "list item", "Today")
    walk.press("list item", "A relationship episode")
    walk.press("button", "Begin, about 12\u00a0minutes")
    walk.press("radio", "clear")
    walk.press("button", "Next")
    walk.press("toggle button", "Mum")
    walk.press("button", "Next")
    app.find("text box", "What happened, from the first moment to the last?")
    app.type("We were on the phone, and she asked about the curtains. I heard that I had done it wrong again.")
    app.reads("Saved")
    walk.shot("guide")
    app.end()


main(sys.argv[1])
