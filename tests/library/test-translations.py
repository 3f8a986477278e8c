# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts in other languages say what the English ones say: the same links, notes, figures and steps."""

import json
import re
import unittest

import content
import tap

TRANSLATED = {"title", "summary", "language", "minutes"}  # front matter; other words take other time
# What a person reads in a guide; all else is structure.
TEXTS = {"title", "summary", "purpose", "text", "not_when", "question", "help", "label", "labels", "before", "after"}
PO = content.LIBRARY.parents[1] / "po"
FOLDERS = sorted(path for path in content.LIBRARY.iterdir() if path.is_dir() and path.name not in ("articles", "guides"))


def front_matter(text):
    return dict(line.split(": ", 1) for line in text.split("---\n")[1].splitlines())


def body(text):
    return text.split("---\n", 2)[2]


def links(text):
    """Where links lead, without the sections: those are named by translated headings."""
    return [target.split("#")[0] for target in re.findall(r"\]\(([^)]*)\)", text)]


def figures(text):
    """Every number, as English writes it, in no order: languages turn sentences round."""
    found = []
    for number in re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d", re.sub(r"\[\^[^\]]*\]|\]\([^)]*\)", "", text)):
        found.append(re.sub(r"^0(?=\d)", "", re.sub(r"\D", "", number)))
    return sorted(found)


def skeleton(value, key=None):
    """A guide without what a person reads."""
    if isinstance(value, dict):
        # The heading over choices is a text, the group of a guide is not.
        return {name: skeleton(part, "label" if name == "group" and "label" in value else name)
                for name, part in value.items() if name != "language"}
    if isinstance(value, list) and key not in TEXTS:
        return [skeleton(part, key) for part in value]
    if isinstance(value, list):
        return len(value)
    return "a text" if key in TEXTS else value


class Translations(unittest.TestCase):
    def each(self, kind):
        """Pairs of an English file and one of its translations."""
        for folder in FOLDERS:
            for path in sorted(folder.glob(kind)):
                original = content.LIBRARY / path.relative_to(folder)
                with self.subTest(str(path.relative_to(content.LIBRARY))):
                    self.assertTrue(original.is_file(), "nothing in English has this name")
                    yield folder.name, path.read_text(encoding="utf-8"), original.read_text(encoding="utf-8")

    def test_there_is_one_of_each_at_least(self):
        for language in ("de", "es"):
            for part in ("articles/*.md", "guides/*.json"):
                self.assertTrue(list((content.LIBRARY / language).glob(part)), (language, part))

    def test_front_matter(self):
        for language, text, original in self.each("articles/*.md"):
            ours, theirs = front_matter(text), front_matter(original)
            self.assertEqual(ours["language"], language)
            self.assertNotEqual(ours["summary"], theirs["summary"])
            for key in set(ours) | set(theirs):
                if key not in TRANSLATED:
                    self.assertEqual(ours.get(key), theirs.get(key), key)

    def test_links_and_notes(self):
        for _, text, original in self.each("articles/*.md"):
            self.assertEqual(sorted(links(body(text))), sorted(links(body(original))))
            self.assertEqual(sorted(re.findall(r"\[\^[^\]]+\]", text)), sorted(re.findall(r"\[\^[^\]]+\]", original)))

    def test_links_out_of_the_language_say_so(self):
        """Before it opens: as the interface says it, and no longer than it is true."""
        kinds = {"article": "articles/{}.md", "guide": "guides/{}.json"}
        for language, text, _ in self.each("articles/*.md"):
            words = re.search(r'msgid "%s \(in English\)"\nmsgstr "%s (.*)"', (PO / f"{language}.po").read_text(encoding="utf-8"))[1]
            for label, kind, name in re.findall(r"\[([^\]]*)\]\((article|guide):([^)#]*)", body(text)):
                there = (content.LIBRARY / language / kinds[kind].format(name)).is_file()
                self.assertEqual(label.endswith(words), not there, f"[{label}]({kind}:{name})")

    def test_headings_and_paragraphs(self):
        for _, text, original in self.each("articles/*.md"):
            for mark in (r"^## ", r"^### ", r"^- ", r"\n\n"):
                self.assertEqual(len(re.findall(mark, body(text), re.M)), len(re.findall(mark, body(original), re.M)), mark)

    def test_figures(self):
        for _, text, original in self.each("articles/*.md"):
            self.assertEqual(figures(body(text)), figures(body(original)))

    def test_guides(self):
        for language, text, original in self.each("guides/*.json"):
            ours, theirs = json.loads(text), json.loads(original)
            self.assertEqual(ours["language"], language)
            self.assertNotEqual(ours["title"], theirs["title"])
            self.assertEqual(skeleton(ours), skeleton(theirs))
            self.assertTrue((content.LIBRARY / language / "words.json").is_file(), "its word lists")

    def test_groups_and_words(self):
        for _, text, original in self.each("groups.json"):
            self.assertEqual(skeleton(json.loads(text)), skeleton(json.loads(original)))
        for _, text, original in self.each("words.json"):
            ours, theirs = json.loads(text)["lists"], json.loads(original)["lists"]
            for name, words in ours.items():
                self.assertEqual(skeleton(words), skeleton(theirs[name]), name)


