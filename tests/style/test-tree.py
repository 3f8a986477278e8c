# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that hold for every file: licences, sizes, functions that are not used, and what translators get to see."""

import os
import pathlib
import re
import tomllib
import unittest

import tap

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
# Nothing of ours is in these.
SKIPPED = {".flatpak", ".git", ".root", ".root.part", "_build", "__pycache__", "LICENSES"}
LINES_MAX = 700
# Put together so that this file does not name them itself.
LEFT_OVER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
C_STRINGS = re.compile(r"(?<!\w)(?:_|C_|N_|NC_|Q_|gettext|ngettext|g_dngettext|g_dpgettext2) \(")
# Extracted by gettext's own rules.
DATA = re.compile(r"\.(desktop|metainfo\.xml|gschema\.xml)(\.in)*$")


def files():
    """Every file of the project, by its path in it."""
    for top, folders, names in os.walk(SOURCE):
        folders[:] = sorted(set(folders) - SKIPPED)
        for name in sorted(names):
            path = pathlib.Path(top, name)
            made = path.name in (".root.lock", ".git") or path.suffix == ".pot"
            if not made and path.name != "COPYING" and not path.is_symlink():
                yield path.relative_to(SOURCE)


def read(path):
    """The text of a file; nothing for pictures and the like."""
    try:
        return (SOURCE / path).read_text()
    except UnicodeDecodeError:
        return ""


def covered_by_reuse():
    """The patterns of REUSE.toml, which names the licence of files without a comment."""
    patterns = []
    for annotation in tomllib.loads((SOURCE / "REUSE.toml").read_text())["annotations"]:
        paths = annotation["path"]
        patterns += [paths] if isinstance(paths, str) else paths
    parts = [re.escape(p).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") for p in patterns]
    return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)")


class Licences(unittest.TestCase):
    def test_every_file_says_its_licence(self):
        covered = covered_by_reuse()
        for path in files():
            if not (SOURCE / path).stat().st_size:
                continue
            with self.subTest(path):
                head = "\n".join(read(path).splitlines()[:5])
                said = "SPDX-License-Identifier: " in head
                self.assertTrue(said or covered.fullmatch(str(path)), "no licence")
                if path.suffix in (".c", ".h"):
                    self.assertIn("SPDX-FileCopyrightText: ", head)

    def test_every_licence_is_there(self):
        texts = {path.stem for path in (SOURCE / "LICENSES").iterdir()}
        for path in files():
            for licence in re.findall(r"^.{0,6}SPDX-License-Identifier: ([\w.-]+)", read(path), re.MULTILINE):
                with self.subTest(path):
                    self.assertIn(licence, texts)


class Sizes(unittest.TestCase):
    def test_no_file_is_too_long(self):
        for path in files():
            if path.parts[0] == "src" and path.suffix == ".c":
                with self.subTest(path):
                    self.assertLessEqual(len(read(path).splitlines()), LINES_MAX)


class Words(unittest.TestCase):
    def test_nothing_is_left_over(self):
        for path in files():
            with self.subTest(path):
                self.assertIsNone(LEFT_OVER.search(read(path)))

    def test_text_files(self):
        for path in files():
            text = read(path)
            if text and path.suffix not in (".svg", ".md"):
                with self.subTest(path):
                    self.assertTrue(text.endswith("\n"), "no line break at its end")
                    self.assertNotIn("\r", text)
                    self.assertNotRegex(text, re.compile(r"[ \t]+$", re.MULTILINE))

    def test_no_paths_of_one_computer(self):
        for path in files():
            with self.subTest(path):
                self.assertNotRegex(read(path), r"/(home|Users)/[a-z]+/")


class Functions(unittest.TestCase):
    """What may not be called in src/, and where."""

    def check(self, folders, banned):
        seen = 0
        for path in files():
            if path.parts[0] == "src" and path.suffix in (".c", ".h") and (not folders or path.parts[1] in folders):
                seen += 1
                with self.subTest(path):
                    self.assertNotRegex(read(path), banned)
        self.assertGreater(seen, 10)

    def test_files_are_written_durably(self):
        self.check((), r"\b(g_file_set_contents|g_file_replace_contents|g_file_replace|fopen|creat) ?\(")
        self.check((), r"\bg_file_set_contents_full\b")

    def test_nothing_that_comes_from_outside_is_asserted(self):
        self.check(("vault", "journal"), r"\b(g_assert(_\w+)?|g_error|abort) \(")

    def test_no_weak_chance(self):
        self.check((), r"\b(g_random_|g_rand_|rand ?\(|random ?\(|srand|drand48)")

    def test_no_network(self):
        self.check((), r"\b(g_socket_|soup_|curl_|g_network_|getaddrinfo|g_inet_)")


class Translations(unittest.TestCase):
    def wanted(self):
        """The files with words for translators."""
        found = set()
        for path in files():
            if path.parts[0] == "src" and path.suffix == ".c":
                # Not in comments.
                code = re.sub(r"/\*.*?\*/", "", read(path), flags=re.DOTALL)
                if C_STRINGS.search(code):
                    found.add(str(path))
            elif path.suffix == ".blp" and re.search(r"\bC?_\(", read(path)):
                found.add(str(path))
            elif path.parts[0] == "data" and DATA.search(path.name):
                found.add(str(path))
        return found

    def test_potfiles(self):
        wanted = self.wanted()
        self.assertGreater(len(wanted), 3)
        path = SOURCE / "po" / "POTFILES"
        lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
        self.assertEqual(sorted(lines), sorted(wanted))
        self.assertEqual(len(set(lines)), len(lines))

    def test_comments_reach_translators(self):
        """Only what ends on the line before a text goes with it into the template."""
        comment = re.compile(r"/\* Translators: .*?\*/[^\n]*\n([^\n]*)", re.DOTALL)
        seen = 0
        for path in files():
            if path.parts[0] == "src" and path.suffix in (".c", ".blp"):
                for line in comment.findall(read(path)):
                    seen += 1
                    with self.subTest(path):
                        self.assertRegex(line, r"\bN?C?_ ?\(|\bngettext \(", "no text follows at once")
        self.assertGreater(seen, 10)

    def test_templates_speak_to_translators(self):
        """What a template shows is either marked for translation, or no words."""
        keys = "title|label|subtitle|description|tooltip-text|placeholder-text"
        shown = re.compile(rf'^\s*({keys}): "([^"]*)";', re.MULTILINE)
        for path in files():
            if path.suffix == ".blp":
                with self.subTest(path):
                    for key, text in shown.findall(read(path)):
                        self.assertNotRegex(text, r"[A-Za-z]{2,}", f"{key} is not marked with _()")


if __name__ == "__main__":
    tap.main()
