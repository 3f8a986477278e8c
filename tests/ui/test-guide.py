# SPDX-License-Identifier: GPL-3.0-or-later
"""A guide: going on and back, skipping, own words, people, the short version, stopping, going on later."""

import tap
from life import LifeTest, entries, make_journal, until

BEFORE = "How strong is what you feel right now?"
WHO = "Who was this moment with?"
HAPPENED = "What happened, from the first moment to the last?"
OTHER = "What did the other person do, as you saw it?"
FELT = "What did you feel?"
WISH = "What did you want just then?"
AFTER = "How strong is what you feel now, after writing?"


class GuideTest(LifeTest):
    def begin(self, button="Begin, about 12\u00a0minutes"):
        make_journal()
        app = self.start_open()
        app.press("list item", "A relationship episode")
        app.press("button", button)
        app.reads(BEFORE)
        return app

    def go_on(self, app, question, button="Next"):
        app.press("button", button)
        app.reads(question)

    def stay_out(self, app):
        """Leaves the guide; what was written is kept."""
        app.keys("Escape")
        app.find("list", "Write")

    def answer(self, step):
        (entry,) = entries()
        return next((answer for answer in entry["answers"] if answer["step"] == step), None)

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_back_keeps_and_skip_leaves_out(self):
        app = self.begin()
        self.assertEqual(app.nameless(), [])
        self.go_on(app, WHO, "Skip")
        self.go_on(app, HAPPENED, "Skip")
        area = app.find("text box", HAPPENED)
        until(lambda: area.has("focused"), "the cursor")
        app.type("We waited.")
        self.go_on(app, OTHER)
        self.go_on(app, HAPPENED, "Previous")
        self.assertEqual(app.find("text box", HAPPENED).text(), "We waited.")
        self.go_on(app, OTHER)
        app.press("toggle button", "I don’t know")
        self.finish(app)
        self.assertEqual(self.answer("happened")["text"], "We waited.")
        self.assertEqual(self.answer("other")["role"], "response-other")
        self.assertIsNone(self.answer("who"))
        app.close()

    def test_own_words_and_the_short_version(self):
        app = self.begin("Short version, 3\u00a0minutes")
        app.reads("Page 1 of 10")
        app.press("radio", "clear")
        self.go_on(app, WHO)
        app.press("toggle button", "Myself")
        self.go_on(app, HAPPENED)
        self.go_on(app, OTHER)
        self.go_on(app, FELT)
        app.focus("text box", "In my own words")
        app.type("a bit silly")
        app.keys("Return")
        app.find("toggle button", "a bit silly")
        app.press("toggle button", "lonely")
        self.go_on(app, WISH)
        self.go_on(app, AFTER)
        self.finish(app)
        choices = self.answer("felt")["choices"]
        self.assertIn({"label": "a bit silly"}, choices)
        self.assertIn({"id": "lonely", "label": "lonely"}, choices)
        self.assertEqual(self.answer("before")["scale"], 3)
        self.assertTrue(entries()[0]["guide"]["short"])
        app.close()

    def test_going_on_another_day(self):
        app = self.begin()
        self.go_on(app, WHO, "Skip")
        self.go_on(app, HAPPENED, "Skip")
        app.type("We waited.")
        self.go_on(app, OTHER)
        self.stay_out(app)
        app.reads("Kept. You can go on from Today.")
        self.assertEqual(entries(), [])
        app.kill()
        app = self.start_open()
        self.take_up(app, "A relationship episode")
        app.reads(OTHER)
        self.finish(app)
        self.assertEqual(self.answer("happened")["text"], "We waited.")
        app.close()

    def test_strong_feelings_may_stop_it(self):
        app = self.begin()
        app.press("radio", "almost too much")
        app.press("button", "Next")
        app.find("heading", "To feel the ground again")
        self.assertTrue(app.find_all("button", "Help now"))
        app.press("button", "Stop here")
        app.find("list", "Write")
        self.assertEqual(entries(), [])
        app.close()

    def test_harm_is_not_a_pattern(self):
        app = self.begin("Short version, 3\u00a0minutes")
        self.go_on(app, WHO, "Skip")
        self.go_on(app, HAPPENED, "Skip")
        self.go_on(app, OTHER, "Skip")
        app.press("toggle button", "threatened or hurt me")
        app.press("button", "Next")
        app.reads("it is not a pattern of yours and it is not your fault")
        self.go_on(app, FELT, "Go on")
        app.close()
        self.assertEqual(entries(), [])

    def test_an_empty_guide_leaves_nothing(self):
        app = self.begin()
        self.go_on(app, WHO, "Skip")
        self.stay_out(app)
        app.close()
        app = self.start_open()
        self.assertFalse(app.find_all("list", "Go on writing"))
        app.close()
        self.assertEqual(entries(), [])


if __name__ == "__main__":
    tap.main()
