# SPDX-License-Identifier: GPL-3.0-or-later
"""The family map: the same people as a picture and as a list, by keys and by mouse, and as a file."""

import pathlib
import tempfile
import time

import tap
from life import LifeTest, entries, make_journal, until

PEOPLE = "Who belongs on the map of the place where you grew up?"
CANVAS = "The map as a picture. The list below has the same."


class MapTest(LifeTest):
    def begin(self):
        make_journal()
        app = self.start_open()
        app.hands.resize(1000, 900)
        app.press("list item", "Family map")
        app.press("button", "Begin, about 18\u00a0minutes")
        app.press("button", "Skip")
        app.reads(PEOPLE)
        return app

    def add(self, app, name):
        app.focus("text box", "Name of somebody new")
        app.type(name)
        app.keys("Return")
        app.find("toggle button", name)

    def map(self):
        (entry,) = entries()
        return next(answer for answer in entry["answers"] if answer["step"] == "people")

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_by_keys_and_in_the_list(self):
        app = self.begin()
        self.add(app, "Mum")
        self.add(app, "Rex")
        self.assertEqual(app.nameless(), [])
        # Rex came last and is chosen; Space goes on to Mum.
        app.focus("image", CANVAS)
        app.keys("space", "Up", "Up", "Right", "Right", "3")
        app.reads("very near, strained")
        app.keys("space", "Down", "2")
        app.reads("far, warm")
        # The list has the same, and changes the same.
        # The row that Tab stops at is inside of the one that opens.
        for _ in range(40):
            here = app.focused()
            if here and (here.role, here.name) == ("list item", "Mum"):
                break
            app.step("Tab")
        app.keys("Return")
        app.find("combo box", "How near")
        self.finish(app)
        answer = self.map()
        mum, rex = answer["map"]
        self.assertEqual((mum["name"], mum["angle"], mum["distance"], mum["tie"]), ("Mum", 30, 1, "strained"))
        self.assertEqual((rex["name"], rex["distance"], rex["tie"]), ("Rex", 4, "warm"))
        self.assertEqual(answer["people"], [mum["person"], rex["person"]])
        self.place(app, "Journal")
        app.focus_row("Entries", "")
        app.keys("Return")
        app.reads("Mum: very near, strained")
        app.close()

    def test_by_mouse(self):
        app = self.begin()
        self.add(app, "Mum")
        canvas = app.find("image", CANVAS)
        until(lambda: canvas.place()[3] > 200, "the map to have its place")
        time.sleep(1)  # until what is above it has its size too
        left, top, width, height = canvas.place()
        middle = (left + width // 2, top + height // 2)
        # Mum is above, in between; she goes to the right, far out.
        app.hands.drag((middle[0], middle[1] - height * 2 // 7), (middle[0] + height // 2 - 32, middle[1]))
        app.reads("very far")
        self.finish(app)
        (mum,) = self.map()["map"]
        self.assertEqual(mum["distance"], 5)
        self.assertLess(abs(mum["angle"] - 90), 12)
        app.close()

    def test_as_a_picture(self):
        app = self.begin()
        self.add(app, "Mum")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, "map.png")
        app.press("button", "Save as a picture…")
        app.reads("The picture is not encrypted")
        app.press("button", "Save it…")
        app.find("dialog", "Save the picture, unencrypted")
        field = until(lambda: next((box for box in app.find_all("text box") if box.has("focused")), None), "the field")
        field.call("EditableText", "SetTextContents", "(s)", str(path))
        app.press("button", "Save")
        app.reads("Picture saved. It is not encrypted.")
        self.assertEqual(path.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        app.close()


if __name__ == "__main__":
    tap.main()
