# SPDX-License-Identifier: GPL-3.0-or-later
"""An early memory: told once, told again later, both side by side."""


import tap
from life import LifeTest, entries, make_journal, until

BEFORE = "How strong is what you feel right now?"
MEMORY = "Which memory that you have always had would you like to tell?"


class MemoryTest(LifeTest):
    def tell(self, app, text):
        app.press("button", "Begin, about 15\u00a0minutes")
        app.reads(BEFORE)
        app.press("button", "Skip")
        area = app.find("text box", MEMORY)
        until(lambda: area.has("focused"), "the cursor in the memory")
        app.type(text)
        while not app.find_all("button", "Finish"):
            app.press("button", "Next")
        app.press("button", "Finish")
        app.reads("Saved in your journal")

    def test_told_again(self):
        make_journal()
        app = self.start_open()
        app.press("list item", "An early memory")
        app.reads("Later you can tell it again")
        self.tell(app, "A swing.")
        self.place(app, "Journal")
        app.focus_row("Entries", "A swing.")
        app.keys("Return")
        app.find("button", "Tell it again")
        # There is nothing to compare yet.
        self.assertFalse(app.find_all("button", "Side by side"))
        app.press("button", "Tell it again")
        app.reads("without looking it up")
        # The earlier telling does not show.
        self.assertFalse(app.says("A swing."))
        self.tell(app, "A red swing, and wind.")
        first, second = sorted(entries(), key=lambda entry: "links" in entry)
        self.assertEqual([link["relation"] for link in second["links"]], ["told"])
        self.assertEqual([answer["text"] for answer in first["answers"] if answer["step"] == "memory"], ["A swing."])
        # Back on the first, both are there.
        app.press("button", "Side by side")
        app.reads("No telling is more right than another")
        self.assertTrue(app.says("A swing."))
        self.assertTrue(app.says("A red swing, and wind."))
        self.assertEqual(app.nameless(), [])
        app.close()


if __name__ == "__main__":
    tap.main()
