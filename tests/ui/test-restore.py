# SPDX-License-Identifier: GPL-3.0-or-later
"""Earlier states of the journal: found in the preferences, looked into, brought back. And what is not as it was is told."""

import tap
from life import LifeTest, cli, entries, entry_files, make_journal, until


class RestoreTest(LifeTest):
    def open_states(self, app):
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        app.press("list item", "Earlier states")
        app.find("list", "Copies of the journal")

    def test_one_entry(self):
        make_journal(("Ducks", "They swim."))
        name = cli("snapshot").stdout.strip()
        self.assertTrue(name)
        (file,) = entry_files()
        cli("trash", file.stem)
        app = self.start_open()
        self.open_states(app)
        app.focus_row("Copies of the journal", "")
        app.keys("Return")
        app.reads("Different now")
        app.focus_row("Entries in this copy", "Ducks")
        app.keys("Return")
        app.reads("They swim.")
        app.press("button", "Bring this back")
        app.reads("Brought back")
        until(lambda: [entry["title"] for entry in entries()] == ["Ducks"], "the entry")
        app.press("button", "Undo")
        until(lambda: entries() == [], "the entry to go again")
        self.assertEqual(app.nameless(), [])

    def test_everything(self):
        make_journal(("Ducks", "They swim."), ("Geese", "They fly."))
        cli("snapshot")
        for file in entry_files():
            file.unlink()
        app = self.start_open()
        self.open_states(app)
        app.focus_row("Copies of the journal", "")
        app.keys("Return")
        app.reads("Not in the journal now")
        app.press("button", "Bring everything back…")
        app.press("button", "Bring back")
        app.reads("2 brought back")
        self.assertEqual(sorted(entry["title"] for entry in entries()), ["Ducks", "Geese"])

    def test_an_older_file(self):
        make_journal(("Ducks", "They swim."))
        (file,) = entry_files()
        old = file.read_bytes()
        cli("trash", file.stem)
        cli("restore", file.stem)
        file.write_bytes(old)
        app = self.start_open()
        app.reads("1 entry is not as this computer last saw it.")
        app.press("button", "Show")
        app.find("list", "Not as it was")
        app.press("button", "Bring back")
        app.gone("list", "Not as it was")
        until(lambda: file.read_bytes() != old, "the newer state")
        app.keys("Escape")
        app.gone("dialog", "Files left alone")
        app.close()
        app = self.start_open()
        self.assertFalse(app.says("not as this computer"))

    def test_a_missing_file(self):
        make_journal(("Ducks", "They swim."), ("Geese", "They fly."))
        gone = entry_files()[0]
        gone.unlink()
        app = self.start_open()
        app.reads("1 entry is not as this computer last saw it.")
        app.press("button", "Show")
        app.press("button", "Bring back")
        until(gone.exists, "the file")
        self.assertEqual(len(entries()), 2)


if __name__ == "__main__":
    tap.main()
