# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandboxed app may have of the home because the person gave it: a folder and a file, by the desktop's own dialogs.

Started by flatpak/build.py on a desktop of its own.
"""

import shutil
import stat
import subprocess

import tap
from sandbox import HOME, JOURNAL, PASSPHRASE, SandboxTest, until

ELSEWHERE = HOME / "elsewhere"
SAVED = HOME / "my code.txt"


class PortalTest(SandboxTest):
    def setUp(self):
        super().setUp()
        shutil.rmtree(ELSEWHERE, ignore_errors=True)
        SAVED.unlink(missing_ok=True)

    def windows(self, title):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True, check=False)
        return found.stdout.split()

    def below(self, widget):
        for child in widget.children():
            if child.has("showing"):
                yield child
                yield from self.below(child)

    def field(self, app):
        """The field in the portal's dialog that has the cursor."""
        return next((widget for _, root in app.bus.apps() if root.name == "xdg-desktop-portal-gtk"
                     for widget in self.below(root) if widget.role == "text" and widget.has("focused")), None)

    def answer(self, app, title, path, opens=()):
        """Gives the path to the portal's dialog: a window of another program, on which the app has no hand."""
        until(lambda: self.windows(title), f"the window “{title}”")
        app.hands.focus_window(title)
        app.keys(*opens)
        field = until(lambda: self.field(app), "the field for a path")
        # At once, as by a paste: it completes what is typed.
        assert field.call("EditableText", "SetTextContents", "(s)", str(path))[0]
        until(lambda: field.text() == str(path), "the path")
        app.keys("Return")
        until(lambda: not self.windows(title), f"the window “{title}” to go")
        app.hands.focus_window("Leitmotif")

    def test_a_journal_in_a_folder_that_was_given(self):
        self.begin_and_keep()
        shutil.move(JOURNAL, ELSEWHERE)
        shutil.rmtree(JOURNAL.parent)
        app = self.start()
        app.press("button", "Open a journal that I have…")
        self.answer(app, "Choose the journal", ELSEWHERE, ["ctrl+l"])
        self.unlock(app)
        self.write(app, "Written through the portal.")
        app.close()
        self.assertFalse(JOURNAL.exists())
        self.assertEqual(self.texts(ELSEWHERE), ["Written through the portal."])

        # The portal remembers what it gave.
        app = self.start()
        until(lambda: app.find_all("list", "Write") or app.find_all("button", "Open"), "the journal")
        if app.find_all("button", "Open"):
            self.unlock(app)
        app.press("list item", "Journal")
        app.reads("Written through the portal.")
        app.close()

    def test_the_code_saved_where_the_person_says(self):
        app = self.start()
        app.press("button", "Begin")
        app.focus("text box", "Passphrase")
        app.type(PASSPHRASE)
        app.focus("text box", "The same again")
        app.type(PASSPHRASE)
        app.press("button", "Make the journal")
        app.find("button", "I have kept it", patience=60)
        code = next(label.name for label in app.find_all("label") if label.name.count("-") == 6)
        app.press("button", "Save to a file…")
        self.answer(app, "Save the recovery code", SAVED)
        until(SAVED.exists, "the file")
        until(lambda: code in SAVED.read_text(), "the code in it")
        self.assertEqual(stat.S_IMODE(SAVED.stat().st_mode) & 0o077, 0)
        app.close()


if __name__ == "__main__":
    tap.main()
