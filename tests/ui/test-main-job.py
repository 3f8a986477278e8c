# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, as a new user does it: choose a passphrase, read, write a guided entry, close, find it the next evening."""

import re
import stat

import tap
from guides import read_guides
from life import JOURNAL, LifeTest, PASSPHRASE, cli, entries, entry_files, secrets, setting, until


class MainJobTest(LifeTest):
    looks_for_leaks = True

    def read_transference(self, app):
        self.place(app, "Library")
        app.press("list item", "Transference")
        app.find("heading", "Transference")
        self.assertTrue(app.says("Not yet reviewed by a clinician"))

    def write_episode(self, app):
        app.press("button", "Write about this: A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.press("radio", "clear")
        app.press("button", "Next")
        app.find("text box", "Name of somebody new")
        app.focus("text box", "Name of somebody new")
        app.type("Nora")
        app.keys("Return")
        until(lambda: app.find("toggle button", "Nora").has("pressed"), "Nora to be chosen")
        app.press("button", "Next")
        area = app.find("text box", "What happened, from the first moment to the last?")
        until(lambda: area.has("focused"), "the cursor")
        app.type("She looked at her phone while I spoke.")
        app.press("button", "Next")
        app.press("toggle button", "was not really there")
        app.press("button", "Next")
        app.press("toggle button", "lonely")
        app.focus("text box", "In my own words")
        app.type("a bit silly")
        app.press("button", "Next")
        app.press("toggle button", "drew back")
        app.press("button", "Next")
        app.press("toggle button", "to be understood")
        for _ in range(5):
            app.press("button", "Next")
            app.find("button", "Next")
        app.press("radio", "a little")
        for _ in range(3):
            app.press("button", "Next")
        until(lambda: app.find_all("button", "Next") or app.find_all("button", "Finish"), "a button")
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        until(lambda: app.focused() and app.focused().role == "text box", "the title")
        app.type("The phone on the table")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_with_the_keyring(self):
        app = self.start()
        code = self.first_run(app)
        app.type(code.lower().replace("-", " "))
        app.press("button", "Check and begin")
        app.find("list", "Write")
        self.assertFalse(app.says("Check your recovery code"))
        self.read_transference(app)
        self.write_episode(app)
        app.close()

        self.assertEqual(secrets()[0], ["derived", "passphrase"])
        self.assertIn(PASSPHRASE, secrets()[1])
        (payload,) = entries()
        answers = {answer["step"]: answer for answer in payload["answers"]}
        edition = read_guides()["relationship-episode"]["edition"]
        self.assertEqual(payload["guide"], {"id": "relationship-episode", "version": edition, "language": "en"})
        self.assertEqual(payload["title"], "The phone on the table")
        self.assertEqual(answers["happened"]["text"], "She looked at her phone while I spoke.")
        self.assertEqual(answers["other"]["role"], "response-other")
        self.assertEqual(answers["other"]["choices"], [{"id": "absent", "label": "was not really there"}])
        self.assertEqual(answers["felt"]["choices"], [{"id": "lonely", "label": "lonely"}, {"label": "a bit silly"}])
        self.assertEqual(answers["wish"]["role"], "wish")
        self.assertEqual((answers["before"]["scale"], answers["after"]["scale"]), (3, 2))
        self.assertEqual([answer["step"] for answer in payload["answers"]],
                         ["before", "who", "happened", "other", "felt", "did", "wish", "after"])
        self.assertEqual(len(answers["who"]["people"]), 1)

        # The next evening it opens by itself.
        app = self.start()
        app.find("list", "Write")
        self.place(app, "Journal")
        app.focus_row("Entries", "The phone on the table")
        app.keys("Return")
        app.find("heading", "The phone on the table")
        for words in ("Nora", "She looked at her phone while I spoke.", "a bit silly", "to be understood"):
            self.assertTrue(app.says(words), words)
        app.close()

    def test_without_the_keyring(self):
        app = self.start()
        self.first_run(app, only_me=False)
        app.press("button", "Later")
        app.find("list", "Write")
        app.reads("Check your recovery code")
        self.write(app, "Rain, and a good book.")
        app.reads("Saved")
        app.close()
        self.assertEqual(secrets(), ([], []))
        self.assertEqual(setting("keep-in-keyring"), "false")

        app = self.start_open()
        self.place(app, "Journal")
        app.focus_row("Entries", "Rain, and a good book.")
        app.close()

    def test_what_is_on_disk_says_nothing(self):
        app = self.start()
        self.first_run(app, only_me=False)
        app.press("button", "Later")
        app.find("list", "Write")
        self.write(app, "zyxwv unmistakable")
        app.reads("Saved")
        app.close()
        (file,) = entry_files()
        self.assertRegex(file.name, r"^[0-9a-f]{32}\.json$")
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(JOURNAL.stat().st_mode), 0o700)
        for path in JOURNAL.parent.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"zyxwv", path.read_bytes(), path)
        self.assertIsNone(re.search(r"zyxwv|unmistakable", app.output()))

    def test_two_passphrases_must_be_the_same(self):
        app = self.start()
        app.press("button", "Begin")
        app.focus("text box", "Passphrase")
        app.type("one thing")
        app.focus("text box", "The same again")
        app.type("another thing")
        self.assertFalse(app.find("button", "Make the journal").has("sensitive"))
        app.close()
        self.assertFalse(JOURNAL.exists())

    def test_recovery_code_is_checked_later(self):
        app = self.start()
        code = self.first_run(app, only_me=False)
        app.type(code[:-1] + ("0" if code[-1] != "0" else "1"))
        app.press("button", "Check and begin")
        app.reads("typing mistake")
        app.press("button", "Later")
        app.find("list", "Write")
        app.press("list item", "Check your recovery code")
        until(lambda: app.focused() and app.focused().role == "text box", "the code's field")
        app.type(code)
        app.keys("Return")
        app.reads("The code is right", patience=60)
        until(lambda: not app.says("Type it once"), "the reminder to go")
        app.close()
        self.assertEqual(setting("recovery-code-checked"), "true")
        self.assertEqual(cli("list").stdout, "")


if __name__ == "__main__":
    tap.main()
