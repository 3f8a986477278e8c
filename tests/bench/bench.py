# SPDX-License-Identifier: GPL-3.0-or-later
"""How long things take, beside the least they could take, in one run on this computer: bench.py [--large] [--others] [--no-window]

Ratios within one run are what docs/performance.md holds the app to; milliseconds are of this computer and this hour."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile

BUILD = os.environ["LEITMOTIF_BUILD"]
CORE = os.path.join(BUILD, "tests", "bench", "bench-core")
LIBRARY = os.path.join(BUILD, "tests", "bench", "bench-library")
MODES = ("opening", "memory", "saving")

# What is held against what, and the most it may be. The first has to be at most so many times the second.
RATIOS = (
    ("load", "read+open+parse", 1.5),
    ("load, searchable", "read+open+parse", None),
    ("load first batch", "load, searchable", None),
    ("look again", "load", None),
    ("memory, MiB", "plain, MiB", 2.5),
    ("save p50", "durable write p50", 2.0),
    ("save p99", "durable write p99", None),
    ("save again p50", "durable write p50", 2.0),
    ("save again p99", "durable write p99", None),
)
# Milliseconds that are held to in themselves, at ten thousand entries.
LIMITS = {"search p99": 8, "search p99, processor": 8}
# The same for a search in the library.
LIBRARY_LIMIT = 5
# How one size may grow to the ten times larger.
GROWTH = {"load": 11, "load, searchable": 11}
# The same as RATIOS, for the window; each within a run of its own, which has its floors too.
WINDOW_RATIOS = (
    ("window, first frame", "empty window", None),
    ("window, first rows", "empty window", None),
    ("window, whole list", "empty window", None),
    # When nothing more of it changes, which is the floor that was asked for.
    ("window, first rows", "empty window, settled", 1.4),
    ("window, whole list", "empty window, settled", 2.0),
    # The same as people have it: GTK loads a graphics driver first, and draws with it.
    ("with a driver, window, first rows", "with a driver, empty window, settled", 1.4),
    ("with a driver, window, whole list", "with a driver, empty window, settled", 2.0),
    ("window, busy until then", "empty window, busy until then", None),
    ("scroll, frame p50", "100 entries, scroll, frame p50", 1.25),
    ("scroll, frame p95", "100 entries, scroll, frame p95", 1.25),
    # What somebody needs 66 ms for in the plain list is to take 40.
    ("key to painted p99", "plain list, key to painted p99", 40 / 66),
)
WINDOW_LIMITS = {"window, longest callback": 8, "window, longest callback, processor": 8, "arriving, longest callback": 8,
                 "arriving, longest callback, processor": 8, "key to painted p99": 40}


def measure(n, mode):
    """The figures of one size, by name."""
    place = tempfile.mkdtemp(prefix="leitmotif-bench-")
    try:
        # Nothing of the person's is read or written.
        env = dict(os.environ, HOME=place, XDG_DATA_HOME=os.path.join(place, "data"), XDG_STATE_HOME=os.path.join(place, "state"))
        told = subprocess.run([CORE, os.path.join(place, "journal"), str(n), mode], env=env, check=True, capture_output=True,
                              text=True).stdout
    finally:
        shutil.rmtree(place)
    return {what: float(value) for _, what, value in (line.split("\t") for line in told.splitlines())}


def measure_library():
    """Each search in the library, in milliseconds, beside looking through its texts for the letters as they are."""
    told = subprocess.run([LIBRARY], check=True, capture_output=True, text=True).stdout
    rows = [line.split("\t") for line in told.splitlines()]
    return {"made": float(rows[0][1]), "searches": [{"typed": typed, "ms": float(ms), "floor": float(floor)} for typed, ms, floor in rows[1:]]}


def on_a_desktop(script, *arguments):
    """What a script of this folder tells, on a desktop made for it."""
    here = os.path.dirname(os.path.abspath(__file__))
    reader = os.path.join(here, "..", "..", "data", "reader")
    env = dict(os.environ, GSETTINGS_SCHEMA_DIR=os.path.join(BUILD, "data"), LEITMOTIF_LOCALE_DIR=os.path.join(BUILD, "po"),
               PYTHONPATH=reader, PYTHONDONTWRITEBYTECODE="1")
    command = [os.path.join(here, "..", "support", "with-desktop"), "--keyring", "unlocked", "--", sys.executable,
               os.path.join(here, script)]
    told = subprocess.run([*command, *map(str, arguments)], env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(told)


def measure_window(sizes):
    """The figures of the window, by size; size 0 is a journal in which nothing is written."""
    return {int(n): figures for n, figures in on_a_desktop("window.py", *sizes).items()}


def judge_window(runs, core):
    """The ratios of the window. Memory is held against how large the entries are when nothing is added, from the core's run."""
    judged = []
    for n, figures in runs.items():
        if not n:
            continue
        rows = [held(figures, *ratio) for ratio in WINDOW_RATIOS if ratio[0] in figures and ratio[1] in figures]
        rows += [{"what": what, "floor": "ms", "ratio": figures[what], "most": most,
                  "verdict": "reached" if figures[what] <= most else "missed"} for what, most in WINDOW_LIMITS.items() if what in figures]
        for what in ("window, GTK's longest layout", "window, GTK's longest paint"):
            rows.append(dict(held({what: figures[what], "empty": runs[0][what]}, what, "empty", 1.25), floor="no entries"))
        for floor, empty in (("empty window, MiB", figures["empty window, MiB"]), ("no entries", runs[0]["window, MiB"])):
            above = {"window, MiB above": figures["window, MiB"] - empty, "plain, MiB": core[n]["plain, MiB"]}
            row = held(above, "window, MiB above", "plain, MiB", 2.5 if floor != "no entries" else None)
            judged.append(dict(row, what=f"window, MiB above {floor.removesuffix(', MiB')}", n=n,
                               verdict=row["verdict"] if n == 10000 else ""))
        judged += [dict(row, n=n, verdict=row["verdict"] if n == 10000 else "") for row in rows]
    return judged


