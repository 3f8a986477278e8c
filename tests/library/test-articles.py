# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/writing-articles.md asks of every article, and of the references that they rest on."""

import datetime
import re
import unittest

import content
import tap

KEYS = ["id", "title", "group", "order", "minutes", "summary", "guides", "references", "reviewed"]
# The sections that every article ends with, in this order.
LAST = [
    "What research says",
    "Common misunderstandings",
    "Limits and open questions",
    "A question to take to a therapist",
    "From reading to writing",
]
BANNED = [r"\bproven\b", r"\broot causes?\b", r"\bunlike CBT\b", r"(%|percent) cured\b", r"\bcures?\b", r"\[m\]"]


class Articles(unittest.TestCase):
    def setUp(self):
        self.articles = content.articles()
        self.by_id = {article.id: article for article in self.articles}
        self.guides = {guide.id for guide in content.guides()}
        self.references = {reference["id"] for reference in content.references()}

    def test_there_are_some(self):
        self.assertGreaterEqual(len(self.articles), 8)
        self.assertEqual(len(self.by_id), len(self.articles))

    def test_front_matter(self):
        groups = {group["id"] for group in content.groups()}
        for article in self.articles:
            with self.subTest(article.name):
                self.assertEqual(article.keys, KEYS)
                self.assertEqual(article.id, article.path.stem)
                self.assertIn(article.front["group"], groups)
                self.assertIn(article.front["reviewed"], ("true", "false"))
                self.assertRegex(article.front["order"], r"^[1-9][0-9]*$")
                self.assertRegex(article.front["summary"], r"\.$")
                self.assertLessEqual(content.words(article.front["summary"]), 25)
                self.assertRegex(article.front["title"], r"^\w.*[\w)]$")

    def test_one_place_each_in_the_reading_path(self):
        order = sorted(self.articles, key=lambda article: int(article.front["order"]))
        self.assertEqual(len({article.front["order"] for article in self.articles}), len(order))
        positions = [group["id"] for group in content.groups()]
        path = [positions.index(article.front["group"]) for article in order]
        self.assertEqual(path, sorted(path), "the path goes through one group after the other")

    def test_length(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertGreaterEqual(content.words(article.body), 400)
                self.assertLessEqual(content.words(article.body), 900)

    def test_minutes(self):
        # 200 words in a minute, give or take one minute.
        for article in self.articles:
            with self.subTest(article.name):
                self.assertLessEqual(abs(int(article.front["minutes"]) - content.words(article.body) / 200), 1)

    def test_headings(self):
        for article in self.articles:
            with self.subTest(article.name):
                levels = [level for level, _ in article.headings]
                titles = [title for _, title in article.headings]
                self.assertLessEqual(set(levels), {"##", "###"})
                self.assertEqual(levels[0], "##")
                self.assertEqual(titles[-len(LAST) :], LAST)
                self.assertGreater(len(titles), len(LAST))
                self.assertEqual(len(set(article.anchors)), len(article.anchors), "two sections with one anchor")
                for title in titles:
                    self.assertFalse(title.endswith("."), title)
                    self.assertTrue(article.section(title).strip() or levels[titles.index(title)] == "###", title)
                self.assertFalse(article.body.lstrip().startswith("#"), "it begins with a paragraph")

    def test_references(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertLessEqual(set(article.notes), self.references)
                self.assertEqual(article.references, article.notes, "in the order of their first use")
                self.assertTrue(article.notes, "it rests on something")
                research = set(content.NOTE.findall(article.section("What research says")))
                self.assertTrue(research, "what research says has a source")

    def test_notes_stand_behind_the_text(self):
        for article in self.articles:
            with self.subTest(article.name):
                for title in article.headings:
                    self.assertNotIn("[^", title[1])
                self.assertNotRegex(article.body, r"\[\^[^\]]*[^a-z0-9\]-][^\]]*\]")
                self.assertNotRegex(article.body, r"\s\[\^")
                self.assertNotRegex(article.body, r"`")

    def test_links(self):
        for article in self.articles:
            with self.subTest(article.name):
                for text, target in article.links:
                    kind, _, rest = target.partition(":")
                    if target.startswith("#"):
                        self.assertIn(target[1:], article.anchors, target)
                    elif kind == "article":
                        id, _, section = rest.partition("#")
                        self.assertIn(id, self.by_id, target)
                        self.assertNotEqual(id, article.id, "a link to itself")
                        if section or "#" in rest:
                            self.assertIn(section, self.by_id[id].anchors, target)
                    elif kind == "guide":
                        self.assertIn(rest, self.guides, target)
                    else:
                        self.assertEqual(target, "help:", "nothing leads out of the library")
                    self.assertTrue(text.strip())
                # Every bracket is one of these links or a note.
                rest = content.NOTE.sub("", content.LINK.sub("", article.body))
                self.assertNotRegex(rest, r"[\[\]]")
                self.assertNotRegex(rest, r"https?:|www\.")

    def test_each_leads_to_writing(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertTrue(article.guides)
                self.assertLessEqual(set(article.guides), self.guides)
                targets = [target for _, target in content.LINK.findall(article.section("From reading to writing"))]
                for guide in article.guides:
                    self.assertIn(f"guide:{guide}", targets)

    def test_each_names_its_limits_and_help(self):
        for article in self.articles:
            with self.subTest(article.name):
                limits = article.section("Limits and open questions")
                self.assertIn("(help:)", limits)
                self.assertRegex(limits, r"\bcare\b", "it says that it is no substitute for care")

    def test_a_question_is_a_question(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertRegex(article.section("A question to take to a therapist").strip(), r"“[^”]*[?.]”$")

    def test_examples_are_invented(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertIn("An invented example: ", article.body)

    def test_banned_phrases(self):
        for article in self.articles:
            with self.subTest(article.name):
                for phrase in BANNED:
                    self.assertNotRegex(article.path.read_text(), re.compile(phrase, re.IGNORECASE))

    def test_typography(self):
        for article in self.articles:
            with self.subTest(article.name):
                text = article.path.read_text()
                self.assertNotIn("!", text)
                self.assertNotRegex(article.body, "[\"']", "curly quotation marks")
                self.assertNotRegex(text, r"[^\n] {2,}|\t|\u00a0|[ \t]+$")
                self.assertNotRegex(text, r"<[a-z/!]|&[a-z]+;")
                self.assertNotIn("\n\n\n", text)
                self.assertTrue(text.endswith("\n") and not text.endswith("\n\n"))
                self.assertEqual(text.count("“"), text.count("”"))


class References(unittest.TestCase):
    def setUp(self):
        self.references = content.references()

    def test_form(self):
        allowed = {"id", "authors", "year", "title", "source", "volume", "pages", "doi"}
        for reference in self.references:
            with self.subTest(reference["id"]):
                self.assertLessEqual(set(reference), allowed)
                self.assertLessEqual({"id", "authors", "year", "title", "source"}, set(reference))
                self.assertRegex(reference["id"], r"^[a-z]+(-[a-z]+)*-[0-9]{4}$")
                self.assertTrue(1890 <= reference["year"] <= datetime.date.today().year)
                self.assertTrue(reference["id"].endswith(f"-{reference['year']}"))
                for key in set(reference) - {"year"}:
                    self.assertEqual(reference[key], reference[key].strip())
                    self.assertTrue(reference[key])
                    self.assertNotIn("[m]", reference[key])
                self.assertNotRegex(reference["title"], r"\.$", "the full stop is put behind it")
                self.assertNotIn("-", reference.get("pages", ""), "from–to")
                if "doi" in reference:
                    self.assertRegex(reference["doi"], r"^10\.[0-9]{4,9}/[^\s]+$")

    def test_ids(self):
        ids = [reference["id"] for reference in self.references]
        self.assertEqual(ids, sorted(set(ids)))
        dois = [reference["doi"] for reference in self.references if "doi" in reference]
        self.assertEqual(len(set(dois)), len(dois))

    def test_each_is_used(self):
        used = {note for article in content.articles() for note in article.notes}
        used |= {id for guide in content.guides() for id in guide.data["why"]["references"]}
        for reference in self.references:
            with self.subTest(reference["id"]):
                self.assertIn(reference["id"], used)


class Groups(unittest.TestCase):
    def test_form(self):
        groups = content.groups()
        self.assertEqual(len({group["id"] for group in groups}), len(groups))
        for group in groups:
            self.assertEqual(sorted(group), ["id", "title"])
            self.assertEqual(group["id"], content.slug(group["title"]))


if __name__ == "__main__":
    tap.main()
