# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window takes, seen from outside the process, beside the least that a window can be: window.py ENTRIES...

Runs on a desktop made by with-desktop; prints the figures of each size as JSON. The program is the one that people get:
lm-bench-eye.c is put before it and tells of its frames, of what was to be seen in them, and of what held the main loop."""

import ctypes
import json
import os
import pathlib
import select
import signal
import statistics
import subprocess
import sys
import time
import typing

BUILD = pathlib.Path(os.environ["LEITMOTIF_BUILD"])
APP = pathlib.Path(os.environ.get("LEITMOTIF_APP", BUILD / "src/ui/leitmotif"))
CORE = BUILD / "tests/bench/bench-core"
FLOOR = BUILD / "tests/bench/bench-floor"
EYE = BUILD / "tests/bench/liblm-bench-eye.so"
DATA = pathlib.Path(os.environ["HOME"], ".local/share")
FEW_DATA = pathlib.Path(os.environ["HOME"], "few")  # with a journal beside which a larger one scrolls
FEW = 100
JOURNAL = DATA / "leitmotif" / "journal"
SCHEMA = "io.github.leitmotif_journal.Leitmotif"
PASSPHRASE = "only for measuring, never for a person"

RUNS = 7  # of each start
IDLE, IDLE_SECONDS, IDLE_PATIENCE = 0.95, 0.25, 10  # the processors' share and time before a start; a busy computer is not waited for
SCROLL_RUNS = 3  # of both, in turn: from minute to minute a frame costs more or less by more than what is looked for
COLD_RUNS = 2
QUIET = 0.12  # seconds without a frame: what was to be painted is painted
REST = 1.8  # the same, until the program has also given back the memory that starting took
PATIENCE = 30
BAR_FADES = 2.6  # after a list has moved, GTK takes its scroll bar away: a frame that no key brings about
# What somebody types; the same as in bench-core.c as far as one keyboard has it.
QUERIES = ("mother", "mother called", "lighthouse", '"late again"', "strasse", "cafe", "tag:family", "rain -train", "apology letter",
           "after:2010 dream", "guide:session", "in:tray", "evening window", "violin orchard", "before:2001 door",
           'tag:"deep rest" angry', "nothing waited", "silence", "xylophone", "winter garden")
SCREEN_END = (1279, 799)  # of with-desktop's screen; the window is smaller
# What with-desktop switches off for the tests' sake. At people's, GTK looks for a graphics driver before it draws anything.
DRIVER_OFF = ("GSK_RENDERER", "GDK_DISABLE")
SHIFTED = {":": "semicolon", '"': "apostrophe"}
NAMED = {" ": "space", "-": "minus"}


class Keyboard:
    """Presses keys on the X server itself, at once: a program for it would add its own time."""

    def __init__(self):
        self.x, self.test = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        self.shift = self.code("Shift_L")

    def code(self, name):
        return self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(self.x.XStringToKeysym(name.encode())))

    def turn(self, code, down):
        self.test.XTestFakeKeyEvent(self.display, code, down, ctypes.c_ulong(0))

    def press(self, name, held=None):
        """Returns when the key went down, in microseconds."""
        code, held = self.code(name), self.code(held) if held else None
        if held:
            self.turn(held, True)
            self.x.XSync(self.display, False)
        begin = time.monotonic_ns() // 1000
        self.turn(code, True)
        self.turn(code, False)
        if held:
            self.turn(held, False)
        self.x.XSync(self.display, False)
        return begin

    def leave(self):
        """Puts the pointer where the window is not: rows that change below it show the scroll bar as if it had moved."""
        self.test.XTestFakeMotionEvent(self.display, -1, *SCREEN_END, ctypes.c_ulong(0))
        self.x.XSync(self.display, False)

    def type(self, character):
        if character in SHIFTED:
            return self.press(SHIFTED[character], "Shift_L")
        return self.press(NAMED.get(character, character))


class Frame:
    def __init__(self, *numbers):
        self.begin, self.layout, self.paint, self.end, self.presented, self.items, self.busy = numbers
        # There are frames in which nothing changed that is to be seen.
        self.painted = self.paint < self.end


class Held(typing.NamedTuple):
    """What kept the main loop from everything else: when, for how long, how much of that on a processor."""
    begin: int
    time: int
    busy: int
    where: str
    name: str

    def is_layout(self):
        """GTK measures the window outside of a frame, too."""
        return self.where.startswith("libgtk-4")


def processors():
    """What all processors together were idle, and what they were."""
    words = pathlib.Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:9]
    times = [int(word) for word in words]
    return times[3], sum(times)


def wait_until_idle():
    """A start on processors that have nothing else to do: what the one before it left is still being cleared away."""
    end = time.monotonic() + IDLE_PATIENCE
    while time.monotonic() < end:
        idle, everything = processors()
        time.sleep(IDLE_SECONDS)
        idle_after, everything_after = processors()
        if idle_after - idle >= IDLE * (everything_after - everything):
            return


class Watched:
    """A program with the eye before it; with driver, as GTK does it by itself."""

    def __init__(self, *command, place=None, driver=False, data=DATA):
        self.frames, self.held, self.words, self.rest = [], [], [], b""
        out_read, out_write = os.pipe()
        in_read, self.control = os.pipe()
        environment = {**os.environ, "LD_PRELOAD": str(EYE), "LEITMOTIF_EYE": f"{out_write} {in_read}", "XDG_DATA_HOME": str(data)}
        if place:
            environment["LEITMOTIF_EYE_PLACE"] = place
        for name in DRIVER_OFF if driver else ():
            environment.pop(name, None)
        wait_until_idle()
        self.began = time.monotonic_ns() // 1000
        self.process = subprocess.Popen([str(word) for word in command], env=environment, pass_fds=(out_write, in_read),
                                        stderr=subprocess.DEVNULL)
        self.pipe = out_read
        os.close(out_write)
        os.close(in_read)

    def read(self, patience):
        """Takes in what has been told; False if there was nothing for so long."""
        if not select.select([self.pipe], [], [], max(patience, 0))[0]:
            return False
        told = os.read(self.pipe, 1 << 16)
        assert told, f"{self.process.args[0]} ended with {self.process.wait()}"
        *lines, self.rest = (self.rest + told).split(b"\n")
        for line in lines:
            kind, *words = line.decode().split(" ")
            if kind == "frame":
                self.frames.append(Frame(*map(int, words)))
            elif kind == "held":
                self.held.append(Held(*map(int, words[:3]), words[3], " ".join(words[4:])))
            else:
                self.words.append(kind)
        return True

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            self.read(1)
            assert time.monotonic() < end, f"waited in vain for {what}"

    def first(self, condition, what):
        """The first frame that fulfils the condition."""
        self.wait(lambda: any(condition(frame) for frame in self.frames), what)
        return next(frame for frame in self.frames if condition(frame))

    def settle(self, quiet=QUIET):
        """Waits until no frame has come for a while."""
        seen = -1
        end = time.monotonic() + quiet
        while time.monotonic() < end:
            self.read(end - time.monotonic())
            if len(self.frames) != seen:
                seen, end = len(self.frames), time.monotonic() + quiet

    def since(self, frame):
        return (frame.presented - self.began) / 1000

    def memory(self):
        """Resident MiB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Rss:"):
                return int(line.split()[1]) / 1024
        raise AssertionError("no Rss")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        os.close(self.control)
        os.close(self.pipe)


