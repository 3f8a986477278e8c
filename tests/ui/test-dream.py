# SPDX-License-Identifier: GPL-3.0-or-later
"""A dream: a scrap at once, parts picked out of it by keys and by mouse, the day before, and going on later."""

import tap
from life import LifeTest, entries, make_journal, until

DREAM = "What is left of the dream?"
BEFORE = "How strong is what you feel right now?"
WAKING = "What did you feel when you woke up?"
ELEMENTS = "Which one or two parts of it stand out?"
DAY = "What from the day before, if anything, could have found its way in?"
SCRAP = "I stand at a red door."


class DreamTest(LifeTest):
    def begin(self):
        make_journal(("Tea with Ann", "We had tea."))
        app = self.start_open()
        app.press("list item", "A dream")
        area = app.find("text box", DREAM)
        until(lambda: area.has("focused"), "the cursor in the dream")
        return app

    def go_on(self, app, question, button="Next"):
        app.press("button", button)
        app.reads(question)

    def to_elements(self, app):
        app.type(SCRAP)
        app.press("button", "Next")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.reads(BEFORE)
        self.go_on(app, WAKING, "Skip")
        self.go_on(app, ELEMENTS, "Skip")

    def dream(self):
        return next(entry for entry in entries() if entry.get("guide"))

    def answer(self, step):
        return next((answer for answer in self.dream()["answers"] if answer["step"] == step), None)

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_a_scrap_is_enough(self):
        app = self.begin()
        app.type(SCRAP)
        app.press("button", "Next")
        app.reads("When not to")
        self.assertEqual(app.nameless(), [])
        app.press("button", "Keep it as it is")
        app.reads("Saved in your journal")
        self.assertEqual([answer["text"] for answer in self.dream()["answers"]], [SCRAP])
        app.close()

    def test_back_from_what_it_is_for(self):
        app = self.begin()
        app.type(SCRAP)
        app.press("button", "Next")
        app.reads("When not to")
        app.press("button", "Previous")
        area = app.find("text box", DREAM)
        self.assertEqual(area.text(), SCRAP)
        app.press("button", "Next")
        app.press("button", "Short version, 3\u00a0minutes")
        app.reads(BEFORE)
        app.reads("Page 2 of 7")
        self.finish(app)
        self.assertTrue(self.dream()["guide"]["short"])
        app.close()

    def test_parts_by_keys(self):
        app = self.begin()
        self.to_elements(app)
        self.assertEqual(app.nameless(), [])
        text = app.find("text box", "Your text")
        until(lambda: text.has("focused"), "the text")
        app.type("no letter gets in")
        self.assertEqual(text.text(), SCRAP)
        app.keys("ctrl+Home", *["ctrl+Right"] * 3, "Right", *["shift+ctrl+Right"] * 3, "Return")
        area = app.find("text box", "What “a red door” makes you think of")
        until(lambda: area.has("focused"), "the cursor")
        app.type("My aunt’s house.")
        # The same again is not taken twice.
        app.keys("shift+Tab", "shift+Tab", "shift+Tab")
        app.focus("text box", "Your text")
        app.keys("ctrl+Home", "shift+ctrl+Right")
        app.press("button", "Take the selected words")
        app.find("text box", "What “I” makes you think of")
        app.press("button", "Put back “I”")
        app.gone("text box", "What “I” makes you think of")
        self.go_on(app, DAY)
        # Nothing is from that day, so the last are offered; others are looked for.
        app.reads("Tea with Ann")
        app.focus("search box", "Look for another entry")
        app.type("tea door")
        app.reads("No entry has these words.")
        app.keys("ctrl+a")
        app.type("had tea")
        app.reads("Tea with Ann")
        self.go_on(app, ELEMENTS, "Previous")
        self.assertEqual(app.find("text box", "What “a red door” makes you think of").text(), "My aunt’s house.")
        self.finish(app)
        self.assertEqual(self.answer("elements")["elements"], [{"words": "a red door", "text": "My aunt’s house."}])
        self.place(app, "Journal")
        app.focus_row("Entries", "red door")
        app.keys("Return")
        app.reads("“a red door”: My aunt’s house.")
        app.close()

    def test_parts_by_mouse(self):
        app = self.begin()
        self.to_elements(app)
        text = app.find("text box", "Your text")
        left, top, _, height = text.place()
        app.hands.drag((left + 40, top + height // 2), (left + 110, top + height // 2))
        until(lambda: app.find("button", "Take the selected words").has("sensitive"), "something selected")
        app.press("button", "Take the selected words")
        until(lambda: any("makes you think of" in box.name for box in app.find_all("text box")), "what was taken")
        app.close()

    def test_going_on_with_a_scrap(self):
        app = self.begin()
        app.type(SCRAP)
        app.keys("Escape")
        app.reads("Kept. You can go on from Today.")
        self.take_up(app, "A dream")
        app.reads("When not to")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.reads(BEFORE)
        app.close()


if __name__ == "__main__":
    tap.main()
