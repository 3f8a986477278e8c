# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the Debian package, and what it needs."""

import os
import subprocess
import unittest

import tap
from installed import SCHEMA, expected

PACKAGE = os.environ["LEITMOTIF_DEB"]


def dpkg_deb(*arguments):
    return subprocess.run(["dpkg-deb", *arguments], capture_output=True, text=True, check=True).stdout


class PackageTest(unittest.TestCase):
    def test_files(self):
        listed = [line.split(maxsplit=5) for line in dpkg_deb("--contents", PACKAGE).splitlines()]
        files = {path.removeprefix("./usr/"): mode for mode, _, _, _, _, path in listed if mode[0] == "-"}
        # Debian compresses what is read.
        files = {path.removesuffix(".gz") if path.startswith("share/man/") else path: files[path] for path in files}
        ours = {path for path in files if not path.startswith("share/doc/leitmotif/")}
        self.assertEqual(ours, expected(SCHEMA))
        for path in ours:
            self.assertEqual(files[path], "-rwxr-xr-x" if path.startswith(("bin/", "libexec/")) else "-rw-r--r--", path)
        self.assertIn("share/doc/leitmotif/copyright", files)
        self.assertEqual({owner for _, owner, *_ in listed}, {"root/root"})

    def test_it_needs_what_it_is_linked_to(self):
        needs = dpkg_deb("--field", PACKAGE, "Depends")
        for library in ("libgtk-4-1", "libadwaita-1-0", "libsodium23", "libsecret-1-0", "libmd4c0", "python3"):
            self.assertRegex(needs, rf"(^|, ){library}\b")

    def test_nothing_runs_at_its_installation(self):
        """No scripts of ours: what the desktop has to be told, dpkg's triggers tell."""
        scripts = dpkg_deb("--info", PACKAGE)
        for name in ("preinst", "postinst", "prerm", "postrm"):
            self.assertNotIn(name, scripts)


if __name__ == "__main__":
    tap.main()
