# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed package: started by the bus as the desktop starts it, a first run, an entry; and the programs beside it."""

import os
import pathlib
import subprocess

from gi.repository import Gio, GLib

import tap
from bus_app import BusApp
from life import JOURNAL, PASSPHRASE, LifeTest, entries, set_setting, until

APP = "io.github.leitmotif_journal.Leitmotif"
SERVICES = pathlib.Path(os.environ["HOME"], "..", "services")
INSTALLED = pathlib.Path("/usr/share/dbus-1/services")
PICTURES = pathlib.Path(os.environ["LEITMOTIF_PICTURES"])


class InstalledTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.session = Gio.bus_get_sync(Gio.BusType.SESSION)
        for path in INSTALLED.glob(f"{APP}*.service"):
            if not (SERVICES / path.name).exists():
                (SERVICES / path.name).symlink_to(path)
        self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig")

    def call(self, name, path, interface, method, signature=None, *arguments):
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self.session.call_sync(name, path, interface, method, parameters, None, 0, 60000, None).unpack()

    def test_first_evening(self):
        self.call(APP, "/" + APP.replace(".", "/"), "org.freedesktop.Application", "Activate", "(a{sv})", {})
        (pid,) = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                           "GetConnectionUnixProcessID", "(s)", APP)
        app = BusApp(pid)
        self.addCleanup(app.end)
        code = self.first_run(app)
        app.type(code)
        app.press("button", "Check and begin")
        app.find("list", "Write")
        self.write(app, "We sat by the pond.")
        until(lambda: (JOURNAL / "entries").is_dir() and len(entries()) == 1, "the entry on the disk", 60)
        app.screenshot(PICTURES / "installed.png")
        app.keys("ctrl+q")
        app.ended()
        # Read without the app, too.
        told = subprocess.run(["leitmotif-read", JOURNAL], input=PASSPHRASE + "\n", capture_output=True, text=True, check=True)
        self.assertIn("We sat by the pond.", told.stdout)

    def test_programs(self):
        versions = {subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
                    for program in ("leitmotif", "leitmotif-reminder", "/usr/libexec/leitmotif-search-provider")}
        self.assertEqual(len(versions), 1)
        german = subprocess.run(["leitmotif-journal", "--help"], capture_output=True, text=True, check=True,
                                env={**os.environ, "LANG": "de_DE.UTF-8", "LANGUAGE": "de"}).stdout
        self.assertIn("Passphrase", german)
        self.assertNotEqual(german, subprocess.run(["leitmotif-journal", "--help"], capture_output=True, text=True, check=True).stdout)

    def test_search(self):
        def find():
            return self.call(APP + ".SearchProvider", "/io/github/leitmotif_journal/Leitmotif/SearchProvider",
                             "org.gnome.Shell.SearchProvider2", "GetInitialResultSet", "(as)", ["dreams"])[0]
        self.assertEqual(find(), [])
        set_setting("articles-in-desktop-search", "true")
        until(lambda: find()[:1] == ["dreams"], "an article")


if __name__ == "__main__":
    tap.main()
