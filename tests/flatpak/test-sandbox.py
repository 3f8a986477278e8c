# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak in its sandbox: first run, writing, the next evening, and what it cannot reach. On real portals.

Started by flatpak/build.py on a desktop of its own; the app's folder is thrown away with it.
"""

import os
import pathlib
import subprocess

from gi.repository import GLib

import tap
from sandbox import APP, HOME, JOURNAL, KEPT, OWN, PASSPHRASE, PICTURES, PORTAL, SandboxTest, flatpak_run, inside, until


class LifeInTheSandboxTest(SandboxTest):
    def opens_by_itself(self):
        app = self.start()
        app.find("list", "Write")
        self.assertFalse(app.find_all("text box", "Passphrase"))
        return app

    def test_the_next_evening(self):
        app = self.start()
        self.begin(app)
        self.write(app, "We sat by the pond.")
        until(KEPT.exists, "the passphrase to be kept")
        app.close()
        self.assertEqual(self.texts(), ["We sat by the pond."])

        app = self.opens_by_itself()
        app.press("list item", "Journal")
        app.focus_row("Entries", "We sat by the pond.")
        app.keys("Return")
        app.reads("We sat by the pond.")
        app.screenshot(PICTURES / "sandbox.png")
        app.close()
        # What opens it is nowhere in the clear: neither in the app's folder nor in the files of the desktop's keyring.
        for folder in (OWN, HOME / ".local"):
            for path in folder.rglob("*"):
                if path.is_file():
                    self.assertNotIn(PASSPHRASE.encode(), path.read_bytes(), path)
                    self.assertNotIn(b"by the pond", path.read_bytes(), path)

    def test_on_wayland(self):
        """Without a keyboard, which this compositor has not: by the actions that a screen reader has."""
        name, run = "wayland-of-test", pathlib.Path(os.environ["XDG_RUNTIME_DIR"])
        log = open(HOME.parent / "log/weston", "w", encoding="utf-8")
        self.addCleanup(log.close)
        weston = subprocess.Popen(["weston", "--backend=headless-backend.so", "--use-pixman", f"--socket={name}", "--idle-time=0"],
                                  stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self.addCleanup(lambda: (weston.terminate(), weston.wait()))
        until((run / name).exists, "the compositor")
        # Where there is Wayland, X11 is not to be had.
        seen = inside("sh", "-c", "echo \"$DISPLAY\"; ls /tmp/.X11-unix; ls $XDG_RUNTIME_DIR", WAYLAND_DISPLAY=name)
        self.assertEqual(seen.stdout.split("\n")[0], "")
        self.assertNotIn("X", seen.stdout.split())
        self.assertIn(name, seen.stdout.split())
        app = self.start(WAYLAND_DISPLAY=name)
        app.find("button", "Begin").act("click")
        app.find("text box", "Passphrase")
        app.end()

    def test_the_portal_is_gone(self):
        self.begin_and_keep()
        give_back = self.desktop.take_away(PORTAL)
        self.addCleanup(lambda: give_back() if not self.desktop.has(PORTAL) else None)
        app = self.start()
        self.unlock(app)
        self.write(app, "Without it.")
        app.close()
        self.assertEqual(self.texts(), ["Without it."])
        self.assertFalse(self.desktop.has(PORTAL))

    def test_another_key_from_the_portal(self):
        self.begin_and_keep()
        before = KEPT.read_bytes()
        self.desktop.new_keyring()
        app = self.start()
        self.unlock(app)
        # Mended: kept again, under the new key.
        until(lambda: KEPT.read_bytes() != before, "the passphrase to be kept again")
        app.close()
        self.opens_by_itself().close()

    def test_what_it_cannot_reach(self):
        outside = HOME / "outside.txt"
        outside.write_text("of the host")
        self.assertEqual(inside("cat", "/.flatpak-info").returncode, 0)
        self.assertNotEqual(inside("cat", str(outside)).returncode, 0)
        self.assertEqual(inside("sh", "-c", "ls -A /home 2>/dev/null").stdout, "")
        interfaces = inside("cat", "/proc/net/dev").stdout
        names = [line.split(":")[0].strip() for line in interfaces.splitlines()[2:]]
        self.assertEqual(names, ["lo"])
        secrets = inside("gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path",
                         "/org/freedesktop/secrets", "--method", "org.freedesktop.DBus.Peer.Ping")
        self.assertIn("ServiceUnknown", secrets.stderr)

    def test_where_the_journal_is(self):
        self.begin_and_keep()
        self.assertTrue((JOURNAL / "journal.json").is_file())
        # Its daily copies are there too.
        elsewhere = [path for path in HOME.rglob("journal.json") if not path.is_relative_to(OWN / "data")]
        self.assertEqual(elsewhere, [])

    def test_what_the_desktop_is_given(self):
        """The desktop outside finds what it may start and ask, by the names that the app may have."""
        exports = pathlib.Path(os.environ["FLATPAK_USER_DIR"], "exports/share")
        for part in ("", ".Reminder", ".SearchProvider"):
            service = (exports / "dbus-1/services" / f"{APP}{part}.service").read_text(encoding="utf-8")
            self.assertRegex(service, rf"Exec=.*flatpak run .*{APP}")
        told = (exports / "gnome-shell/search-providers" / f"{APP}.search-provider.ini").read_text(encoding="utf-8")
        self.assertIn("DefaultDisabled=true", told)

    def test_the_desktop_searches(self):
        provider = subprocess.Popen([*flatpak_run(), "--command=/app/libexec/leitmotif-search-provider", APP])
        self.addCleanup(provider.wait)
        self.addCleanup(provider.kill)
        until(lambda: self.desktop.has(f"{APP}.SearchProvider"), "what answers the search")

        def find():
            return self.desktop.bus.call_sync(f"{APP}.SearchProvider", "/io/github/leitmotif_journal/Leitmotif/SearchProvider",
                                              "org.gnome.Shell.SearchProvider2", "GetInitialResultSet",
                                              GLib.Variant("(as)", (["dreams"],)), None, 0, 20000, None).unpack()[0]
        self.assertEqual(find(), [])
        inside("gsettings", "set", "io.github.leitmotif_journal.Leitmotif", "articles-in-desktop-search", "true")
        until(lambda: find()[:1] == ["dreams"], "an article")


if __name__ == "__main__":
    tap.main()
