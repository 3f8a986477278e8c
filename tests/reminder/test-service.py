# SPDX-License-Identifier: GPL-3.0-or-later
"""leitmotif-reminder as the login starts it: on a bus with a notification service that the test plays, and no display."""

import datetime
import os
import pathlib
import resource
import subprocess
import tempfile
import time
import unittest

from gi.repository import Gio, GLib

import tap

PROGRAM = pathlib.Path(os.environ["LEITMOTIF_BUILD"], "src", "reminder", "leitmotif-reminder")
APP = "io.github.leitmotif_journal.Leitmotif.Devel"
NAME = APP + ".Reminder"
PATH = "/io/github/leitmotif_journal/Leitmotif/Reminder"
INTERFACE = "io.github.leitmotif_journal.Leitmotif.Reminder"
USUAL = "A moment for yourself?"
PATIENCE = float(os.environ.get("LEITMOTIF_PATIENCE", "60"))
XML = """<node>
 <interface name='org.freedesktop.Notifications'>
  <method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
   <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>
   <arg type='i' direction='in'/><arg type='u' direction='out'/></method>
  <method name='CloseNotification'><arg type='u' direction='in'/></method>
  <method name='GetCapabilities'><arg type='as' direction='out'/></method>
 </interface>
 <interface name='org.freedesktop.Application'>
  <method name='Activate'><arg type='a{sv}' direction='in'/></method>
  <method name='ActivateAction'><arg type='s' direction='in'/><arg type='av' direction='in'/>
   <arg type='a{sv}' direction='in'/></method>
 </interface>
 <interface name='org.gtk.Actions'>
  <method name='Describe'><arg type='s' direction='in'/><arg type='(bgav)' direction='out'/></method>
 </interface>
</node>"""


class ServiceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name, "leitmotif", "next-reminder")
        self.file.parent.mkdir()
        # In UTC it is noon now, somewhere: whatever a test does is within one day.
        hour = datetime.datetime.now(datetime.timezone.utc).hour
        self.environment = {**os.environ, "XDG_DATA_HOME": folder.name, "TZ": f"<noon>{hour - 12:+d}"}
        self.desk = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        self.desk.up()
        self.addCleanup(self.desk.down)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.desk.get_bus_address()
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(self.desk.get_bus_address(), flags)
        self.bus.set_exit_on_close(False)
        self.addCleanup(self.bus.close_sync)
        self.shown, self.closed, self.asked = [], [], []
        node = Gio.DBusNodeInfo.new_for_xml(XML)
        for path, interface in (("/org/freedesktop/Notifications", 0), ("/" + APP.replace(".", "/"), 1)):
            self.bus.register_object(path, node.interfaces[interface], self.called_cb, None, None)
        for name in ("org.freedesktop.Notifications", APP):
            Gio.bus_own_name_on_connection(self.bus, name, 0, None, None)

    def called_cb(self, _bus, _sender, _path, _interface, name, parameters, invocation):
        if name == "Notify":
            _, _, _, title, text, buttons, _, _ = parameters.unpack()
            self.shown.append((title, text, buttons))
            invocation.return_value(GLib.Variant("(u)", (7,)))
        elif name == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        else:
            (self.closed if name == "CloseNotification" else self.asked).append((name, *parameters.unpack()))
            invocation.return_value(None)

    def turn(self, condition, what):
        """Lets the played services answer until the condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, f"waited in vain for {what}")
            GLib.timeout_add(20, lambda: False)
            GLib.MainContext.default().iteration(True)

    def keep(self, seconds):
        """Writes the time in so many seconds from now into the file."""
        when = datetime.datetime.fromtimestamp(int(time.time()) + seconds, datetime.timezone.utc)
        self.file.write_text(when.strftime("%Y-%m-%dT%H:%M:%SZ\n"), encoding="ascii")

    def start(self):
        process = subprocess.Popen([PROGRAM], env=self.environment)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def runs(self):
        """Waits until it has its name, and has answered."""
        def has_name():
            return self.call_bus("NameHasOwner", "(s)", NAME)[0]
        self.turn(has_name, "the name on the bus")
        self.call(NAME, PATH, "org.freedesktop.DBus.Peer", "Ping")

    def call_bus(self, method, signature, *arguments):
        return self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                         GLib.Variant(signature, arguments))

    def call(self, name, path, interface, method, parameters=None):
        answer = []
        self.bus.call(name, path, interface, method, parameters, None, Gio.DBusCallFlags.NO_AUTO_START, 20000, None,
                      lambda bus, result: answer.append(result))
        self.turn(lambda: answer, method)
        return self.bus.call_finish(answer[0]).unpack()

    def plan(self, evenings=0, minute=0, before=0, sessions=(), title="", text=""):
        return self.call(NAME, PATH, INTERFACE, "Plan",
                         GLib.Variant("(uuuaxss)", (evenings, minute, before, sessions, title, text)))

    def test_at_its_time(self):
        self.keep(2)
        process = self.start()
        self.turn(lambda: self.shown, "the reminder")
        self.assertEqual(self.shown[0][:2], (USUAL, ""))
        self.assertEqual(self.file.read_text(encoding="ascii"), "none\n")
        # The click is handed on to the app, which the bus starts where it does not run.
        def click(action):
            self.bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                                 GLib.Variant("(us)", (7, action)))
        click("default")
        self.turn(lambda: self.asked, "the app to be asked")
        self.assertEqual(self.asked[0][0], "Activate")
        self.assertIsNone(process.poll())

    def play_window(self, in_use):
        """Has the app answer whether somebody is at the open journal."""
        def called(_bus, _sender, _path, _interface, _name, parameters, invocation):
            self.asked.append(parameters.unpack())
            invocation.return_value(GLib.Variant("((bgav))", ((True, "", [GLib.Variant("b", in_use)]),)))
        self.bus.register_object("/" + APP.replace(".", "/"), Gio.DBusNodeInfo.new_for_xml(XML).interfaces[2], called, None, None)

    def test_not_while_somebody_writes(self):
        self.play_window(True)
        self.keep(0)
        self.start()
        self.turn(lambda: self.asked, "the question")
        self.assertEqual(self.asked, [("in-use",)])
        self.assertEqual(self.file.read_text(encoding="ascii"), "none\n")
        # It was answered, and what follows on the bus comes after a notification that would have been shown.
        self.plan()
        self.assertEqual(self.shown, [])

    def test_while_the_window_is_behind_others(self):
        self.play_window(False)
        self.keep(0)
        self.start()
        self.turn(lambda: self.shown, "the reminder")
        self.assertEqual(self.asked, [("in-use",)])

    def test_button(self):
        self.keep(0)
        self.start()
        self.turn(lambda: self.shown, "the reminder")
        action, label = self.shown[0][2][-2:]
        self.assertEqual(label, "Write one line")
        self.bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                             GLib.Variant("(us)", (7, action)))
        self.turn(lambda: self.asked, "the app to be asked")
        self.assertEqual(self.asked[0][:2], ("ActivateAction", "new-moment"))

    def test_late_on_the_same_day(self):
        self.keep(-3600)
        self.start()
        self.turn(lambda: self.shown, "the reminder")
        self.assertEqual(len(self.shown), 1)
        self.assertEqual(self.file.read_text(encoding="ascii"), "none\n")

    def test_missed_on_another_day(self):
        self.keep(-86400)
        self.start()
        self.runs()
        self.turn(lambda: self.file.read_text(encoding="ascii") == "none\n", "the time to go")
        self.assertEqual(self.shown, [])

    def test_ends_where_there_is_nothing_to_do(self):
        process = self.start()
        self.turn(lambda: process.poll() is not None, "its end")
        self.assertEqual(process.returncode, 0)
        self.assertFalse(self.file.exists())

    def test_one_at_a_time(self):
        self.keep(3600)
        self.start()
        self.runs()
        self.assertEqual(subprocess.run([PROGRAM], env=self.environment, timeout=PATIENCE, check=False).returncode, 0)

    def test_own_words(self):
        self.file.write_text("none\n", encoding="ascii")
        process = self.start()
        self.runs()
        session = int(time.time()) + 3602
        self.plan(before=60, sessions=[session], title="Tea first", text="Then the notebook.")
        # Nor would a crash write them down.
        self.assertEqual(resource.prlimit(process.pid, resource.RLIMIT_CORE), (0, 0))
        kept = self.file.read_text(encoding="ascii")
        self.assertRegex(kept, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n$")
        self.turn(lambda: self.shown, "the reminder")
        self.assertEqual(self.shown[0][:2], ("Tea first", "Then the notebook."))
        # They are in memory only, and go when the journal is open again.
        self.assertEqual(self.file.read_text(encoding="ascii"), "none\n")
        self.plan()
        self.turn(lambda: self.closed, "the reminder to go")

    def test_no_plan(self):
        self.keep(3600)
        self.start()
        self.runs()
        kept = self.file.read_text(encoding="ascii")
        for bad in ({"evenings": 128}, {"minute": 1440}, {"title": "x" * 81}, {"text": "x" * 201}, {"sessions": [1] * 65}):
            with self.assertRaises(GLib.Error):
                self.plan(**bad)
        self.assertEqual(self.file.read_text(encoding="ascii"), kept)

    def test_off(self):
        self.keep(3600)
        process = self.start()
        self.runs()
        self.call(NAME, PATH, INTERFACE, "Off")
        self.turn(lambda: process.poll() is not None, "its end")
        self.assertEqual(process.returncode, 0)
        self.assertFalse(self.file.exists())

    def test_no_bus(self):
        environment = {**self.environment, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
        result = subprocess.run([PROGRAM], env=environment, capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(result.returncode, 1)

    def test_it_could_open_nothing(self):
        """It is linked to nothing that deciphers, asks a keyring, or shows a window."""
        needed = subprocess.run(["readelf", "--dynamic", PROGRAM], capture_output=True, text=True, check=True).stdout
        libraries = {line.split("[")[1].split(".so")[0] for line in needed.splitlines() if "(NEEDED)" in line}
        self.assertLessEqual({"libgio-2.0", "libglib-2.0"}, libraries)
        sanitizers = {"libasan", "libubsan"}
        self.assertLessEqual(libraries - sanitizers, {"libgio-2.0", "libglib-2.0", "libgobject-2.0", "libc", "libm"})


if __name__ == "__main__":
    tap.main()
