# SPDX-License-Identifier: GPL-3.0-or-later
"""Earlier versions of an entry: look, compare, bring back, and undo that."""

import json

import tap
from life import LifeTest, cli, entries, make_journal, until


class HistoryTest(LifeTest):
    def open_entry(self):
        make_journal(("Ducks", "Twenty-six ducks in the rain."))
        app = self.start_open()
        self.place(app, "Journal")
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.press("button", "Change")
        area = app.find("text box", "Text")
        app.focus("text box", "Text")
        app.keys("ctrl+a")
        app.type("Twenty-six geese in the sun.")
        until(lambda: area.text() == "Twenty-six geese in the sun.", "what was typed")
        app.press("button", "Back")
        until(lambda: entries()[0]["text"] == "Twenty-six geese in the sun.", "the change on disk")
        return app

    def versions(self):
        (entry,) = json.loads(cli("list", "--json").stdout)
        return json.loads(cli("versions", entry["id"], "--json").stdout)

    def test_look_compare_bring_back_and_undo(self):
        app = self.open_entry()
        app.press("button", "Earlier versions")
        rows = until(lambda: [row for row in app.find("list", "Versions").shown() if row.role == "list item"],
                     "the versions")
        self.assertGreaterEqual(len(rows), 2)
        self.assertEqual(app.nameless(), [])
        app.reads("Present version")
        app.focus("list item", rows[-1].name)
        app.keys("End")
        app.keys("Return")
        app.reads("Words with − are in this version only")
        shown = app.reads("geese").words()
        # The differences are told by signs, not by colour.
        self.assertIn("−ducks", shown)
        self.assertIn("+geese", shown)
        self.assertEqual(app.nameless(), [])
        app.press("button", "Bring this version back")
        app.reads("The version is back")
        app.press("button", "Undo")
        until(lambda: len(self.versions()) >= 4, "both steps among the versions")
        until(lambda: entries()[0]["text"] == "Twenty-six geese in the sun.", "the newer text on disk")
        (entry,) = json.loads(cli("list", "--json").stdout)
        before = json.loads(cli("versions", entry["id"], self.versions()[1]["hash"], "--json").stdout)
        self.assertEqual(before["text"], "Twenty-six ducks in the rain.")
        app.close()


if __name__ == "__main__":
    tap.main()
