# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong around a journal: each is told in words, with what to do, and nothing is made, changed or lost."""

import fcntl
import json
import os
import pathlib
import shutil
import struct
import subprocess

import independent
import tap
from life import (DATA, JOURNAL, LifeTest, PASSPHRASE, bytes_on_disk, cli, entries, journal_id, make_journal, set_setting,
                  until)

ELSEWHERE = DATA.parent / "elsewhere"
F_OFD_SETLK = 37


def aside():
    """The drafts that lie in the runtime folder."""
    return sorted(pathlib.Path(os.environ["XDG_RUNTIME_DIR"], "leitmotif").glob("*/*.json"))


def changed(file, **values):
    """The JSON file with other values in it."""
    return json.dumps({**json.loads(file.read_bytes()), **values}).encode()


def half(file):
    content = file.read_bytes()
    return content[:len(content) // 2]


class SituationsTest(LifeTest):
    def setUp(self):
        super().setUp()
        shutil.rmtree(ELSEWHERE, ignore_errors=True)
        for file in aside():
            file.unlink()
        self.addCleanup(shutil.rmtree, ELSEWHERE, ignore_errors=True)

    def field(self, app, name):
        """The field that the cursor is in."""
        field = app.find("text box", name)
        until(lambda: field.has("focused"), f"the cursor in {field}")
        return field

    def shows(self, app, *titles):
        self.place(app, "Journal")
        for title in titles:
            app.focus_row("Entries", title)

    def unavailable(self, *lines):
        """Starts the app, which must tell these lines, open nothing, make nothing and change nothing."""
        before = bytes_on_disk(DATA)
        app = self.start()
        for line in lines:
            app.reads(line)
        for button in ("Begin", "Open"):
            self.assertFalse(app.find_all("button", button), lines)
        app.close()
        self.assertEqual(bytes_on_disk(DATA), before, lines)

    # At the start

    def test_missing_folder(self):
        make_journal(("Rain", "A good book."))
        shutil.move(JOURNAL, ELSEWHERE)
        self.unavailable("Your journal is not here", "Is a drive missing", str(JOURNAL))
        JOURNAL.mkdir()
        self.unavailable("Your journal is not here", "There is no journal in this folder", str(JOURNAL))
        JOURNAL.rmdir()
        app = self.start()
        app.find("button", "Try again")
        shutil.move(ELSEWHERE, JOURNAL)
        app.press("button", "Try again")
        self.field(app, "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        self.shows(app, "Rain")
        app.close()

    def test_missing_folder_that_was_chosen(self):
        set_setting("journal-folder", f"'{ELSEWHERE}'")
        self.unavailable("Your journal is not here", str(ELSEWHERE))
        self.assertFalse(ELSEWHERE.exists())

    def test_new_journal_only_on_demand(self):
        make_journal()
        shutil.move(JOURNAL, ELSEWHERE)
        app = self.start()
        app.press("button", "Start a new journal")
        app.find("button", "Begin")
        app.close()
        self.assertFalse(JOURNAL.exists())

    def test_file_that_cannot_be_used(self):
        make_journal(("Rain", "A good book."))
        shutil.copytree(JOURNAL, ELSEWHERE)
        identity = JOURNAL / "journal.json"
        keys = sorted((JOURNAL / "keys").iterdir())
        title = "Your journal cannot be opened"
        newer = "made by a newer version of Leitmotif"
        for files, make, lines in (
                ([identity], half, ("The file is not what it should be.", "journal.json")),
                ([identity], lambda file: b'{"format":"shopping-list","version":1}', ("journal.json",)),
                ([identity], lambda file: changed(file, version=2), (newer, "journal.json")),
                (keys, half, ("The file is damaged.", f"keys/{keys[0].name}")),
                (keys, lambda file: b'{"format":"shopping-list"}', ("belongs to another", f"keys/{keys[0].name}")),
                (keys, lambda file: changed(file, version=2), (newer, f"keys/{keys[0].name}")),
                (keys, lambda file: b"", (f"keys/{keys[0].name}",))):
            with self.subTest(lines):
                for file in files:
                    file.write_bytes(make(file))
                self.unavailable(title, *lines)
            shutil.rmtree(JOURNAL)
            shutil.copytree(ELSEWHERE, JOURNAL)
        shutil.rmtree(JOURNAL / "keys")
        self.unavailable(title, "key files are missing")

    def test_read_only_folder(self):
        make_journal(("Rain", "A good book."))
        before = bytes_on_disk()
        app = self.start_open(before=self.read_only(JOURNAL))
        app.reads("The journal can only be read here.")
        self.shows(app, "Rain")
        self.write(app, "Words for later.")
        app.reads("Not saved, but kept as a draft on this computer.")
        app.close()
        self.assertEqual(bytes_on_disk(), before)
        self.doCleanups()

        app = self.start_open()
        app.press("list item", "Words for later.")
        app.reads("Saved")
        app.close()
        self.assertEqual(sorted(entry["text"] for entry in entries()), ["A good book.", "Words for later."])

    # While it is open

    def test_full_disk(self):
        disk = self.begin_on_small_disk(DATA)
        app = disk.app
        disk.fill()
        area = self.write(app, "Too much for this disk.")
        app.reads("Not saved. The text is kept until you log out, no longer. The disk is full. Make some room")
        self.assertTrue(app.find_all("status") and app.says("Not saved"))
        (file,) = aside()
        self.assertNotIn(b"disk", file.read_bytes())
        # Closing asks, and staying loses nothing.
        app.find("window").act("window.close")
        app.find("alert dialog", "What you wrote last is not saved")
        self.assertTrue(app.says("is kept, encrypted, until you log out"))
        app.keys("Escape")
        app.gone("alert dialog")
        self.assertEqual(area.text(), "Too much for this disk.")
        app.find("window").act("window.close")
        app.press("button", "Close anyway")
        app.ended()
        self.assertEqual((entries(), aside()), ([], [file]))
        # Offered again, and removed once it is saved.
        app = self.start_open()
        app.press("list item", "Too much for this disk.")
        app.reads("Saved ")
        self.assertEqual(aside(), [])
        app.close()
        self.assertEqual([entry["text"] for entry in entries()], ["Too much for this disk."])

    def test_drive_taken_out_and_put_back(self):
        disk = self.begin_on_small_disk(JOURNAL)
        app = disk.app
        shutil.copytree(JOURNAL, ELSEWHERE)
        for path in JOURNAL.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        subprocess.run(["nsenter", "--mount", "--target", str(app.process.pid), "umount", "--lazy", str(JOURNAL)], check=True)
        area = self.write(app, "While it was away.")
        app.reads("The journal’s folder is not there any more.")
        app.reads("Not saved, but kept as a draft on this computer. ")
        self.assertEqual(app.nameless(), [])
        self.assertEqual(list(JOURNAL.iterdir()), [])  # nothing is made in its place
        for path in ELSEWHERE.iterdir():
            shutil.copytree(path, JOURNAL / path.name) if path.is_dir() else shutil.copy2(path, JOURNAL)
        app.press("button", "Look again")
        app.gone("button", "Look again")
        app.reads("Saved ")
        self.assertEqual(area.text(), "While it was away.")
        app.close()
        self.assertEqual([entry["text"] for entry in entries()], ["While it was away."])

    def test_moved_or_a_copy(self):
        make_journal(("Rain", "A good book."))
        shutil.copytree(JOURNAL, ELSEWHERE)
        set_setting("journal-folder", f"'{ELSEWHERE}'")
        before = bytes_on_disk(ELSEWHERE)
        app = self.start_open()
        app.reads("This journal was in another folder before.")
        self.shows(app, "Rain")
        app.press("button", "Decide…")
        app.find("alert dialog", "Moved, or a copy?")
        app.reads(str(JOURNAL))
        app.press("button", "It is a copy")
        app.reads("This is a copy of your journal. It can only be read.")
        self.assertEqual(bytes_on_disk(ELSEWHERE), before)
        app.press("button", "Decide…")
        app.press("button", "I moved it")
        app.gone("button", "Decide…")
        self.write(app, "Here now.")
        app.reads("Saved ")
        app.close()
        self.assertEqual(len(list((ELSEWHERE / "entries").glob("*.json"))), 2)
        app = self.start_open()
        app.find("button", "Lock")
        self.assertFalse(app.says("This journal was in another folder before."))
        app.close()

    def test_clock_that_went_back(self):
        make_journal(("Rain", "A good book."))
        # As if it had been in use here on a day that is still to come.
        file = DATA / journal_id() / "seen.json"
        journal = bytes.fromhex(journal_id())
        keys = {}
        for slot in (JOURNAL / "keys").iterdir():
            if json.loads(slot.read_bytes())["kind"] == "passphrase":
                keys = independent.open_slot(slot.read_bytes(), journal, secret=PASSPHRASE.encode())
        ((key, master),) = keys.items()
        record, payload = independent.unseal("seen", file.read_bytes(), journal, keys)
        seen = json.loads(payload)
        seen["days"] = {"count": 1, "last": "2090-05-03", "dates": ["2090-05-03"]}
        file.write_bytes(independent.seal("seen", journal, record, key, master, os.urandom(24), json.dumps(seen).encode()))
        app = self.start_open()
        app.reads("New entries get the clock’s date: check the clock.")
        self.assertTrue(app.says("2090"))
        self.write(app, "Today, whatever the clock says.")
        app.reads("Saved ")
        app.press("button", "Hide")
        app.gone("button", "Hide")
        app.close()
        self.assertEqual(len(entries()), 2)

    def test_another_program_has_it_open(self):
        make_journal(("Rain", "A good book."))
        with open(DATA / journal_id() / "lock", "r+b") as lock:
            fcntl.fcntl(lock, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))
            app = self.start_open()
            app.reads("Another program on this computer has this journal open.")
            self.write(app, "Beside it.")
            app.reads("Saved ")
        # It is done: the next look at the folder finds that out.
        cli("add", "--title", "Sun", text="A long walk.")
        app.gone("button", "Hide")
        app.close()
        self.assertEqual(len(entries()), 3)


if __name__ == "__main__":
    tap.main()
