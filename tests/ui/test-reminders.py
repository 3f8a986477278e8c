# SPDX-License-Identifier: GPL-3.0-or-later
"""A reminder comes while the journal is locked, tells nothing and opens nothing; what the desktop asks for waits for the
passphrase."""

import os
import pathlib
import signal
import subprocess
import time

from gi.repository import Gio, GLib

import quick
import tap
from bus_app import BusApp
from life import DATA, LifeTest, bytes_on_disk, make_journal, until
from notices import Notices

APP = "io.github.leitmotif_journal.Leitmotif.Devel"
REMINDER = APP + ".Reminder"
PROGRAM = str(pathlib.Path(os.environ["LEITMOTIF_BUILD"], "src", "reminder", "leitmotif-reminder"))
SERVICES = pathlib.Path(os.environ["HOME"], "..", "services")
FILE = DATA / "next-reminder"
AT_LOGIN = pathlib.Path(os.environ["HOME"], ".config", "autostart", REMINDER + ".desktop")
WORDS = ("Zyxwv", "qponm")


class RemindersTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.session = Gio.bus_get_sync(Gio.BusType.SESSION)
        for name, command in ((APP, quick.program("ui", "leitmotif") + " --gapplication-service"), (REMINDER, PROGRAM)):
            (SERVICES / f"{name}.service").write_text(f"[D-BUS Service]\nName={name}\nExec={command}\n", encoding="utf-8")
        self.bus_call("ReloadConfig")
        self.notices = Notices()
        self.addCleanup(self.notices.end)

    def bus_call(self, method, *arguments):
        parameters = GLib.Variant("(s)", arguments) if arguments else None
        return self.session.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                      parameters, None, 0, 20000, None).unpack()

    def pid_of(self, name):
        return self.bus_call("NameHasOwner", name)[0] and self.bus_call("GetConnectionUnixProcessID", name)[0]

    def in_use(self):
        return self.session.call_sync(APP, "/" + APP.replace(".", "/"), "org.gtk.Actions", "Describe",
                                      GLib.Variant("(s)", ("in-use",)), None, 0, 20000, None).unpack()[0][2] == [True]

    def turn_on(self, app):
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        app.focus("switch", "Remind me")
        self.assertFalse(FILE.exists() or AT_LOGIN.exists())
        app.keys("space")
        app.find("text box", "What the reminder says")
        until(FILE.exists, "the time to be kept")
        self.assertTrue(AT_LOGIN.exists())
        return until(lambda: self.pid_of(REMINDER), "what reminds")

    def at_rest(self):
        """What is on the disk, once nothing has changed there for a while."""
        seen = bytes_on_disk(DATA)
        time.sleep(0.5)
        return seen if bytes_on_disk(DATA) == seen else None

    def test_locked(self):
        make_journal(("Zyxwv", "All of qponm."))
        app = self.start_open()
        reminder = self.turn_on(app)
        # Who is here is not reminded.
        until(self.in_use, "the window to be known as in use")
        self.assertEqual(FILE.read_text(encoding="ascii"), "none\n")
        app.focus("toggle button", "Monday")
        app.keys("space")
        app.focus("text box", "What the reminder says")
        app.keys("ctrl+a")
        app.type("Zyxwv tea")
        until(lambda: FILE.read_text(encoding="ascii") != "none\n", "the time of the next one")
        app.keys("Escape")
        app.gone("dialog")
        # Kept, in the journal, and nothing but a time outside of it.
        app.keys("ctrl+comma")
        until(lambda: app.find("text box", "What the reminder says").text() == "Zyxwv tea", "the words that were chosen")
        self.assertTrue(app.find("toggle button", "Monday").has("pressed"))
        self.assertRegex(FILE.read_text(encoding="ascii"), r"^[-0-9]{10}T[:0-9]{8}Z\n$")
        self.assertNotIn(b"Zyxwv", b"".join(bytes_on_disk(pathlib.Path(os.environ["HOME"])).values()))
        app.keys("Escape")
        app.gone("dialog")
        app.keys("ctrl+l")
        app.find("button", "Open")
        self.assertFalse(self.in_use())
        # As after another login: only the time is known.
        os.kill(reminder, signal.SIGTERM)
        until(lambda: not self.pid_of(REMINDER), "its end")
        now = time.time()
        FILE.write_text(time.strftime("%Y-%m-%dT%H:%M:%SZ\n", time.gmtime(now)), encoding="ascii")
        # What the lock leaves is written behind it.
        until(lambda: list(DATA.glob("*/locked")), "the mark of the lock")
        before = until(self.at_rest, "everything to be written")
        trace = subprocess.Popen(["strace", "-f", "-e", "trace=openat,connect,execve", "-o", str(DATA.parent / "trace"), PROGRAM])
        self.addCleanup(trace.wait)
        self.addCleanup(lambda: self.pid_of(REMINDER) and os.kill(self.pid_of(REMINDER), signal.SIGTERM))
        until(lambda: self.notices.shown, "the reminder")
        self.assertEqual(self.notices.shown[0][3:5], ("A moment for yourself?", ""))
        for word in WORDS:
            self.assertNotIn(word, str(self.notices.shown))
        # Nothing of the journal was looked at, and no keyring asked: only the time was read, and taken away.
        opened = (DATA.parent / "trace").read_text(encoding="utf-8")
        self.assertIn("next-reminder", opened)
        self.assertNotIn("/leitmotif/journal", opened)
        self.assertNotIn("keyring", opened)
        after = bytes_on_disk(DATA)
        self.assertEqual(after.pop(pathlib.Path("next-reminder")), b"none\n")
        before.pop(pathlib.Path("next-reminder"))
        self.assertEqual(after, before)
        app.find("button", "Open")
        # The button leads to one line, once the journal is open.
        self.notices.click("Write one line")
        self.unlock(app)
        app.find("dialog", "A moment")
        app.keys("ctrl+q")
        app.ended()

    def test_started_by_the_bus(self):
        make_journal(("Zyxwv", "All of qponm."))
        self.session.call_sync(APP, "/" + APP.replace(".", "/"), "org.freedesktop.Application", "ActivateAction",
                               GLib.Variant("(sava{sv})", ("for-session", [], {})), None, 0, 20000, None)
        pid = until(lambda: self.pid_of(APP), "the app on the bus")
        self.assertIn(b"--gapplication-service", pathlib.Path(f"/proc/{pid}/cmdline").read_bytes())
        app = BusApp(pid)
        self.addCleanup(app.end)
        self.unlock(app)
        until(lambda: any(row.name == "For the session" for row in app.all(lambda one: one.role == "list item", "selected")),
              "what is for the session")
        # Its window closed, it does not wait with a closed journal.
        app.keys("ctrl+w")
        app.ended()


if __name__ == "__main__":
    tap.main()
