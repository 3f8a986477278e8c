# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting for good: asked before, honest about what it cannot reach, and complete on this computer."""

import json

import tap
from life import DATA, LifeTest, cli, entry_files, journal_id, make_journal, until


class TrashTest(LifeTest):
    def open_trash(self):
        make_journal(("Ducks", "Twenty-six."), ("Rain", "Again."))
        listed = json.loads(cli("list", "--json").stdout)
        (self.entry,) = [entry["id"] for entry in listed if entry["title"] == "Ducks"]
        cli("trash", self.entry)
        cli("snapshot")
        app = self.start_open()
        app.menu("t")
        app.find("list", "Entries in the trash")
        return app

    def local(self):
        return DATA / journal_id()

    def kept(self):
        """What is left of the entry in versions, drafts and snapshots."""
        return [path for path in self.local().rglob("*") if self.entry in str(path.relative_to(self.local()))]

    def test_keep(self):
        app = self.open_trash()
        app.press("button", "Delete “Ducks” for good")
        app.find("alert dialog", "Delete “Ducks” for good?")
        app.reads("Sync services and backups may keep old copies")
        self.assertEqual(app.nameless(), [])
        app.keys("Escape")
        app.gone("button", "Delete for good")
        self.assertTrue(self.kept())
        app.press("button", "Put back “Ducks”")
        app.reads("The trash is empty")
        app.close()
        self.assertEqual(len(json.loads(cli("list", "--json").stdout)), 2)

    def test_delete_for_good(self):
        app = self.open_trash()
        self.assertTrue(self.kept())
        app.press("button", "Delete “Ducks” for good")
        app.press("button", "Delete for good")
        app.reads("Deleted for good")
        app.reads("The trash is empty")
        until(lambda: not self.kept(), "all of it to go from this computer")
        app.close()
        self.assertEqual(len(entry_files()), 2)
        self.assertEqual(json.loads(cli("list", "--trash", "--json").stdout), [])
        self.assertEqual(json.loads(cli("show", self.entry, "--json").stdout)["kind"], "gone")

    def test_the_keyboard_stays_on_the_page(self):
        make_journal(*((name, "Rain.") for name in ("Ducks", "Reed", "Sun")))
        for entry in json.loads(cli("list", "--json").stdout):
            cli("trash", entry["id"])
        app = self.start_open()
        app.menu("t")

        def titles():
            return [row.name for row in app.find("list", "Entries in the trash").children()]

        def has_keyboard(role, name):
            until(lambda: (here := app.focused()) and (here.role, here.name) == (role, name), f"the keyboard on “{name}”")
        rows = until(lambda: len(titles()) == 3 and titles(), "the rows")
        has_keyboard("list item", rows[0])
        app.focus("button", f"Put back “{rows[1]}”")
        app.keys("Return")
        has_keyboard("list item", rows[2])
        app.focus("button", f"Delete “{rows[2]}” for good")
        app.keys("Return")
        app.focus("button", "Delete for good")
        app.keys("Return")
        app.reads("Deleted for good")
        has_keyboard("list item", rows[0])
        app.focus("button", f"Put back “{rows[0]}”")
        app.keys("Return")
        app.reads("The trash is empty")
        has_keyboard("button", "Back")
        app.close()


if __name__ == "__main__":
    tap.main()
