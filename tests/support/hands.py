# SPDX-License-Identifier: GPL-3.0-or-later
"""The hands and eyes of the person in front of a desktop made by with-desktop: keys, the mouse, a picture.

Keys are named as xdotool names them: "Tab", "Return", "ctrl+f", "shift+F10".
"""

import subprocess
import time


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def windows(title="."):
    """Those to be seen whose title matches. The search walks all windows on the screen and ends when one closes meanwhile: then
    it is made again."""
    while True:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True, text=True, check=False)
        if "X Error" not in found.stderr:
            return found.stdout.split()


class Hands:
    """Xvfb without a window manager: xdotool presses keys on the server itself, as a keyboard does."""

    def __init__(self):
        self.spare = [line.split()[1] for line in run("xmodmap", "-pke").splitlines() if line.endswith("=")]
        self.given = set()
        # One for all keys: to start one takes longer than to press a key.
        self.presser = subprocess.Popen(["stdbuf", "-oL", "xdotool", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, bufsize=1)

    def end(self):
        self.presser.stdin.close()
        self.presser.stdout.close()
        self.presser.wait()

    def keys(self, *combinations):
        for combination in combinations:
            # It says how large the screen is once the key has been pressed: of all it could be asked, what no window has a part in,
            # as the key may just have closed the one it would ask about.
            self.presser.stdin.write(f"key {combination} getdisplaygeometry\n")
            assert self.presser.stdout.readline(), f"xdotool ended at {combination}"

    def text(self, text):
        # xdotool would lend one key to each rare character in turn, faster than a busy app can follow.
        rare = {character for character in text if not character.isascii()} - self.given
        for character in sorted(rare):
            run("xmodmap", "-e", f"keycode {self.spare.pop(0)} = U{ord(character):04X}")
        if rare:
            self.given |= rare
            time.sleep(0.3)
        for number, line in enumerate(text.split("\n")):
            if number:
                self.keys("Return")
            if line:
                run("xdotool", "type", "--delay", "12", "--", line)

    def click(self, x, y, button=1):
        run("xdotool", "mousemove", "--sync", str(x), str(y), "click", str(button))

    def scroll(self, x, y, steps):
        """Turns the wheel down. Once only: xdotool waits for ever for a pointer to come where it already is."""
        run("xdotool", "mousemove", "--sync", str(x), str(y))
        time.sleep(0.3)
        run("xdotool", "click", "--repeat", str(steps), "--delay", "50", "5")

    def drag(self, start, end):
        """From one place on the screen to another, slowly enough that it counts as a drag."""
        run("xdotool", "mousemove", "--sync", *map(str, start), "mousedown", "1")
        for part in range(1, 11):
            x, y = (round(a + (b - a) * part / 10) for a, b in zip(start, end))
            run("xdotool", "mousemove", "--sync", str(x), str(y))
            time.sleep(0.1)
        # Once more, within where it is to fall: the programs agree on it only now.
        run("xdotool", "mousemove", "--sync", str(end[0] + 3), str(end[1] + 3))
        time.sleep(1)
        run("xdotool", "mouseup", "1")

    def move_window(self, title, x, y):
        for window in windows(title):
            run("xdotool", "windowmove", "--sync", window, str(x), str(y))

    def screenshot(self, path):
        run("import", "-window", "root", "-depth", "8", str(path))

    def focus_window(self, title):
        """Gives the window the keyboard, as a window manager does when the one before it closes."""
        run("xdotool", "windowfocus", windows(title)[0])

    def resize(self, width, height):
        """There is no window manager: the window gets just this size."""
        for window in windows():
            run("xdotool", "windowmove", window, "0", "0", "windowsize", "--sync", window, str(width), str(height))
