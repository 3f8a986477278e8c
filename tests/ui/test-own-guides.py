# SPDX-License-Identifier: GPL-3.0-or-later
"""Guides of one's own: made, written with, changed, hidden, moved, and as files."""

import json
import pathlib
import tempfile

import tap
from life import LifeTest, entries, make_journal, until


class OwnGuidesTest(LifeTest):
    def gallery(self):
        make_journal()
        app = self.start_open()
        app.press("list item", "All guides")
        app.find("button", "New guide")
        return app

    def titles(self, app):
        return [row.name for row in app.find_all("list item") if row.name]

    def choose(self, app, title, mnemonic):
        """From the menu of a guide's row."""
        app.press("toggle button", f"More about “{title}”")
        app.find("menu")
        app.keys(mnemonic)
        app.gone("menu")

    def test_made_and_written_with(self):
        app = self.gallery()
        self.assertEqual(app.nameless(), [])
        app.press("button", "New guide")
        app.reads("It needs a name.")
        self.assertEqual(app.nameless(), [])
        app.focus("text box", "Name of the guide")
        app.type("Tea with Mum")
        app.reads("It needs a question.")
        app.press("button", "Add a question")
        app.focus("text box", "Question")
        app.type("What was said over the cups?")
        app.reads("Complete. You find it among your own guides.")
        app.press("button", "Back")
        app.press("list item", "Tea with Mum")
        app.press("button", "Begin, about 10\u00a0minutes")
        app.find("text box", "What was said over the cups?")
        app.type("Not much.")
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")
        until(lambda: [e["answers"][0]["text"] for e in entries()] == ["Not much."], "the entry on the disk")
        app.close()
        # It is there on another day.
        app = self.start_open()
        app.find("list item", "Tea with Mum")
        app.close()

    def test_a_question_comes_back(self):
        app = self.gallery()
        app.press("button", "New guide")
        app.focus("text box", "Name of the guide")
        app.type("Tea with Mum")
        questions = ["What was said?", "What was not said?", "Who poured?"]
        for question in questions:
            app.press("button", "Add a question")
            until(lambda: app.focused() and app.focused().name == "Question", "the cursor in the question")
            app.type(question)

        def asked():
            return [field.text() for field in app.find_all("text box", "Question")]
        until(lambda: asked() == questions, "the questions")
        for number, rest in ((2, [questions[0], questions[2]]), (1, questions[1:])):
            app.press("button", f"Remove question {number}")
            until(lambda: asked() == rest, "the others")
            until(app.focused, "the keyboard on something")
            app.press("button", "Undo")
            until(lambda: asked() == questions, "all of them")
            until(lambda: app.focused() and app.focused().text() == questions[number - 1], "the cursor in what is back")
        app.press("button", "Remove question 3")
        until(lambda: asked() == questions[:2], "the others")
        # Where it cannot come back any more nobody is told that it can.
        app.press("button", "Back")
        app.find("list item", "Tea with Mum")
        app.gone("button", "Undo")
        app.press("toggle button", "More about “Tea with Mum”")
        app.find("menu")
        app.keys("c")
        until(lambda: asked() == questions[:2], "what was saved")
        app.close()

    def test_an_unfinished_one_gets_another_name(self):
        app = self.gallery()
        app.press("button", "New guide")
        for before, name in (("", "Tea with Mum"), ("Tea with Mum", "Coffee with Dad")):
            if before:
                app.press("list item", before)
            field = app.focus("text box", "Name of the guide")
            app.keys("ctrl+a")
            app.type(name)
            until(lambda: field.text() == name, "the name")
            app.press("button", "Back")
            until(lambda: name in self.titles(app) and before not in self.titles(app), f"“{name}” in the list")
            app.find("toggle button", f"More about “{name}”")
        app.close()

    def test_hidden_moved_and_made_ones_own(self):
        app = self.gallery()
        before = self.titles(app)
        self.choose(app, "Grief", "h")
        app.reads("Hidden here, and not suggested")
        app.find("button", "Undo")
        self.choose(app, "Grief", "s")
        until(lambda: self.titles(app) == before, "all of them again")
        self.choose(app, "Strain with someone", "u")
        until(lambda: self.titles(app) != before, "another order")
        self.choose(app, "A feeling in the moment", "m")
        app.find("list item", "A feeling in the moment, my version")
        app.close()

    def test_the_keyboard_stays_in_the_list(self):
        app = self.gallery()

        def has_keyboard(role, name):
            here = until(lambda: (here := app.focused()) and (here.role, here.name) == (role, name) and here,
                         f"the keyboard on “{name}”")
            until(lambda: 0 < here.place()[1] < app.find("window").place()[3], f"“{name}” in view")
        before = self.titles(app)
        after_grief = before[before.index("Grief") + 1]
        self.choose(app, "Grief", "h")
        has_keyboard("toggle button", f"More about “{after_grief}”")
        self.choose(app, "Strain with someone", "u")
        has_keyboard("toggle button", "More about “Strain with someone”")
        app.press("button", "New guide")
        app.focus("text box", "Name of the guide")
        app.type("Tea with Mum")
        app.press("button", "Back")
        has_keyboard("list item", "Tea with Mum")
        app.close()

    def test_undo_is_of_what_was_done_last(self):
        app = self.gallery()
        before = self.titles(app)
        for hidden in (["Grief"], ["Grief", "Unsent letter"]):
            self.choose(app, hidden[-1], "h")
            # They come last.
            until(lambda: sorted(self.titles(app)[-len(hidden):]) == hidden, f"{hidden} among the hidden")
        app.press("button", "Undo")
        until(lambda: [title for title in before if title != "Grief"] + ["Grief"] == self.titles(app), "one of two back")
        self.choose(app, "Grief", "s")
        until(lambda: self.titles(app) == before, "both back")
        # Something of another kind takes the place of it too.
        self.choose(app, "Grief", "h")
        app.reads("Hidden here, and not suggested")
        app.press("button", "Back")
        app.press("button", "Not today")
        app.reads("Nothing more is suggested today")
        app.press("button", "Undo")
        app.find("button", "Not today")
        self.assertFalse(app.says("Hidden here, and not suggested"))
        app.close()

    def test_a_file_with_a_mistake(self):
        app = self.gallery()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name, "tea.json")
        path.write_text(json.dumps({"format": "leitmotif-guide", "version": 1, "edition": 1, "id": "Tea!"}))
        app.press("button", "From a file…")
        self.choose_file(app, "Choose a guide file", path)
        app.reads("tea.json: “id” has only a to z")
        self.assertNotIn("Tea", " ".join(self.titles(app)))
        app.close()

    def choose_file(self, app, title, path):
        app.find("dialog", title)
        app.keys("ctrl+l")
        until(lambda: app.focused() and app.focused().role == "text box", "the field for a path")
        field = app.focused()
        assert field.call("EditableText", "SetTextContents", "(s)", str(path))[0]
        until(lambda: field.text() == str(path), "the path")
        app.press("button", "Open")
        app.gone("dialog", title)


if __name__ == "__main__":
    tap.main()
