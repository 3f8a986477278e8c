# SPDX-License-Identifier: GPL-3.0-or-later
"""A narrow window and a wide one: every page fits, every page is reached, and every control has a name."""

import subprocess
import time

import tap
from life import make_journal, until
from pages import PagesTest, translations

WIDTH, HEIGHT = 360, 720
# The window itself, pages of a stack, which say no place of their own, and boxes, which have a shadow or a margin: what is
# in them counts.
NO_PLACE = ("application", "window", "tab panel", "generic", "group")
HAPPENED = "What happened, from the first moment to the last?"


class NarrowTest(PagesTest):
    maxDiff = None

    def check(self, app, page):
        """Nothing stands out of the window, and nothing that a keyboard reaches lacks a name."""
        def look():
            (width, _) = app.find("window").place()[2:]
            wide = [widget for widget in app.all(lambda w: w.role not in NO_PLACE)
                    if widget.place()[2] > width or widget.place()[0] + widget.place()[2] > width + 1]
            return width, [(widget, widget.place()) for widget in wide]

        width, wide = look()
        self.assertEqual((width, wide), (self.width, []), page)
        self.assertEqual(app.nameless(), [], page)
        super().check(app, page)

    def test_first_run(self):
        app = self.start()
        self.begin(app, WIDTH, HEIGHT)
        app.find("button", "Begin")
        self.check(app, "first")
        app.press("button", "Begin")
        app.find("text box", "The same again")
        self.check(app, "passphrase")
        app.close()

    def every_page_fits(self, **environment):
        make_journal(("Ducks", "Twenty-six ducks, and " + "a word that is much too long for one line: " + "quack" * 30))
        app = self.start(**environment)
        self.begin(app, WIDTH, HEIGHT)
        app.find("button", self.say("Open"))
        self.check(app, "unlock")
        self.unlock(app)
        self.walk(app)
        self.guide(app)
        self.assertGreater(len(self.seen), 20)
        app.close()

    def test_every_page_fits(self):
        self.every_page_fits()

    def fits_in(self, language, locale):
        """Where words are longer."""
        if locale not in subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout:
            self.skipTest(f"no {locale} here")
        self.said = translations(language)
        self.every_page_fits(LANGUAGE=language, LC_ALL=locale)

    def test_every_page_fits_in_german(self):
        self.fits_in("de", "de_DE.utf8")

    def test_every_page_fits_in_spanish(self):
        self.fits_in("es", "es_ES.utf8")

    def test_a_wide_window(self):
        make_journal(("Ducks", "Twenty-six ducks."))
        app = self.start_open()
        self.begin(app, 1280, 800)
        self.walk(app)
        app.close()

    def test_the_keyboard_comes_along(self):
        """To another place: what had it on the one before is not to be seen any more."""
        make_journal(("Ducks", "Twenty-six ducks."))
        app = self.start_open()
        self.begin(app, WIDTH, HEIGHT)
        until(lambda: app.focused() and app.focused().name == "A moment: one line", "the cursor in the line")
        for place, name in (("Journal", "Ducks, "), ("Library", "What psychodynamic therapy is"), ("Today", "A moment: one line")):
            app.press("button", "Back")
            app.press("list item", place)
            until(lambda: app.focused() and app.focused().name.startswith(name), f"the keyboard in “{place}”")
        app.close()

    def test_the_main_menu(self):
        """F10 opens it where its button is not to be seen, too, and afterwards one writes on."""
        make_journal()
        app = self.start_open()
        self.begin(app, WIDTH, HEIGHT)
        app.keys("ctrl+n")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("ducks")
        app.keys("F10")
        app.find("menu", "Main menu")
        app.keys("Escape")
        app.gone("menu", "Main menu")
        until(lambda: app.focused() and app.focused().name == "Text", "the cursor in the text")
        app.type(" swim")
        self.assertEqual(app.find("text box", "Text").text(), "ducks swim")
        app.menu("t")
        app.reads("The trash is empty")
        app.close()

    def test_what_one_can_do_with_an_entry(self):
        """There is no room for it beside the window's own buttons: it is in a menu."""
        make_journal(("Ducks", "Twenty-six ducks."))
        app = self.start_open()
        self.begin(app, WIDTH, HEIGHT)
        self.place(app, "Journal")
        app.find("list", "Entries")
        app.focus_row("Entries", "Ducks")
        app.keys("Return")
        app.find("button", "Change")
        self.assertFalse(app.find_all("button", "Move to the trash"))
        for mnemonic, words in (("e", "Present version"), ("m", "Moved to the trash")):
            app.press("toggle button", "More about this entry")
            app.find("menu", "More about this entry")
            app.keys(mnemonic)
            app.reads(words)
            if mnemonic == "e":
                self.back(app)
                app.find("button", "Change")
        app.close()

    def keeps_the_cursor(self, app, name):
        """What is being written goes on where it was, however wide the window is."""
        area = app.find("text box", name)
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("ducks")
        app.keys("Home")
        for width, height in ((WIDTH, HEIGHT), (1280, 800)):
            self.begin(app, width, height)
            until(lambda: bool(app.find_all("list", "Places")) == (width > WIDTH), "the places to come or go")
            time.sleep(0.5)  # what is to stay where it is may go a moment later
            until(lambda: app.focused() and app.focused().name == name, f"the cursor in “{name}”")
            app.type("x")
        # Screen readers know it by another name now: it was taken out of the window and put into it again.
        until(lambda: app.find("text box", name).text() == "xxducks", "what was typed at the cursor")

    def test_the_cursor_stays(self):
        make_journal()
        app = self.start_open()
        self.begin(app, 1280, 800)
        app.keys("ctrl+n")
        self.keeps_the_cursor(app, "Text")
        app.focus("text box", "Title")
        self.keeps_the_cursor(app, "Title")
        app.close()

    def test_the_cursor_stays_in_a_guide(self):
        make_journal()
        app = self.start_open()
        self.begin(app, 1280, 800)
        app.press("list item", "A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        for question in ("Who was this moment with?", HAPPENED):
            app.press("button", "Skip")
            app.reads(question)
        self.keeps_the_cursor(app, HAPPENED)
        app.close()


if __name__ == "__main__":
    tap.main()
