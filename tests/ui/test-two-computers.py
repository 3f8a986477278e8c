# SPDX-License-Identifier: GPL-3.0-or-later
"""A second computer writes into the journal's folder while it is open, by a writer that shares no code with ours."""

import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))

import tap
from life import JOURNAL, LifeTest, PASSPHRASE, cli, entries, make_journal, until
from outside import Outside

OTHER = "fedcba9876543210fedcba9876543210"


class TwoComputersTest(LifeTest):
    def open_journal(self, *texts):
        make_journal(*texts)
        app = self.start_open()
        self.place(app, "Journal")
        until(lambda: app.find_all("list", "Entries"), "the entries")
        return app

    def change(self, entry, /, name=None, diverged=False, **changes):
        """Another computer changes the entry: after ours, or without knowing of our last save."""
        outside = Outside(JOURNAL, PASSPHRASE)
        (id,) = [listed["id"] for listed in json.loads(cli("list", "--json").stdout) if listed["title"] == entry]
        payload = json.loads(outside.open(id))
        if diverged:
            payload["saves"] = {device: count - 1 for device, count in payload["saves"].items()}
        payload["saves"][OTHER] = payload["saves"].get(OTHER, 0) + 1
        payload |= {"device": OTHER, "modified": "2026-11-24T09:00:00+01:00"} | changes
        # As sync tools do it: under another name first.
        target = JOURNAL / "entries" / (name or f"{id}.json")
        part = target.with_name(".syncthing.part.tmp")
        part.write_bytes(outside.seal(id, payload))
        part.rename(target)
        return id

    def texts(self):
        return sorted(entry["text"] for entry in entries())

    def files(self):
        return [path.name for path in (JOURNAL / "entries").iterdir() if not path.name.startswith(".")]

    def test_a_page_is_shown_anew(self):
        app = self.open_journal(("Ducks", "Twenty-six ducks."))
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.reads("Twenty-six ducks.")
        self.change("Ducks", text="Twenty-seven ducks.")
        app.reads("Twenty-seven ducks.")
        self.assertFalse(app.says("Edited on two computers"))
        app.close()

    def test_what_nobody_has_written_on_is_shown_anew_while_it_is_open_to_write(self):
        app = self.open_journal(("Ducks", "Twenty-six ducks."))
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Change")
        area = app.find("text box", "Text")
        until(lambda: area.text() == "Twenty-six ducks.", "the text")
        self.change("Ducks", text="Twenty-six ducks. And a swan.")
        until(lambda: area.text() == "Twenty-six ducks. And a swan.", "the other computer's text")
        app.close()
        self.assertEqual(self.texts(), ["Twenty-six ducks. And a swan."])
        self.assertEqual(len(self.files()), 1)

    def test_what_is_being_written_stays_and_both_are_shown(self):
        app = self.open_journal(("Ducks", "Twenty-six ducks."))
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Change")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor")
        app.keys("ctrl+End")
        app.type(" Mine.")
        self.change("Ducks", text="Twenty-six ducks. Theirs.")
        app.reads("This entry was changed on another computer meanwhile")
        self.assertEqual(area.text(), "Twenty-six ducks. Mine.")
        app.press("button", "Compare")
        app.find("button", "Keep this", patience=30)
        app.reads("Twenty-six ducks. Mine.")
        app.reads("Twenty-six ducks. Theirs.")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Put both together, then change by hand")
        area = app.find("text box", "Text")
        until(lambda: "Mine." in area.text() and "Theirs." in area.text(), "both sentences")
        app.close()
        until(lambda: len(self.files()) == 1, "one file")
        (text,) = self.texts()
        self.assertIn("Mine.", text)
        self.assertIn("Theirs.", text)

    def conflict(self, **changes):
        """A journal with an entry that two computers have edited. Returns the app on the page that compares."""
        app = self.open_journal(("Ducks", "Twenty-six ducks."))
        self.change("Ducks", name="Ducks (Konfliktkopie 2026-11-24).json", diverged=True, **changes)
        until(lambda: [row for row in app.find_all("list item") if "edited on two computers" in row.name], "the mark")
        app.focus_row("Entries", "edited on two computers")
        app.keys("Return")
        app.reads("This entry was edited on two computers")
        app.press("button", "Compare")
        return app

    def test_keep_that(self):
        app = self.conflict(text="Twenty-seven ducks.")
        app.press("button", "Keep that")
        app.reads("Twenty-seven ducks.")
        app.gone("button", "Compare")
        app.close()
        self.assertEqual(self.texts(), ["Twenty-seven ducks."])
        self.assertEqual(len(self.files()), 1)

    def test_keep_this(self):
        app = self.conflict(text="Twenty-seven ducks.", title="Swans", tags=["water"])
        app.reads("Swans")
        app.reads("water")
        app.press("button", "Keep this")
        app.gone("button", "Compare")
        app.close()
        self.assertEqual(self.texts(), ["Twenty-six ducks."])
        self.assertEqual(len(self.files()), 1)

    def test_keep_both(self):
        app = self.conflict(text="Twenty-seven ducks.")
        app.press("button", "Keep both, as two entries")
        until(lambda: self.texts() == ["Twenty-seven ducks.", "Twenty-six ducks."], "two entries")
        app.close()
        self.assertEqual(len(self.files()), 2)

    def test_deleted_there(self):
        app = self.conflict(deleted="2026-11-24T09:00:00+01:00")
        app.reads("There the entry was deleted.")
        self.assertFalse(app.find_all("button", "Keep both, as two entries"))
        app.press("button", "Keep the entry")
        app.gone("button", "Compare")
        app.close()
        self.assertEqual(self.texts(), ["Twenty-six ducks."])


if __name__ == "__main__":
    tap.main()
