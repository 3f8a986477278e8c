# SPDX-License-Identifier: GPL-3.0-or-later
"""Another passphrase, another recovery code, and a new key for everything, in the preferences."""

import json

import tap
from life import (JOURNAL, LifeTest, PASSPHRASE, cli, entries, entry_files, make_journal, recovery_code, secrets,
                  setting, until)

NEW = "some words that are new"


def opens(secret, *arguments):
    return cli("list", "--json", *arguments, passphrase=secret, check=False).returncode == 0


def keys_of_entries():
    return {json.loads(path.read_bytes())["key"] for path in entry_files()}


class PassphraseTest(LifeTest):
    def open_dialog(self, app, row):
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        app.press("list item", row)
        app.find("dialog", row)

    def fill(self, app, present, fresh=None):
        app.focus("text box", "Present passphrase")
        app.type(present)
        if fresh is not None:
            app.focus("text box", "New passphrase")
            app.type(fresh)
            app.focus("text box", "The same again")
            app.type(fresh)
        app.keys("Return")

    def keep_code(self, app):
        """The code is shown, kept and typed once. Returns it."""
        app.find("button", "I have kept it", patience=90)
        code = recovery_code(app)
        app.press("button", "I have kept it")
        until(lambda: app.focused() and app.focused().role == "text box", "the code's field")
        app.type(code)
        app.keys("Return")
        return code

    def test_change(self):
        app = self.start_kept(("Rain", "A good book."))
        self.open_dialog(app, "Change the passphrase")
        self.fill(app, "not the passphrase", NEW)
        app.reads("This does not open the journal")
        self.assertTrue(opens(PASSPHRASE))
        app.focus("text box", "Present passphrase")
        app.keys("ctrl+a")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.reads("The passphrase is changed")
        self.assertFalse(opens(PASSPHRASE))
        self.assertTrue(opens(NEW))
        until(lambda: NEW in secrets()[1] and PASSPHRASE not in secrets()[1], "the keyring to keep the new one")
        app.press("button", "Close")
        app.keys("Escape")
        app.gone("dialog", "Preferences")
        app.close()
        app = self.start()
        app.find("list", "Write")  # by the keyring, which holds what opens the new slot
        app.keys("ctrl+l")
        self.unlock(app, NEW)
        app.find("list", "Write")
        app.close()

    def test_new_code(self):
        old = make_journal(("Rain", "A good book."))
        app = self.start_open()
        self.open_dialog(app, "New recovery code")
        self.fill(app, PASSPHRASE)
        app.find("button", "I have kept it", patience=90)
        self.assertTrue(opens(old, "--recovery"))
        app.press("button", "Stay with the old code")
        app.gone("dialog", "New recovery code")
        until(lambda: len(list((JOURNAL / "keys").iterdir())) == 2, "the new code to go")
        self.assertTrue(opens(old, "--recovery"))
        app.press("list item", "New recovery code")
        self.fill(app, PASSPHRASE)
        code = self.keep_code(app)
        app.reads("The old one is void")
        self.assertFalse(opens(old, "--recovery"))
        self.assertTrue(opens(code, "--recovery"))
        self.assertTrue(opens(PASSPHRASE))
        self.assertEqual(setting("recovery-code-checked"), "true")
        app.press("button", "Close")
        app.keys("Escape")
        app.close()

    def test_rotate(self):
        old = make_journal(("Rain", "A good book."), ("Sun", "A long walk."))
        before, keys = entries(), keys_of_entries()
        app = self.start_open()
        self.open_dialog(app, "Someone may know it")
        self.fill(app, PASSPHRASE, NEW)
        code = self.keep_code(app)
        app.reads("Sync services and backups may keep old copies")
        until(lambda: not keys_of_entries() & keys, "every entry to have the new key")
        self.assertFalse(opens(PASSPHRASE))
        self.assertFalse(opens(old, "--recovery"))
        self.assertTrue(opens(code, "--recovery"))
        listed = json.loads(cli("list", "--json", passphrase=NEW).stdout)
        after = [json.loads(cli("show", entry["id"], "--json", passphrase=NEW).stdout) for entry in listed]
        self.assertEqual(sorted(map(str, before)), sorted(map(str, after)))
        app.press("button", "Close")
        app.keys("Escape")
        app.gone("dialog", "Preferences")
        app.keys("ctrl+l")
        self.unlock(app, NEW)
        app.find("list", "Write")
        app.close()


if __name__ == "__main__":
    tap.main()
