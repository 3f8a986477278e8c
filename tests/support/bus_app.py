# SPDX-License-Identifier: GPL-3.0-or-later
"""The app where the bus started it, as the desktop does: no child of the test."""

import os
import pathlib
import signal

from driver import App, Bus, Hands, until


class Started:
    """A process that the bus started."""

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            return 0 if pathlib.Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")")[1].split()[0] == "Z" else None
        except FileNotFoundError:
            return 0

    def wait(self, patience=None):
        until(lambda: self.poll() is not None, "the end of the process", patience)
        return 0

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)


class BusApp(App):
    """The app, as the bus started it."""

    def __init__(self, pid):
        self.hands = Hands()
        self.process = Started(pid)
        self.bus = Bus()
        self.root = until(self.registered, "the app to appear")
        self.find("window")

    def output(self):
        return ""
