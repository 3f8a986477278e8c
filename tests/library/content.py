# SPDX-License-Identifier: GPL-3.0-or-later
"""Articles, guides and references as they lie in the source, read without any code of the program."""

import json
import os
import pathlib
import re

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
RESOURCES = SOURCE / "resources"
LIBRARY = RESOURCES / "library"

# The guides there are and those that are to come: an article may name one before it is written, and the
# program leaves out what it does not have.
PLANNED_GUIDES = (
    "relationship-episode relationship-episode-short after-session before-session free-association dream early-memory "
    "family-map feeling strain unsent-letter protection grief urge thread moment"
).split()

NOTE = re.compile(r"\[\^([a-z0-9-]+)\]")
LINK = re.compile(r"\[([^\]^][^\]]*)\]\(([^)]*)\)")
WORD = re.compile(r"[\w’'-]*\w[\w’'-]*")


def slug(heading):
    """The anchor of a heading: lower case, spaces as hyphens, punctuation dropped."""
    kept = "".join("-" if c.isspace() or c == "-" else c.lower() if c.isalnum() else "" for c in heading)
    return re.sub("-+", "-", kept).strip("-")


def words(text):
    return len(WORD.findall(text))


def load(path):
    """JSON in which no key stands twice."""

    def whole(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise ValueError(f"{path.name}: a key stands twice in {keys}")
        return dict(pairs)

    return json.loads(path.read_text(), object_pairs_hook=whole)


class Article:
    def __init__(self, path):
        self.path = path
        self.name = path.name
        _, front, self.body = re.split(r"^---\n", path.read_text(), maxsplit=2, flags=re.MULTILINE)
        self.front = dict(line.split(": ", 1) for line in front.splitlines())
        self.keys = [line.split(": ", 1)[0] for line in front.splitlines()]
        self.id = self.front["id"]
        self.guides = self._list("guides")
        self.references = self._list("references")
        self.headings = re.findall(r"^(#+) (.*)$", self.body, re.MULTILINE)
        self.anchors = [slug(title) for _, title in self.headings]
        self.links = LINK.findall(self.body)
        # In the order in which they are first used.
        self.notes = list(dict.fromkeys(NOTE.findall(self.body)))

    def _list(self, key):
        return [item.strip() for item in self.front.get(key, "").split(",") if item.strip()]

    def section(self, title):
        """What stands under a heading of the second level."""
        found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", self.body, re.MULTILINE | re.DOTALL)
        return found.group(1) if found else ""


# What in a guide is a name and no text.
KEYS = (
    "id type role list format language group stop offer first from relation skip steps choices references articles "
    "article section"
).split()


class Guide:
    def __init__(self, path):
        self.path = path
        self.name = path.name
        self.data = load(path)
        self.id = self.data["id"]
        self.main = self.data["steps"]
        self.close = self.data["close"]
        self.steps = self.main + self.close
        self.own_lists = self.data.get("lists", {})
        self.lists = {**load(LIBRARY / "words.json")["lists"], **self.own_lists}

    def step(self, id):
        return next((step for step in self.steps if step["id"] == id), None)

    def questions(self):
        """All that is asked, with the place where it is."""
        yield from ((step["id"], step["question"]) for step in self.steps)
        yield from self.data.get("intensity", {}).items()

    def choices(self, step):
        return self.lists.get(step["input"].get("list"), [])

    def texts(self):
        """Every text that a person may read in it."""

        def walk(value, key=""):
            if isinstance(value, dict):
                for name, inner in value.items():
                    yield from walk(inner, name)
            elif isinstance(value, list):
                for inner in value:
                    yield from walk(inner, key)
            elif isinstance(value, str) and key not in KEYS:
                yield value

        yield from walk(self.data)
        for step in self.steps:
            if step["input"].get("list") not in self.own_lists:
                yield from (choice["label"] for choice in self.choices(step))


def articles():
    return [Article(path) for path in sorted((LIBRARY / "articles").glob("*.md"))]


def guides():
    return [Guide(path) for path in sorted((LIBRARY / "guides").glob("*.json"))]


def references():
    return load(LIBRARY / "references.json")["references"]


def groups():
    return load(LIBRARY / "groups.json")["groups"]
