# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandboxed app may have of the home because the person gave it, by the desktop's own dialogs: a folder, a file, paper.

Started by flatpak/build.py on a desktop of its own.
"""

import os
import shutil
import stat
import time

import tap
from hands import windows
from printing import pages_of
from sandbox import HOME, JOURNAL, OWN, SandboxTest, until

ELSEWHERE = HOME / "elsewhere"
SAVED = HOME / "my code.txt"


class PortalTest(SandboxTest):
    def setUp(self):
        super().setUp()
        if os.environ["XDG_RUNTIME_DIR"] != f"/run/user/{os.getuid()}":
            self.skipTest("only root can make a desktop whose runtime folder is where flatpak shows the documents")
        shutil.rmtree(ELSEWHERE, ignore_errors=True)
        SAVED.unlink(missing_ok=True)

    def below(self, widget):
        for child in widget.children():
            if child.has("showing"):
                yield child
                yield from self.below(child)

    def in_dialog(self, app, condition):
        """The first widget of the portal's dialog that fulfils the condition."""
        return next((widget for _, root in app.bus.apps() if root.name == "xdg-desktop-portal-gtk"
                     for widget in self.below(root) if condition(widget)), None)

    def click_in_dialog(self, app, role, name):
        left, top, width, height = until(
            lambda: self.in_dialog(app, lambda widget: (widget.role, widget.name) == (role, name)), f"{role} “{name}”").place()
        app.hands.click(left + width // 2, top + height // 2)

    def answer(self, app, title, path, opens=()):
        """Gives the path to the portal's dialog: a window of another program, on which the app has no hand."""
        until(lambda: windows(title), f"the window “{title}”")
        app.hands.focus_window(title)
        app.keys(*opens)
        field = until(lambda: self.in_dialog(app, lambda widget: widget.role == "text" and widget.has("focused")),
                      "the field for a path")
        app.keys("ctrl+a")
        app.type(str(path))
        until(lambda: field.text().rstrip("/") == str(path), "the path")

        def accepted():
            # The first goes to the list of completions, if that is there by then.
            app.keys("Return")
            time.sleep(0.5)
            return not windows(title)
        until(accepted, f"the window “{title}” to go")
        app.hands.focus_window("Leitmotif")

    def test_a_journal_in_a_folder_that_was_given(self):
        self.begin_and_keep()
        shutil.move(JOURNAL, ELSEWHERE)
        shutil.rmtree(JOURNAL.parent)
        app = self.start()
        app.press("button", "Open a journal that I have…")
        self.answer(app, "Choose the journal", ELSEWHERE, ["alt+Home", "ctrl+l"])
        # The keyring opens it there too.
        app.find("list", "Write")
        self.write(app, "Written through the portal.")
        app.close()
        self.assertFalse(JOURNAL.exists())
        self.assertEqual(self.texts(ELSEWHERE), ["Written through the portal."])

        # The portal remembers what it gave.
        app = self.start()
        app.find("list", "Write")
        app.press("list item", "Journal")
        app.reads("Written through the portal.")
        app.close()

    def test_the_code_saved_where_the_person_says(self):
        app = self.start()
        code = self.make_journal(app)
        app.press("button", "Save to a file…")
        self.answer(app, "Save the recovery code", SAVED)
        until(SAVED.exists, "the file")
        until(lambda: code in SAVED.read_text(), "the code in it")
        self.assertEqual(stat.S_IMODE(SAVED.stat().st_mode) & 0o077, 0)
        app.close()

    def test_the_code_printed(self):
        app = self.start()
        self.make_journal(app)
        app.press("button", "Print…")
        # The person chooses a printer in the portal's dialog; the one that writes a file is always there.
        title = "Print the recovery code"
        until(lambda: windows(title), f"the window “{title}”")
        app.hands.focus_window(title)
        self.click_in_dialog(app, "table cell", "Print to File")
        until(lambda: self.in_dialog(app, lambda widget: (widget.role, widget.name) == ("push button", "Print") and
                                     widget.has("sensitive")), "a printer to be chosen")
        self.click_in_dialog(app, "push button", "Print")
        until(lambda: not windows(title), f"the window “{title}” to go")
        printed = until(lambda: list(HOME.glob("*.pdf")) + list(HOME.glob("*/*.pdf")), "the file")[0]
        until(lambda: printed.read_bytes().rstrip().endswith(b"%%EOF"), "the whole of it")
        self.assertEqual(pages_of(printed), 1)
        printed.unlink()
        # Nothing of it is left where the app may write.
        self.assertEqual([path for path in OWN.rglob("*") if path.suffix in (".pdf", ".ps")], [])
        app.close()


if __name__ == "__main__":
    tap.main()
