# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing freely: what is saved when, what a crash, a full disk or a closed window leaves."""

import json
import os
import pathlib
import signal
import subprocess

import tap
from life import DATA, JOURNAL, LifeTest, cli, entries, make_journal, until


def drafts():
    """What is kept on this computer only, sealed."""
    return sorted(DATA.glob("*/drafts/*.json"))


def saved(**wanted):
    """Whether the only entry on disk is so."""
    found = entries()
    return len(found) == 1 and all(found[0].get(key) == value for key, value in wanted.items())


class WritingTest(LifeTest):
    def begin(self, *texts):
        make_journal(*texts)
        return self.start_open()

    def open_entry(self, app, name):
        self.place(app, "Journal")
        app.focus_row("Entries", name)
        app.keys("Return")
        app.press("button", "Change")
        return app.find("text box", "Text")

    def test_title_text_and_tags(self):
        app = self.begin()
        self.write(app, "Twenty-six of them.")
        app.focus("text box", "Add a tag")
        app.type("ducks")
        app.keys("Return")
        app.find("button", "Remove tag ducks")
        app.type("rain,Ducks,")  # one is there, however it is written
        app.find("button", "Remove tag rain")
        app.type("reed, " + "x" * 150 + ",")
        app.press("button", "Remove tag " + "x" * 150)
        app.press("button", "Remove tag reed")
        app.focus("text box", "Title")
        app.type("At the pond")
        app.reads("Writing…")
        self.assertRegex(app.reads("Saved ").words(), r"^Saved \d\d:\d\d$")
        self.assertTrue(saved(title="At the pond", text="Twenty-six of them.", tags=["ducks", "rain"]), entries())
        app.press("button", "Remove tag rain")
        app.type("pond")
        app.close()
        # What was typed and not confirmed is a tag as well.
        self.assertEqual(entries()[0]["tags"], ["ducks", "pond"])
        self.assertEqual(drafts(), [])

    def test_a_crash_leaves_a_draft(self):
        app = self.begin()
        self.write(app, "It was raining, and ")
        until(drafts, "a draft")
        app.kill()
        self.assertEqual(entries(), [])
        self.assertNotIn(b"raining", drafts()[0].read_bytes())

        app = self.start_open()
        self.take_up(app, "It was raining, and")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        self.assertEqual(area.text(), "It was raining, and ")
        app.type("then it was not.")
        app.reads("Saved ")
        app.close()
        self.assertTrue(saved(text="It was raining, and then it was not."), entries())
        self.assertEqual(drafts(), [])

    def test_the_end_of_the_login_saves_at_once(self):
        app = self.begin()
        self.write(app, "A few words")
        app.process.send_signal(signal.SIGTERM)
        app.ended()
        self.assertTrue(saved(text="A few words"), entries())

    def test_closing_and_leaving_save(self):
        app = self.begin()
        self.write(app, "One")
        app.keys("Escape")
        app.find("list", "Write")
        until(lambda: saved(text="One"), "the first on disk")
        self.write(app, "Two")
        app.keys("ctrl+q")
        app.ended()
        self.assertEqual(sorted(entry["text"] for entry in entries()), ["One", "Two"])

    def test_an_empty_page_leaves_nothing(self):
        app = self.begin()
        self.write(app, "x")
        app.keys("BackSpace", "Escape")
        app.find("list", "Write")
        app.close()
        self.assertEqual((entries(), drafts()), ([], []))

    def test_a_full_disk(self):
        self.block_runtime_folder()
        disk = self.begin_on_small_disk(DATA)
        app = disk.app
        disk.fill()
        area = self.write(app, "Too much for this disk.")
        app.reads("Not saved. The disk is full. Make some room; then it is saved by itself.")
        self.assertTrue(app.find_all("status") and app.says("Not saved"))
        self.assertEqual(area.text(), "Too much for this disk.")
        # Closing tells, and does not lose.
        app.find("window").act("window.close")
        app.find("alert dialog", "What you wrote last is not saved")
        self.assertTrue(app.says("If you close now, what you wrote last is lost."))
        app.keys("Escape")
        app.gone("alert dialog")
        self.assertEqual(area.text(), "Too much for this disk.")
        disk.make_room()
        app.reads("Saved ", patience=60)
        app.gone("label", "Not saved. The disk is full. Make some room; then it is saved by itself.")
        (file,) = disk.path("journal/entries").glob("*.json")
        self.assertGreater(file.stat().st_size, 0)
        app.close()

    def test_a_full_disk_for_the_journal_only(self):
        disk = self.begin_on_small_disk(JOURNAL)
        app = disk.app
        disk.fill()
        self.write(app, "Kept here.")
        app.reads("Not saved, but kept as a draft on this computer. The disk is full.")
        app.close()
        self.assertEqual(entries(), [])
        app = self.start_open()
        app.press("list item", "Kept here.")
        app.reads("Saved ")
        app.close()
        self.assertTrue(saved(text="Kept here."), entries())

    def test_undo_and_redo(self):
        app = self.begin(("Ducks", "Twenty-six."))
        area = self.open_entry(app, "Ducks")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type(" No")
        until(lambda: area.text() == "Twenty-six. No", "what was typed")
        app.keys("ctrl+z")
        until(lambda: "No" not in area.text(), "the undo")
        # What was there before cannot be undone.
        for _ in range(4):
            app.keys("ctrl+z")
        until(lambda: area.text() == "Twenty-six.", "the text as it was")
        for _ in range(4):
            app.keys("ctrl+shift+z")
        until(lambda: area.text() == "Twenty-six. No", "the redo")
        app.close()
        self.assertTrue(saved(text="Twenty-six. No"), entries())

    def test_changing_keeps_when_it_was_written(self):
        app = self.begin(("Ducks", "Twenty-six."))
        (before,) = json.loads(cli("list", "--json").stdout)
        area = self.open_entry(app, "Ducks")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type(" And a swan.")
        app.reads("Saved ")
        app.close()
        (after,) = json.loads(cli("list", "--json").stdout)
        self.assertEqual((after["id"], after["created"]), (before["id"], before["created"]))
        self.assertGreater(after["modified"], before["modified"])
        self.assertTrue(saved(title="Ducks", text="Twenty-six. And a swan."), entries())

    def test_reading_changes_nothing(self):
        app = self.begin(("Ducks", "Twenty-six."))
        before = cli("list", "--json").stdout
        self.open_entry(app, "Ducks")
        app.keys("Escape")
        app.find("button", "Change")
        app.close()
        self.assertEqual(cli("list", "--json").stdout, before)

    def menu_at_cursor(self, app):
        """Opens the context menu, again until the checker has come to the word."""
        def look():
            app.keys("shift+F10")
            menu = until(lambda: app.find_all("menu"), "the menu")
            if app.says("Keep this word"):
                return menu
            app.keys("Escape")
            app.gone("menu")
            return None

        return until(look, "the checker")


if __name__ == "__main__":
    tap.main()