def held(figures, what, floor, most):
    ratio = figures[what] / figures[floor] if figures[floor] else float("inf")
    verdict = "" if most is None else "reached" if ratio <= most else "missed"
    return {"what": what, "floor": floor, "ratio": ratio, "most": most, "verdict": verdict}


def judge(runs):
    """Every ratio of every size, and what is held to in itself."""
    judged = []
    for n, figures in runs.items():
        judged += [dict(held(figures, *ratio), n=n) for ratio in RATIOS]
        for what, most in LIMITS.items():
            verdict = "" if n != 10000 else "reached" if figures[what] <= most else "missed"
            judged.append({"n": n, "what": what, "floor": "ms", "ratio": figures[what], "most": most, "verdict": verdict})
        for what, most in GROWTH.items():
            if n // 10 in runs:
                row = held({what: figures[what], "a tenth": runs[n // 10][what]}, what, "a tenth", most)
                judged.append(dict(row, n=n, floor=f"{n // 10} entries", verdict=row["verdict"] if n > 10000 else ""))
    return judged


def table(head, rows):
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in [head, *rows]]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def figure(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def show_library(library):
    searches = sorted(library["searches"], key=lambda search: search["ms"])
    slowest, middle = searches[-1], searches[len(searches) // 2]
    verdict = "reached" if slowest["ms"] <= LIBRARY_LIMIT else "missed"
    print()
    print(table(["library, medians in ms", "time", "floor", "at most", ""],
                [["made, once", figure(library["made"]), "", "", ""],
                 ["the middle of %d searches: %s" % (len(searches), middle["typed"]), f"{middle['ms']:.3f}", f"{middle['floor']:.3f}", "", ""],
                 ["the slowest: %s" % slowest["typed"], f"{slowest['ms']:.3f}", f"{slowest['floor']:.3f}", str(LIBRARY_LIMIT), verdict]]))


def show_others(others):
    floor = others["empty window"]["settled"]
    print()
    print(table(["10000 entries, medians", "settled, ms", "against empty window", "processor, ms", "MiB"],
                [[name, figure(told["settled"]), figure(told["settled"] / floor), figure(told["processor"]), figure(told["MiB"])]
                 for name, told in others.items()]))


def show(runs, judged):
    # Not everything is measured with every size.
    names = list(dict.fromkeys(name for run in runs.values() for name in run))
    print(table(["medians, in ms where not said", *(f"{n} entries" for n in runs)],
                [[name, *(figure(run[name]) if name in run else "" for run in runs.values())] for name in names]))
    print()
    print(table(["figure", "entries", "against", "ratio", "at most", ""],
                [[row["what"], str(row["n"]), row["floor"], figure(row["ratio"]), "" if row["most"] is None else f"{row['most']:g}",
                  row["verdict"]] for row in judged]))


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description="Measures the core and the window beside the least that could be done instead.")
    parser.add_argument("--large", action="store_true", help="also 100 000 entries, which takes minutes and half a gigabyte")
    parser.add_argument("--others", action="store_true", help="also RedNotebook and Lifeograph, which have to be there")
    parser.add_argument("--json", metavar="FILE", default=os.path.join(BUILD, "bench.json"), help="where the figures go (default %(default)s)")
    parser.add_argument("--no-window", action="store_true", help="only the core, which needs no display")
    asked = parser.parse_args()
    sizes = (100, 1000, 10000) + ((100000,) if asked.large else ())
    runs = {}
    for n in sizes:
        runs[n] = {}
        for mode in MODES:
            print(f"bench: {mode}, {n} entries", file=sys.stderr)
            runs[n].update(measure(n, mode))
    print("bench: library", file=sys.stderr)
    library = measure_library()
    judged = judge(runs)
    show(runs, judged)
    show_library(library)
    window = {} if asked.no_window else measure_window((0, *sizes))
    judged_window = judge_window(window, runs) if window else []
    if window:
        print()
        show(window, judged_window)
    others = on_a_desktop("others.py", 10000) if asked.others else {}
    if others:
        show_others(others)
    with open(asked.json, "w", encoding="utf-8") as out:
        json.dump({"processors": os.cpu_count(), "machine": platform.machine(), "load": os.getloadavg(), "runs": runs, "ratios": judged,
                   "library": library, "window": window, "window ratios": judged_window, "others": others},
                  out, indent=2)
        out.write("\n")
    print(f"\n{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; written to {asked.json}")


if __name__ == "__main__":
    main()
