# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every libFuzzer target for some seconds or executions, from the kept inputs on. Builds them with clang in _build/fuzz.

usage: run-fuzz.py [--seconds N | --runs N] [--jobs N] [--keep] [TARGET]...

--keep writes what was new into the corpus, made small. What a target found is left in _build/fuzz/finds/.
"""

import argparse
import base64
import concurrent.futures
import fcntl
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ.get("LEITMOTIF_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = SOURCE / "_build" / "fuzz"
CORPUS = SOURCE / "tests" / "fuzz" / "corpus"
HEAD = "# SPDX-License-Identifier: CC0-1.0\n"
# Kept for each target, at most: inputs, and bytes of one.
KEPT, KEPT_BYTES = 120, 2048
ENVIRONMENT = {
    **os.environ,
    "ASAN_OPTIONS": "exitcode=99:detect_leaks=1:allocator_may_return_null=1",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "LSAN_OPTIONS": "suppressions=" + str(SOURCE / "tests/support/lsan.supp") + ":print_suppressions=0",
    "G_SLICE": "always-malloc",
}


def build():
    """With ccache if there is one: the whole core is compiled a third time."""
    log = BUILD / "log"
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # The tests of several targets may run at the same time.
        build_locked(log)


def build_locked(log):
    with log.open("w") as out:
        if not (BUILD / "build.ninja").exists():
            subprocess.run(["meson", "setup", "-Dprofile=devel", "-Dtests=headless", "-Dfuzz=true",
                            "-Db_sanitize=address,undefined", "-Db_lundef=false", BUILD, SOURCE],
                           env={**os.environ, "CC": "clang"}, stdout=out, stderr=out, stdin=subprocess.DEVNULL, check=True)
        subprocess.run(["ninja", "-C", BUILD, "fuzzers"], stdout=out, stderr=out, stdin=subprocess.DEVNULL, check=True)


def unpack(target, folder):
    path = CORPUS / f"{target}.txt"
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else []):
        if line and not line.startswith("#"):
            (folder / f"kept-{number}").write_bytes(base64.b64decode(line))


def keep(target, folder):
    """Writes the smallest set that reaches as much."""
    program = BUILD / "tests" / "fuzz" / f"fuzz-{target}"
    with tempfile.TemporaryDirectory() as small:
        subprocess.run([program, "-merge=1", f"-max_len={KEPT_BYTES}", small, folder], env=ENVIRONMENT,
                       capture_output=True, check=True)
        inputs = sorted((path.read_bytes() for path in pathlib.Path(small).iterdir()), key=len)
    lines = sorted(base64.b64encode(data).decode() for data in inputs[:KEPT] if data)
    (CORPUS / f"{target}.txt").write_text(HEAD + "".join(line + "\n" for line in lines))


def fuzz(target, options):
    """Returns the number of executions and None, or what was found."""
    program = BUILD / "tests" / "fuzz" / f"fuzz-{target}"
    finds = BUILD / "finds"
    finds.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        unpack(target, folder)
        limit = [f"-runs={options.runs}"] if options.runs else [f"-max_total_time={options.seconds}"]
        # A long run goes beside other work, where ten seconds may be no time at all.
        result = subprocess.run([program, *limit, "-print_final_stats=1", f"-max_len={options.length}",
                                 f"-timeout={120 if options.runs else 10}",
                                 "-rss_limit_mb=2500", f"-artifact_prefix={finds}/{target}-", folder],
                                env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                errors="replace", stdin=subprocess.DEVNULL, check=False)
        done = re.search(r"stat::number_of_executed_units: (\d+)", result.stdout)
        if result.returncode == 0 and done:
            if options.keep:
                keep(target, folder)
            return int(done[1]), None
    return 0, "\n".join(result.stdout.splitlines()[-60:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--length", type=int, default=8192)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    every = sorted(path.stem.removeprefix("fuzz-") for path in (SOURCE / "tests" / "fuzz").glob("fuzz-*.c"))
    targets = options.targets or every
    try:
        build()
    except subprocess.CalledProcessError:
        print((BUILD / "log").read_text(), file=sys.stderr)
        return 1
    print(f"TAP version 13\n1..{len(targets)}", flush=True)
    finds = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = {pool.submit(fuzz, target, options): target for target in targets}
        for number, future in enumerate(concurrent.futures.as_completed(results), 1):
            runs, found = future.result()
            finds += found is not None
            print(f"{'not ok' if found else 'ok'} {number} - {results[future]}: {runs} executions, {1 if found else 0} finds",
                  flush=True)
            for line in (found or "").splitlines():
                print("# " + line, flush=True)
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
