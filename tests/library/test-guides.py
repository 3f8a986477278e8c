# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/writing-guides.md asks of every guide. The program's reader checks their form, this what they say."""

import re
import unittest

import content
import reading
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
        self.by_id = {guide.id: guide for guide in self.guides}
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
                    if re.search(r"comes? to mind|went well|remind|carry", question) and "keep" not in question:
                        self.assertRegex(question, r"if (any|ever)|that has gone well|has gone well thanks", place)

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
        flags = set("own_words unsure note felt tray self several line long from relation minutes open".split())
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
                used = {step["input"].get("list") for step in guide.steps} - {None}
                self.assertLessEqual(set(guide.own_lists), used, "a list that no step offers")
                for name, choices in [(name, guide.lists[name]) for name in used]:
                    for choice in choices:
                        self.assertEqual([*choice][:2], ["id", "label"], name)
                        self.assertLessEqual(content.words(choice["label"]), 8, name)
                        self.assertRegex(choice["label"], r"^([a-z]|I )", name)
                    labels = [choice["label"].casefold() for choice in choices]
                    self.assertEqual(len(set(labels)), len(labels), name)
                    self.assertEqual(len({choice["id"] for choice in choices}), len(choices), name)
                    groups = [choice.get("group") for choice in choices]
                    for group in set(groups):
                        self.assertTrue(3 <= groups.count(group) <= 14, f"{name}: {group}")
                    self.assertTrue(4 <= len(choices) <= 24, name)

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
                # One line has no room for it.
                if len(guide.main) == 1:
                    continue
                asked = r"(went|gone) (well|better)|good moment|good (in it|thing)|differently|feels a little different"
                self.assertTrue(any(re.search(asked, step["question"]) for step in guide.main))

    def test_links_to_others_come_last(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                for n, step in enumerate(guide.main):
                    inner = step["input"]
                    if inner.get("relation") == "then" or step["id"] == "familiar" or step["id"] == "echo":
                        self.assertGreaterEqual(n, len(guide.main) - 2, step["id"])
                        self.assertRegex(step["question"], r"if any(one|thing)?\b")

    def test_it_closes_safely(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                kinds = [step["input"]["type"] for step in guide.close]
                self.assertIn("pause", kinds, "back to the present moment")
                pause = guide.close[kinds.index("pause")]
                self.assertRegex(pause["question"] + pause["help"], r"around you|right now")
                self.assertTrue(pause.get("short"), "in the short version too")
                if len(guide.main) == 1:
                    continue
                self.assertTrue(any(re.search(r"\b(kind|useful)\b", step["question"]) for step in guide.close))
                self.assertTrue(any(step["input"].get("tray") for step in guide.close), "what to bring to therapy")
                self.assertNotIn("pause", [step["input"]["type"] for step in guide.main])

    def test_it_takes_care_of_who_is_afraid(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                rules = guide.data["safety"]
                self.assertTrue(rules or len(guide.main) == 1)
                for rule in rules:
                    self.assertIn("Help now", rule["text"])
                    self.assertIn("safety", rule["text"].lower())
                covered = {(s, c) for rule in rules for s in rule["when"]["steps"] for c in rule["when"].get("choices", [])}
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

    def test_what_is_offered_exists(self):
        ids = {guide.id for guide in self.guides}
        for guide in self.guides:
            with self.subTest(guide.name):
                offers = [guide.data.get("stop")] + [rule.get("offer") for rule in guide.data["safety"]]
                for offer in filter(None, offers):
                    self.assertIn(offer, ids)
                    self.assertFalse(self.by_id[offer].data.get("deep"), "what is offered instead is lighter")
                if guide.data["deep"]:
                    self.assertIn("stop", guide.data, "who stops early is offered something lighter")

    def test_each_is_safe_in_its_own_way(self):
        # Guide, step, choice, and what follows: the guide ends, steps are left out, or a word first.
        expected = [
            ("relationship-episode", "other", "threatening", "skip"),
            ("relationship-episode", "felt", "afraid", "skip"),
            ("after-session", "feelings", "unsafe", None),
            ("before-session", "week", "too-much", None),
            ("free-association", "mind", "racing", "end"),
            ("free-association", "mind", "far", "end"),
            ("dream", "again", "weekly", None),
            ("dream", "again", "real", None),
            ("early-memory", "bearing", "too-much", "end"),
            ("family-map", "around", "afraid", None),
            ("feeling", "need", "hurt-myself", None),
            ("strain", "safe", "watched", "skip"),
            ("strain", "safe", "afraid", "skip"),
            ("strain", "safe", "hurt", "skip"),
            ("unsent-letter", "when", "weeks", "end"),
            ("unsent-letter", "when", "searching", "end"),
            ("grief", "feelings", "join", None),
            ("grief", "how-long", "heavy-year", None),
            ("urge", "what", "hurt-myself", None),
            ("urge", "what", "opioids", None),
            ("urge", "what", "alcohol", None),
            ("urge", "what", "pills", None),
        ]
        for name, step, choice, follows in expected:
            with self.subTest(f"{name}: {choice}"):
                rules = [
                    rule
                    for rule in self.by_id[name].data["safety"]
                    if step in rule["when"]["steps"] and choice in rule["when"].get("choices", [])
                ]
                self.assertEqual(len(rules), 1)
                self.assertEqual("end" in rules[0], follows == "end")
                self.assertEqual("skip" in rules[0], follows == "skip")
        # What somebody does to harm is not laid beside other stories, to look for what returns.
        for rule in self.by_id["relationship-episode"].data["safety"]:
            self.assertLessEqual({"earlier", "familiar"}, set(rule["skip"]), rule["id"])
        # No advice on making up with somebody who does harm, and no parts to share out.
        (unsafe,) = self.by_id["strain"].data["safety"]
        self.assertLessEqual({"my-share", "their-share", "next", "they-needed", "bring"}, set(unsafe["skip"]))
        for name in ("feeling", "thread", "protection"):
            self.assertTrue(any(rule["when"].get("least") == 5 for rule in self.by_id[name].data["safety"]), name)
        for name in ("alcohol", "pills"):
            text = next(r["text"] for r in self.by_id["urge"].data["safety"] if name in r["when"]["choices"])
            self.assertIn("stopping all at once can be dangerous", text)
        self.assertRegex(self.by_id["early-memory"].data["not_when"], "not a search for something forgotten")
        self.assertIn("not sent", self.by_id["unsent-letter"].data["notice"])

    def test_reads_easily(self):
        # What is said to a tired person in the evening: all texts of a guide together, eight years of school.
        for guide in self.guides:
            with self.subTest(guide.name):
                prose = [text for text in guide.texts() if re.search(r"[.?]$", text)]
                self.assertLessEqual(reading.grade("\n\n".join(prose)), 8)

    def test_all_fifteen_are_there(self):
        planned = (
            "relationship-episode after-session before-session free-association dream early-memory family-map feeling "
            "strain unsent-letter protection grief urge thread moment"
        ).split()
        self.assertEqual(sorted(self.by_id), sorted(planned))
        self.assertIn("short_minutes", self.by_id["relationship-episode"].data)

    def test_time(self):
        for guide in self.guides:
            with self.subTest(guide.name):
                if len(guide.main) > 1:
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
