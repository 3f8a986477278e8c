# SPDX-License-Identifier: GPL-3.0-or-later
"""The library: every article, the links between them, the notes, finding, and the way into writing."""

import os
import pathlib
import re
import time

import tap
from driver import PATIENCE
from life import LifeTest, make_journal, until

TITLES = ("What psychodynamic therapy is", "What a session looks like", "Journaling between sessions",
          "The therapeutic alliance", "Transference", "Countertransference", "Rupture and repair", "Unconscious processes",
          "Free association", "Dreams", "Insight and working through", "Defense mechanisms", "Resistance",
          "Relationship patterns", "Early life and attachment", "How far to trust early memories",
          "Four schools in plain words", "Depression and mood", "Panic and social anxiety", "Personality disorders",
          "Trauma and PTSD", "Eating disorders", "Grief, relationships and loss", "Addiction and recovery",
          "What the evidence says", "Whether benefits last or grow", "CBT and psychodynamic therapy",
          "Brief psychodynamic therapy", "Is it for me? Choosing a therapist", "Endings")

LIBRARY = pathlib.Path(os.environ["LEITMOTIF_SOURCE"]) / "resources" / "library"
ARTICLES = LIBRARY / "articles"
GUIDES = [path.stem for path in (LIBRARY / "guides").glob("*.json")]


