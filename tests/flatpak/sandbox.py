# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak as a person starts it, and the services of the desktop around it that can be taken away."""

import os
import pathlib
import shutil
import subprocess
import unittest

from gi.repository import Gio, GLib

import leitmotif_reader
from driver import App, until

APP = os.environ["LEITMOTIF_APP"]
HOME = pathlib.Path(os.environ["HOME"])
OWN = HOME / ".var/app" / APP
JOURNAL = OWN / "data/leitmotif/journal"
# What libsecret keeps there, under a key that the Secret portal gives.
KEPT = OWN / "data/keyrings/default.keyring"
PICTURES = pathlib.Path(os.environ["LEITMOTIF_PICTURES"])
PASSPHRASE = "four unlikely words here"
SETTINGS = "[Settings]\ngtk-enable-animations=0\ngtk-cursor-blink=0\ngtk-font-name=Inter 11\n"
PORTAL = "org.freedesktop.portal.Desktop"
SECRETS = "org.freedesktop.secrets"


def flatpak_run(*options):
    return ["flatpak", "run", "--user", *options]


def inside(*command, options=(), **environment):
    """Runs a command in the app's sandbox."""
    return subprocess.run([*flatpak_run(*options), f"--command={command[0]}", APP, *command[1:]],
                          capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env={**os.environ, **environment})


def clean():
    """As if the app had been installed just now."""
    shutil.rmtree(OWN, ignore_errors=True)
    (OWN / "config/gtk-4.0").mkdir(parents=True)
    (OWN / "config/gtk-4.0/settings.ini").write_text(SETTINGS)


class SandboxApp(App):
    """The app as flatpak runs it. What it says on the bus comes through a proxy: it is not known by its process."""

    def program(self):
        return [*flatpak_run(), APP]

    def registered(self):
        self.assert_running()
        return next((root for _, root in self.bus.apps() if APP in root.name or root.name == "leitmotif"), None)

    def end(self):
        subprocess.run(["flatpak", "kill", APP], capture_output=True, check=False)
        super().end()


class Desktop:
    """The session bus, and who is on it."""

    def __init__(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.services = HOME.parent / "services"

    def call(self, method, signature=None, *args):
        return self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                  GLib.Variant(signature, args) if signature else None, None, 0, 10000, None).unpack()

    def has(self, name):
        return self.call("NameHasOwner", "(s)", name)[0]

    def stop(self, name):
        """Ends the process that has the name."""
        if self.has(name):
            (process,) = self.call("GetConnectionUnixProcessID", "(s)", name)
            subprocess.run(["kill", str(process)], check=True)
            until(lambda: not self.has(name), f"{name} to go")

    def take_away(self, name):
        """Ends the service, and does not let the bus start it again. Returns how to give it back."""
        service = self.services / f"{name}.service"
        service.rename(service.with_suffix(".gone"))
        self.call("ReloadConfig")
        self.stop(name)

        def give_back():
            service.with_suffix(".gone").rename(service)
            self.call("ReloadConfig")
        return give_back

    def new_keyring(self):
        """The person's keyring was thrown away and made anew, with other keys in it. The portal is asked anew as well."""
        self.stop(SECRETS)
        self.stop(PORTAL)
        shutil.rmtree(HOME / ".local/share/keyrings")
        log = open(HOME.parent / "log/new-keyring", "w", encoding="utf-8")
        daemon = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                  stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT)
        daemon.stdin.write(b"test")
        daemon.stdin.close()
        until(lambda: self.has(SECRETS), "the new keyring")


class SandboxTest(unittest.TestCase):
    """Each test begins with the app as it was installed."""

    def setUp(self):
        clean()
        self.desktop = Desktop()

    def start(self, **options):
        app = SandboxApp(**options)
        self.addCleanup(app.end)
        return app

    def make_journal(self, app):
        """Goes through the first pages as far as the recovery code, and returns that."""
        app.press("button", "Begin")
        app.focus("text box", "Passphrase")
        app.type(PASSPHRASE)
        app.focus("text box", "The same again")
        app.type(PASSPHRASE)
        app.press("button", "Make the journal")
        app.find("button", "I have kept it", patience=60)
        return next(label.name for label in app.find_all("label") if label.name.count("-") == 6)

    def begin(self, app):
        """Goes through all of them."""
        code = self.make_journal(app)
        app.press("button", "I have kept it")
        until(lambda: app.focused() and app.focused().role == "text box", "the code's field")
        app.type(code.lower().replace("-", " "))
        app.press("button", "Check and begin")
        app.find("list", "Write")

    def begin_and_keep(self):
        """Makes a journal that the portal's secret opens, and closes it."""
        app = self.start()
        self.begin(app)
        until(KEPT.exists, "the passphrase to be kept")
        app.close()

    def unlock(self, app):
        """It asks for the passphrase, and gets it."""
        app.find("button", "Open")
        app.focus("text box", "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")

    def write(self, app, text):
        app.keys("ctrl+n")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type(text)
        until(lambda: area.text() == text, "what was typed")
        app.reads("Saved ")

    def texts(self, journal=JOURNAL):
        """What is on disk, as another program reads it."""
        records = leitmotif_reader.open_journal(journal, PASSPHRASE).records()
        return [payload["text"] for _, payload in records if payload["kind"] == "entry"]


__all__ = ["APP", "HOME", "JOURNAL", "KEPT", "OWN", "PASSPHRASE", "PICTURES", "PORTAL", "SandboxApp", "SandboxTest", "clean",
           "inside", "until"]
