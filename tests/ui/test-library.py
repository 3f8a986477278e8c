# SPDX-License-Identifier: GPL-3.0-or-later
"""The library: every article, the links between them, the notes, finding, and the way into writing."""

import os
import pathlib
import re

import tap
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
GUIDES = {path.stem for path in (LIBRARY / "guides").glob("*.json")}


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
        app.type(" zzzz")
        app.reads("Nothing found")
        app.keys("Escape")
        app.find("list item", "Transference")
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
