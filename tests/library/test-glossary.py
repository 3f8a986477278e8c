# SPDX-License-Identifier: GPL-3.0-or-later
"""The glossary: short, plain, and each term with an article that says more."""

import re
import unittest
from importlib import import_module

import content
import reading
import tap

BANNED = import_module("test-articles").BANNED


class Glossary(unittest.TestCase):
    def setUp(self):
        data = content.load(content.LIBRARY / "glossary.json")
        self.assertEqual(list(data), ["format", "version", "language", "terms"])
        self.assertEqual((data["format"], data["version"], data["language"]), ("leitmotif-glossary", 1, "en"))
        self.terms = data["terms"]
        self.articles = {article.id: article for article in content.articles()}

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(self.terms), 80)

    def test_form(self):
        ids = [term["id"] for term in self.terms]
        self.assertEqual(ids, sorted(set(ids)))
        for term in self.terms:
            with self.subTest(term["id"]):
                self.assertEqual(list(term), ["id", "term", "forms", "definition", "article"])
                self.assertEqual(term["id"], content.slug(term["term"]))
                self.assertIn(term["article"], self.articles)

    def test_one_term_for_each_word(self):
        owner = {}
        for term in self.terms:
            for form in term["forms"]:
                with self.subTest(form):
                    self.assertEqual(form, form.strip())
                    self.assertRegex(form, r"^\w[\w’ -]*\w$")
                    self.assertNotIn(form.casefold(), owner, "one word with two meanings")
                    owner[form.casefold()] = term["id"]

    def test_the_first_form_is_the_term(self):
        for term in self.terms:
            if term["forms"]:
                self.assertEqual(term["forms"][0], term["term"])

    def test_definitions(self):
        for term in self.terms:
            with self.subTest(term["id"]):
                text = term["definition"]
                self.assertRegex(text, r"^[A-Z].*[.]$")
                self.assertLessEqual(len(reading.sentences(text)), 2)
                self.assertTrue(5 <= content.words(text) <= 45)
                self.assertLessEqual(reading.grade(text), 16)
                self.assertNotRegex(text, "[\"'!]")
                for phrase in BANNED:
                    self.assertNotRegex(text, re.compile(phrase, re.IGNORECASE))

    def test_it_reads_easily(self):
        self.assertLessEqual(reading.grade("\n".join(term["definition"] for term in self.terms)), 10)

    def test_most_stand_in_a_text(self):
        everything = " ".join(reading.plain(article.body) for article in self.articles.values()).casefold()

        def stands(form):
            return re.search(rf"\b{re.escape(form.casefold())}\b", everything)

        found = [term["id"] for term in self.terms if any(map(stands, term["forms"]))]
        self.assertGreaterEqual(len(found), 60, "words that a reader meets are marked there")



if __name__ == "__main__":
    tap.main()