class HelpNow(unittest.TestCase):
    """Whoever is in distress reads everything in their own language."""

    def test_words(self):
        told = content.load(content.LIBRARY / "help.json")
        lines = [line for country in told["countries"] for key in ("emergency", "lines", "under_18") for line in country[key]]
        wanted = {country["name"] for country in told["countries"]} | {line["name"] for country in told["countries"]
                                                                       for line in country["emergency"]}
        wanted |= {line[key] for line in lines for key in ("hours", "language") if key in line}
        every = wanted | {line["name"] for line in lines}
        for language in ("de", "es"):
            words = content.load(content.LIBRARY / language / "help-words.json")
            with self.subTest(language):
                self.assertEqual(list(words), ["format", "version", "grounding", "words"])
                self.assertEqual(len(words["grounding"]), len(told["grounding"]))
                self.assertFalse(set(words["grounding"]) & set(told["grounding"]))
                self.assertEqual(wanted - set(words["words"]), set())
                self.assertEqual(set(words["words"]) - every, set(), "these are not said any more")
                self.assertFalse([word for word in words["words"].values() if not word.strip()])


class Keys(unittest.TestCase):
    """Alt and the underlined letter do nothing at once where two of a page have the same letter."""

    BAR = {"_Previous", "_Skip", "_Next"}
    PAGES = [
        BAR | {"_Add", "Save as a pict_ure…", "_Bring this entry to the session", "_What is this?"},
        BAR | {"_Take the selected words", "_Bring this entry to the session", "_What is this?"},
        BAR | {"_Begin writing", "_What is this?"},
        BAR | {"_Write on without deleting"},
        {"_Go on", "Let me _correct", "_End here"},
        {"_Help now", "_Go on", "_Stop here"},
        {"_Previous", "_Keep it as it is"},
    ]

    def texts(self, language):
        """The translations in one language, by the English text."""
        folder = content.LIBRARY.parent.parent / "po"
        found = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', (folder / f"{language}.po").read_text("utf-8"), re.M)
        return {english: text for english, text in (("".join(json.loads(line) for line in part.splitlines()) for part in pair)
                                                    for pair in found)}

    def test_pages_of_a_guide(self):
        for language in ("en", "de", "es"):
            texts = self.texts(language) if language != "en" else {text: text for page in self.PAGES for text in page}
            for page in self.PAGES:
                with self.subTest(language=language, page=sorted(page)):
                    keys = {text: texts[text].split("_")[1][0].lower() for text in page}
                    self.assertEqual(len(set(keys.values())), len(keys), keys)


if __name__ == "__main__":
    tap.main()
