# SPDX-License-Identifier: GPL-3.0-or-later
"""The first three pages: what they ask and tell, and that going back or away half-way loses or leaves nothing."""

import pathlib
import shutil
import stat
import subprocess

import quick
import tap
from clipboard import Clipboard
from hands import run, windows
from life import DATA, JOURNAL, LifeTest, PASSPHRASE, cli, entries, make_journal, recovery_code, secrets, setting, until

HOME = pathlib.Path.home()
SAVED = HOME / "my code.txt"
ONLY_ME = "Only me: open with my login"
SOMEONE_ELSE = "Someone else too: ask every time"


class FirstRunTest(LifeTest):
    def setUp(self):
        super().setUp()
        SAVED.unlink(missing_ok=True)

    def begin(self):
        app = self.start()
        app.press("button", "Begin")
        until(lambda: app.focused() and app.focused().name == "Passphrase", "the cursor in the field")
        return app

    def choose(self, app, passphrase):
        app.type(passphrase)
        app.focus("text box", "The same again")
        app.type(passphrase)

    def make(self, app):
        """Goes on to the recovery code."""
        app.press("button", "Make the journal")
        app.find("button", "I have kept it", patience=60)
        return recovery_code(app)

    def helps(self, app):
        """Help now opens over the page, and the page is still there afterwards."""
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.reads("Nobody reads this. Nothing is sent.")
        app.keys("Escape")
        app.gone("dialog")

    def save(self, app, path):
        """In GTK's own file chooser, a window of its own."""
        app.press("button", "Save to a file…")
        name = app.find("text box", "Name:")
        until(lambda: name.has("focused"), "the field for a name")
        app.keys("ctrl+a")
        app.type(str(path))
        app.keys("Return")
        app.gone("dialog")
        app.hands.focus_window("Leitmotif")

    def test_three_pages(self):
        app = self.start()
        for words in ("for adults", "offline", "please do not use it alone if you are in a crisis"):
            app.reads(words)
        self.assertEqual(app.nameless(), [])
        self.helps(app)
        app.press("button", "Begin")
        app.reads("Anyone at your unlocked login could then read everything.")
        self.assertEqual(app.nameless(), [])
        self.helps(app)
        app.focus("text box", "Passphrase")
        self.choose(app, PASSPHRASE)
        code = self.make(app)
        app.reads("There is no other way in, and nobody can reset it for you.")
        self.assertEqual(app.nameless(), [])
        self.helps(app)
        self.assertEqual(recovery_code(app), code)
        app.press("button", "I have kept it")
        app.find("button", "Check and begin")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Show the code again")
        app.find("button", "I have kept it")
        self.assertEqual(recovery_code(app), code)
        app.close()

    def test_any_passphrase_goes(self):
        app = self.begin()
        make = app.find("button", "Make the journal")
        self.assertFalse(make.has("sensitive"))
        self.choose(app, "a")
        app.reads("Very easy to guess")
        until(lambda: make.has("sensitive"), "the button")
        app.focus("text box", "Passphrase")
        app.type(PASSPHRASE)
        app.reads("hard to guess")
        self.assertFalse(make.has("sensitive"))
        app.focus("text box", "The same again")
        app.type(PASSPHRASE)
        until(lambda: make.has("sensitive"), "the button")

    def test_back_keeps_what_was_typed(self):
        app = self.begin()
        self.choose(app, PASSPHRASE)
        app.press("list item", SOMEONE_ELSE)
        app.press("button", "Back")
        app.find("button", "Begin")
        app.press("button", "Begin")
        for name in ("Passphrase", "The same again"):
            self.assertEqual(len(app.find("text box", name).text()), len(PASSPHRASE))
        self.assertTrue(app.find("button", "Make the journal").has("sensitive"))
        self.make(app)
        app.close()
        # It is the passphrase, and what was chosen: nothing is kept anywhere, and the code is not checked.
        self.assertEqual(entries(), [])
        self.assertEqual(secrets(), ([], []))
        self.assertEqual((setting("keep-in-keyring"), setting("recovery-code-checked")), ("false", "false"))
        app = self.start_open()
        app.reads("Check your recovery code")
        app.close()

    def test_copies_of_the_code(self):
        app = self.begin()
        self.choose(app, PASSPHRASE)
        code = self.make(app)
        clipboard = Clipboard()
        self.addCleanup(clipboard.close)
        app.press("button", "Copy")
        app.reads("Code copied")
        self.assertEqual(clipboard.get("UTF8_STRING").decode(), code)
        self.assertIn("x-kde-passwordManagerHint", clipboard.types())

        link = HOME / "link"
        link.symlink_to(JOURNAL / "keys")
        self.addCleanup(link.unlink)
        for folder in (JOURNAL, JOURNAL / "entries", link):
            self.save(app, folder / "code.txt")
            app.reads("Not in the journal’s own folder")
            self.assertEqual(list(JOURNAL.rglob("code.txt")), [])
            app.press("button", "Dismiss")
            until(lambda: not app.says("Not in the journal’s own folder"), "the toast to go")
        self.save(app, SAVED)
        app.reads("Code saved. Move it to a safe place.")
        self.assertEqual(SAVED.read_text(), code + "\n")
        self.assertEqual(stat.S_IMODE(SAVED.stat().st_mode), 0o600)

        app.press("button", "I have kept it")
        field = app.find("text box", "Recovery code")
        until(lambda: field.has("focused"), "the code's field")
        other = cli("init", "--kdf-cost", "minimal", "--journal", str(DATA / "other")).stdout.strip()
        for typed, told in (("nothing like it", "This is not a whole recovery code."),
                            (code[:-1] + ("0" if code[-1] != "0" else "1"), "There is a typing mistake"),
                            (other, "This is the code of another journal.")):
            app.keys("ctrl+a")
            app.type(typed)
            app.keys("Return")
            app.reads(told)
            until(lambda: field.has("focused"), "the code's field")
        app.keys("ctrl+a")
        app.type(SAVED.read_text().strip())
        app.keys("Return")
        app.find("list", "Write")
        self.assertFalse(app.says("Check your recovery code"))
        app.close()
        self.assertEqual(setting("recovery-code-checked"), "true")

    def test_closed_half_way(self):
        app = self.begin()
        self.choose(app, PASSPHRASE)
        app.close()
        self.assertFalse(JOURNAL.exists())
        # While the journal is made there is none, or a whole one.
        app = self.begin()
        self.choose(app, PASSPHRASE)
        app.press("button", "Make the journal")
        app.close()
        if JOURNAL.exists():
            self.assertEqual(cli("verify").returncode, 0)
            shutil.rmtree(DATA)
        self.assertEqual([path.name for path in DATA.glob("*")], [])
        # The code was not read yet: the journal is whole, and the code is asked for later.
        app = self.begin()
        self.choose(app, PASSPHRASE)
        self.make(app)
        until(lambda: len(secrets()[0]) == 2, "the keyring to keep the passphrase")
        app.kill()
        self.assertEqual(cli("verify").returncode, 0)
        app = self.start()
        app.reads("Check your recovery code")
        app.close()

    def test_journal_that_somebody_has(self):
        make_journal(("Rain", "A good book."))
        shutil.move(JOURNAL, DATA.parent / "elsewhere")
        self.addCleanup(shutil.rmtree, DATA.parent / "elsewhere")
        shutil.rmtree(DATA)
        app = self.start()
        app.press("button", "Open a journal that I have…")
        self.choose_folder(app, "Choose the journal’s folder", DATA.parent / "elsewhere")
        app.hands.focus_window("Leitmotif")
        self.unlock(app)
        self.place(app, "Journal")
        app.focus_row("Entries", "Rain")
        app.close()
        self.assertFalse(JOURNAL.exists())
        self.assertEqual(setting("journal-folder"), f"'{DATA.parent}/elsewhere'")

    def window_with_focus(self):
        return subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, check=False).stdout.strip()

    def test_second_start(self):
        app = self.start()
        app.press("button", "Begin")
        window = self.window_with_focus()
        run("xdotool", "windowfocus", "1")  # none at all
        until(lambda: self.window_with_focus() != window, "the focus to go")
        program = quick.program("ui", "leitmotif")
        subprocess.run([program], check=True, timeout=60)
        until(lambda: self.window_with_focus() == window, "the first window to come forward")
        self.assertEqual(windows(), [window])
        self.assertEqual([process for process, root in app.bus.apps() if root.name == "leitmotif"], [app.process.pid])
        app.find("text box", "Passphrase")
        app.close()


if __name__ == "__main__":
    tap.main()
