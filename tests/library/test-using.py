# SPDX-License-Identifier: GPL-3.0-or-later
"""The help for the program, and its promises: each has a name of its own, and the recipes are there."""

import re
import unittest

import content
import tap


class Using(unittest.TestCase):
    FILE = content.LIBRARY / "using.json"

    def setUp(self):
        self.using = content.load(self.FILE)

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

class Translated:
    """In another language: as much, in the same order, with the names that the window uses there."""

    def test_as_the_english(self):
        english = content.load(Using.FILE)
        self.assertEqual([(section["id"], len(section["text"]), len(section["steps"])) for section in self.using["sections"]],
                         [(section["id"], len(section["text"]), len(section["steps"])) for section in english["sections"]])
        told = {section["title"] for section in english["sections"]} | {promise["text"] for promise in english["promises"]}
        for section in english["sections"]:
            told |= {*section["text"], *section["steps"]}
        self.assertFalse(told & set(self.texts()), "not translated")

    def test_the_names_of_the_window(self):
        po = (content.LIBRARY.parents[1] / "po" / f"{self.FILE.parent.name}.po").read_text("utf-8")
        translated = dict(re.findall(r'^msgid "(.*)"\nmsgstr "(.*)"', po, re.M))
        said = "\n".join(self.texts())
        for name in ("_Write About This Passage", "_Preferences"):
            self.assertIn(translated[name].replace("_", "").lower(), said.lower())
        self.assertNotRegex(said, r"[\"“”]" if self.FILE.parent.name == "es" else r"[\"”]")


class German(Translated, Using):
    FILE = content.LIBRARY / "de" / "using.json"


class Spanish(Translated, Using):
    FILE = content.LIBRARY / "es" / "using.json"


if __name__ == "__main__":
    tap.main()
