# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody is there: the page says that it will lock; any key or movement stays; then it locks in a new process."""

import tap
from life import LifeTest, PASSPHRASE, entries, make_journal, set_setting, setting, until

SOON = "The journal is about to lock. Any key or movement keeps it open."
# A minute lasts six seconds.
FAST = {"LEITMOTIF_MINUTE": "6000"}


class LockIdleTest(LifeTest):
    def opens(self, app):
        app.hands.focus_window("Leitmotif")
        until(lambda: app.focused() and app.focused().role == "text box", "the passphrase's field")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.gone("button", "Open")

    def test_warns_stays_and_locks(self):
        set_setting("lock-idle-minutes", "3")
        make_journal()
        app = self.start_open(**FAST)
        area = self.write(app, "Zyxwv, and nobody here.")
        app.reads(SOON)
        app.keys("shift")
        until(lambda: not app.says(SOON), "the warning to go")
        app.reads(SOON)
        app.hands.click(*self.middle(area))
        until(lambda: not app.says(SOON), "the warning to go")
        app.keys("Home")
        app.begun_anew()
        app.find("button", "Open")
        self.assertFalse(app.says("Zyxwv"))
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv, and nobody here."])
        self.opens(app)
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("A")
        until(lambda: area.text() == "AZyxwv, and nobody here.", "what was typed at the cursor")
        app.close()

    def middle(self, widget):
        left, top, width, height = widget.place()
        return left + width // 2, top + min(height // 2, 40)

    def test_locked_it_waits_for_nothing(self):
        """Nobody at the passphrase page is nobody's business; and a process begins anew but once."""
        set_setting("lock-idle-minutes", "1")
        make_journal()
        app = self.start_open(**FAST)
        app.begun_anew()
        app.find("button", "Open")
        root = app.root.reference
        # Longer than the limit: as long as it takes to ask often.
        for _ in range(40):
            app.find("button", "Open")
        self.assertEqual(dict(app.bus.apps())[app.process.pid].reference, root)
        self.assertFalse(app.says(SOON))
        app.close()

    def test_preferences(self):
        make_journal()
        app = self.start_open()
        app.keys("ctrl+comma")
        app.find("dialog", "Preferences")
        row = app.focus("combo box", "When nobody is here")
        self.assertTrue(row)
        app.keys("space")
        app.keys("Up", "Up", "Return")
        until(lambda: setting("lock-idle-minutes") == "1", "the shorter time")
        for name, key in (("When the screen locks", "lock-with-screen"), ("When the computer sleeps", "lock-before-sleep")):
            row = until(lambda name=name: app.all(lambda widget: widget.name == name, "focusable"), name)[0]
            app.focus(row.role, name)
            app.keys("space")
            until(lambda key=key: setting(key) == "false", name)
        # The rules for Today name the guides as Today does.
        app.reads("“Looking for the thread” is suggested.")
        self.assertEqual(app.nameless(), [])
        app.keys("Escape")
        app.gone("dialog")
        app.close()


if __name__ == "__main__":
    tap.main()
