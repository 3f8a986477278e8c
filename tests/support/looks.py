# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window looks like: contrast of each text as it was drawn, sizes of what is pressed, words that are cut off.

Where things are is told by lm-looks-probe.c from inside the app; colours are those of a picture of the screen.
"""

import collections
import os
import pathlib
import signal
import tempfile
import typing

from driver import until

PROBE = pathlib.Path(os.environ.get("LEITMOTIF_BUILD", "."), "tests", "ui", "liblm-looks-probe.so")


class Thing(typing.NamedTuple):
    kind: str  # label, text, target
    type: str
    left: float
    top: float
    width: float
    height: float
    seen: tuple  # left, top, width, height
    font: float
    flags: str
    words: str


class Picture:
    """Of the whole screen."""

    def __init__(self, path):
        data = path.read_bytes()
        head = data.split(b"\n", 3)
        assert head[0] == b"P6" and head[2] == b"255", head[:3]
        self.width, self.height = (int(number) for number in head[1].split())
        self.pixels = head[3]

    def colours(self, left, top, width, height):
        """How often each colour is there."""
        found = collections.Counter()
        first, last = max(0, round(left)), min(self.width, round(left + width))
        for y in range(max(0, round(top)), min(self.height, round(top + height))):
            row = self.pixels[(y * self.width + first) * 3:(y * self.width + last) * 3]
            found.update(row[i:i + 3] for i in range(0, len(row), 3))
        return found


def luminance(colour):
    """Relative luminance of sRGB (WCAG 2.2)."""
    def part(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(value) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colours):
    """Between what is behind, the most frequent colour, and what stands out most from it; None if there is one colour only.
    Edges are smoothed, so that thin strokes are a little paler than their colour is: what is measured is what is seen."""
    behind, = (colour for colour, _ in colours.most_common(1))
    back = luminance(behind)
    ratios = [(max(back, light) + 0.05) / (min(back, light) + 0.05) for light in map(luminance, colours)]
    return max(ratios) if len(colours) > 1 else None


class Looks:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name, "looks")
        self.environment = {"LD_PRELOAD": str(PROBE), "LEITMOTIF_LOOKS": str(self.path)}

    def things(self, app):
        """Everything that is seen, wholly or in part."""
        self.path.unlink(missing_ok=True)
        app.process.send_signal(signal.SIGUSR1)
        until(self.path.exists, "what the app tells of its looks")
        found = []
        for line in self.path.read_text().splitlines():
            kind, type_, *numbers, flags, words = line.split("\t")
            numbers = [float(number) for number in numbers]
            found.append(Thing(kind, type_, *numbers[:4], tuple(numbers[4:8]), numbers[8], flags, words))
        return found

    def picture(self, app):
        path = pathlib.Path(self.folder.name, "picture.ppm")
        app.screenshot(path)
        return Picture(path)
