# SPDX-License-Identifier: GPL-3.0-or-later
"""Other journals with the same entries beside ours, in one run: others.py ENTRIES

From the start of a program until nothing on the screen changes any more and it has nothing left to do, seen from outside. Runs on
a desktop made by with-desktop; prints the medians as JSON. Ours is encrypted and opened by the keyring, theirs are plain files."""

import ctypes
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import zlib

import leitmotif_reader
from window import APP, FLOOR, JOURNAL, PASSPHRASE, prepare

RUNS = 3
LOOK = 0.02  # seconds between two looks at the screen
QUIET = 1.0  # so long nothing changes
PATIENCE = 180
HOME = pathlib.Path(os.environ["HOME"])
# Where Debian puts the diary that Lifeograph comes with: what stands before its entries has to be there.
EXAMPLE = pathlib.Path("/usr/share/net.sourceforge.Lifeograph/diaries/example.diary")
FIRST_ID = 20001


class Image(ctypes.Structure):
    """What Xlib says of an XImage, as far as it is needed."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int)]


class Screen:
    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.restype = ctypes.POINTER(Image)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.size = self.x.XDisplayWidth(self.display, 0), self.x.XDisplayHeight(self.display, 0)

    def look(self):
        """A number that is another when a pixel is."""
        image = self.x.XGetImage(self.display, self.root, 0, 0, *self.size, ctypes.c_ulong(0xffffffff), 2)
        seen = zlib.crc32(ctypes.string_at(image.contents.data, image.contents.bytes_per_line * image.contents.height))
        self.x.XFree(ctypes.c_void_p(image.contents.data))
        self.x.XFree(image)
        return seen


def processor(process):
    """Seconds of a processor that it had, all threads."""
    words = pathlib.Path(f"/proc/{process.pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def resident(process):
    for line in pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no Rss")


def start(screen, command):
    """Milliseconds until it was settled, of which on a processor, and resident MiB then."""
    bare = seen = screen.look()
    began = changed = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    busy, busy_at = 0, began
    try:
        while seen == bare or time.monotonic() - max(changed, busy_at) < QUIET:
            time.sleep(LOOK)
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
            assert time.monotonic() - began < PATIENCE, f"{command[0]} did not settle"
            now = screen.look()
            if now != seen:
                seen, changed = now, time.monotonic()
            used = processor(process)
            # A clock that ticks now and then is no work.
            if used - busy > 0.03:
                busy, busy_at = used, time.monotonic()
        return {"settled": (changed - began) * 1000, "processor": busy * 1000, "MiB": resident(process)}
    finally:
        process.terminate()
        process.wait(60)
        while screen.look() != bare:
            time.sleep(LOOK)


# The same entries for the others -----------------------------------------------------------------------------------------------


def read_entries():
    """Title, text and time of every entry, the oldest first."""
    payloads = [payload for _, payload in leitmotif_reader.open_journal(JOURNAL, PASSPHRASE).records() if payload["kind"] == "entry"]
    entries = [(datetime.datetime.fromisoformat(payload["created"]), payload.get("title", ""), payload["text"]) for payload in payloads]
    return sorted(entries, key=lambda entry: entry[0].timestamp())


def write_rednotebook(entries, folder):
    """A file for each month, with the days as YAML; JSON is YAML."""
    folder.mkdir()
    months = {}
    for when, title, text in entries:
        month = months.setdefault(f"{when:%Y-%m}", {})
        month[when.day] = month.get(when.day, "") + f"{title}\n{text}\n"
    for name, days in months.items():
        lines = [f"{day}: {json.dumps({'text': text})}\n" for day, text in sorted(days.items())]
        (folder / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


def write_lifeograph(entries, path):
    """One file of marked lines, in the version that Lifeograph 3.0 writes."""
    example = EXAMPLE.read_text("utf-8")
    before = example[:example.index("We1000001")].split("\n\n", 1)[1]
    before = before.replace("Df10034", f"Df{FIRST_ID}").replace("Dl84939979", f"Dl{FIRST_ID}")
    lines = ["LIFEOGRAPHDB", "V 3000", "E n", "Id3078619", "", before + "We1000001", ""]
    for i, (when, title, text) in enumerate(entries):
        stamp = f"{when:%Y%m%d}0{when:%H%M%S}"
        lines += [f"ID{FIRST_ID + i}", f"E __n_BN_~~~~~~~~{when:%Y%m%d}0000000", f"Ec{stamp}", f"Ee{stamp}",
                  f"Eha{FIRST_ID + i - 1}" if i else "Ehr", *(f"EpD{line}" for line in (title, *text.split("\n"))), ""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    n = int(sys.argv[1])
    for version in ("gtk-3.0", "gtk-4.0"):
        (HOME / ".config" / version).mkdir(parents=True, exist_ok=True)
        (HOME / ".config" / version / "settings.ini").write_text(
            "[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\n", encoding="utf-8")
    prepare(n)
    entries = read_entries()
    write_rednotebook(entries, HOME / "rednotebook")
    write_lifeograph(entries, HOME / "peer.diary")
    programs = {"empty window": [FLOOR], "Leitmotif, encrypted": [APP], "RedNotebook, plain": ["rednotebook", HOME / "rednotebook"],
                "Lifeograph, plain": ["lifeograph", HOME / "peer.diary"]}
    screen = Screen()
    told = {name: [] for name in programs}
    for _ in range(RUNS):
        for name, command in programs.items():
            told[name].append(start(screen, command))
    json.dump({name: {what: statistics.median(one[what] for one in runs) for what in runs[0]} for name, runs in told.items()},
              sys.stdout)


if __name__ == "__main__":
    main()