def forget_files():
    """Has the kernel forget what it keeps of the journal, as after a day: what the program itself is made of stays."""
    os.sync()
    for path in JOURNAL.rglob("*"):
        if path.is_file():
            with open(path, "rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def quantile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


# Starting -------------------------------------------------------------------------------------------------------------------


def start_floor(driver=False):
    """The figures of an empty window."""
    floor = Watched(FLOOR, driver=driver)
    first = floor.first(lambda frame: True, "a frame")
    floor.settle(0.4)
    settled = [frame for frame in floor.frames if frame.painted][-1]
    figures = {"empty window": floor.since(first), "empty window, settled": floor.since(settled),
               "empty window, busy until then": first.busy / 1000,
               "empty window, MiB": floor.memory()}
    floor.end()
    return figures


def start_app(n, driver=False, data=DATA):
    """The figures of one start, by name; the person looks at the list from the first moment on."""
    app = Watched(APP, place="journal", driver=driver, data=data)
    first = app.first(lambda frame: True, "a frame")
    figures = {"window, first frame": app.since(first)}
    if n:
        rows = app.first(lambda frame: frame.items > 0, "the first rows")
        full = app.first(lambda frame: frame.items >= n, "the whole list")
        figures |= {"window, first rows": app.since(rows), "window, whole list": app.since(full)}
    else:
        app.first(lambda frame: frame.items == -1, "the page on which nothing is written yet")
    app.settle(REST)
    last = full if n else app.frames[-1]
    loading = [held for held in app.held if first.presented <= held.begin <= last.presented]
    ours = [held for held in loading if not held.is_layout()]
    arriving = [held for held in ours if n and held.begin >= rows.presented]
    frames = [frame for frame in app.frames if first.presented <= frame.begin and frame.presented <= last.presented]
    layouts = [frame.paint - frame.begin for frame in frames] + [held.time for held in loading if held.is_layout()]
    paints = [frame.end - frame.paint for frame in frames]
    figures |= {
        "window, busy until then": last.busy / 1000,
        "window, longest callback": max((held.time for held in ours), default=0) / 1000,
        "window, longest callback, processor": max((held.busy for held in ours), default=0) / 1000,
        "arriving, longest callback": max((held.time for held in arriving), default=0) / 1000,
        "arriving, longest callback, processor": max((held.busy for held in arriving), default=0) / 1000,
        "window, GTK's longest layout": max(layouts, default=0) / 1000,
        "window, GTK's longest paint": max(paints, default=0) / 1000,
        "window, all of GTK's layout": sum(layouts) / 1000,
        "window, all of GTK's paint": sum(paints) / 1000,
        "window, MiB": app.memory(),
    }
    if os.environ.get("LEITMOTIF_BENCH_WORDS"):
        tell_words(app)
    app.end()
    return figures


def tell_words(app):
    """For whoever looks for what takes long: where in the program it was, for addr2line."""
    since = lambda time: (time - app.began) / 1000
    for frame in app.frames:
        if frame.presented - frame.begin > 3000 or frame.items > 0:
            print(f"frame at {since(frame.begin):.1f}: layout {(frame.paint - frame.begin) / 1000:.1f}, paint "
                  f"{(frame.end - frame.paint) / 1000:.1f}, shown {since(frame.presented):.1f}, busy {frame.busy / 1000:.1f}, "
                  f"items {frame.items}", file=sys.stderr)
    for held in sorted(app.held, key=lambda held: -held.busy)[:20]:
        print(f"held at {since(held.begin):.1f}: {held.time / 1000:.1f}, processor {held.busy / 1000:.1f}, {held.where} {held.name}",
              file=sys.stderr)


def prepare(n, data=DATA):
    """Makes the journal, has the keyring open it, and the program start once."""
    folder = data / "leitmotif" / "journal"
    subprocess.run(["rm", "-rf", str(folder.parent)], check=True)
    folder.parent.mkdir(parents=True)
    subprocess.run([str(CORE), str(folder), str(n), "make"], env={**os.environ, "XDG_DATA_HOME": str(data)}, check=True,
                   stdout=subprocess.DEVNULL)
    journal = json.loads((folder / "journal.json").read_bytes())["journal"]
    subprocess.run(["secret-tool", "store", "--label", "bench", "xdg:schema", SCHEMA, "journal", journal, "kind", "passphrase"],
                   input=PASSPHRASE, text=True, check=True)
    for key, value in (("keep-in-keyring", "true"), ("window-width", "1000"), ("window-height", "700")):
        subprocess.run(["gsettings", "set", SCHEMA, key, value], check=True)
    start_app(n, data=data)


WITH_DRIVER = ("empty window", "empty window, settled", "empty window, MiB", "window, first frame", "window, first rows",
               "window, whole list", "window, MiB")


def start_with_driver(n):
    """What a driver changes: the floor, and how soon the window and its rows are there."""
    figures = start_floor(True) | start_app(n, True)
    return {f"with a driver, {what}": figures[what] for what in WITH_DRIVER if what in figures}


def measure_start(n):
    prepare(n)
    told, cold = [], []
    for _ in range(RUNS):
        told.append(start_floor() | start_app(n) | start_with_driver(n))
    for _ in range(COLD_RUNS if n else 0):
        forget_files()
        cold.append(start_app(n))
    figures = {what: statistics.median(one[what] for one in told) for what in told[0]}
    for what in ("window, first rows", "window, whole list") if cold else ():
        figures[what + ", cold"] = statistics.median(one[what] for one in cold)
    return figures


# Searching and scrolling --------------------------------------------------------------------------------------------------


def type_queries(watched, keyboard):
    """From each key until the last frame that it brought about, in milliseconds."""
    times = []
    keyboard.leave()
    watched.settle(BAR_FADES)
    for query in QUERIES:
        for character in query:
            seen = len(watched.frames)
            begin = keyboard.type(character)
            watched.wait(lambda: any(frame.painted for frame in watched.frames[seen:]), f"a frame after {character} of {query}")
            watched.settle()
            last = [frame for frame in watched.frames[seen:] if frame.painted][-1]
            times.append((last.presented - begin) / 1000)
        keyboard.press("a", "Control_L")
        keyboard.press("BackSpace")
        watched.settle(BAR_FADES)
    return times


def scroll(watched, pixels=40, frames=240):
    """What each frame costs while the list is scrolled, in milliseconds."""
    watched.settle(0.5)
    seen, told = len(watched.frames), len(watched.words)
    os.write(watched.control, f"scroll {pixels} {frames}\n".encode())
    watched.wait(lambda: len(watched.words) > told, "the end of the scrolling")
    return [(frame.end - frame.begin) / 1000 for frame in watched.frames[seen + 2:]]


def start_and_scroll(n, data):
    app = Watched(APP, place="journal", data=data)
    app.first(lambda frame: frame.items >= n, "the whole list")
    scrolled = scroll(app)
    app.end()
    return scrolled


def measure_scrolling(n):
    told = {"scroll": [], f"{FEW} entries, scroll": []}
    for _ in range(SCROLL_RUNS):
        told[f"{FEW} entries, scroll"].append(start_and_scroll(FEW, FEW_DATA))
        told["scroll"].append(start_and_scroll(n, DATA))
    return {f"{what}, frame {name}": statistics.median(quantile(run, part) for run in runs)
            for what, runs in told.items() for name, part in (("p50", 0.5), ("p95", 0.95))}


def measure_use(n, searching):
    figures = measure_scrolling(n)
    if searching:
        app = Watched(APP, place="journal")
        app.first(lambda frame: frame.items >= n, "the whole list")
        keyboard = Keyboard()
        keyboard.press("f", "Control_L")
        times = type_queries(app, keyboard)
        figures |= {"key to painted p50": statistics.median(times), "key to painted p99": quantile(times, 0.99)}
        app.end()
        floor = Watched(FLOOR, n)
        floor.first(lambda frame: frame.items >= n, "the plain list")
        times = type_queries(floor, keyboard)
        figures |= {"plain list, key to painted p50": statistics.median(times),
                    "plain list, key to painted p99": quantile(times, 0.99)}
        floor.end()
    return figures


def main():
    runs = {}
    prepare(FEW, FEW_DATA)
    for n in map(int, sys.argv[1:]):
        print(f"bench: window, {n} entries", file=sys.stderr)
        runs[n] = measure_start(n)
        if n > FEW:
            runs[n] |= measure_use(n, n >= 10000)
    json.dump(runs, sys.stdout)


if __name__ == "__main__":
    main()
