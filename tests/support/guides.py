# SPDX-License-Identifier: GPL-3.0-or-later
"""The guides as their files say, page for page, and what a person does on each page with nothing but the keyboard.

A page has parts: what is answered there. A part is given, stands on the page when somebody comes back to it, and is kept in the
entry.
"""

import json
import os
import pathlib

from life import until

LIBRARY = pathlib.Path(os.environ["LEITMOTIF_SOURCE"], "resources", "library")
STRENGTH = ["barely there", "a little", "clear", "strong", "almost too much"]
EARLIER = "Tea with Ann"  # an entry that has to be there
NOTE = "Anything to add"
OWN_WORDS = "In my own words"
UNSURE = "I don’t know"


def read_guides():
    """The English guides, by id."""
    paths = sorted((LIBRARY / "guides").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


class Words:
    """Something written into a field."""

    def __init__(self, label, words):
        self.label, self.words = label, words

    def give(self, app):
        area = app.focus("text box", self.label)
        app.type(self.words)
        until(lambda: area.text() == self.words, f"“{self.words}”")

    def stands(self, app):
        area = app.find("text box", self.label)
        assert area.text() == self.words, f"{area} has “{area.text()}”, not “{self.words}”"

    def kept(self, answer, _):
        assert answer["text"] == self.words, answer


class Toggle:
    """A button that is pressed down, a step of a scale or a box that is ticked."""

    def __init__(self, role, label, kept):
        self.role, self.label, self.wanted = role, label, kept
        self.state = "pressed" if role == "toggle button" else "checked"

    def give(self, app):
        button = app.focus(self.role, self.label)
        assert not button.has(self.state), f"{button} was chosen beforehand"
        app.keys("space")
        self.wait(app)

    def wait(self, app):
        until(lambda: app.find(self.role, self.label).has(self.state), f"{self.role} “{self.label}” to be chosen")

    def stands(self, app):
        button = app.find(self.role, self.label)
        assert button.has(self.state), f"{button} is not chosen any more"

    def kept(self, answer, _):
        assert self.wanted.items() <= answer.items(), answer


class Felt(Toggle):
    """How it was, in a row of which Tab reaches only what is chosen: the arrows go on from there."""

    def __init__(self):
        super().__init__("radio", "mixed", {"felt": "mixed"})

    def give(self, app):
        app.focus("radio", "not today")
        app.keys("Left", "space")
        self.wait(app)


class OwnWords(Toggle):
    """A choice in one's own words."""

    def __init__(self, words):
        super().__init__("toggle button", words, {"choices": [{"label": words}]})

    def give(self, app):
        app.focus("text box", OWN_WORDS)
        app.type(self.label)
        app.keys("Return")
        self.wait(app)


class Person(Toggle):
    """Somebody new."""

    def __init__(self, name):
        super().__init__("toggle button", name, {})

    def give(self, app):
        app.focus("text box", "Name of somebody new")
        app.type(self.label)
        app.keys("Return")
        self.wait(app)

    def kept(self, answer, journal):
        assert [journal.name(person) for person in answer["people"]] == [self.label], answer


class Place(Person):
    """Somebody on the map, who was moved there."""

    def give(self, app):
        super().give(app)
        app.focus("image", "The map as a picture. The list below has the same.")
        app.keys("Up", "3")
        app.reads("strained")

    def stands(self, app):
        super().stands(app)
        assert app.says("strained")

    def kept(self, answer, journal):
        super().kept(answer, journal)
        (place,) = answer["map"]
        assert (place["name"], place["tie"]) == (self.label, "strained"), place


class Earlier:
    """An earlier entry."""

    def give(self, app):
        app.focus("list item", EARLIER)
        app.keys("Return")
        until(lambda: self.is_chosen(app), "the entry to be chosen")

    def is_chosen(self, app):
        return app.find("checkbox", EARLIER).has("checked")

    def stands(self, app):
        assert self.is_chosen(app)

    def kept(self, answer, journal):
        assert answer["entries"] == [journal.earlier], answer


class Element:
    """The first words of an earlier text, and what they bring to mind."""

    def __init__(self, text, words):
        self.text, self.words = text, words
        self.picked = " ".join(text.split()[:2])
        self.label = f"What “{self.picked}” makes you think of"

    def give(self, app):
        app.focus("text box", "Your text")
        app.keys("ctrl+Home", "shift+ctrl+Right", "shift+ctrl+Right", "Return")
        area = app.find("text box", self.label)
        until(lambda: area.has("focused"), "the cursor")
        app.type(self.words)
        until(lambda: area.text() == self.words, f"“{self.words}”")

    def stands(self, app):
        area = app.find("text box", self.label)
        assert area.text() == self.words, area.text()

    def kept(self, answer, _):
        assert answer["elements"] == [{"words": self.picked, "text": self.words}], answer


class Seal:
    """A month's seal."""

    label = "Seal it for a month"

    def give(self, app):
        app.focus("list item", self.label)
        app.keys("Return")
        until(lambda: app.find("radio", self.label).has("checked"), "the seal")

    def stands(self, app):
        assert app.find("radio", self.label).has("checked")

    def kept(self, answer, journal):
        (choice,) = answer["choices"]
        assert choice["id"] == "sealed", choice
        assert journal.entry["sealed_until"], journal.entry


class Stream(Words):
    """Writing without deleting. It ends with a key, and the next page comes."""

    def give(self, app):
        app.keys("alt+b")
        area = app.find("text box", self.label)
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type(self.words)
        until(lambda: area.text() == self.words, f"“{self.words}”")
        assert app.nameless() == []
        app.keys("alt+e")

    def kept(self, answer, journal):
        super().kept(answer, journal)
        assert journal.entry["stream"]["step"] == answer["step"], journal.entry
        assert "running" not in journal.entry["stream"], journal.entry


class Counts(Words):
    """What there is to count, which is nothing in a new journal, and what one notices."""

    def give(self, app):
        app.reads("from three moments and two people on")
        super().give(app)


class Tray(Toggle):
    """The entry is to be brought to the session."""

    def __init__(self):
        super().__init__("checkbox", "Bring this entry to the session", {})

    def give(self, app):
        assert not app.find(self.role, self.label).has("checked")
        app.keys("alt+b")
        self.wait(app)

    def kept(self, _, journal):
        assert journal.entry["tray"]["state"] == "bring", journal.entry


class Page:
    """A page of a guide. Where nothing can be answered it has no parts."""

    def __init__(self, key, question, parts, kind="scale"):
        self.key, self.question, self.parts, self.kind = key, question, parts, kind
        self.skip_key = "alt+n" if kind == "pause" else "alt+s"
        self.leaves = kind == "stream"  # being answered, it goes on by itself

    def give(self, app):
        for part in self.parts:
            part.give(app)

    def stands(self, app):
        for part in self.parts:
            part.stands(app)

    def kept(self, answer, journal):
        assert answer["question"] == self.question, answer
        for part in self.parts:
            part.kept(answer, journal)


class Walk:
    """A guide's pages in their order, and one way to answer them."""

    def __init__(self, guide):
        self.guide, self.title = guide, guide["title"]
        self.opens_ready = bool(guide.get("first"))
        self.introduced_late = self.opens_ready and bool(guide.get("intensity"))
        self.lists = json.loads((LIBRARY / "words.json").read_text(encoding="utf-8"))["lists"] | guide.get("lists", {})
        self.ways = 0  # in which choices were made so far: each of the three in turn
        self.noted = False
        steps = [self.page(step) for step in guide["steps"]]
        close = [self.page(step) for step in guide["close"]]
        before, after = ([Page(key, guide["intensity"][key], [Toggle("radio", STRENGTH[1], {"scale": 2})])]
                         if guide.get("intensity") else [] for key in ("before", "after"))
        # What has to be caught at once is caught first.
        first = int(self.opens_ready)
        self.pages = [*steps[:first], *before, *steps[first:], *after, *close]
        # In the order of an entry.
        self.ordered = [*before, *steps, *after, *close]
        if guide["close"][-1]["input"].get("tray"):
            self.pages[-1].parts.append(Tray())

    def draft(self):
        """What Today calls it as long as it is not finished. All moments are of one name: they are known by how they begin."""
        return self.pages[0].parts[0].words if self.guide["id"] == "moment" else self.title

    def keys(self):
        """Of everything that is answered, as the entry has it."""
        return [page.key for page in self.ordered if page.parts]

    def page(self, step):
        return Page(step["id"], step["question"], self.parts(step), step["input"]["type"])

    def parts(self, step):
        kind, own = step["input"]["type"], f"My {step['id']}"
        words = f"Some words on {step['id']}."
        if kind == "pause":
            return []
        parts = {
            "text": lambda: Words(step["question"], words),
            "choices": lambda: self.choice(step, own),
            "scale": lambda: Toggle("radio", step["input"]["labels"][2], {"scale": 3}),
            "person": lambda: Person(f"Ann {step['id']}"),
            "entry": Earlier,
            "stream": lambda: Stream(step["question"], words),
            "elements": lambda: Element(f"Some words on {step['input']['from']}.", words),
            "map": lambda: Place(f"Ann {step['id']}"),
            "seal": Seal,
            "counts": lambda: Counts(step["question"], words),
        }
        answer = [parts[kind]()]
        if step["input"].get("felt"):
            answer.append(Felt())
        if step["input"].get("note") and not self.noted:
            self.noted = True
            answer.append(Words(NOTE, own))
        return answer

    def choice(self, step, own):
        """One that is there, one's own words, or that one does not know; never one that calls for grounding."""
        self.ways += 1
        if self.ways % 3 == 2 and step["input"].get("own_words"):
            return OwnWords(own)
        if self.ways % 3 == 0 and step["input"].get("unsure"):
            return Toggle("toggle button", UNSURE, {"choices": [{"id": "unsure", "label": UNSURE}]})
        named = {choice for safety in self.guide["safety"] if step["id"] in safety["when"]["steps"]
                 for choice in safety["when"].get("choices", [])}
        choice = [choice for choice in self.lists[step["input"]["list"]] if choice["id"] not in named][1]
        kept = {"id": choice["id"], "label": choice["label"]}
        return Toggle("toggle button", choice["label"], {"choices": [kept]})

    def middle(self):
        """Where the walk is broken off: in the middle, or behind the page that is unlike the others."""
        special = [number for number, page in enumerate(self.pages)
                   if page.kind in ("stream", "elements", "map", "seal", "counts")]
        return max([len(self.pages) // 2, *(number + 1 for number in special)])

    def resumes_at(self, left):
        """The page behind the last one that was answered, as the person left at that number."""
        return max(number + 1 for number, page in enumerate(self.pages[:left + 1]) if page.parts)
