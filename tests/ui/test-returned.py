# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that come back though they were given up, and people of whom there are two states: what is told, and what one can do."""

import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))

import tap
from life import JOURNAL, LifeTest, PASSPHRASE, PROGRAM, cli, entries, entry_files, make_journal, until
from outside import HEAD, Outside

OTHER = "fedcba9876543210fedcba9876543210"
NEW = "five other unlikely words here"
WAITS = "1 file or change from elsewhere waits for you to decide."


def rotate():
    """Both ways in anew, and a new key for every file. The passphrase is NEW then."""
    read, write = os.pipe()
    os.write(write, f"{NEW}\n".encode())
    os.close(write)
    subprocess.run([PROGRAM, "rotate", "--kdf-cost", "minimal", "--passphrase-fd", "0", "--new-passphrase-fd", str(read)],
                   input=f"{PASSPHRASE}\n", text=True, pass_fds=[read], check=True, capture_output=True)
    os.close(read)


class ReturnedTest(LifeTest):
    def open_waiting(self, passphrase=PASSPHRASE):
        app = self.start()
        self.unlock(app, passphrase)
        app.reads(WAITS)
        app.press("button", "Show")
        app.find("dialog", "Files left alone")
        return app

    def show_entry(self, app, name):
        app.keys("Escape")
        app.gone("dialog", "Files left alone")
        until(lambda: not app.says(WAITS), "the banner to go")
        self.place(app, "Journal")
        app.focus_row("Entries", name)

    def bring_back(self):
        """An entry that was deleted for good, whose file a sync tool brings back."""
        make_journal(("Ducks", "Twenty-six ducks."))
        (file,) = entry_files()
        before = file.read_bytes()
        cli("trash", file.stem)
        cli("purge", file.stem)
        file.write_bytes(before)
        return file

    def test_take_it_back(self):
        self.bring_back()
        app = self.open_waiting()
        app.reads("It was deleted for good, and a copy of it has come back.")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Take it back")
        app.gone("button", "Take it back")
        self.show_entry(app, "Ducks")
        app.close()
        self.assertEqual([entry["text"] for entry in entries()], ["Twenty-six ducks."])

    def test_delete_it_again(self):
        file = self.bring_back()
        before = file.read_bytes()
        app = self.open_waiting()
        app.press("button", "Delete it again…")
        app.find("alert dialog", "Delete it for good again?")
        app.keys("Escape")
        app.gone("alert dialog")
        self.assertEqual(file.read_bytes(), before)
        app.press("button", "Delete it again…")
        app.press("button", "Delete for good")
        app.gone("button", "Take it back")
        app.keys("Escape")
        app.close()
        self.assertNotEqual(file.read_bytes(), before)
        self.assertEqual(json.loads(cli("show", file.stem, "--json").stdout)["kind"], "gone")

    def test_sealed_with_a_key_that_was_given_up(self):
        make_journal(("Ducks", "Twenty-six ducks."))
        outside = Outside(JOURNAL, PASSPHRASE)
        old_slots = {path: path.read_bytes() for path in (JOURNAL / "keys").iterdir()}
        rotate()
        # A computer that did not know of the new key yet.
        id = outside.write(HEAD | {"kind": "entry", "title": "Swans", "text": "Two swans."})
        file = JOURNAL / "entries" / f"{id}.json"
        before = file.read_bytes()
        app = self.open_waiting(NEW)
        app.reads("sealed with a key that was given up")
        app.reads("Swans")
        self.assertFalse(app.find_all("button", "Bring mine back"))
        self.assertEqual(file.read_bytes(), before)
        app.press("button", "Take it in")
        self.show_entry(app, "Swans")
        until(lambda: file.read_bytes() != before, "the present key")
        app.close()
        # And what opens it: told, not used, and gone when the person says so.
        for path, content in old_slots.items():
            path.write_bytes(content)
        app = self.start()
        self.unlock(app, NEW)
        app.reads("2 files or changes from elsewhere wait for you to decide.")
        app.press("button", "Show")
        app.reads("An old key file has come back")
        for _ in range(2):
            n = len(app.find_all("button", "Remove the key file"))
            app.press("button", "Remove the key file")
            until(lambda: len(app.find_all("button", "Remove the key file")) == n - 1, "one to go")
        app.keys("Escape")
        app.close()
        self.assertFalse(set(old_slots) & set((JOURNAL / "keys").iterdir()))
        self.assertEqual(len(list((JOURNAL / "keys").iterdir())), 2)

    def test_a_person_edited_on_two_computers(self):
        make_journal()
        outside = Outside(JOURNAL, PASSPHRASE)
        head = HEAD | {"kind": "person", "circles": ["now"]}
        id = outside.write(head | {"name": "Łucja", "relation": "my sister"})
        outside.write(head | {"name": "Lucy", "circles": ["then"], "saves": {OTHER: 1}, "device": OTHER}, id=id,
                      name="Łucja (Konfliktkopie).json")
        app = self.open_waiting()
        app.reads("Łucja · In my life now · my sister")
        app.reads("Lucy · From earlier")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Keep that")
        app.gone("button", "Keep that")
        app.keys("Escape")
        app.close()
        self.assertEqual(len(entry_files()), 1)
        self.assertIn("Lucy", cli("show", id, "--json").stdout)


if __name__ == "__main__":
    tap.main()
