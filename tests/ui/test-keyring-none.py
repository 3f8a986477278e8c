# SPDX-License-Identifier: GPL-3.0-or-later
"""There is no keyring, or one that hangs: the passphrase opens the journal, and nothing is ever frozen or unsaid."""

import signal
import subprocess
import sys

import tap
from life import LifeTest, PASSPHRASE, entries, make_journal, set_setting, setting, until

NONE = "There is no keyring on this computer."
WAITING = "Waiting for your keyring"
# Has the name, and then does nothing at all.
HANGING = """
import os, signal
from gi.repository import Gio, GLib
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
              GLib.Variant("(su)", ("org.freedesktop.secrets", 0)), None, 0, -1, None)
print("ready", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


class KeyringNoneTest(LifeTest):
    def hanging_keyring(self):
        process = subprocess.Popen([sys.executable, "-c", HANGING], stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    def make_kept_journal(self):
        make_journal(("Rain", "A good book."))
        set_setting("keep-in-keyring", "true")

    def opens_by_typing(self, app):
        until(lambda: app.focused() and app.focused().role == "text box", "the passphrase's field")
        app.type(PASSPHRASE)
        app.keys("Return")
        self.place(app, "Journal")
        app.focus_row("Entries", "Rain")

    def test_no_service(self):
        self.make_kept_journal()
        app = self.start()
        app.reads(NONE)
        self.opens_by_typing(app)
        self.assertFalse(app.says("could not be kept"))
        app.close()

    def test_first_run(self):
        app = self.start()
        code = self.first_run(app)
        app.reads(NONE + " The passphrase could not be kept there.")
        app.type(code)
        app.keys("Return")
        app.find("list", "Write")
        self.write(app, "Nothing is kept but this.")
        app.close()
        self.assertEqual([entry["text"] for entry in entries()], ["Nothing is kept but this."])
        app = self.start()
        app.reads(NONE)
        app.type(PASSPHRASE)
        app.keys("Return")
        self.place(app, "Journal")
        app.focus_row("Entries", "Nothing is kept but this.")
        app.close()

    def test_preferences(self):
        self.make_kept_journal()
        app = self.start_open()
        app.keys("ctrl+comma")
        app.press("button", "Forget")
        app.reads(NONE)
        app.reads("The passphrase is kept nowhere")
        self.assertEqual(setting("keep-in-keyring"), "false")
        app.press("button", "Dismiss")
        app.gone("button", "Dismiss")
        app.focus("text box", "Passphrase for the keyring")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.reads(NONE)
        self.assertEqual(setting("keep-in-keyring"), "false")
        self.assertFalse(app.find_all("button", "Forget"))

    def test_hanging_service(self):
        self.make_kept_journal()
        keyring = self.hanging_keyring()
        app = self.start()
        app.keys("ctrl+shift+h")  # while it is still asked, as a rule
        app.find("dialog", "Help now")
        app.reads(WAITING)
        app.find("dialog", "Help now")
        app.keys("Escape")
        app.gone("dialog", "Help now")
        self.opens_by_typing(app)
        self.write(app, "Still raining.")
        app.close()
        self.assertIsNone(keyring.poll())
        self.assertEqual(sorted(entry["text"] for entry in entries()), ["A good book.", "Still raining."])

    def test_closed_while_it_hangs(self):
        self.make_kept_journal()
        self.hanging_keyring()
        self.start().close()  # while it is still asked, as a rule
        app = self.start()
        app.reads(WAITING)
        app.close()

    def test_service_dies(self):
        self.make_kept_journal()
        keyring = self.hanging_keyring()
        app = self.start()
        app.reads(WAITING)
        keyring.send_signal(signal.SIGKILL)
        app.reads(NONE)
        self.assertFalse(app.says(WAITING))
        self.opens_by_typing(app)
        app.close()


if __name__ == "__main__":
    tap.main()
