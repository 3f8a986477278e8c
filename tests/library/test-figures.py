# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number in an article is one that its reference is known to hold: figures.json lists them."""

import pathlib
import re
import unittest

import content
import reading
import tap

LIST = pathlib.Path(__file__).with_name("figures.json")
RESEARCH = "What research says"
# How a figure is said in plain words, wherever its letter stands.
GLOSSES = {
    r"\br = ": r"perfect",
    r"\b[dg] = |\bd between ": r"how (far apart|large)",
    r"odds ratio": r"odds (of|were)\b.*\b(third lower|twice)",
}
EFFECT = r"\b[rdg] = |\bd between |[0-9] percent"
PEOPLE = (
    r"[0-9] (randomized )?(stud|trial|people|patients|clients|adults|men|women|samples|children|participants|outpatients"
    r"|experts|such studies)"
)


class Figures(unittest.TestCase):
    def setUp(self):
        data = content.load(LIST)
        self.assertEqual((data["format"], data["version"]), ("leitmotif-figures", 1))
        self.figures = data["figures"]
        self.allowed = data["allowed"]
        self.articles = content.articles()

    def sections(self, article):
        """Heading and text of each part, what stands above the first heading included."""
        pieces = re.split(r"^## (.*)\n", article.body, flags=re.MULTILINE)
        return [("", pieces[0]), *zip(pieces[1::2], pieces[2::2])]

    def allowed_in(self, article):
        return [text for rule in self.allowed if rule["article"] in ("*", article.id) for text in rule["texts"]]

    def printed_by(self, notes):
        return [text for figure in self.figures if figure["source"] in notes for text in figure["printed"]]

    def test_form(self):
        references = {reference["id"] for reference in content.references()}
        ids = [figure["id"] for figure in self.figures]
        self.assertEqual(ids, sorted(set(ids)))
        for figure in self.figures:
            with self.subTest(figure["id"]):
                self.assertEqual(list(figure), ["id", "printed", "n", "source", "note"])
                self.assertIn(figure["source"], references)
                self.assertTrue(figure["id"].startswith(figure["source"] + "-"))
                self.assertTrue(figure["printed"] and figure["n"] and figure["note"])
                for text in figure["printed"]:
                    self.assertTrue(reading.numbers(text, [], counts=True), f"no number: {text}")
        names = {article.id for article in self.articles} | {"*"}
        for rule in self.allowed:
            self.assertEqual(list(rule), ["article", "texts", "why"])
            self.assertIn(rule["article"], names)
            self.assertTrue(rule["why"])

    def test_every_number_has_a_source(self):
        for article in self.articles:
            for heading, text in self.sections(article):
                with self.subTest(f"{article.id}: {heading}"):
                    # The source stands in the same part as its figure.
                    known = self.allowed_in(article) + self.printed_by(content.NOTE.findall(text))
                    self.assertEqual(reading.numbers(text, known, counts=heading == RESEARCH), [])

    def test_every_figure_is_printed(self):
        texts = {article.id: reading.plain(article.body) for article in self.articles}
        for figure in self.figures:
            citing = [texts[article.id] for article in self.articles if figure["source"] in article.notes]
            for printed in figure["printed"]:
                with self.subTest(f"{figure['id']}: {printed}"):
                    self.assertTrue(any(printed in text for text in citing))

    def test_every_effect_says_of_how_many(self):
        for article in self.articles:
            for heading, text in self.sections(article):
                notes = set()
                counted = set()
                for paragraph in reading.paragraphs(text):
                    # "The same trial" may be spoken of in the next paragraph.
                    notes |= set(content.NOTE.findall(paragraph))
                    if re.search(PEOPLE, paragraph):
                        counted |= notes
                    if re.search(EFFECT, paragraph):
                        with self.subTest(f"{article.id}: {paragraph[:40]}"):
                            self.assertTrue(counted, "of how many people or studies?")

    def test_every_letter_is_put_in_plain_words(self):
        for article in self.articles:
            for heading, text in self.sections(article):
                for letter, gloss in GLOSSES.items():
                    if re.search(letter, text):
                        with self.subTest(f"{article.id}: {heading}: {letter}"):
                            self.assertRegex(text, gloss)

    def test_research_names_a_caveat(self):
        for article in self.articles:
            with self.subTest(article.id):
                self.assertRegex(
                    article.section(RESEARCH), r"\b([Cc]aveats?|[Cc]aution|critics|[Cc]ritics|[Tt]he debate|disputed?)\b"
                )


class Counting(unittest.TestCase):
    """That a number would be found."""

    def test_found(self):
        for text, numbers in (
            ("in 12 trials", ["12"]),
            ("with 1,208 people", ["1,208"]),
            ("r = .31, or −0.5", [".31", "−0.5"]),
            ("about one in five of them", ["one in five"]),
            ("half of the people", []),
            ("half of people", ["half of people"]),
            ("in 2018 and in the 1890s", []),
            ("22.7 percent", ["22.7"]),
            ("a note[^one-2001] and [a link](article:two#3)", []),
        ):
            with self.subTest(text):
                self.assertEqual(reading.numbers(text, []), numbers)

    def test_explained(self):
        self.assertEqual(reading.numbers("in 23 studies", ["23 studies"]), [])
        self.assertEqual(reading.numbers("in 123 studies", ["23 studies"]), ["123"])
        self.assertEqual(reading.numbers("r = .278 here", ["r = .27"]), [".278"])
        self.assertEqual(reading.numbers("r = .27.", ["r = .27"]), [])
        self.assertEqual(reading.numbers("six months", [], counts=True), ["six months"])

    def test_grade(self):
        self.assertLess(reading.grade("The cat sat on the mat. It was warm there."), 2)
        hard = "Psychotherapeutic interventions necessitate considerable methodological sophistication and consideration."
        self.assertGreater(reading.grade(hard), 12)
        self.assertEqual(reading.sentences("It was 2.5 miles. “Yes.” He left."), ["It was 2.5 miles.", "“Yes.”", "He left."])


if __name__ == "__main__":
    tap.main()
