# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of what is built into the program name exactly the files that there are."""

import unittest
import xml.etree.ElementTree

import content
import tap


class Resources(unittest.TestCase):
    def setUp(self):
        self.lists = sorted(content.RESOURCES.glob("*.gresource.xml"))

    def named(self, path):
        return [file.text for file in xml.etree.ElementTree.parse(path).iter("file")]

    def test_the_library(self):
        there = {path.relative_to(content.RESOURCES) for path in content.LIBRARY.rglob("*") if path.is_file()}
        named = self.named(content.RESOURCES / "content.gresource.xml")
        self.assertEqual(sorted(named), sorted(map(str, there)))

    def test_every_file_is_in_one_list(self):
        there = {path for path in content.RESOURCES.rglob("*") if path.is_file()} - set(self.lists)
        named = [content.RESOURCES / name for path in self.lists for name in self.named(path)]
        for path in sorted(there):
            with self.subTest(path.relative_to(content.RESOURCES)):
                self.assertEqual(named.count(path), 1)

    def test_every_name_has_a_file(self):
        icons = {path.name for path in (content.SOURCE / "data").rglob("*.svg")}
        for path in self.lists:
            for name in self.named(path):
                with self.subTest(f"{path.name}: {name}"):
                    # Templates are made from their Blueprint files.
                    template = content.SOURCE / "src" / "ui" / name.removesuffix(".ui")
                    made = name.endswith(".ui") and template.with_name(template.name + ".blp").exists()
                    self.assertTrue((content.RESOURCES / name).is_file() or made or name in icons)

    def test_nothing_stands_twice(self):
        for path in self.lists:
            named = self.named(path)
            self.assertEqual(len(set(named)), len(named), path.name)


if __name__ == "__main__":
    tap.main()
