# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Flatpak may do, and where its parts come from."""

import json
import os
import pathlib
import re
import unittest

import tap

FOLDER = pathlib.Path(os.environ["LEITMOTIF_SOURCE"], "flatpak")
APP = "io.github.leitmotif_journal.Leitmotif"
# A window, and nothing else: no network, no home, no names on the bus. Each more needs a reason in docs/threat-model.md.
ALLOWED = ["--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri"]


class ManifestTest(unittest.TestCase):
    def setUp(self):
        self.manifest = json.loads((FOLDER / f"{APP}.json").read_text())

    def test_it_may_only_show_a_window(self):
        self.assertEqual(self.manifest["finish-args"], ALLOWED)

    def test_the_development_version_differs_in_name_only(self):
        told = (FOLDER / f"{APP}.Devel.json").read_text().replace(f"{APP}.Devel", APP)
        self.assertEqual(json.loads(told.replace('"-Dprofile=devel",', "")), self.manifest)

    def test_it_is_this_app(self):
        self.assertEqual(self.manifest["id"], APP)
        self.assertEqual(self.manifest["command"], "leitmotif")

    def test_every_source_is_pinned(self):
        *modules, own = self.manifest["modules"]
        (source,) = own["sources"]
        self.assertEqual((source["type"], source["path"]), ("dir", ".."))
        # What is made here is no source, and may be gigabytes.
        self.assertLessEqual({".flatpak", ".root", "_build"}, set(source["skip"]))
        for module in modules:
            for source in module["sources"]:
                with self.subTest(module["name"]):
                    self.assertEqual(source["type"], "archive")
                    self.assertRegex(source["url"], r"^https://")
                    self.assertRegex(source["sha256"], r"^[0-9a-f]{64}$")

    def test_every_library_that_is_asked_for(self):
        build = (FOLDER.parent / "meson.build").read_text()
        asked = set(re.findall(r"(?:dependency|find_library)\('([^']+)'", build))
        in_runtime = {"gio-2.0", "gio-unix-2.0", "glib-2.0", "gobject-2.0", "gtk4", "gtksourceview-5", "json-glib-1.0",
                      "libadwaita-1", "liblz4", "libsecret-1", "m"}
        names = {"libsodium": "libsodium", "md4c": "md4c", "libspelling": "libspelling-1", "zxcvbn-c": "zxcvbn",
                 "libstemmer": "stemmer"}
        built = {names[module["name"]] for module in self.manifest["modules"][:-1]}
        self.assertEqual(asked - in_runtime, built)


if __name__ == "__main__":
    tap.main()
