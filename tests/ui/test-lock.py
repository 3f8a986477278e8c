# SPDX-License-Identifier: GPL-3.0-or-later
"""A locked journal shows nothing, loses nothing, and stays locked until somebody gives the passphrase."""

import subprocess
import tempfile

from gi.repository import Gio, GLib

import tap
from life import DATA, LifeTest, PASSPHRASE, entries, journal_id, make_journal, set_setting, until

SECRETS = "org.freedesktop.secrets"
WORDS = ("Zyxwv", "qponm")


class Watch:
    """Sees every question to the keyring."""

    def __init__(self):
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(["dbus-monitor", "--session", f"type='method_call',destination='{SECRETS}'"],
                                        stdout=self.log)
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)

        def sees():
            bus.call_sync(SECRETS, "/", "org.freedesktop.DBus.Peer", "Ping", None, None, 0, 5000, None)
            return "member=Ping" in self.text()
        until(sees, "the watch on the keyring")

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def questions(self):
        return [line for line in self.text().splitlines() if line.startswith("method call") and "member=Ping" not in line]

    def end(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def readable(widget):
    """All words in the tree, whether they show on the screen or not."""
    found = [widget.name]
    try:
        found.append(widget.text())
    except GLib.Error:
        pass  # It has no text.
    for child in widget.children():
        found += readable(child)
    return found


class LockTest(LifeTest):
    def watch(self):
        watch = Watch()
        self.addCleanup(watch.end)
        return watch

    def tells(self, app):
        """Which of the secret words some program could still read from the window."""
        text = until(lambda: "\n".join(readable(app.root)), "the tree")
        titles = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@"],
                                capture_output=True, text=True, check=True).stdout
        self.assertEqual(set(titles.split("\n")) - {""}, {"Leitmotif"})
        return [word for word in WORDS if word in text]

    def is_locked(self, app):
        """Waits for the passphrase page; nothing else may be there then."""
        app.find("button", "Open")
        self.assertEqual(self.tells(app), [])
        self.assertFalse(app.find_all("list", "Places"))
        until(lambda: app.focused() and app.focused().role == "text box", "the passphrase's field")

    def opens(self, app):
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Places")

    def test_nothing_is_left(self):
        make_journal(("Zyxwv", "All of qponm."))
        app = self.start_open()
        for lock in (lambda: app.keys("ctrl+l"), lambda: app.menu("l"), lambda: app.press("button", "Lock")):
            self.place(app, "Journal")
            app.keys("ctrl+f")
            app.type("zyxwv")
            app.focus_row("Entries", "Zyxwv")
            app.keys("Return")
            app.find("button", "Change")
            self.assertEqual(self.tells(app), list(WORDS))
            lock()
            self.is_locked(app)
            self.assertFalse(app.says("eyring"))
            self.opens(app)
        app.close()

    def test_holds(self):
        app = self.start_kept(("Zyxwv", "All of qponm."))
        watch = self.watch()
        app.keys("ctrl+l")
        self.is_locked(app)
        app.close()
        app = self.start()
        self.is_locked(app)
        app.kill()
        app = self.start()
        self.is_locked(app)
        self.opens(app)
        app.close()
        self.assertEqual(watch.questions(), [])
        app = self.start()
        app.find("list", "Write")
        app.close()
        self.assertTrue(watch.questions())

    def test_holds_from_a_kill_on(self):
        app = self.start_kept(("Zyxwv", "All of qponm."))
        app.keys("ctrl+l")
        until((DATA / journal_id() / "locked").exists, "the mark of the lock")
        app.kill()
        app = self.start()
        self.is_locked(app)
        app.type("not this one")
        app.keys("Return")
        app.reads("This does not open the journal.")
        app.close()
        app = self.start()
        self.is_locked(app)
        app.close()

    def test_over_dialogs(self):
        make_journal(("Zyxwv", "All of qponm."))
        set_setting("recovery-code-checked", "false")
        app = self.start_open()
        for show in (lambda: app.keys("ctrl+comma"), lambda: app.menu("e"),
                     lambda: app.press("list item", "Check your recovery code")):
            show()
            app.find("dialog")
            app.keys("ctrl+l")
            self.is_locked(app)
            app.gone("dialog")
            self.opens(app)
        # Help stays: who needs it now does not need to look for it again.
        self.place(app, "Journal")
        app.focus_row("Entries", "Zyxwv")
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.keys("ctrl+l")
        app.find("button", "Open")
        self.assertEqual(self.tells(app), [])
        app.find("dialog", "Help now")
        app.keys("Escape")
        app.gone("dialog")
        self.is_locked(app)
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")

    def test_text_is_saved(self):
        make_journal()
        app = self.start_open()
        self.write(app, "Zyxwv and no more.")
        app.keys("ctrl+l")
        self.is_locked(app)
        until(lambda: [entry["text"] for entry in entries()] == ["Zyxwv and no more."], "the entry on the disk")
        self.opens(app)
        self.place(app, "Journal")
        app.focus_row("Entries", "Zyxwv and no more.")
        app.keys("Return")
        app.press("button", "Change")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.keys("ctrl+End")
        app.type(" Or a little.")
        app.keys("ctrl+l")
        self.is_locked(app)
        app.close()
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv and no more. Or a little."])

    def test_guide_goes_on(self):
        make_journal()
        app = self.start_open()
        app.press("list item", "A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.press("button", "Next")
        app.find("text box", "Name of somebody new")
        app.press("button", "Next")
        area = app.find("text box", "What happened, from the first moment to the last?")
        until(lambda: area.has("focused"), "the cursor")
        app.type("Zyxwv at the door.")
        app.keys("ctrl+l")
        self.is_locked(app)
        drafts = DATA / journal_id() / "drafts"
        until(lambda: len(list(drafts.glob("*.json"))) == 1, "the draft on the disk")
        app.kill()
        app = self.start_open()
        self.take_up(app, "A relationship episode")
        app.press("button", "Previous")
        self.assertEqual(app.find("text box", "What happened, from the first moment to the last?").text(),
                         "Zyxwv at the door.")
        app.close()

    def test_the_keyboard_is_where_it_was(self):
        make_journal(*((f"Day {number}", "Rain.") for number in range(1, 31)))
        app = self.start_open()
        self.place(app, "Journal")
        for name in ("Day 3,", "Day 28,"):
            app.focus_row("Entries", name)
            app.keys("ctrl+l")
            self.is_locked(app)
            self.opens(app)
            row = until(lambda: (here := app.focused()) and name in here.name and here, f"the row of {name}")
            top, height = (lambda place: (place[1], place[3]))(row.place())
            self.assertGreater(top, 0)
            self.assertLess(top + height, app.find("window").place()[3])
        # No page takes it by itself.
        for place in ("For the session", "Library", "Help now"):
            app.press("list item", place)
            app.keys("ctrl+l")
            self.is_locked(app)
            self.opens(app)
            until(lambda: (here := app.focused()) and here.name == place, f"the row of {place}")
        app.close()

    def test_told_to_end(self):
        """As at the end of the session, whatever is open then."""
        make_journal()
        app = self.start_open()
        self.write(app, "Zyxwv, unfinished")
        app.keys("ctrl+shift+h")
        app.find("dialog", "Help now")
        app.process.terminate()
        app.ended()
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv, unfinished"])


if __name__ == "__main__":
    tap.main()
