# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading an article: the size of its text, quoting, bookmarks, the place, what is next, writing about a passage, printing."""

import os
import pathlib
import tempfile

import tap
from clipboard import Clipboard
from life import LifeTest, cli, entries, make_journal, setting, until
from printing import print_to_file

TITLE = "Resistance"


class ReadingTest(LifeTest):
    def open_library(self):
        make_journal()
        return self.open_again()

    def open_again(self):
        app = self.start_open()
        self.place(app, "Library")
        app.find("list item", TITLE)
        return app

    def open(self, app, title=TITLE):
        app.press("list item", title)
        app.find("heading", title)

    def back(self, app):
        app.find("button", "Back").act("click")
        app.find("list item", TITLE)

    def first_paragraph(self, app):
        return next(w for w in app.find_all("paragraph") if w.has("focusable") and len(w.text()) > 60)

    def select_first_paragraph(self, app):
        """Goes there with Tab, which selects it. Returns its words without the numbers of notes."""
        paragraph = self.first_paragraph(app)
        for _ in range(40):
            if paragraph.has("focused"):
                break
            app.step("Tab")
        self.assertTrue(paragraph.has("focused"))
        app.keys("ctrl+a")
        return paragraph.text()

    def test_text_size_is_kept(self):
        app = self.open_library()
        self.open(app)
        height = self.first_paragraph(app).place()[3]
        app.keys("ctrl+plus", "ctrl+plus")
        until(lambda: setting("text-size") == "125", "the size to be kept")
        larger = until(lambda: self.first_paragraph(app).place()[3] > height and self.first_paragraph(app).place()[3],
                       "the text to be larger")
        app.close()
        app = self.open_again()
        self.open(app, "Dreams")
        self.back(app)
        self.open(app)
        until(lambda: self.first_paragraph(app).place()[3] == larger, "the text in the size that was chosen")
        for _ in range(6):
            app.keys("ctrl+plus")
        until(lambda: setting("text-size") == "200", "the largest size")
        app.keys("ctrl+0")
        until(lambda: setting("text-size") == "100", "the usual size")
        until(lambda: self.first_paragraph(app).place()[3] == height, "the text in its usual size")
        for _ in range(4):
            app.keys("ctrl+minus")
        until(lambda: setting("text-size") == "80", "the smallest size")
        app.close()

    def test_copy_with_the_source(self):
        app = self.open_library()
        self.open(app)
        app.keys("ctrl+shift+c")
        app.reads("Select some words first")
        words = self.select_first_paragraph(app)
        app.keys("ctrl+shift+c")
        app.reads("Copied with its source")
        clipboard = Clipboard()
        self.addCleanup(clipboard.close)
        copied = clipboard.get("UTF8_STRING").decode()
        self.assertTrue(copied.startswith(f"“{words[:30]}"), copied)
        self.assertTrue(copied.endswith(f"(Leitmotif, “{TITLE}”)"), copied)
        app.close()

    def test_bookmark(self):
        app = self.open_library()
        self.open(app)
        app.press("toggle button", "Bookmark")
        self.back(app)
        until(lambda: len(app.find_all("list item", TITLE)) == 2, "the article among the bookmarks")
        app.close()
        app = self.open_again()
        until(lambda: len(app.find_all("list item", TITLE)) == 2, "the bookmark after a new start")
        self.open(app)
        self.assertTrue(app.find("toggle button", "Bookmark").has("pressed"))
        app.press("toggle button", "Bookmark")
        self.back(app)
        until(lambda: len(app.find_all("list item", TITLE)) == 1, "the bookmark to go")
        app.close()

    def test_next_and_before(self):
        app = self.open_library()
        self.open(app)
        (after,) = [w for w in app.find_all("button") if w.name.startswith("Next: ")]
        title = after.name.removeprefix("Next: ")
        app.press("button", after.name)
        app.find("heading", title)
        app.press("button", f"Before: {TITLE}")
        app.find("heading", TITLE)
        app.close()

    def test_the_place_is_kept(self):
        app = self.open_library()
        self.open(app)
        top = self.first_paragraph(app).place()[1]
        app.hands.scroll(700, 400, 8)
        until(lambda: self.first_paragraph(app).place()[1] < top - 100, "the text to move")
        self.back(app)
        self.open(app)
        until(lambda: self.first_paragraph(app).place()[1] < top - 60, "the place where reading stopped")
        app.close()
        app = self.open_again()
        self.open(app)
        until(lambda: self.first_paragraph(app).place()[1] < top - 60, "the place after a new start")
        # Further, and away without going back.
        before = self.first_paragraph(app).place()[1]
        app.hands.scroll(700, 401, 8)
        until(lambda: self.first_paragraph(app).place()[1] < before - 100, "the text to move on")
        app.close()
        app = self.open_again()
        self.open(app)
        until(lambda: self.first_paragraph(app).place()[1] < before - 60, "the place where it was closed")
        app.close()

    def test_writing_about_a_passage(self):
        app = self.open_library()
        self.open(app)
        app.keys("ctrl+shift+n")
        app.reads("Select some words first")
        words = self.select_first_paragraph(app)
        app.keys("ctrl+shift+n")
        area = app.find("text box", "Text")
        app.find("button", f"From “{TITLE}”")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("This is how it was for me.")
        # It leads back to the place, where a quiet mark appears once the entry is kept.
        app.press("button", f"From “{TITLE}”")
        app.find("heading", TITLE)
        mark = until(lambda: [w for w in app.find_all("button") if w.name.startswith("Written about this: ")],
                     "the mark at the passage")[0].name
        (entry,) = entries()
        (cited,) = entry["cites"]
        self.assertEqual((cited["article"], cited["title"]), ("resistance", TITLE))
        self.assertEqual(cited["text"][:30], words[:30])
        height = app.find("window").place()[3]
        until(lambda: 0 <= self.first_paragraph(app).place()[1] < height, "the passage in view")
        self.assertEqual(app.nameless(), [])
        app.press("button", mark)
        app.find("button", "Change")
        app.reads("This is how it was for me.")
        app.find("button", f"From “{TITLE}”")
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "citation.png")
        # The same from the library, after a new start; the words survive an export.
        app.close()
        app = self.open_again()
        self.open(app)
        app.find("button", mark)
        if "LEITMOTIF_SHOTS" in os.environ:
            app.screenshot(pathlib.Path(os.environ["LEITMOTIF_SHOTS"]) / "mark.png")
        app.close()
        with tempfile.TemporaryDirectory() as place:
            cli("export", f"{place}/out")
            (page,) = pathlib.Path(place).glob("out/entries/*.md")
            self.assertIn(f"> {words[:20]}", page.read_text())
            self.assertIn(f"> — {TITLE} (Leitmotif)", page.read_text())

    def test_a_quotation_can_be_taken_away(self):
        app = self.open_library()
        self.open(app)
        self.select_first_paragraph(app)
        app.keys("ctrl+shift+n")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("words")
        until(lambda: entries() and "cites" in entries()[0], "the entry on disk")
        app.press("button", "Remove this quotation")
        app.find("button", "Undo").act("click")
        app.press("button", "Remove this quotation")
        app.gone("button", f"From “{TITLE}”")
        until(lambda: "cites" not in entries()[0], "the quotation to go")
        self.assertEqual(entries()[0]["text"], "words")
        app.close()

    def test_nothing_is_kept_of_a_passage_alone(self):
        app = self.open_library()
        self.open(app)
        self.select_first_paragraph(app)
        app.keys("ctrl+shift+n")
        app.find("text box", "Text")
        app.find("button", "Back").act("click")
        app.find("heading", TITLE)
        app.close()
        self.assertEqual(entries(), [])

    def test_printing(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        # Where there is no folder for documents, the system's dialog prints to where the app was started.
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(place.name)
        app = self.open_library()
        self.open(app)
        app.keys("ctrl+p")
        print_to_file(app, pathlib.Path(place.name))
        app.close()


if __name__ == "__main__":
    tap.main()
