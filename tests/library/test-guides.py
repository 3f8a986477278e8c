# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/writing-guides.md asks of every guide. The program's reader checks their form, this what they say."""

import re
import unittest

import content
import tap

YES_OR_NO = (
    "do does did is are am was were can could have has had will would should shall may might must "
    "don’t didn’t isn’t aren’t wasn’t can’t couldn’t haven’t won’t wouldn’t"
).split()
BANNED = r"\b(worst|deepest|most shameful|repressed|repression|root causes?|trauma\w*|inner child|true self)\b"
# Where somebody says that they are afraid or hurt, the guide has to say something before it goes on.
ALARMING = r"\b(threat\w*|hurt me|afraid|hit me|violen\w*|abus\w*)\b"


class Guides(unittest.TestCase):
    def setUp(self):
        self.guides = content.guides()
        self.articles = {article.id: article for article in content.articles()}
        self.references = {reference["id"] for reference in content.references()}

    def test_there_are_some(self):
        self.assertGreaterEqual(len(self.guides), 1)
        self.assertEqual(len({guide.id for guide in self.guides}), len(self.guides))
        for guide in self.guides:
            with self.subTest(guide.name):
                self.assertEqual(guide.id, guide.path.stem)

    def test_questions(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for place, question in guide.questions():
                    self.assertLessEqual(content.words(question), 25, place)
                    self.assertRegex(question, r"^[A-Z][^?]*\?$", place)
                    first = question.split()[0].rstrip(",").lower()
                    self.assertNotIn(first, YES_OR_NO, f"{place}: one could only say yes or no")

    def test_first_comes_what_can_be_seen(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for step in guide.main[:2]:
                    self.assertNotRegex(step["question"].lower(), r"\bwhy\b")
                for place, question in guide.questions():
                    self.assertNotRegex(question.lower(), r"^why (did|do|were|was|are|don|didn)", place)

    def test_nothing_is_taken_for_granted(self):
        # What may not be there is asked for with "if any".
        for guide in self.guides:
            with self.subTest(guide.name):
                for place, question in guide.questions():
                    if re.search(r"comes? to mind|went well|remind|carry", question):
                        self.assertRegex(question, r"if any", place)

    def test_banned_words(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for text in guide.texts():
                    self.assertNotRegex(text.lower(), BANNED)
                    self.assertNotIn("!", text)
                    self.assertNotIn("[m]", text)
                    self.assertNotRegex(text, "[\"']", "curly quotation marks")
                    self.assertNotRegex(text, r"^\s|\s$|\s\s")

    def test_passages(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for step in guide.steps:
                    passage = step.get("passage")
                    if passage is None:
                        continue
                    self.assertIn(passage["article"], self.articles, step["id"])
                    if "section" in passage:
                        self.assertIn(passage["section"], self.articles[passage["article"]].anchors, step["id"])

    def test_articles_and_references(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                self.assertTrue(guide.data["articles"])
                self.assertLessEqual(set(guide.data["articles"]), set(self.articles))
                self.assertLessEqual(set(guide.data["why"]["references"]), self.references)
                for step in guide.steps:
                    if "passage" in step:
                        self.assertIn(step["passage"]["article"], guide.data["articles"])

    def test_every_step_can_be_skipped(self):
        allowed = {"id", "question", "help", "input", "role", "expected", "short", "passage"}
        flags = {"own_words", "unsure", "note", "felt", "tray", "self", "several"}
        for guide in self.guides:
            with self.subTest(guide.name):
                for step in guide.steps:
                    self.assertLessEqual(set(step), allowed, "nothing marks a step as required")
                    keys = flags | {"type", "list", "labels"}
                    self.assertLessEqual(set(step["input"]), keys, "nothing is chosen already")

    def test_who_chooses_may_say_it_otherwise(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for step in guide.steps:
                    if step["input"]["type"] != "choices":
                        continue
                    self.assertTrue(step["input"].get("own_words"), step["id"])
                    if "role" in step:
                        self.assertTrue(step["input"].get("unsure"), step["id"])

    def test_choices(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                used = {step["input"].get("list") for step in guide.steps}
                self.assertEqual(used - {None}, set(guide.lists), "a list that no step offers, or the other way round")
                for name, choices in guide.lists.items():
                    for choice in choices:
                        self.assertEqual(sorted(choice), ["id", "label"], name)
                        self.assertLessEqual(content.words(choice["label"]), 8, name)
                        self.assertRegex(choice["label"], r"^[a-z]", name)
                    labels = [choice["label"].casefold() for choice in choices]
                    self.assertEqual(len(set(labels)), len(labels), name)
                    self.assertEqual(len({choice["id"] for choice in choices}), len(choices), name)
                    self.assertTrue(4 <= len(choices) <= 14, name)

    def test_good_and_hard_are_both_offered(self):
        pleasant = r"\b(warm|relieved|proud|understood|helped|glad|close|calm|good|asked)\b"
        for guide in self.guides:
            with self.subTest(guide.name):
                for step in guide.steps:
                    labels = [choice["label"] for choice in guide.choices(step)]
                    if "role" in step and labels:
                        good = [label for label in labels if re.search(pleasant, label)]
                        self.assertTrue(good, step["id"])

    def test_it_asks_for_what_went_well(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                asked = r"went (well|better)|good moment|differently"
                self.assertTrue(any(re.search(asked, step["question"]) for step in guide.main))

    def test_links_to_others_come_last(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                several = [n for n, step in enumerate(guide.main) if step["input"].get("several")]
                self.assertTrue(all(n == len(guide.main) - 1 for n in several))

    def test_it_closes_safely(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                kinds = [step["input"]["type"] for step in guide.close]
                self.assertIn("pause", kinds, "back to the present moment")
                pause = guide.close[kinds.index("pause")]
                self.assertRegex(pause["question"] + pause["help"], r"around you|right now")
                self.assertTrue(pause.get("short"), "in the short version too")
                self.assertTrue(any(re.search(r"\b(kind|useful)\b", step["question"]) for step in guide.close))
                self.assertTrue(any(step["input"].get("tray") for step in guide.close), "what to bring to therapy")
                self.assertNotIn("pause", [step["input"]["type"] for step in guide.main])

    def test_it_takes_care_of_who_is_afraid(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                rules = guide.data["safety"]
                self.assertTrue(rules)
                for rule in rules:
                    self.assertIn("Help now", rule["text"])
                    self.assertIn("safety", rule["text"].lower())
                covered = {(s, c) for rule in rules for s in rule["when"]["steps"] for c in rule["when"]["choices"]}
                for step, choice in covered:
                    self.assertIn(choice, [each["id"] for each in guide.choices(guide.step(step))])
                alarming = {
                    (step["id"], choice["id"])
                    for step in guide.steps
                    for choice in guide.choices(step)
                    if re.search(ALARMING, choice["label"])
                }
                self.assertLessEqual(alarming, covered, "nothing is said to who chooses this")
                if any(step.get("role") == "response-other" for step in guide.steps):
                    self.assertTrue(alarming, "harm can be named")

    def test_time(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                self.assertTrue(5 <= guide.data["minutes"] <= 20)
                if "short_minutes" in guide.data:
                    self.assertLess(guide.data["short_minutes"], guide.data["minutes"])
                    short = [step["id"] for step in guide.steps if step.get("short")]
                    self.assertTrue(2 <= len(short) < len(guide.steps))

    def test_when_not(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                self.assertRegex(guide.data["not_when"], r"^Not today, if ")
                self.assertIn("safe", guide.data["not_when"])

    def test_roles(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                roles = [step.get("role") for step in guide.steps]
                if any(roles):
                    self.assertLessEqual({"wish", "response-other", "response-self"}, set(roles))
                for step in guide.steps:
                    if step.get("expected"):
                        self.assertEqual(step["role"], "response-other")

    def test_no_diagnosis_and_no_advice(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for text in guide.texts():
                    self.assertNotRegex(text.lower(), r"\b(disorder|diagnos\w*|symptoms?|medication|score|streak)\b")
                    self.assertNotRegex(text.lower(), r"\byou (should|must|have to|need to)\b(?! not)")


if __name__ == "__main__":
    tap.main()
