# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` puts below a prefix."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import tap
from installed import SCHEMA, expected

BUILD = os.environ["LEITMOTIF_BUILD"]


class InstallTest(unittest.TestCase):
    def test_into_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder], check=True,
                           capture_output=True)
            (prefix,) = (path.parents[1] for path in pathlib.Path(folder).rglob("bin/leitmotif"))
            files = {str(path.relative_to(prefix)): path for path in pathlib.Path(folder).rglob("*") if path.is_file()}
            self.assertEqual(set(files), expected(SCHEMA + ".Devel"))
            for name, path in files.items():
                self.assertEqual(os.access(path, os.X_OK), name.startswith(("bin/", "libexec/")), name)
            # What is started from there is started by its place after the installation, not by the one it was copied to.
            for name in files:
                if name.endswith(".service"):
                    self.assertIn(f"Exec=/{prefix.relative_to(folder)}/", files[name].read_text(encoding="utf-8"))

    def test_manuals_name_what_the_programs_know(self):
        for folder, program in (("cli", "leitmotif-journal"), ("ui", "leitmotif")):
            told = subprocess.run([pathlib.Path(BUILD, "src", folder, program), "--help"], capture_output=True, text=True,
                                  check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
            manual = pathlib.Path(os.environ["LEITMOTIF_SOURCE"], "data/man", f"{program}.1").read_text(encoding="utf-8")
            options = set(re.findall(r"^ +(?:-\w, )?--([a-z-]+)", told, re.MULTILINE))
            commands = re.search(r"^Commands:\n(.*?)\n\n", told, re.MULTILINE | re.DOTALL)
            names = set(re.findall(r"^  ([a-z-]+)", commands[1], re.MULTILINE)) if commands else set()
            with self.subTest(program):
                self.assertGreater(len(options), 3)
                written = set(re.findall(r"^\.It Fl Fl ([a-z-]+)", manual, re.MULTILINE))
                # Toolkits add options for help with themselves.
                self.assertEqual(written, {name for name in options if not name.startswith("help-") and name != "gapplication-service"})
                self.assertEqual(set(re.findall(r"^\.It Cm ([a-z-]+)", manual, re.MULTILINE)), names)

    def test_packages_have_the_version(self):
        source = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
        (version,) = re.findall(r"^  version: '([^']+)'", (source / "meson.build").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertTrue((source / "debian/changelog").read_text(encoding="utf-8").startswith(f"leitmotif ({version}) "))

    def test_the_package_asks_for_what_the_build_asks_for(self):
        source = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
        build = (source / "meson.build").read_text(encoding="utf-8")
        control = (source / "debian/control").read_text(encoding="utf-8")
        names = {"libsodium": "libsodium", "json-glib-1.0": "libjson-glib", "libsecret-1": "libsecret-1", "liblz4": "liblz4",
                 "md4c": "libmd4c", "gtksourceview-5": "libgtksourceview-5", "libspelling-1": "libspelling-1"}
        for name, version in re.findall(r"dependency\('([^']+)', version: '>= ([0-9.]+)'", build):
            with self.subTest(name):
                self.assertIn(f" {names[name]}-dev (>= {version})", control)
        for name, version in re.findall(r"^(gtk|adw)_version = '([0-9.]+)'", build, re.MULTILINE):
            package = {"gtk": "libgtk-4", "adw": "libadwaita-1"}[name]
            self.assertIn(f" {package}-dev (>= {version})", control)


if __name__ == "__main__":
    tap.main()
