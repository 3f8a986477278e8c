# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left in memory behind a lock: no key and no passphrase; and of the text nothing where the process began anew."""

import hashlib
import json

import leitmotif_reader
import memory
import nacl.pwhash
import tap
from desk import Desk
from life import JOURNAL, LifeTest, PASSPHRASE, make_journal, until

TITLE, TEXT, TYPED = "Zyxwvutsrqponm", "Qwertzuiopasdfg was here", "Yxcvbnmlkjhgfd typed"


def keys():
    """Every key that opens something of the journal, worked out by the reader."""
    found = {}
    journal = leitmotif_reader.open_journal(JOURNAL, PASSPHRASE)
    for number, key in enumerate(journal.keys.values()):
        found[f"master key {number}"] = key
        found[f"entries key {number}"] = hashlib.blake2b(b"leitmotif v1 entries", digest_size=32, key=key).digest()
    for file in sorted(JOURNAL.glob("keys/*.json")):
        slot = json.loads(file.read_bytes())
        if slot["kind"] != "passphrase":
            continue
        salt = leitmotif_reader.read_bytes(slot["kdf"], "salt", 16)
        derived = nacl.pwhash.argon2id.kdf(64, PASSPHRASE.encode(), salt, opslimit=slot["kdf"]["opslimit"],
                                           memlimit=slot["kdf"]["memlimit_kib"] * 1024)
        found["slot key"], found["commitment key"] = derived[:32], derived[32:]
    found["passphrase"] = PASSPHRASE.encode()
    return found


class LockMemoryTest(LifeTest):
    def begin(self):
        make_journal((TITLE, TEXT))
        # The checks of the test's own C library would keep things apart that a person's does not.
        app = self.start_open(MALLOC_PERTURB_="0", MALLOC_CHECK_="0")
        self.place(app, "Journal")
        app.focus_row("Entries", TITLE)
        app.keys("Return")
        app.find("button", "Change")
        self.write(app, TYPED)
        return app

    def secrets_in(self, app, names):
        found = memory.count(app.process.pid, list(names.values()))
        return sorted(name for name, secret in names.items() if found[secret])

    def texts_in(self, app):
        found = memory.count(app.process.pid, memory.texts([TITLE, TEXT, TYPED]))
        return {needle: number for needle, number in found.items() if number}

    def test_in_process(self):
        app = self.begin()
        names = keys()
        # It can be found at all.
        self.assertIn("entries key 0", self.secrets_in(app, names))
        self.assertGreaterEqual(len(self.texts_in(app)), 3)
        app.keys("ctrl+l")
        app.find("button", "Open")
        # The keyring may be taking one just now.
        until(lambda: not self.secrets_in(app, names), "the keys to go")
        print(f"# text after a lock in the process: {sum(self.texts_in(app).values())} places", flush=True)
        app.close()

    def test_anew(self):
        desk = Desk()
        self.addCleanup(desk.end)
        app = self.begin()
        desk.sees("GetSession")
        names = keys()
        self.assertIn("entries key 0", self.secrets_in(app, names))
        desk.lock_screen()
        app.begun_anew()
        app.find("button", "Open")
        self.assertEqual(self.secrets_in(app, names), [])
        self.assertEqual(self.texts_in(app), {})
        app.close()


if __name__ == "__main__":
    tap.main()
