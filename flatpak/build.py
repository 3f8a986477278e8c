# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds the Flatpak from the working tree, installs it for the user, tries it in its sandbox and leaves a bundle.

The runtime comes from a remote that this user has, if one offers it. Otherwise a stand-in is made from Debian's packages, once;
then modules are built from the sources that Debian has byte for byte, and the rest of them is part of the stand-in. All of that
stays in .flatpak/ and never touches the user's own installation. docs/flatpak.md says more.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent
PLACE = SOURCE / ".flatpak"
OUTPUT = SOURCE / "_build" / "flatpak"
APP = "io.github.leitmotif_journal.Leitmotif"
STAND_IN = "stand-in"
# What Debian calls a module's source, and its library where the source is not to be had.
DEBIAN = {
    "libsodium": ("libsodium", "libsodium23", "libsodium-dev"),
    "md4c": ("md4c", "libmd4c0", "libmd4c-dev"),
    "libspelling": ("libspelling", "libspelling-1-2", "libspelling-1-dev"),
    "zxcvbn-c": ("zxcvbn-c", "libzxcvbn0", "libzxcvbn-dev"),
    "libstemmer": ("snowball", "libstemmer0d", "libstemmer-dev"),
}


def say(words):
    print(f"flatpak: {words}", file=sys.stderr, flush=True)


def run(*command, log=None, **options):
    """Runs a command to its end. With a log, its words go there and are shown only if it fails."""
    if log is None:
        result = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, **options)
    else:
        with open(log, "w", encoding="utf-8") as file:
            result = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        if log:
            print("\n".join(log.read_text(errors="replace").splitlines()[-40:]), file=sys.stderr)
        sys.exit(f"flatpak: {command[0]} failed" + (f"; all of it is in {log.relative_to(SOURCE)}" if log else ""))


def said(*command):
    """What a command says, None if it fails."""
    result = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return result.stdout.strip() if result.returncode == 0 else None


def remote_with(runtime):
    """Name and level (--user, --system) of a remote of this person's that offers the runtime, if there is one."""
    for level in ("--user", "--system"):
        for remote in (said("flatpak", level, "remotes", "--columns=name") or "").split():
            if said("timeout", "60", "flatpak", level, "remote-info", remote, runtime):
                return remote, level
    return None


def without_sources(manifest):
    """The manifest's outside modules whose sources cannot be laid ready from Debian. Looked up once: a stand-in that is made
    anew because a mirror did not answer this time would serve nobody."""
    noted = PLACE / "without-sources.json"
    wanted = {module["name"]: module["sources"][0]["sha256"] for module in manifest["modules"][:-1]}
    if noted.exists():
        before = json.loads(noted.read_text())
        if before["wanted"] == wanted:
            return before["missing"]
    missing = []
    for module in manifest["modules"][:-1]:
        source = module["sources"][0]
        name = source["url"].rsplit("/", 1)[-1]
        got = subprocess.run([HERE / "fetch-source", PLACE / "sources", DEBIAN[module["name"]][0], source["sha256"], name],
                             check=False, stdin=subprocess.DEVNULL)
        if got.returncode != 0:
            missing.append(module["name"])
    noted.write_text(json.dumps({"wanted": wanted, "missing": missing}))
    return missing


def prepare(manifest):
    """Makes the runtime ready. Returns the modules to leave out."""
    branch = manifest["runtime-version"]
    runtimes = [f"{manifest[kind]}//{branch}" for kind in ("runtime", "sdk")]
    found = remote_with(runtimes[1])
    if found:
        remote, level = found
        say(f"using the runtime from the remote “{remote}”")
        run("flatpak", level, "install", "-y", "--noninteractive", "--or-update", remote, *runtimes, log=OUTPUT / "runtime.log")
        return []
    missing = without_sources(manifest)
    say("no remote here has the runtime: a stand-in made from Debian's packages serves; "
        + (f"{' and '.join(missing)} are part of it, for want of their sources" if missing else "all modules are built"))
    packages = [package for name in missing for package in DEBIAN[name][1:]]
    run(*([] if os.geteuid() == 0 else ["sudo"]), HERE / "make-stand-in", PLACE / STAND_IN, branch, *packages)
    os.environ["FLATPAK_USER_DIR"] = str(PLACE / "installation")
    run("flatpak", "--user", "remote-add", "--if-not-exists", "--no-gpg-verify", STAND_IN, f"file://{PLACE}/{STAND_IN}/repo")
    run("flatpak", "--user", "install", "-y", "--noninteractive", "--or-update", STAND_IN, *runtimes,
        log=OUTPUT / "runtime.log")
    return missing


