# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop locks the screen, sends the computer to sleep or ends the session: the journal locks in a new process, which
leads back to the same page, and takes the keyboard from nobody."""

import subprocess
import time

import tap
from desk import Desk
from hands import windows
from life import DATA, LifeTest, PASSPHRASE, entries, journal_id, make_journal, set_setting, until
from x11 import Other

WORDS = ("Zyxwv", "qponm")


class LockScreenTest(LifeTest):
    def setUp(self):
        super().setUp()
        self.desk = Desk()
        self.addCleanup(self.desk.end)

    def begin(self, *texts, **environment):
        make_journal(*texts)
        app = self.start_open(**environment)
        self.desk.sees("CreateMonitor" if environment.get("container") else "Inhibit")
        if not environment.get("container"):
            self.desk.sees("GetSession")
            self.desk.sees("RegisterClient")
        time.sleep(0.3)  # for the answers to arrive
        return app

    def other(self):
        other = Other()
        self.addCleanup(other.close)
        return other

    def anew(self, app):
        """Waits for the process to begin anew, and for its passphrase page."""
        app.begun_anew()
        app.find("button", "Open")
        self.assertFalse([word for word in WORDS if app.says(word)])

    def opens(self, app):
        app.hands.focus_window("Leitmotif")
        until(lambda: app.focused() and app.focused().role == "text box", "the passphrase's field")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.gone("button", "Open")

    def test_screen(self):
        app = self.begin()
        self.write(app, "Zyxwv came, and qponm went.")
        for _ in range(9):
            app.keys("Left")
        self.desk.lock_screen()
        self.anew(app)
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv came, and qponm went."])
        self.desk.unlock_screen()
        self.opens(app)
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type("X")
        until(lambda: area.text() == "Zyxwv came, and qpXonm went.", "what was typed at the cursor")
        app.close()

    def test_session_lock_in_a_guide(self):
        app = self.begin()
        app.press("list item", "A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.press("button", "Next")
        app.find("text box", "Name of somebody new")
        app.press("button", "Next")
        question = "What happened, from the first moment to the last?"
        area = app.find("text box", question)
        until(lambda: area.has("focused"), "the cursor")
        app.type("Zyxwv at the door.")
        app.keys("Home")
        self.desk.lock_session()
        self.anew(app)
        self.opens(app)
        area = app.find("text box", question)
        self.assertEqual(area.text(), "Zyxwv at the door.")
        until(lambda: area.has("focused"), "the cursor")
        app.type("Y")
        until(lambda: area.text() == "YZyxwv at the door.", "what was typed at the cursor")
        app.close()

    def test_sleep(self):
        app = self.begin(("Zyxwv", "All of qponm."))
        self.place(app, "Journal")
        app.focus_row("Entries", "Zyxwv")
        app.keys("Return")
        app.find("button", "Change")
        first = self.desk.inhibitor
        self.assertFalse(self.desk.may_sleep())
        self.desk.sleep()
        self.anew(app)
        # What delayed the sleep went with the old process; the new one delays the next.
        until(lambda: self.desk.inhibitor != first, "the next inhibitor")
        self.desk.inhibitor, second = first, self.desk.inhibitor
        self.assertTrue(self.desk.may_sleep())
        self.desk.inhibitor = second
        self.assertFalse(self.desk.may_sleep())
        # Locked already: it may sleep at once.
        self.desk.sleep()
        until(self.desk.may_sleep, "the computer to be allowed to sleep")
        self.opens(app)
        app.find("button", "Change")
        app.close()

    def test_portal(self):
        app = self.begin(container="flatpak")
        self.assertNotIn("Inhibit", self.desk.called)
        self.write(app, "Zyxwv")
        self.desk.portal(True, 1)
        self.anew(app)
        self.opens(app)
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor")
        app.type(" and on")
        until(lambda: area.text() == "Zyxwv and on", "what was typed")
        self.desk.portal(False, 2)
        self.desk.sees("QueryEndResponse")
        until(lambda: [entry["text"] for entry in entries()] == ["Zyxwv and on"], "the entry on the disk")
        self.desk.portal(False, 3)
        app.ended()

    def test_session_end(self):
        app = self.begin()
        self.write(app, "Zyxwv, unfinished")
        self.desk.query_end()
        self.desk.sees("EndSessionResponse")
        self.assertNotIn(False, [may_end for may_end, _ in self.desk.may_end])
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv, unfinished"])
        app.type(" still")
        self.desk.end_session()
        app.ended()
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv, unfinished still"])

    def test_only_if_wanted(self):
        set_setting("lock-with-screen", "false")
        set_setting("lock-before-sleep", "false")
        app = self.begin()
        area = self.write(app, "Zyxwv")
        self.desk.lock_screen()
        self.desk.lock_session()
        self.desk.sleep()
        until(self.desk.may_sleep, "the computer to be allowed to sleep")
        self.assertEqual([entry["text"] for entry in entries()], ["Zyxwv"])
        self.assertEqual(area.text(), "Zyxwv")
        app.close()

    def test_the_keyring_is_not_asked(self):
        app = self.start_kept(("Zyxwv", "All of qponm."))
        self.desk.sees("Inhibit")
        self.desk.lock_screen()
        self.anew(app)
        self.assertTrue((DATA / journal_id() / "locked").exists())
        # Even where the mark of the lock could not be kept, and it is looked for again.
        app.kill()
        app = self.start()
        app.find("button", "Open")
        self.assertFalse(app.find_all("list", "Places"))
        app.close()

    def test_the_focus_stays(self):
        app = self.begin()
        other = self.other()
        other.take_focus()
        self.desk.lock_screen()
        self.anew(app)
        self.assertTrue(other.has_focus())
        (window,) = windows("Leitmotif")
        self.assertEqual(other.get(int(window), "_NET_WM_USER_TIME"), [0])

    def test_a_window_manager_that_knows(self):
        other = self.other()
        other.be_window_manager("_NET_WM_USER_TIME")
        app = self.begin()
        self.desk.lock_screen()
        self.anew(app)
        (window,) = until(lambda: windows("Leitmotif"), "the window")
        self.assertEqual(other.get(int(window), "_NET_WM_USER_TIME"), [0])

    def test_closed_where_nobody_promises(self):
        other = self.other()
        other.be_window_manager()
        app = self.begin(("Zyxwv", "All of qponm."))
        self.desk.lock_screen()
        until(app.was_begun_anew, "the process to begin anew")
        until(lambda: not windows("Leitmotif"), "the window to go")
        self.desk.called.clear()
        self.desk.sees("GetSession")  # it is all there again
        self.assertEqual(windows("Leitmotif"), [])
        # Asked for: as by a click on its icon.
        again = subprocess.run([app.command[-1]], check=False, timeout=60, env=app.environment)
        self.assertEqual(again.returncode, 0)
        until(lambda: windows("Leitmotif"), "the window")
        app.find_again()
        app.find("button", "Open")
        self.opens(app)
        app.find("list", "Write")
        app.close()

    def test_text_that_cannot_be_saved(self):
        self.block_runtime_folder()
        disk = self.begin_on_small_disk(DATA)
        app = disk.app
        self.desk.sees("GetSession")
        disk.fill()
        self.write(app, "Zyxwv, too much.")
        self.desk.lock_screen()
        app.find("button", "Open")
        app.reads("What you wrote last could not be saved yet.")
        self.assertFalse(app.says("Zyxwv"))
        self.assertFalse(app.was_begun_anew())
        # A wrong passphrase shows nothing; the right one shows the text.
        app.hands.focus_window("Leitmotif")
        app.focus("text box", "Passphrase")
        app.type("not this one")
        app.keys("Return")
        app.reads("This does not open the journal.")
        self.assertFalse(app.says("Zyxwv"))
        app.focus("text box", "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        self.assertEqual(app.find("text box", "Text").text(), "Zyxwv, too much.")
        # Asked whether the session may end, it says no.
        self.desk.query_end()
        until(lambda: (False, "What you wrote last is not saved on any disk yet.") in self.desk.may_end, "the answer")
        # Locked again, and room is made: now it begins anew.
        self.desk.unlock_screen()
        self.desk.lock_screen()
        app.find("button", "Open")
        disk.make_room()
        app.begun_anew(patience=90)
        app.find("button", "Open")
        self.assertEqual(len(list(disk.path("journal/entries").glob("*.json"))), 1)


if __name__ == "__main__":
    tap.main()
