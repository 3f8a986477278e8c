# SPDX-License-Identifier: GPL-3.0-or-later
"""Free association: only the end of the text grows, whatever the keys are; time, pauses, leaving, locking, reading again."""

import subprocess
import time

import tap
from life import LifeTest, entries, make_journal, setting, until

QUESTION = "What comes, if you do not choose?"
MIND = "How is your mind just now?"
HELPED = "What, if anything, feels a little different now?"
TIME_OVER = "The time is over. Finish your sentence, or go on."
HELD = "While this runs, nothing is taken back."


def written():
    """The one entry, with its stream and the words."""
    (entry,) = entries()
    (answer,) = (answer for answer in entry["answers"] if answer["step"] == "stream")
    return entry, entry["stream"], answer["text"]


class StreamTest(LifeTest):
    def arrive(self, copied=None, **environment):
        """Goes to the step by the short way, with something in the clipboard."""
        make_journal()
        app = self.start_open(**environment)
        app.press("list item", "Free association")
        app.press("button", "Short version, 6\u00a0minutes")
        app.press("button", "Next")
        app.reads(MIND)
        if copied:
            app.focus("text box", "In my own words")
            app.type(copied)
            app.keys("ctrl+a", "ctrl+c", "Delete")
        app.press("button", "Next")
        app.find("button", "Begin writing")
        return app

    def begin(self, minutes=None, copied=None, **environment):
        app = self.arrive(copied, **environment)
        if minutes:
            app.press("list item", minutes)
        app.press("button", "Begin writing")
        return app, self.area(app)

    def area(self, app):
        area = app.find("text box", QUESTION)
        until(lambda: area.has("focused"), "the cursor in the text")
        return area

    def type(self, app, area, text, before=""):
        app.type(text)
        until(lambda: area.text() == before + text, f"“{text}” in “{area.text()}”")

    def finish(self, app):
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_nothing_is_taken_back(self):
        app, area = self.begin(copied="pasted")
        self.type(app, area, "The bowl is blue")
        self.assertFalse(app.says(HELD))
        app.keys("BackSpace")
        app.reads(HELD)
        app.keys("ctrl+BackSpace", "Delete", "ctrl+z", "ctrl+shift+z")
        self.type(app, area, ", it", "The bowl is blue")
        self.assertFalse(app.says(HELD))
        so_far = "The bowl is blue, it"
        for keys in (("ctrl+a", "ctrl+x"), ("ctrl+a", "Delete"), ("ctrl+Home", "BackSpace"), ("shift+Home", "ctrl+x")):
            app.keys(*keys)
            self.type(app, area, "s", so_far)
            so_far += "s"
        app.keys("ctrl+a")
        self.type(app, area, " over", so_far)
        so_far += " over"
        app.keys("ctrl+a", "ctrl+v")
        until(lambda: area.text() == so_far + "pasted", "what was pasted at the end")
        so_far += "pasted"
        left, top, width, height = area.place()
        app.hands.click(left + 30, top + 44)
        app.hands.click(left + 30, top + 44)
        self.type(app, area, "!", so_far)
        so_far += "!"
        subprocess.run(["xdotool", "mousemove", "--sync", str(left + 24), str(top + 44), "mousedown", "1", "mousemove",
                        "--sync", str(left + 90), str(top + 44), "mouseup", "1"], check=True)
        subprocess.run(["xdotool", "mousemove", "--sync", str(left + 40), str(top + 44), "mousedown", "1", "mousemove",
                        "--sync", str(left + 60), str(top + 46), "mousemove", "--sync", str(left + 170), str(top + 44),
                        "mouseup", "1"], check=True)
        self.type(app, area, "?", so_far)
        # A tool that speaks to the tree gets no further.
        area.call("EditableText", "DeleteText", "(ii)", 0, 5)
        area.call("EditableText", "InsertText", "(isi)", 0, "xyz", 3)
        self.assertEqual(area.text(), so_far + "?")
        app.close()

    def test_a_character_of_two_keys(self):
        app, area = self.begin()
        subprocess.run(["xmodmap", "-e", "keycode 250 = dead_acute"], check=True)
        time.sleep(0.3)
        self.type(app, area, "caf")
        app.keys("dead_acute", "e")
        until(lambda: area.text() == "café", "é")
        # What is being composed is not written yet.
        app.keys("dead_acute", "BackSpace")
        self.type(app, area, "s", "café")
        app.close()

    def test_let_me_correct(self):
        app, area = self.begin()
        self.type(app, area, "The bolw")
        app.press("checkbox", "Let me correct")
        until(lambda: setting("correct-while-writing-freely") == "true", "the setting to be kept")
        app.focus("text box", QUESTION)
        app.keys("BackSpace", "BackSpace")
        until(lambda: area.text() == "The bo", "two characters less")
        self.type(app, area, "wl", "The bo")
        app.keys("ctrl+Home")
        app.type("Oh. ")
        until(lambda: area.text() == "Oh. The bowl", "words before the others")
        app.press("checkbox", "Let me correct")
        app.focus("text box", QUESTION)
        app.keys("BackSpace")
        self.type(app, area, "s", "Oh. The bowl")
        app.close()

    def test_the_whole_way_by_keyboard(self):
        make_journal()
        app = self.start_open()
        app.press("list item", "Free association")
        app.find("button", "Begin, about 15\u00a0minutes")
        app.keys("Return")
        app.focus("radio", "clear")
        app.keys("space")
        app.keys("alt+n")
        app.reads(MIND)
        app.focus("toggle button", "curious")
        app.keys("space", "alt+n")
        app.reads("What word or picture, if any, would you like to start from?")
        app.type("bowl")
        app.keys("alt+n")
        app.find("button", "Begin writing")
        self.assertEqual(app.nameless(), [])
        self.assertFalse(app.find_all("button", "Next"))
        app.focus("list item", "5\u00a0minutes")
        app.keys("space", "alt+b")
        area = self.area(app)
        self.assertEqual(app.nameless(), [])
        # Nothing else is in the window.
        self.assertFalse(app.find_all("list", "Places"))
        self.assertFalse(app.find_all("progress bar"))
        self.type(app, area, "The bowl was blue, or I wanted it to be.")
        app.keys("alt+e")
        app.reads(HELPED)
        app.find("list", "Places")
        app.keys("alt+p")
        app.reads("You wrote for")
        after = app.find("text box", QUESTION)
        until(lambda: after.has("focused"), "the cursor")
        self.assertEqual(after.text(), "The bowl was blue, or I wanted it to be.")
        app.keys("ctrl+End", "BackSpace")
        until(lambda: after.text().endswith("to be"), "one character less")
        app.keys("alt+n")
        app.reads(HELPED)
        while not app.find_all("button", "Finish"):
            app.keys("alt+n")
            time.sleep(0.3)
        app.keys("alt+f")
        app.reads("Saved in your journal")
        _, stream, text = written()
        self.assertEqual(text, "The bowl was blue, or I wanted it to be")
        self.assertEqual(stream["minutes"], 5)
        self.assertNotIn("running", stream)
        app.close()

    def test_time_is_up_and_nobody_is_stopped(self):
        app, area = self.begin("5\u00a0minutes", LEITMOTIF_MINUTE="1000")
        self.type(app, area, "Before")
        app.reads(TIME_OVER)
        self.assertTrue(area.has("focused"))
        self.type(app, area, " and behind", "Before")
        app.press("button", "Go on")
        until(lambda: not app.says(TIME_OVER), "the line to go")
        until(lambda: area.has("focused"), "the cursor in the text")
        self.type(app, area, " and on", "Before and behind")
        app.press("button", "End here")
        app.find("button", "Next")
        self.finish(app)
        _, stream, text = written()
        self.assertEqual(text, "Before and behind and on")
        self.assertGreater(stream["seconds"], 300)
        self.assertTrue(stream["pauses"])
        self.assertEqual(stream["pauses"][-1]["at"], len("Before and behind"))
        app.close()

    def test_leaving_and_going_on(self):
        app, area = self.begin()
        self.type(app, area, "One day")
        app.keys("Escape")
        app.reads("Kept. You can go on from Today.")
        app.find("list", "Places")
        until(lambda: app.find_all("list", "Go on writing"), "the draft")
        app.kill()
        app = self.start_open()
        self.take_up(app, "Free association")
        area = self.area(app)
        self.assertEqual(area.text(), "One day")
        app.keys("BackSpace")
        self.type(app, area, " the next", "One day")
        # A crash takes what was typed in the last seconds at most.
        app.reads("Saved")
        app.kill()
        app = self.start_open()
        self.take_up(app, "Free association")
        area = self.area(app)
        self.assertEqual(area.text(), "One day the next")
        app.press("button", "End here")
        self.finish(app)
        self.assertEqual(written()[2], "One day the next")
        app.close()

    def test_locked_in_the_middle(self):
        app, area = self.begin()
        self.type(app, area, "Then")
        app.keys("ctrl+l")
        self.unlock(app)
        area = self.area(app)
        self.assertEqual(area.text(), "Then")
        self.assertFalse(app.find_all("list", "Places"))
        app.keys("BackSpace")
        self.type(app, area, " again", "Then")
        app.press("button", "End here")
        self.finish(app)
        self.assertEqual(written()[2], "Then again")
        app.close()

    def test_there_is_a_quarter_of_an_hour(self):
        app, area = self.begin("20\u00a0minutes", LEITMOTIF_MINUTE="2000")
        self.type(app, area, "Then")
        time.sleep(5 * 2 + 3)  # longer than the usual limit
        self.assertFalse(app.find_all("button", "Open"))
        self.type(app, area, " nothing", "Then")
        until(app.was_begun_anew, "the lock after a quarter of an hour")

    def test_nothing_written_leaves_nothing(self):
        app, _ = self.begin()
        app.press("button", "End here")
        app.find("button", "Next")
        app.keys("Escape")
        app.find("list", "Write")
        app.close()
        app = self.start_open()
        self.assertFalse(app.find_all("list", "Go on writing"))
        self.assertEqual(entries(), [])
        app.close()

    def test_not_with_racing_thoughts(self):
        make_journal()
        app = self.start_open()
        app.press("list item", "Free association")
        app.press("button", "Short version, 6\u00a0minutes")
        app.press("button", "Next")
        app.press("toggle button", "racing, I cannot slow it")
        app.press("button", "Next")
        app.reads("Your safety comes first")
        app.press("button", "Go on")
        app.find("button", "Next")
        self.assertFalse(app.find_all("button", "Begin writing"))
        app.close()

    def read_again(self, app):
        self.place(app, "Journal")
        app.focus_row("Entries", "")
        app.keys("Return")
        app.press("button", "Read again and mark")
        text = app.find("text box", "What you wrote")
        until(lambda: text.has("focused"), "the cursor")
        return text

    def test_reading_again(self):
        app, area = self.begin()
        self.type(app, area, "The dishwasher. Anyway.")
        time.sleep(11)  # a pause is one from ten seconds on
        self.type(app, area, " The dog. Anyway.", "The dishwasher. Anyway.")
        app.press("button", "End here")
        self.finish(app)
        text = self.read_again(app)
        self.assertRegex(text.text(), r"Anyway\. \(You paused here for \d+ seconds\)  The dog\. Anyway\.$")
        self.assertEqual(app.nameless(), [])
        app.keys("ctrl+End", "Left", "ctrl+shift+Left", "alt+r")
        app.find("button", "Remove the mark on “Anyway”")
        self.assertTrue(app.says("It returned"))
        # Without a selection, the word at the cursor.
        app.keys("ctrl+End", "ctrl+Left", "ctrl+Left", "alt+s")
        app.find("button", "Remove the mark on “dog”")
        app.keys("ctrl+z")
        app.gone("button", "Remove the mark on “dog”")
        app.keys("ctrl+End", "shift+Home", "alt+j")
        until(lambda: len(app.find("list", "Marks").children()) == 2, "two marks")
        app.press("button", "Remove the mark on “Anyway”")
        app.gone("button", "Remove the mark on “Anyway”")
        app.keys("ctrl+z")
        app.find("button", "Remove the mark on “Anyway”")
        app.find("button", "Back").act("click")
        app.find("button", "Read again and mark")
        until(lambda: "marks" in written()[1], "the marks on the disk")
        _, stream, words = written()
        self.assertIn({"from": 33, "to": 39, "kind": "repeat"}, stream["marks"])
        self.assertEqual(words[33:39], "Anyway")
        self.assertEqual({mark["kind"] for mark in stream["marks"]}, {"repeat", "jump"})
        app.close()


if __name__ == "__main__":
    tap.main()
