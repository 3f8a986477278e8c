# SPDX-License-Identifier: GPL-3.0-or-later
"""The keyring is locked, as after a login without its password, or slow: it may take its time, and never the person's."""

import os
import signal
import subprocess

from gi.repository import Gio, GLib

import tap
from life import LifeTest, PASSPHRASE, secrets, until

SECRETS = "org.freedesktop.secrets"
PASSWORD = "test"
WAITING = "Waiting for your keyring"


class Keyring:
    """The keyring daemon, to which we say what a person's login would say."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(self, interface, method, signature, *args):
        return self.bus.call_sync(SECRETS, "/org/freedesktop/secrets", interface, method, GLib.Variant(signature, args),
                                  None, 0, 10000, None).unpack()

    def unlock(self):
        _, session = self.call("org.freedesktop.Secret.Service", "OpenSession", "(sv)", "plain", GLib.Variant("s", ""))
        self.call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                  "(o(oayays))", "/org/freedesktop/secrets/collection/login",
                  (session, b"", PASSWORD.encode(), "text/plain"))

    def lock(self):
        subprocess.run(["secret-tool", "lock", "--collection=login"], check=True)

    def is_locked(self):
        (value,) = self.bus.call_sync(SECRETS, "/org/freedesktop/secrets/collection/login",
                                      "org.freedesktop.DBus.Properties", "Get",
                                      GLib.Variant("(ss)", ("org.freedesktop.Secret.Collection", "Locked")),
                                      None, 0, 10000, None).unpack()
        return value

    def process(self):
        return self.bus.call_sync("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                  GLib.Variant("(s)", (SECRETS,)), None, 0, 10000, None).unpack()[0]


class KeyringLockedTest(LifeTest):
    def setUp(self):
        self.keyring = Keyring()
        self.keyring.unlock()
        super().setUp()
        self.start_kept(("Rain", "A good book.")).close()
        self.kept = secrets()
        self.keyring.lock()

    def prompts(self, app):
        """The prompts of the keyring on the screen: windows of another program."""
        return [window for _, root in app.bus.apps() if root.name == "gcr-prompter"
                for window in root.children() if window.has("showing")]

    def below(self, widget):
        """As shown (), for a program that keeps no list of its widgets ready."""
        for child in widget.children():
            if child.has("showing"):
                yield child
                yield from self.below(child)

    def prompt(self, app):
        """Waits until the prompt listens to the keyboard."""
        until(lambda: [widget for window in self.prompts(app) for widget in self.below(window)
                       if widget.role == "password text" and widget.has("focused")], "the keyring's prompt")

    def journal_is_open(self, app):
        self.place(app, "Journal")
        app.focus_row("Entries", "Rain")

    def test_answered(self):
        app = self.start()
        self.prompt(app)
        app.type(PASSWORD)
        app.keys("Return")
        app.find("list", "Write")
        self.journal_is_open(app)
        app.close()
        self.assertEqual(secrets(), self.kept)

    def test_answered_late(self):
        app = self.start()
        app.reads(WAITING)
        app.find("button", "Open")
        self.prompt(app)
        self.assertTrue(self.keyring.is_locked())
        app.type(PASSWORD)
        app.keys("Return")
        app.find("list", "Write")
        self.journal_is_open(app)
        app.close()

    def test_dismissed(self):
        app = self.start()
        self.prompt(app)
        app.keys("Escape")
        app.reads("Your keyring stayed locked.")
        until(lambda: not self.prompts(app), "the prompt to go")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        self.journal_is_open(app)
        # The person said no: they are not asked again.
        self.assertEqual(self.prompts(app), [])
        self.assertTrue(self.keyring.is_locked())
        self.assertFalse(app.says("could not be kept"))
        app.close()
        self.keyring.unlock()
        self.assertEqual(secrets(), self.kept)

    def test_dismissed_late(self):
        app = self.start()
        app.reads(WAITING)
        self.prompt(app)
        app.keys("Escape")
        app.reads("Your keyring stayed locked.")
        self.assertFalse(app.says(WAITING))
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        app.close()

    def test_closed_while_it_asks(self):
        app = self.start()
        self.prompt(app)
        app.close()
        # The prompt is the keyring's; it is the person who ends it.
        self.prompt(app)
        app.keys("Escape")
        until(lambda: not self.prompts(app), "the prompt to go")
        self.assertTrue(self.keyring.is_locked())

    def test_late_answer_leaves_alone_who_types(self):
        self.keyring.unlock()
        daemon = self.keyring.process()
        os.kill(daemon, signal.SIGSTOP)
        self.addCleanup(os.kill, daemon, signal.SIGCONT)
        app = self.start()
        app.reads(WAITING)
        until(lambda: app.focused() and app.focused().role == "text box", "the passphrase's field")
        app.type(PASSPHRASE[:13])
        os.kill(daemon, signal.SIGCONT)
        until(lambda: not app.says(WAITING), "the keyring's answer")
        self.assertEqual(len(secrets()[0]), 2)
        self.assertTrue(app.find("button", "Open").has("sensitive"))
        self.assertFalse(app.find_all("list", "Write"))
        self.assertEqual(app.focused().role, "text box")
        app.type(PASSPHRASE[13:])
        app.keys("Return")
        self.journal_is_open(app)
        app.close()


if __name__ == "__main__":
    tap.main()
