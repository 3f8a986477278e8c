# SPDX-License-Identifier: GPL-3.0-or-later
"""The login's keyring opens the journal, forgets when it is told to, and whatever is wrong in it is told and mended."""

import base64

import tap
from life import LifeTest, PASSPHRASE, clear_secret, make_journal, secrets, setting, store_secret, until

BOTH = ["derived", "passphrase"]
KEEP = "Passphrase for the keyring"
FORGET = "Forget"


class KeyringTest(LifeTest):
    def opens_by_itself(self):
        app = self.start()
        app.find("list", "Write")
        self.assertFalse(app.find_all("text box", "Passphrase"))
        app.close()

    def asks(self, why=None):
        """Starts the app, which must come to the passphrase page with just this line why."""
        app = self.start()
        app.find("button", "Open")
        if why:
            app.reads(why)
        self.assertEqual(bool(why), app.says("keyring"))
        return app

    def mended(self):
        until(lambda: secrets()[0] == BOTH and PASSPHRASE in secrets()[1], "the keyring to be mended")

    def test_kept_and_forgotten_in_preferences(self):
        make_journal(("Rain", "A good book."))
        app = self.asks()
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        app.keys("ctrl+comma")
        app.reads("The passphrase is kept nowhere")
        self.assertFalse(app.find_all("button", FORGET))
        app.focus("text box", KEEP)
        app.type("not the passphrase")
        app.keys("Return")
        app.reads("This does not open the journal")
        self.assertEqual((secrets(), setting("keep-in-keyring")), (([], []), "false"))
        app.focus("text box", KEEP)
        app.type(PASSPHRASE)
        app.keys("Return")
        app.reads("The keyring keeps the passphrase now")
        app.reads("Anyone at your unlocked login could read everything")
        app.gone("text box", KEEP)
        self.mended()
        app.keys("Escape", "Escape")  # the toast, then the dialog
        app.gone("dialog", "Preferences")
        app.close()
        self.opens_by_itself()

        app = self.start()
        app.find("list", "Write")
        app.keys("ctrl+comma")
        app.press("button", FORGET)
        app.reads("The keyring has forgotten the passphrase")
        app.reads("The passphrase is kept nowhere")
        app.gone("button", FORGET)
        self.assertEqual((secrets(), setting("keep-in-keyring")), (([], []), "false"))
        app.keys("Escape", "Escape")  # the toast, then the dialog
        app.gone("dialog", "Preferences")
        app.close()
        app = self.asks()
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        app.close()
        self.assertEqual(secrets(), ([], []))

    def test_wrong_passphrase_in_the_keyring(self):
        self.start_kept().close()
        store_secret("passphrase", "some other words")
        clear_secret("derived")
        app = self.asks("The passphrase in your keyring does not open this journal.")
        app.type("not this one either")
        app.keys("Return")
        app.reads("Check the spelling and the keyboard layout")
        self.assertNotIn("not this one either", secrets()[1])
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        self.mended()
        self.assertNotIn("some other words", secrets()[1])
        app.close()
        self.opens_by_itself()

    def test_nothing_left_in_the_keyring(self):
        self.start_kept().close()
        clear_secret("passphrase")
        clear_secret("derived")
        app = self.asks("Your keyring does not hold the passphrase any more.")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        self.mended()
        app.close()
        self.opens_by_itself()

    def test_derived_key_gone_or_wrong(self):
        self.start_kept().close()
        good = secrets()
        clear_secret("derived")
        self.opens_by_itself()
        self.mended()
        self.assertEqual(sorted(secrets()[1]), sorted(good[1]))
        for wrong in ("no base64 at all", base64.b64encode(bytes(80)).decode(), base64.b64encode(bytes(7)).decode()):
            store_secret("derived", wrong)
            self.opens_by_itself()
            until(lambda: sorted(secrets()[1]) == sorted(good[1]), "the derived key to be mended")

    def test_derived_key_is_enough(self):
        self.start_kept().close()
        clear_secret("passphrase")
        self.opens_by_itself()


if __name__ == "__main__":
    tap.main()
