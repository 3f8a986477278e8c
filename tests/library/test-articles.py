# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/writing-articles.md asks of every article, and of the references that they rest on."""

import datetime
import re
import unittest

import content
import reading
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
# Promises, contempt for other schools, and words that hurt.
BANNED = [
    r"\bproven\b",
    r"\b(root|real|deeper|underlying) causes?\b",
    r"\breal problem\b",
    r"\bunlike (CBT|cognitive|other therap)",
    r"(%|percent) (were |was |are )?cured\b",
    r"\bcur(e|es|ed|ing)\b",
    r"\bheal(s|ed|ing)?\b",
    r"\b(gold standard|miracle|groundbreaking|life-changing|scientifically|state of the art|world-class)\b",
    r"\b(we|it) guarantees? (you|that)\b|\bguaranteed\b",
    r"\bonly therapy (that|which)\b|\bmost effective\b",
    r"\bincrease over time\b",
    r"\byou (should|must) (leave|forgive|confront|stop taking)\b",
    r"\b(commit(s|ted|ting)?|successful|failed|completed) suicide\b",
    r"\b(addicts?|alcoholics?|junkies|schizophrenics?|borderlines|psychopaths?)\b",
    r"\b(substance|drug|alcohol) abuse\b",
    r"\b(kilos?|kilograms?|pounds|calories|BMI|milligrams?|mg|blood alcohol)\b",
    r"\[m\]",
]
# What must be said to who is ill in a way that this therapy is no first answer to.
SAFETY = {
    "depression": [
        r"bipolar disorder.*medical treatment comes first",
        r"The same is true when depression comes with psychosis",
        r"Do not stop or change medication",
        r"withdrawal",
    ],
    "panic-and-social-anxiety": [r"do not stop these abruptly", r"Withdrawal can be dangerous", r"chest pain.*see a doctor"],
    "personality-disorders": [r"A crisis plan comes before"],
    "trauma-and-ptsd": [
        r"For PTSD, guidelines put trauma-focused therapies first",
        r"This app does not ask you to write about what happened\. It is not a treatment for PTSD",
        r"withdrawal can be dangerous",
        r"safety comes before",
    ],
    "eating-disorders": [
        r"The body comes first",
        r"offered first.*follows in second place",
        r"withdrawal can be dangerous",
        r"do not use this app to record weight",
    ],
    "addiction": [
        r"do not stop suddenly on your own",
        r"stopping all at once can kill you",
        r"seizures",
        r"tell a doctor first",
        r"no longer tolerates",
        r"It does not replace them",
    ],
    "grief-and-loss": [r"Ask at once if you wish to die", r"being safe comes before understanding"],
    "choosing-a-therapist": [
        r"Psychosis or mania.*Medical treatment comes first",
        r"Withdrawal can be dangerous",
        r"treatment that guidelines put first",
    ],
    "cbt-and-psychodynamic-therapy": [r"For PTSD, trauma-focused therapies come first"],
    "what-psychodynamic-therapy-is": [r"guidelines recommend other approaches before it"],
    "relationship-patterns": [r"Abuse is not “your pattern.”"],
    "early-memories": [r"do not use a journal to hunt", r"Do not confront anyone"],
    "journaling-between-sessions": [r"urge to hurt yourself", r"flashbacks", r"hear voices"],
}
# Who is told what a page is about before it begins.
NOTED = ["early-memories", "personality-disorders", "trauma-and-ptsd", "eating-disorders", "addiction"]



class Articles(unittest.TestCase):
    def setUp(self):
        self.articles = content.articles()
        self.by_id = {article.id: article for article in self.articles}
        self.guides = {guide.id for guide in content.guides()} | set(content.PLANNED_GUIDES)
        self.references = {reference["id"] for reference in content.references()}

    def test_there_are_some(self):
        self.assertEqual(len(self.articles), 30)
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

    def test_reading_level(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertLessEqual(reading.grade(article.body), 10)
                for sentence in reading.sentences(article.body):
                    self.assertLessEqual(content.words(sentence), 50, sentence)
                for paragraph in reading.paragraphs(article.body):
                    self.assertLessEqual(content.words(paragraph), 190, paragraph[:60])

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
                main = [title for level, title in article.headings if level == "##"]
                self.assertLessEqual(set(levels), {"##", "###"})
                self.assertEqual(levels[0], "##")
                self.assertEqual([title for title in main if title in LAST], LAST)
                self.assertEqual(main[-1], LAST[-1])
                self.assertGreater(len(main), len(LAST))
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

    def test_it_shows_how_it_is_in_a_session(self):
        for article in self.articles:
            with self.subTest(article.name):
                before = [title for _, title in article.headings if title not in LAST]
                told = r"sessions?\b|in practice|might look like|under way|in therapy"
                self.assertTrue([title for title in before if re.search(told, title)], before)

    def test_examples_are_invented(self):
        told = r"\b([Ii]nvented|made[ -]up|for the sake of an example|[Ll]et us invent)\b"
        for article in self.articles:
            with self.subTest(article.name):
                self.assertRegex(article.body, told)

    def test_misunderstandings(self):
        for article in self.articles:
            with self.subTest(article.name):
                items = re.findall(r"^- (.*)$", article.section("Common misunderstandings"), re.MULTILINE)
                self.assertGreaterEqual(len(items), 3)
                for item in items:
                    self.assertRegex(item, r"^“[^”]+” \S", "what is said, and then what is so")

    def test_what_comes_first_is_said(self):
        for id, sentences in SAFETY.items():
            for sentence in sentences:
                with self.subTest(f"{id}: {sentence}"):
                    self.assertRegex(self.by_id[id].body, re.compile(sentence, re.DOTALL))

    def test_a_note_stands_before_what_is_hard_to_read(self):
        for article in self.articles:
            with self.subTest(article.name):
                self.assertEqual(article.body.lstrip().startswith("A note before you read: "), article.id in NOTED)

    def test_openings_differ(self):
        def first(article, number):
            return " ".join(content.WORD.findall(reading.plain(article.body))[:number])

        for article in self.articles:
            if article.id not in NOTED:
                with self.subTest(article.name):
                    same = [other.id for other in self.articles if first(other, 3) == first(article, 3)]
                    self.assertEqual(same, [article.id])

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