def build(manifest, left_out, key):
    """Builds into a repository of our own, signed if there is a key, and returns where the app's files are."""
    app = manifest["id"]
    manifest["modules"] = [module for module in manifest["modules"] if module["name"] not in left_out]
    (own,) = manifest["modules"][-1]["sources"]
    own["path"] = str(SOURCE)
    path = PLACE / f"{app}.json"
    path.write_text(json.dumps(manifest, indent=2))
    # A guard of the build's cache, for which /dev/fuse must be ours to use.
    guard = [] if os.access("/dev/fuse", os.W_OK) else ["--disable-rofiles-fuse"]
    log = OUTPUT / "build.log"
    run("flatpak-builder", *guard, "--user", "--force-clean", f"--state-dir={PLACE}/state", f"--extra-sources={PLACE}/sources",
        f"--repo={PLACE}/repo", *([f"--gpg-sign={key}"] if key else []), PLACE / "build", path, log=log)
    warnings = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("Warning:")]
    if warnings:
        sys.exit("flatpak: the builder warns:\n" + "\n".join(warnings))
    if key:
        sign(app, key)
    return PLACE / "build" / "files"


def sign(app, key):
    """Signs the list of what the repository has as well, looks whether the build is signed, and lays the public key beside."""
    run("flatpak", "build-update-repo", f"--gpg-sign={key}", PLACE / "repo", log=OUTPUT / "sign.log")
    arch = said("flatpak", "--default-arch")
    told = said("ostree", f"--repo={PLACE}/repo", "show", f"app/{app}/{arch}/master") or ""
    if "Found 1 signature" not in told or not (PLACE / "repo/summary.sig").exists():
        sys.exit("flatpak: what was built is not signed")
    run("gpg", "--batch", "--yes", "--output", OUTPUT / "leitmotif.gpg", "--export", key)
    print("signed; flatpak remote-add --gpg-import=_build/flatpak/leitmotif.gpg takes the key", flush=True)


def check(files, app):
    """What a software centre would look at."""
    run("desktop-file-validate", files / "share/applications" / f"{app}.desktop")
    # Older builders move it.
    places = [files / "share" / folder / f"{app}.{kind}.xml" for folder, kind in (("metainfo", "metainfo"), ("appdata", "appdata"))]
    metainfo = next(path for path in places if path.exists())
    run("appstreamcli", "validate", "--no-net", "--pedantic", metainfo, log=OUTPUT / "appstream.log")


def try_one(command, environment):
    """Runs a test program, shows what it says, and returns how many of its cases passed and failed."""
    passed = failed = 0
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as test:
        for line in test.stdout:
            print(line, end="", flush=True)
            passed += line.startswith("ok ") and "# SKIP" not in line
            failed += line.startswith("not ok ")
    # It may have ended between two cases.
    return passed, failed or int(test.returncode != 0)


def try_out(app):
    """The tests, and how long it takes to start, on a desktop of its own. Returns how many cases passed and failed."""
    # The desktop is another person's home, where flatpak would look for an installation.
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    os.environ.setdefault("FLATPAK_USER_DIR", f"{data}/flatpak")
    environment = {**os.environ, "LEITMOTIF_SOURCE": str(SOURCE), "LEITMOTIF_BUILD": str(OUTPUT), "LEITMOTIF_PICTURES": str(OUTPUT),
                   "LEITMOTIF_APP": app, "PYTHONPATH": f"{SOURCE}/tests/support:{SOURCE}/data/reader", "PYTHONDONTWRITEBYTECODE": "1"}
    desktop = [SOURCE / "tests/support/with-desktop", "--portals", sys.executable]
    counts = [try_one([*desktop, SOURCE / "tests/flatpak" / name], environment)
              for name in ("test-sandbox.py", "test-portals.py", "start-time.py")]
    return tuple(map(sum, zip(*counts)))


def main():
    parser = argparse.ArgumentParser(prog="./dev flatpak")
    parser.add_argument("--devel", action="store_true", help="build and install the development version instead, untried")
    parser.add_argument("--key", metavar="ID", default=os.environ.get("LEITMOTIF_SIGN_KEY"),
                        help="sign the repository with this GnuPG key (also LEITMOTIF_SIGN_KEY)")
    options = parser.parse_args()
    if options.key and said("gpg", "--batch", "--list-secret-keys", options.key) is None:
        sys.exit(f"flatpak: GnuPG has no secret key {options.key}")
    app = APP + (".Devel" if options.devel else "")
    started = time.monotonic()
    OUTPUT.mkdir(parents=True, exist_ok=True)
    PLACE.mkdir(exist_ok=True)
    manifest = json.loads((HERE / f"{app}.json").read_text())
    left_out = prepare(manifest)
    ready = time.monotonic()
    files = build(manifest, left_out, options.key)
    check(files, app)
    bundle = OUTPUT / f"leitmotif{'-devel' if app != APP else ''}.flatpak"
    run("flatpak", "build-bundle", PLACE / "repo", bundle, app, "master")
    run("flatpak", "--user", "install", "-y", "--noninteractive", "--or-update", bundle, log=OUTPUT / "install.log")
    print(f"runtime ready in {ready - started:.0f} s, built and installed in {time.monotonic() - ready:.0f} s", flush=True)
    print(f"bundle: {bundle.stat().st_size / 1024:.0f} KiB, {bundle.relative_to(SOURCE)}", flush=True)
    if app != APP:
        return 0
    passed, failed = try_out(app)
    print(f"picture of the reopened entry: {(OUTPUT / 'sandbox.png').relative_to(SOURCE)}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
