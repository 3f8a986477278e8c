# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's search is told of articles once that is turned on, and what is chosen there opens here."""

import os
import pathlib

from gi.repository import Gio, GLib

import tap
from life import LifeTest, make_journal, setting, until

NAME = "io.github.leitmotif_journal.Leitmotif.Devel.SearchProvider"
PATH = "/io/github/leitmotif_journal/Leitmotif/SearchProvider"
PROGRAM = pathlib.Path(os.environ["LEITMOTIF_BUILD"], "src", "search-provider", "leitmotif-search-provider")
SERVICES = pathlib.Path(os.environ["HOME"], "..", "services")


class DesktopSearchTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.session = Gio.bus_get_sync(Gio.BusType.SESSION)
        (SERVICES / f"{NAME}.service").write_text(f"[D-BUS Service]\nName={NAME}\nExec={PROGRAM}\n", encoding="utf-8")
        self.session.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReloadConfig", None,
                               None, 0, 20000, None)

    def ask(self, method, signature, *arguments):
        answer = self.session.call_sync(NAME, PATH, "org.gnome.Shell.SearchProvider2", method,
                                        GLib.Variant(signature, arguments), None, 0, 60000, None)
        return answer.unpack()[0] if answer.n_children() else None

    def test_search(self):
        make_journal(("Dreams of mine", "All of qponm."))
        app = self.start_open()
        self.assertEqual(self.ask("GetInitialResultSet", "(as)", ["dreams"]), [])
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        app.focus("switch", "Find articles")
        app.keys("space")
        until(lambda: setting("articles-in-desktop-search") == "true", "the setting")
        found = until(lambda: self.ask("GetInitialResultSet", "(as)", ["dreams"]), "articles")
        self.assertEqual(found[0], "dreams")
        # Neither the entry's title nor its words.
        self.assertEqual([meta["name"] for meta in self.ask("GetResultMetas", "(as)", found[:1])], ["Dreams"])
        self.assertEqual(self.ask("GetInitialResultSet", "(as)", ["mine", "qponm"]), [])
        app.keys("Escape")
        app.gone("dialog")
        self.ask("ActivateResult", "(sasu)", found[0], ["dreams"], 0)
        app.find("heading", "Dreams")
        self.ask("LaunchSearch", "(asu)", ["inner", "critic"], 0)
        until(lambda: any(box.text() == "inner critic" for box in app.all(lambda one: one.role == "search box", "focused")),
              "the library's search")
        # While the journal is locked what was chosen waits for the passphrase.
        app.keys("ctrl+l")
        app.find("button", "Open")
        self.ask("ActivateResult", "(sasu)", "transference", ["transference"], 0)
        self.unlock(app)
        app.find("heading", "Transference")


if __name__ == "__main__":
    tap.main()
