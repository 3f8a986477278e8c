# SPDX-License-Identifier: GPL-3.0-or-later
"""The help for the program, and its promises: each has a name of its own, and the recipes are there."""

import re
import unittest

import content
import tap


class Using(unittest.TestCase):
    def setUp(self):
        self.using = content.load(content.LIBRARY / "using.json")

    def texts(self):
        for section in self.using["sections"]:
            yield from [section["title"], *section["text"], *section["steps"]]
        for promise in self.using["promises"]:
            yield promise["text"]

    def test_form(self):
        self.assertEqual(list(self.using), ["format", "version", "sections", "promises"])
        for section in self.using["sections"]:
            self.assertEqual(list(section), ["id", "title", "text", "steps"])
            self.assertTrue(section["text"])
        names = [item["id"] for item in [*self.using["sections"], *self.using["promises"]]]
        self.assertEqual(len(set(names)), len(names))

    def test_the_seven_promises(self):
        self.assertEqual(
            [promise["id"] for promise in self.using["promises"]],
            ["no-network", "saved-is-saved", "ten-seconds", "nothing-overwritten", "both-kept", "readable-without-us",
             "limits"],
        )

    def test_the_recipes(self):
        steps = {section["id"]: section["steps"] for section in self.using["sections"]}
        for name in ("syncthing", "nextcloud"):
            self.assertGreaterEqual(len(steps[name]), 4)
        self.assertIn("two-computers", steps)

    def test_plain_words(self):
        for text in self.texts():
            self.assertNotIn("!", text)
            self.assertIsNone(re.search(r"\b(sync conflict|ciphertext|plaintext|daemon|merge)\b", text, re.I), text)
            self.assertEqual(text, text.strip())


if __name__ == "__main__":
    tap.main()