class LibraryTest(LifeTest):
    def open_library(self):
        make_journal()
        app = self.start_open()
        self.place(app, "Library")
        app.find("list item", TITLES[0])
        return app

    def open(self, app, title):
        app.press("list item", title)
        app.find("heading", title)

    def back(self, app, to):
        app.find("button", "Back").act("click")
        app.find(*to)

    def test_every_article(self):
        app = self.open_library()
        ids = {re.search(r"^title: (.*)$", path.read_text(), re.MULTILINE)[1]: path.stem for path in ARTICLES.glob("*.md")}
        for title in TITLES:
            self.open(app, title)
            self.assertTrue(app.says("Not yet reviewed by a clinician"), title)
            self.assertTrue(app.find_all("heading", "References"), title)
            # A guide that an article names and that is not written yet is left out.
            written = {guide for guide in GUIDES if f"guide:{guide}" in (ARTICLES / f"{ids[title]}.md").read_text()}
            buttons = [w for w in app.find_all("button") if w.name.startswith("Write about this")]
            self.assertEqual(len(buttons), len(written), title)
            self.assertTrue([w for w in app.find_all("paragraph") if w.has("focusable")], "text to select")
            self.back(app, ("list item", title))
        app.close()

    def test_a_link_leads_to_another_article_and_back(self):
        app = self.open_library()
        self.open(app, TITLES[0])
        # The last stop before the next heading is the link in the first paragraph.
        app.focus("heading", "What marks it out")
        app.keys("shift+Tab", "Return")
        app.find("heading", "Unconscious processes")
        app.gone("heading", TITLES[0])
        self.back(app, ("heading", TITLES[0]))
        app.close()

    def test_a_note_leads_to_its_reference(self):
        app = self.open_library()
        self.open(app, "The therapeutic alliance")
        (reference,) = app.all(lambda w: w.words().startswith("1. Bordin"))
        height = app.find("window").place()[3]
        self.assertGreater(reference.place()[1], height)
        app.focus("heading", "Three parts")
        app.keys("shift+Tab", "Return")
        until(lambda: 0 <= reference.place()[1] < height, "the reference in view")
        app.close()

    def test_search(self):
        app = self.open_library()
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        app.type("silence")
        app.gone("list item", "Transference")
        app.find("list item", "What a session looks like")
        app.keys("ctrl+a")
        app.type("zzzz")
        app.reads("Nothing found")
        app.keys("Escape")
        app.find("list item", "Transference")
        app.close()

    @staticmethod
    def steady(app):
        """The name of the first result, once it has been the same row for a second."""
        rows = app.find("list", "Results").children()
        time.sleep(1)
        now = app.find("list", "Results").children()
        return rows and now and rows[0].reference == now[0].reference and now[0].name

    def test_search_leads_to_the_passage(self):
        app = self.open_library()
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        # Each letter has results of its own: only the last ones stay.
        app.type("I went blank")
        app.gone("list item", "Transference")
        first = until(lambda: self.steady(app), "the last results")
        self.assertEqual(first, "Resistance")
        app.press("list item", "Resistance")
        app.find("heading", "Resistance")
        self.back(app, ("list item", "Resistance"))
        # One letter is wrong; the word itself is the first result.
        app.focus("search box", "Search the library")
        app.keys("ctrl+a")
        app.type("transferance")
        until(lambda: app.find("list", "Results").children()[0].name.lower() == "transference", "the best result first")
        app.close()

    def test_glossary(self):
        app = self.open_library()
        app.press("list item", "Glossary")
        app.find("list item", "transference")
        app.focus("search box", "Search the glossary")
        app.type("side by side")
        app.gone("list item", "transference")
        app.press("list item", "alliance")
        app.find("heading", "The therapeutic alliance")
        self.back(app, ("list item", "alliance"))
        app.close()

    def test_references(self):
        app = self.open_library()
        app.press("list item", "References")
        app.find("button", "Copy all references")
        row = next(w for w in app.find_all("list item") if w.name.startswith("Bordin"))
        self.assertIn("1979", row.name)
        app.close()

    def test_a_term_explains_itself(self):
        app = self.open_library()
        self.open(app, "Transference")
        heading = next(w for w in app.find_all("heading") if w.name not in ("Transference", "References"))
        app.focus("heading", heading.name)
        # From the first heading back to the links above it: a marked word opens over the text.
        def explained():
            return [w for w in app.find_all("button") if w.name.startswith("Read more")]

        for _ in range(12):
            app.step("shift+Tab")
            app.keys("Return")
            # Nothing tells of a stop at which nothing opens. A further key must not get to what opens late.
            end = time.monotonic() + PATIENCE / 20
            while not explained() and time.monotonic() < end:
                time.sleep(0.1)
            if explained():
                break
        app.find("heading", "Transference")
        name = explained()[0].name
        app.keys("Escape")
        app.gone("button", name)
        app.find("heading", "Transference")
        app.close()

    def test_find_in_an_article(self):
        app = self.open_library()
        self.open(app, "Resistance")
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        app.type("resistance")
        label = until(lambda: next((w for w in app.find_all("label") if re.match(r"1 of \d+$", w.words())), None), "the count")
        app.keys("Return")
        until(lambda: label.words().startswith("2 of"), "the next place")
        app.keys("shift+ctrl+g")
        until(lambda: label.words().startswith("1 of"), "the place before")
        app.keys("ctrl+a")
        app.type("zzzz")
        app.reads("Not in this article")
        app.keys("Escape")
        app.close()

    def test_back_and_forward(self):
        app = self.open_library()
        self.open(app, "Resistance")
        app.keys("alt+Left")
        app.find("list item", "Resistance")
        app.keys("alt+Right")
        app.find("heading", "Resistance")
        app.close()

    def test_the_next_article(self):
        app = self.open_library()
        self.open(app, TITLES[0])
        app.press("button", f"Next: {TITLES[1]}")
        app.find("heading", TITLES[1])
        app.find("button", f"Before: {TITLES[0]}")
        app.close()

    def test_write_about_this(self):
        app = self.open_library()
        self.open(app, "Relationship patterns")
        app.press("button", "Write about this: A relationship episode")
        app.find("button", "Begin, about 12\u00a0minutes")
        self.back(app, ("heading", "Relationship patterns"))
        app.close()

    def test_a_short_read_from_today(self):
        make_journal()
        app = self.start_open()
        title = next(row.name for row in app.find_all("list item") if row.name in TITLES)
        self.open(app, title)
        self.back(app, ("list", "Write"))
        app.close()


if __name__ == "__main__":
    tap.main()
