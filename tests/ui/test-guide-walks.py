# SPDX-License-Identifier: GPL-3.0-or-later
"""Every guide walked to its end by keyboard alone: with everything skipped, and with everything answered, back and forth, closed
in the middle and gone on with. What the pages are is read from the guides' own files."""

import json

import tap
from driver import NEEDS_NO_NAME, Widget
from guides import EARLIER, Walk, read_guides
from life import LifeTest, cli, entries, make_journal, until

END = "That is enough for today"
TITLE = "A name to find it by"


class Written:
    """The entry that a guide made, and what it leads to."""

    def __init__(self, guide):
        (self.entry,) = (entry for entry in entries() if entry.get("guide", {}).get("id") == guide)
        self.answers = {answer["step"]: answer for answer in self.entry["answers"]}
        self.earlier = next(entry["id"] for entry in json.loads(cli("list", "--json").stdout) if entry["title"] == EARLIER)

    def name(self, person):
        return json.loads(cli("show", person, "--json").stdout)["name"]


class GuideWalksTest(LifeTest):
    def start_open(self, *arguments, **environment):
        self.app = super().start_open(*arguments, **environment)

    def at(self, heading):
        """Waits until this page is there, and no other one slides away any more."""
        ours = {self.walk.title, END, *(page.question for page in self.walk.pages)}
        until(lambda: [one.name for one in self.app.find_all("heading") if one.name in ours] == [heading],
              f"the page “{heading}” alone")

    def at_page(self, number):
        page = self.walk.pages[number] if number < len(self.walk.pages) else None
        heading = page.question if page else END
        self.at(heading)
        # Where nothing is to be answered, as about a dream that was skipped, it is announced, and nothing there has the keyboard.
        if page and page.kind in ("pause", "elements"):
            return
        until(lambda: self.hears(heading), f"“{heading}” to be said before what has the keyboard")

    def hears(self, heading):
        """Whether a screen reader says the question on its way to what has the keyboard: whoever sees nothing hears answers only,
        otherwise."""
        widget = self.app.focused()
        while widget and widget.role != "window" and not widget.name.startswith(heading):
            widget = Widget(self.app.bus, widget.parent())
        return widget and widget.role != "window"

    def is_told(self):
        """Whatever the keyboard reaches has a name, as a person would say it."""
        # At one look, as almost everything has: a look takes time.
        odd = self.app.all(lambda one: "_" in one.name or not one.name and one.role not in NEEDS_NO_NAME, "focusable")
        if odd:
            self.assertEqual(self.app.nameless(), [])
            self.assertEqual([str(one) for one in odd if "_" in one.name], [])

    def introduced(self):
        """What the guide is for; Return goes on."""
        self.at(self.walk.title)
        button = self.app.find("button", f"Begin, about {self.walk.guide['minutes']}\u00a0minutes")
        until(lambda: button.has("focused"), "the keyboard to be where it begins")
        self.is_told()
        self.app.keys("Return")

    def begin(self):
        self.app.focus("list item", self.walk.title)
        self.app.keys("Return")
        if not self.walk.opens_ready:
            self.introduced()
        self.at_page(0)

    def next(self, number, key="alt+n"):
        """From the page with the number to the one behind it, for the first time."""
        if key:
            self.app.keys(key)
        if number == 0 and self.walk.introduced_late:
            self.introduced()
        self.at_page(number + 1)

    def go(self, numbers, key):
        """Through pages that were answered, with the key that leads to each."""
        for number in numbers:
            self.app.keys(key)
            self.at_page(number)
            self.walk.pages[number].stands(self.app)

    def skip_everything(self):
        self.begin()
        for number, page in enumerate(self.walk.pages):
            self.next(number, page.skip_key)
        self.app.keys("alt+f")
        self.app.reads("Nothing was written, so nothing was kept")
        self.app.find("list", "Write")
        self.assertEqual(self.app.find_all("list", "Go on writing"), [])
        self.assertEqual([entry["title"] for entry in entries()], [EARLIER])

    def answer(self, number):
        self.is_told()
        self.walk.pages[number].give(self.app)

    def answer_half(self):
        """Up to the middle, one back and forth again. Returns where that is."""
        self.begin()
        middle = self.walk.middle()
        for number, page in enumerate(self.walk.pages[:middle]):
            self.answer(number)
            self.next(number, None if page.leaves else "alt+n")
        self.answer(middle)
        self.go([middle - 1], "alt+p")
        self.go([middle], "alt+n")
        return middle

    def answer_rest(self, left):
        """Goes on from Today, looks back at everything, and answers the rest."""
        self.take_up(self.app, self.walk.draft())
        here = self.walk.resumes_at(left)
        self.at_page(here)
        self.go(reversed(range(here)), "alt+p")
        for number in range(1, here + 1):
            self.app.keys("alt+n")
            self.at_page(number)
        for number in range(here, len(self.walk.pages)):
            self.answer(number)
            self.next(number)

    def end(self):
        self.is_told()
        self.app.focus("text box", "Title")
        self.app.type(TITLE)
        self.app.keys("alt+f")
        self.app.reads("Saved in your journal")
        self.app.find("list", "Write")
        self.assertEqual(self.app.find_all("list", "Go on writing"), [])

    def leave(self):
        self.app.keys("ctrl+w")
        self.app.ended()

    def goes_all_the_way(self, guide):
        self.walk = Walk(guide)
        make_journal((EARLIER, "We had tea."))
        self.start_open()
        self.skip_everything()
        left = self.answer_half()
        self.leave()
        self.assertEqual([entry["title"] for entry in entries()], [EARLIER])
        self.start_open()
        self.answer_rest(left)
        self.end()
        self.leave()
        written = Written(guide["id"])
        self.assertEqual(written.entry["title"], TITLE)
        self.assertEqual(list(written.answers), self.walk.keys())
        for page in self.walk.pages:
            if page.parts:
                with self.subTest(page.key):
                    page.kept(written.answers[page.key], written)


def add(guide):
    setattr(GuideWalksTest, "test_" + guide["id"].replace("-", "_"), lambda self: self.goes_all_the_way(guide))


for found in read_guides().values():
    add(found)

if __name__ == "__main__":
    tap.main()
