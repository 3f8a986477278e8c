# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers of src/ know only those below them, and only the window knows GTK (docs/architecture.md)."""

import json
import os
import pathlib
import re
import shlex
import unittest

import tap

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
BUILD = pathlib.Path(os.environ["LEITMOTIF_BUILD"])
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Each layer with all that it may know besides itself.
BELOW = {
    "base": set(),
    "vault": {"base"},
    "journal": {"base", "vault"},
    "search": {"base", "vault", "journal"},
    "patterns": {"base", "vault", "journal"},
    "exchange": {"base", "vault", "journal"},
    "library": {"base"},
    # What reminds knows nothing of journals and keys, and of base only what is linked to GLib alone (src/reminder/meson.build).
    "reminder": {"base"},
    # Nor does what answers the desktop's search.
    "search-provider": {"base", "library"},
}
BELOW["workspace"] = set(BELOW)
BELOW["cli"] = BELOW["workspace"] | {"workspace"}
BELOW["ui"] = BELOW["workspace"] | {"workspace"}

OF_THE_WINDOW = re.compile(
    r"^(gtk|gdk|gsk|adwaita|adw-|gtksourceview|libspelling|pango|cairo|graphene|gdk-pixbuf)", re.IGNORECASE
)
PACKAGES_OF_THE_WINDOW = ("gtk-4", "libadwaita", "gtksourceview", "libspelling", "pango", "cairo", "graphene")
NAMES_OF_THE_WINDOW = ("gtk_dep", "adw_dep", "sourceview_dep", "spelling_dep", "ui_dep", "ui_lib")


def sources(folder):
    return sorted(path for path in (SOURCE / "src" / folder).rglob("*") if path.suffix in (".c", ".h"))


class Arrows(unittest.TestCase):
    def test_every_folder_is_a_layer(self):
        folders = {path.name for path in (SOURCE / "src").iterdir() if path.is_dir()}
        self.assertLessEqual(folders, set(BELOW))
        self.assertLessEqual(set(BELOW) - {"ui"}, folders)
        self.assertEqual([path.name for path in (SOURCE / "src").glob("*.[ch]")], [])

    def test_includes(self):
        seen = 0
        for layer, below in BELOW.items():
            for path in sources(layer):
                for quote, name in INCLUDE.findall(path.read_text()):
                    if quote == "<" or name == "config.h":
                        continue
                    with self.subTest(f"{path.relative_to(SOURCE)}: {name}"):
                        folder, slash, _ = name.partition("/")
                        self.assertTrue(slash, "headers of ours are named with their folder")
                        self.assertIn(folder, below | {layer})
                        there = (SOURCE / "src" / name).exists()
                        made = any((BUILD / "src" / folder).rglob(pathlib.Path(name).name))
                        self.assertTrue(there or made, "there is no such header")
                        seen += 1
        self.assertGreater(seen, 150)

    def test_ours_are_quoted(self):
        for layer in BELOW:
            for path in sources(layer):
                for quote, name in INCLUDE.findall(path.read_text()):
                    with self.subTest(f"{path.relative_to(SOURCE)}: {name}"):
                        if quote == "<":
                            self.assertFalse((SOURCE / "src" / name).exists())

    def test_only_the_window_knows_gtk(self):
        for layer in set(BELOW) - {"ui"}:
            for path in sources(layer):
                for _, name in INCLUDE.findall(path.read_text()):
                    with self.subTest(f"{path.relative_to(SOURCE)}: {name}"):
                        self.assertNotRegex(name, OF_THE_WINDOW)

    def test_only_the_window_is_built_with_gtk(self):
        commands = json.loads((BUILD / "compile_commands.json").read_text())
        seen = 0
        for command in commands:
            path = (pathlib.Path(command["directory"]) / command["file"]).resolve()
            if not path.is_relative_to(SOURCE / "src") or path.is_relative_to(SOURCE / "src" / "ui"):
                continue
            with self.subTest(path.relative_to(SOURCE)):
                folders = [word for word in shlex.split(command["command"]) if word.startswith(("-I", "-isystem"))]
                for folder in folders:
                    self.assertFalse(any(package in folder for package in PACKAGES_OF_THE_WINDOW), folder)
                seen += 1
        self.assertGreater(seen, 40)

    def test_targets(self):
        """The build files say it too: which layer is linked to which."""
        for layer, below in BELOW.items():
            path = SOURCE / "src" / layer / "meson.build"
            if not path.exists():
                self.assertEqual(layer, "ui")
                continue
            text = re.sub(r"#.*", "", path.read_text())
            used = set(re.findall(r"\b([a-z]+)_(?:dep|lib)\b", text)) & set(BELOW)
            with self.subTest(layer):
                self.assertLessEqual(used, below | {layer})
                if layer != "ui":
                    for name in NAMES_OF_THE_WINDOW:
                        self.assertNotRegex(text, rf"\b{name}\b")

    def test_every_source_is_built(self):
        # A file that nobody compiles is one that no test sees.
        for layer in BELOW:
            text = "".join(path.read_text() for path in (SOURCE / "src" / layer).rglob("meson.build"))
            for path in sources(layer):
                if path.suffix == ".c":
                    with self.subTest(path.relative_to(SOURCE)):
                        self.assertRegex(text, rf"['/]{re.escape(path.name)}'")


class Singletons(unittest.TestCase):
    def test_none_below_the_window(self):
        for layer in set(BELOW) - {"ui"}:
            for path in sources(layer):
                with self.subTest(path.relative_to(SOURCE)):
                    self.assertNotRegex(path.read_text(), r"\b\w+_get_(default|instance|singleton) \(void\)")


if __name__ == "__main__":
    tap.main()
