# SPDX-License-Identifier: GPL-3.0-or-later
"""Images and files in an entry: added, described, shown, taken out again; nothing of them is on the disk in the clear."""

import os
import pathlib
import struct
import zlib

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
            self.choose_file(app, "Add images and files", path)

    def choose_file(self, app, title, path):
        """As choose_folder (), where the button has another name."""
        app.find("dialog", title)
        app.keys("ctrl+l")
        until(lambda: app.focused() and app.focused().role == "text box", "the field for a path")
        field = app.focused()
        assert field.call("EditableText", "SetTextContents", "(s)", str(path))[0]
        until(lambda: field.text() == str(path), "the path")
        app.press("button", "Open")
        app.gone("dialog", title)

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


tap.main()
