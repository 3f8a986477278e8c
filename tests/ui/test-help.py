# SPDX-License-Identifier: GPL-3.0-or-later
"""Help now: from every page and dialog, offline, with the person's country, and back without losing a word."""

import tap
from life import LifeTest, make_journal, setting, until


class HelpTest(LifeTest):
    def look(self, app, back_to=None):
        """Opens it by its keys, sees what matters most, and comes back."""
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.reads("Nobody reads this. Nothing is sent.")
        app.keys("Escape")
        app.gone("dialog", "Help now")
        if back_to:
            app.find(*back_to)

    def button(self, app):
        """The visible button does the same."""
        app.find_all("button", "Help now")[-1].act("click")
        dialog = app.find("dialog", "Help now")
        until(lambda: app.focused() and app.within(app.focused(), dialog), "the keyboard to be in it")
        app.keys("Escape")
        app.gone("dialog", "Help now")

    def choose(self, app, country):
        app.press("combo box", "Where you are")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        app.find("label", "Belgium")
        app.type(country)

        def first_found():
            seen = app.all(lambda widget: widget.role in ("search box", "label"))
            place = [widget.role for widget in seen].index("search box")
            return seen[place + 1:] and seen[place + 1].name == country

        until(first_found, country)
        app.keys("Down", "Return")
        app.gone("search box")

    def test_from_the_first_page(self):
        app = self.start()
        app.find("button", "Begin")
        self.look(app, ("button", "Begin"))
        self.button(app)
        app.press("button", "Begin")
        app.focus("text box", "Passphrase")
        app.type("half a passphr")
        self.look(app)
        app.type("ase")
        until(lambda: len(app.find("text box", "Passphrase").text()) == len("half a passphrase"), "what was typed")
        app.close()

    def test_from_every_page(self):
        make_journal(("Ducks", "Twenty-six ducks."))
        app = self.start()
        app.find("button", "Open")
        self.look(app, ("button", "Open"))
        self.button(app)
        self.unlock(app)
        app.find("list", "Write")
        self.look(app, ("list", "Write"))
        self.place(app, "Journal")
        self.look(app, ("list", "Entries"))
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.find("button", "Change")
        self.look(app, ("button", "Change"))
        self.place(app, "Library")
        self.look(app, ("list item", "Transference"))
        app.press("list item", "Transference")
        app.find("heading", "Transference")
        self.look(app, ("heading", "Transference"))
        self.button(app)
        self.place(app, "Today")
        app.press("list item", "A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.find("button", "Next")
        self.look(app, ("button", "Next"))
        app.keys("ctrl+l")
        app.find("button", "Open")
        self.look(app, ("button", "Open"))
        app.close()

    def test_over_a_dialog(self):
        make_journal()
        app = self.start_open()
        for keys, name in (("ctrl+comma", "Preferences"), ("ctrl+question", "Keyboard shortcuts")):
            app.keys(keys)
            app.find("dialog", name)
            self.look(app, ("dialog", name))
            self.button(app)
            app.keys("Escape")
            app.gone("dialog", name)
        app.close()

    def test_while_writing(self):
        make_journal()
        app = self.start_open()
        area = self.write(app, "This is hard")
        self.look(app)
        until(lambda: area.has("focused"), "the cursor back in the text")
        app.type(" to say.")
        until(lambda: area.text() == "This is hard to say.", "the words")
        app.close()

    def test_the_emergency_number_is_first(self):
        app = self.start(LANG="de_AT.UTF-8", LANGUAGE="en")
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.reads("Austria")
        rows = [row.name for row in app.find_all("list item") if row.name]
        self.assertEqual(rows[0], "Emergency services")
        self.assertIn("Rat auf Draht", " ".join(rows))
        tops = [app.find("label", words).place()[1] for words in ("112", "142")]
        self.assertEqual(tops, sorted(tops))
        for words in ("Numbers checked in ", "If you are under 18", "To feel the ground again", "Press your feet into the floor"):
            self.assertTrue(app.all(lambda w, words=words: words in w.words()), words)
        self.assertEqual(app.nameless(), [])
        app.keys("Escape")
        app.close()

    def test_a_country_without_numbers(self):
        app = self.start(LANG="ja_JP.UTF-8", LANGUAGE="en")
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.reads("Another country")
        # Better no number than a wrong one.
        self.assertFalse(app.find_all("list item", "Emergency services"))
        card = app.reads("112 is the emergency number")
        self.assertLess(card.place()[1], app.reads("If you are under 18").place()[1])
        app.keys("Escape")
        app.close()

    def test_another_country_is_kept(self):
        app = self.start(LANG="de_AT.UTF-8", LANGUAGE="en")
        app.keys("ctrl+shift+h")
        self.choose(app, "New Zealand")
        app.find("label", "111")
        until(lambda: setting("help-country") == "'NZ'", "the setting")
        app.keys("Escape")
        app.gone("dialog", "Help now")
        app.close()
        app = self.start(LANG="de_AT.UTF-8", LANGUAGE="en")
        app.keys("ctrl+shift+h")
        app.find("label", "111")
        app.keys("Escape")
        app.close()


if __name__ == "__main__":
    tap.main()
