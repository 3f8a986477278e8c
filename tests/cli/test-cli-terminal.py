# SPDX-License-Identifier: GPL-3.0-or-later
"""The passphrase typed at a terminal: what is shown, what is not, and how the terminal is left."""

import os
import pty
import select
import signal
import termios
import time

import tap
from program import DONE, PASSPHRASE, PROGRAM, SECRET, USAGE, CliTest


class Terminal:
    """The program on a terminal of its own, and the person before it."""

    def __init__(self, home, *arguments):
        self.shown = b""
        # Kept open here: the settings of a terminal that nobody has open are gone.
        self.screen, self.line = pty.openpty()
        self.pid = os.fork()
        if self.pid == 0:
            # As at a terminal, also where this runs in the background of a shell.
            for number in (signal.SIGINT, signal.SIGQUIT):
                signal.signal(number, signal.SIG_DFL)
            os.setsid()
            os.close(self.screen)
            os.login_tty(self.line)
            os.chdir(home.path)
            os.execve(PROGRAM, [PROGRAM, *arguments], home.environment)

    def read(self, seconds):
        if select.select([self.screen], [], [], seconds)[0]:
            self.shown += os.read(self.screen, 4096)
            return True
        return False

    def wait_for(self, text):
        """Waits until text is shown, and for the echo to be as it shall be by then."""
        deadline = time.monotonic() + 60
        while text.encode() not in self.shown:
            if time.monotonic() > deadline:
                raise AssertionError(f"never shown: {text!r}, but {self.shown!r}")
            self.read(0.1)
        while self.echoes() and time.monotonic() < deadline:
            time.sleep(0.01)

    def type(self, text):
        os.write(self.screen, text.encode())

    def echoes(self):
        return bool(termios.tcgetattr(self.line)[3] & termios.ECHO)

    def end(self):
        """Its exit status, or what signal ended it, below 0."""
        deadline = time.monotonic() + 60
        while True:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                break
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
        while self.read(0.1):
            pass
        return os.waitstatus_to_exitcode(status)

    def close(self):
        os.close(self.screen)
        os.close(self.line)


class Prompts(CliTest):
    def start(self, *arguments):
        terminal = Terminal(self.home, *arguments)
        self.addCleanup(terminal.close)
        return terminal

    def test_it_is_asked_for_without_echo(self):
        id = self.add("text", title="A title")
        terminal = self.start("list")
        terminal.wait_for("Passphrase: ")
        self.assertFalse(terminal.echoes())
        terminal.type(PASSPHRASE + "\n")
        self.assertEqual(terminal.end(), DONE)
        self.assertTrue(terminal.echoes())
        self.assertIn(id.encode(), terminal.shown)
        self.assertNotIn(PASSPHRASE.encode(), terminal.shown)
        self.assertNotIn(PASSPHRASE[:5].encode(), terminal.shown)

    def test_a_wrong_one(self):
        terminal = self.start("list")
        terminal.wait_for("Passphrase: ")
        terminal.type("a wrong one\n")
        self.assertEqual(terminal.end(), SECRET)
        self.assertTrue(terminal.echoes())
        self.assertNotIn(b"a wrong one", terminal.shown)

    def test_a_recovery_code(self):
        terminal = self.start("list", "--recovery")
        terminal.wait_for("Recovery code: ")
        terminal.type(self.code + "\n")
        self.assertEqual(terminal.end(), DONE)
        self.assertNotIn(self.code.encode(), terminal.shown)

    def test_a_text_that_is_typed(self):
        terminal = self.start("add")
        terminal.wait_for("Passphrase: ")
        terminal.type(PASSPHRASE + "\n")
        while not terminal.echoes():
            terminal.read(0.05)
        terminal.type("typed by hand\n\x04")
        self.assertEqual(terminal.end(), DONE)
        (entry,) = self.list()
        self.assertEqual(self.show(entry["id"])["text"], "typed by hand\n")

    def test_a_new_one_is_asked_for_twice(self):
        terminal = self.start("init", "--journal", "new", "--kdf-cost", "minimal")
        terminal.wait_for("New passphrase: ")
        terminal.type("typed twice\n")
        terminal.wait_for("The same again: ")
        self.assertFalse(terminal.echoes())
        terminal.type("typed twice\n")
        self.assertEqual(terminal.end(), DONE)
        self.assertTrue(terminal.echoes())
        self.assertNotIn(b"typed twice", terminal.shown)
        self.assertRegex(terminal.shown, rb"([0-9A-Z]{4}-){6}[0-9A-Z]{4}")
        self.call("list", "--journal", "new", passphrase="typed twice")

    def test_two_different_ones(self):
        terminal = self.start("init", "--journal", "new", "--kdf-cost", "minimal")
        terminal.wait_for("New passphrase: ")
        terminal.type("typed once\n")
        terminal.wait_for("The same again: ")
        terminal.type("typed otherwise\n")
        self.assertEqual(terminal.end(), USAGE)
        self.assertIn(b"not the same", terminal.shown)
        self.assertFalse((self.home.path / "new").exists())

    def test_the_end_of_input(self):
        terminal = self.start("list")
        terminal.wait_for("Passphrase: ")
        terminal.type("\x04")
        self.assertEqual(terminal.end(), SECRET)
        self.assertTrue(terminal.echoes())

    def test_interrupted(self):
        for number, key in ((signal.SIGINT, "\x03"), (signal.SIGQUIT, "\x1c"), (signal.SIGTERM, None)):
            with self.subTest(number):
                terminal = self.start("list")
                terminal.wait_for("Passphrase: ")
                if key is not None:
                    terminal.type("half a passph" + key)
                else:
                    os.kill(terminal.pid, number)
                self.assertEqual(terminal.end(), -number)
                self.assertTrue(terminal.echoes(), "the terminal stays without echo")


if __name__ == "__main__":
    tap.main()
