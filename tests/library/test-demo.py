# SPDX-License-Identifier: GPL-3.0-or-later
"""The made-up journal is one that a person could have written with the guides there are."""

import re
import unittest

import content
import tap


class Demo(unittest.TestCase):
    def setUp(self):
        self.demo = content.load(content.RESOURCES / "demo" / "journal.json")
        self.people = {person["id"]: person for person in self.demo["people"]}
        self.guides = {guide.id: guide for guide in content.guides()}

    @staticmethod
    def name(entry):
        return f"{entry['days_ago']} days ago"

    def answers(self):
        """Every answer with its entry, and its step, which is None for how strong it was before and after."""
        for entry in self.demo["entries"]:
            for answer in entry.get("answers", []):
                yield entry, answer, self.guides[entry["guide"]].step(answer["step"])

    def test_form(self):
        self.assertEqual(list(self.demo), ["format", "version", "people", "entries"])
        self.assertEqual((self.demo["format"], self.demo["version"]), ("leitmotif-demo", 1))
        self.assertGreaterEqual(len(self.demo["entries"]), 150)

    def test_people(self):
        self.assertEqual(len(self.people), len(self.demo["people"]))
        for person in self.demo["people"]:
            self.assertLessEqual(set(person), {"id", "name", "circles", "relation", "note"})
            self.assertTrue(person["name"].strip())
            self.assertTrue(person["circles"])
            self.assertLessEqual(set(person["circles"]), {"now", "then", "therapy"})
        named = {id for _, answer, _ in self.answers() for id in answer.get("people", [])}
        self.assertEqual(named, set(self.people), "everybody occurs, and nobody else")

    def test_entries(self):
        keys = {"days_ago", "time", "title", "text", "guide", "answers", "tags", "trashed"}
        for entry in self.demo["entries"]:
            with self.subTest(self.name(entry)):
                self.assertLessEqual(set(entry), keys)
                self.assertGreaterEqual(entry["days_ago"], 1)
                self.assertRegex(entry["time"], r"^([01][0-9]|2[0-3]):[0-5][0-9]$")
                self.assertTrue(entry.get("text", "").strip() or entry.get("answers"))
                self.assertEqual("guide" in entry, "answers" in entry)
                self.assertNotIn("\n", entry.get("title", ""))

    def test_two_years_in_order(self):
        when = [(-entry["days_ago"], entry["time"]) for entry in self.demo["entries"]]
        self.assertEqual(when, sorted(set(when)))
        self.assertGreaterEqual(self.demo["entries"][0]["days_ago"], 700)
        self.assertLessEqual(self.demo["entries"][-1]["days_ago"], 7)

    def test_tags(self):
        for entry in self.demo["entries"]:
            with self.subTest(self.name(entry)):
                tags = entry.get("tags", [])
                self.assertEqual(len(set(tags)), len(tags))
                for tag in tags:
                    self.assertRegex(tag, r"^[a-z]+( [a-z]+)*$")

    def test_steps(self):
        for entry in self.demo["entries"]:
            with self.subTest(self.name(entry)):
                if "guide" not in entry:
                    continue
                self.assertIn(entry["guide"], self.guides)
                guide = self.guides[entry["guide"]]
                order = ["before", *(step["id"] for step in guide.steps), "after"]
                steps = [answer["step"] for answer in entry["answers"]]
                self.assertLessEqual(set(steps), set(order))
                self.assertEqual(steps, sorted(set(steps), key=order.index), "each once, in the guide's order")

    def test_answers_are_of_their_kind(self):
        for entry, answer, step in self.answers():
            with self.subTest((self.name(entry), answer["step"])):
                self.assertGreater(len(answer), 1, "an answer says something")
                if step is None:
                    self.assertEqual(sorted(answer), ["scale", "step"])
                    self.assertIn(answer["scale"], range(1, 6))
                    continue
                kind, flags = step["input"]["type"], step["input"]
                self.assertNotEqual(kind, "pause", "there is nothing to answer")
                self.assertLessEqual(set(answer), {"step", "choices", "own_words", "text", "felt", "people", "tray"})
                if "text" in answer:
                    self.assertTrue(kind == "text" or flags.get("note"), step["id"])
                    self.assertTrue(answer["text"].strip())
                if "choices" in answer or "own_words" in answer:
                    self.assertEqual(kind, "choices")
                if "felt" in answer:
                    self.assertTrue(flags.get("felt"), step["id"])
                    self.assertIn(answer["felt"], ("good", "hard", "mixed"))
                if "tray" in answer:
                    self.assertTrue(flags.get("tray"), step["id"])
                    self.assertIs(answer["tray"], True)

    def test_choices(self):
        for entry, answer, step in self.answers():
            with self.subTest((self.name(entry), answer["step"])):
                offered = self.guides[entry["guide"]].choices(step) if step else []
                chosen = answer.get("choices", [])
                self.assertLessEqual(set(chosen), {choice["id"] for choice in offered})
                self.assertEqual(len(set(chosen)), len(chosen))
                own = answer.get("own_words", [])
                labels = {choice["label"] for choice in offered}
                for word in own:
                    self.assertTrue(step["input"].get("own_words"))
                    self.assertNotIn(word, labels, "own words are not those of the list")
                    self.assertTrue(word.strip())

    def test_people_in_answers(self):
        for entry, answer, step in self.answers():
            with self.subTest((self.name(entry), answer["step"])):
                if "people" not in answer:
                    continue
                self.assertEqual(step["input"]["type"], "person")
                self.assertLessEqual(set(answer["people"]), set(self.people))
                self.assertTrue(len(answer["people"]) == 1 or step["input"].get("several"))
                if "self" in answer["people"]:
                    self.assertTrue(step["input"].get("self") or step["input"].get("several"))

    def test_there_is_something_to_see(self):
        entries = self.demo["entries"]
        self.assertTrue(1 <= sum("trashed" in entry for entry in entries) <= 5)
        self.assertTrue(all(entry["trashed"] is True for entry in entries if "trashed" in entry))
        self.assertGreaterEqual(sum("guide" in entry for entry in entries), 40)
        self.assertTrue(any(answer.get("tray") for _, answer, _ in self.answers()))
        felt = {answer["felt"] for _, answer, _ in self.answers() if "felt" in answer}
        self.assertEqual(felt, {"good", "hard", "mixed"}, "good moments belong in the record")

    def test_nobody_real(self):
        text = (content.RESOURCES / "demo" / "journal.json").read_text()
        self.assertNotRegex(text, r"https?:|www\.|@[a-z]+\.")
        self.assertNotRegex(text, re.compile(r"lorem ipsum|\basdf\b", re.IGNORECASE))
        self.assertNotRegex(text, r"\+?[0-9][0-9 ]{8,}[0-9]", "a telephone number")


if __name__ == "__main__":
    tap.main()
