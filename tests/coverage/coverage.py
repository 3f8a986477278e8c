# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of src/vault and src/journal the core's tests go through: at least 95 % of lines and 90 % of branches.

What is left out, and why, stands in the source behind "No test:"; gcov leaves such lines out by LCOV_EXCL_LINE. At most 1 %
of the lines may be left out.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

SOURCE = pathlib.Path(os.environ.get("LEITMOTIF_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = SOURCE / "_build" / "coverage"
LINES, BRANCHES, LEFT_OUT = 95, 90, 1
FOLDERS = ("vault", "journal")
C_ARGS = ["-Dc_args=-include " + str(SOURCE / "tests/coverage/lm-plain-functions.h")]
# Tests of everything these two layers do, and nothing that needs a display. What is killed does not tell where it was.
TESTS = (("--suite", "core", "--suite", "cli"), ("crash-fail",))


def set_up():
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "log").open("w") as log:
        if not (BUILD / "build.ninja").exists():
            subprocess.run(["meson", "setup", "-Dprofile=devel", "-Dtests=headless", "-Db_coverage=true", "-Doptimization=0",
                            *C_ARGS, BUILD, SOURCE], stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True)


def left_out():
    """Every line that is not counted, with its reason."""
    for folder in FOLDERS:
        for path in sorted((SOURCE / "src" / folder).glob("*.c")):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if "LCOV_EXCL" in line or "GCOVR_EXCL" in line:
                    reason = re.search(r"No test: (.*?)(\*/|$)", line)
                    yield f"{path.relative_to(SOURCE)}:{number}", reason[1].strip() if reason else None


def main():
    set_up()
    for path in BUILD.rglob("*.gcda"):
        path.unlink()
    failed = False
    for chosen in TESTS:
        # Each file system call fails, not some picked by chance: the figure is the same each time. It builds what these tests
        # need, and no window.
        tests = subprocess.run(["meson", "test", "-C", BUILD, "-t", "0", *chosen], stdin=subprocess.DEVNULL,
                               env={**os.environ, "LEITMOTIF_PROOF": "places"},
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if tests.returncode != 0:
            failed = True
            print("\n".join(tests.stdout.splitlines()[-30:]))
    # Branches that only a failed allocation inside a macro of GLib's takes are no branches of ours.
    report = subprocess.run(["gcovr", "-r", SOURCE, "--object-directory", BUILD, "--json-summary", "-", "--exclude-unreachable-branches",
                             "--exclude-throw-branches", "--exclude-noncode-lines", "--gcov-ignore-parse-errors=all",
                             "--exclude-branches-by-pattern", ".*(g_autoptr|g_auto|g_autofree|g_assert|g_clear_pointer).*",
                             *(argument for folder in FOLDERS for argument in ("--filter", f"src/{folder}/")),
                             *(BUILD / "src" / folder for folder in FOLDERS)],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True)
    found = json.loads(report.stdout)
    for file in sorted(found["files"], key=lambda file: file["line_percent"] or 0):
        print(f"{file['line_percent']:6.1f} % lines {file['branch_percent'] or 100:6.1f} % branches  {file['filename']}")
    exclusions = list(left_out())
    for place, reason in exclusions:
        print(f"left out: {place}: {reason or 'NO REASON GIVEN'}")
    share = 100 * len(exclusions) / found["line_total"]
    print(f"coverage of vault and journal: {found['line_percent']:.1f} % of {found['line_total']} lines, "
          f"{found['branch_percent']:.1f} % of {found['branch_total']} branches, {share:.1f} % left out")
    good = (found["line_percent"] >= LINES and found["branch_percent"] >= BRANCHES and share <= LEFT_OUT
            and all(reason for _, reason in exclusions) and not failed)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
