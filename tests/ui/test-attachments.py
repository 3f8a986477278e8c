# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and files in an entry: added, described, shown, taken out again; nothing of them is on the disk in the clear."""

import json
import os
import pathlib
import struct
import tempfile
import zlib

import giver
import tap
from life import JOURNAL, LifeTest, entries, entry_files, make_journal, until

SECRET = b"sentinel-of-an-attachment"


def png(width, height):
    """A PNG with one colour, and a text chunk that no encryption leaves readable."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x30\x80\xc0" * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def attached():
    found = entries()
    return found[0].get("attachments", []) if len(found) == 1 else []


class AttachmentsTest(LifeTest):
    def add(self, app, *paths):
        for path in paths:
            app.press("button", "Add images and files")
            self.choose_folder(app, "Add images and files", path, button="Open")

    def test_images_and_files(self):
        home = pathlib.Path(os.environ["HOME"])
        photo, notes = home / "photo.png", home / "notes.txt"
        photo.write_bytes(png(900, 500))
        notes.write_bytes(SECRET * 10)
        make_journal()
        app = self.start_open()
        app.keys("ctrl+n")
        self.add(app, photo)
        # An entry with only an image is not empty.
        until(lambda: [one["name"] for one in attached()] == ["photo.png"], "the image in the entry")
        app.find("button", "Image: photo.png")
        self.add(app, notes)
        until(lambda: len(attached()) == 2, "the file in the entry")
        self.assertEqual([(one["type"], one["size"]) for one in attached()],
                         [("image/png", photo.stat().st_size), ("text/plain", 250)])
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "strip.png")
        app.press("button", "Image: photo.png")
        app.find("button", "Larger")
        for key in ("plus", "plus", "minus", "0"):
            app.keys(key)
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "viewer.png")
        app.keys("Escape")
        app.gone("button", "Larger")
        app.find("button", "Image: photo.png")
        # Nor among the files that every program knows to be recent.
        recent = home / ".local/share/recently-used.xbel"
        until(lambda: not recent.exists() or b"photo.png" not in recent.read_bytes(), "what was chosen to be forgotten")
        photo.unlink(), notes.unlink()
        for file in home.rglob("*"):
            if file.is_file():
                self.assertNotIn(SECRET, file.read_bytes(), file)
        self.assertEqual(len(list((JOURNAL / "attachments").glob("*.bin"))), 2)
        self.assertEqual(len(entry_files()), 1)
        # At the lock all of it leaves the window.
        app.keys("ctrl+l")
        app.find("text box", "Passphrase")
        self.assertEqual(app.find_all("button", "Image: photo.png"), [])

    def elsewhere(self):
        """A folder outside the home, for what is not encrypted."""
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        return pathlib.Path(place.name)

    def test_export(self):
        """The export has the files, under safe names; one that is damaged is told of, and the rest is there."""
        home = self.elsewhere()
        photo, notes, out = home / "photo.png", home / "notes.txt", home / "out"
        photo.write_bytes(png(90, 50))
        notes.write_bytes(SECRET * 10)
        out.mkdir()
        make_journal()
        app = self.start_open()
        app.keys("ctrl+n")
        self.add(app, photo, notes)
        until(lambda: len(attached()) == 2, "the files in the entry")
        damaged = JOURNAL / "attachments" / f"{attached()[1]['id']}.bin"
        data = damaged.read_bytes()
        damaged.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        app.press("button", "Back")
        app.menu("e")
        app.press("button", "Choose a folder…")
        self.choose_folder(app, "Choose where to export to", out)
        app.reads("Exported, but not everything", patience=40)
        app.reads("notes.txt")
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "export-result.png")
        app.press("button", "Close")
        (folder,) = out.iterdir()
        self.assertEqual((folder / "attachments" / "photo.png").read_bytes(), photo.read_bytes())
        self.assertEqual([path.name for path in (folder / "attachments").iterdir()], ["photo.png"])
        (text,) = [path.read_text() for path in (folder / "entries").iterdir()]
        self.assertIn("![photo.png](../attachments/photo.png)", text)
        self.assertEqual(list(json.loads((folder / "journal.json").read_text())["records"][0]["files"].values()),
                         ["attachments/photo.png"])
        app.close()

    def give(self, how, what, *paths):
        process = giver.give(how, what, *paths)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def focus_text(self, app):
        app.hands.focus_window("Leitmotif")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        return area

    def test_paste(self):
        home = self.elsewhere()
        photo = home / "photo.png"
        photo.write_bytes(png(90, 50))
        make_journal()
        app = self.start_open()
        app.keys("ctrl+n")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("before ")
        self.give("copy", "image", photo)
        self.focus_text(app)
        app.keys("ctrl+v")
        until(lambda: [one["name"] for one in attached()] == ["pasted image.png"], "the image in the entry")
        self.assertEqual(attached()[0]["type"], "image/png")
        app.find("button", "Image: pasted image.png")
        # Words with a picture of them are words.
        self.give("copy", "both", photo)
        self.focus_text(app)
        app.keys("ctrl+v")
        until(lambda: area.text() == "before words of a table", "the words")
        # Files that a file manager copied, with their paths as text beside.
        self.give("copy", "files", photo)
        self.focus_text(app)
        app.keys("ctrl+v")
        until(lambda: [one["name"] for one in attached()] == ["pasted image.png", "photo.png"], "the file")
        self.assertEqual(area.text(), "before words of a table")
        app.keys("ctrl+v")
        until(lambda: len(attached()) == 3, "the file once more")
        app.close()

    def drag(self, app, what, *paths):
        process = self.give("drag", what, *paths)
        app.hands.move_window("Giver", 1100, 100)
        app.hands.drag((1180, 160), (700, 300))
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "drag.png")
        return process

    def test_drop(self):
        home = self.elsewhere()
        photo, notes = home / "photo.png", home / "notes.txt"
        photo.write_bytes(png(90, 50))
        notes.write_bytes(SECRET)
        make_journal()
        app = self.start_open()
        app.keys("ctrl+n")
        area = app.find("text box", "Text")
        # Who gives has to be there until it is taken.
        source = self.drag(app, "files", photo, notes)
        until(lambda: sorted(one["name"] for one in attached()) == ["notes.txt", "photo.png"], "the files in the entry")
        source.kill()
        source = self.drag(app, "image", photo)
        until(lambda: len(attached()) == 3, "the image in the entry")
        source.kill()
        # Nothing is fetched from elsewhere.
        source = self.drag(app, "files", "https://example.org/photo.png")
        app.reads("Only files on this computer can be added")
        source.kill()
        # A folder is none.
        source = self.drag(app, "files", home)
        app.reads("Only files can be added, no folders")
        source.kill()
        self.assertEqual(len(attached()), 3)
        self.assertEqual(area.text(), "")
        app.close()


tap.main()
