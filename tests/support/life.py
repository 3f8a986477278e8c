# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window tests share: a clean home for each test, journals made without the window, and what is on disk."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import unittest

import quick
from driver import App, until

PASSPHRASE = "four unlikely words here"
DATA = pathlib.Path(os.environ.get("HOME", "/"), ".local/share/leitmotif")
JOURNAL = DATA / "journal"
PROGRAM = quick.program("cli", "leitmotif-journal")


SCHEMA = "io.github.leitmotif_journal.Leitmotif"


def setting(key):
    """The stored value of a setting. By a process of its own: one that lives on sees changes late."""
    return subprocess.run(["gsettings", "get", SCHEMA, key], capture_output=True, text=True, check=True).stdout.strip()


def set_setting(key, value):
    subprocess.run(["gsettings", "set", SCHEMA, key, value], check=True)


def cli(*arguments, passphrase=PASSPHRASE, text="", check=True):
    """Runs leitmotif-journal on the app's own journal."""
    result = subprocess.run([PROGRAM, *arguments, "--passphrase-fd", "0"], input=f"{passphrase}\n{text}",
                            capture_output=True, text=True, check=False)
    if check:
        assert result.returncode == 0, result.stderr
    return result


def make_journal(*entries):
    """A journal with entries (title, text), made in a fraction of a second. Returns the recovery code."""
    code = cli("init", "--kdf-cost", "minimal").stdout.strip()
    for title, text in entries:
        cli("add", "--title", title, text=text)
    return code


def entries():
    """The payloads of all entries on disk, as another program reads them."""
    listed = json.loads(cli("list", "--sealed", "--json", check=False).stdout)
    return [json.loads(cli("show", entry["id"], "--json").stdout) for entry in listed]


def entry_files():
    return sorted((JOURNAL / "entries").glob("*.json"))


def secrets():
    """What the keyring holds for the app, as pairs of kind and secret."""
    found = subprocess.run(["secret-tool", "search", "--all", "--unlock", "xdg:schema", SCHEMA],
                           capture_output=True, text=True, check=False)
    kinds = [line.split(" = ")[1] for line in (found.stdout + found.stderr).splitlines()
             if line.startswith("attribute.kind")]
    values = [line.split(" = ")[1] for line in found.stdout.splitlines() if line.startswith("secret")]
    return sorted(kinds), values


def journal_id():
    return json.loads((JOURNAL / "journal.json").read_bytes())["journal"]


def store_secret(kind, secret):
    """Puts something else into the keyring where the app looks."""
    subprocess.run(["secret-tool", "store", "--label", "test", "xdg:schema", SCHEMA, "journal", journal_id(), "kind", kind],
                   input=secret, text=True, check=True)


def clear_secret(kind):
    subprocess.run(["secret-tool", "clear", "xdg:schema", SCHEMA, "kind", kind], check=True)


def recovery_code(app):
    """The code that is on the screen."""
    return next(w.name for w in app.find_all("label") if re.fullmatch(r"([0-9A-Z]{4}-){6}[0-9A-Z]{4}", w.name))


def bytes_on_disk(folder=JOURNAL):
    """Every file below the folder with what is in it."""
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class SmallDisk:
    """A small disk that only the app has, in the place of a folder."""

    def __init__(self, folder, app_before):
        script = ('copy=$(mktemp -d) && cp -a "$0/." "$copy" && mount -t tmpfs -o size=1m,mode=700 disk "$0" &&'
                  ' cp -a "$copy/." "$0" && rm -r "$copy" && exec "$@"')
        self.folder = folder
        self.before = [*app_before, "sh", "-c", script, str(folder)]
        self.app = None

    def path(self, name):
        """Of a file there, as the app sees it."""
        return pathlib.Path(f"/proc/{self.app.process.pid}/root{self.folder}/{name}")

    def fill(self):
        with open(self.path("filler"), "wb", buffering=0) as file:
            for size in (4096, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    pass

    def make_room(self):
        self.path("filler").unlink()


class LifeTest(unittest.TestCase):
    """Each test begins as on a new computer."""

    looks_for_leaks = False

    def setUp(self):
        shutil.rmtree(DATA, ignore_errors=True)
        subprocess.run(["gsettings", "reset-recursively", SCHEMA], check=True)
        subprocess.run(["secret-tool", "clear", "xdg:schema", SCHEMA], capture_output=True, check=False)

    def start(self, *arguments, **environment):
        app = App(*arguments, leaks=self.looks_for_leaks, **{"G_DEBUG": "fatal-criticals", **environment})
        self.addCleanup(app.end)
        return app

    def read_only(self, folder):
        """What to put before the app so that it cannot write there. Root may write where the mode forbids it."""
        if os.geteuid() != 0:
            for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                path.chmod(0o500)
                self.addCleanup(path.chmod, 0o700)
            return []
        if subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("root may write everywhere, and cannot mount here")
        script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, str(folder)]

    def block_runtime_folder(self):
        """No draft can be put aside there."""
        place = pathlib.Path(os.environ["XDG_RUNTIME_DIR"], "leitmotif")
        shutil.rmtree(place, ignore_errors=True)
        place.touch()
        self.addCleanup(place.unlink)

    def begin_on_small_disk(self, folder):
        if os.geteuid() != 0 or subprocess.run(["unshare", "--mount", "true"], check=False).returncode != 0:
            self.skipTest("nothing can be mounted here")
        make_journal()
        disk = SmallDisk(folder, ["unshare", "--mount", "--propagation", "private"])
        disk.app = self.start_open(before=disk.before)
        return disk

    def unlock(self, app, passphrase=PASSPHRASE):
        app.find("button", "Open")
        app.focus("text box", "Passphrase")
        app.type(passphrase)
        app.keys("Return")

    def start_open(self, *arguments, **environment):
        """Starts the app and opens the journal by its passphrase."""
        app = self.start(*arguments, **environment)
        self.unlock(app)
        app.find("list", "Write")
        return app

    def start_kept(self, *entries):
        """Makes a journal that the keyring opens. It was opened once."""
        make_journal(*entries)
        set_setting("keep-in-keyring", "true")
        app = self.start_open()
        until(lambda: secrets()[0] == ["derived", "passphrase"], "the keyring to keep the passphrase")
        return app

    def first_run(self, app, passphrase=PASSPHRASE, only_me=True):
        """Goes through the first pages up to the field for the recovery code. Returns the code."""
        app.press("button", "Begin")
        app.focus("text box", "Passphrase")
        app.type(passphrase)
        app.focus("text box", "The same again")
        app.type(passphrase)
        if not only_me:
            app.press("list item", "Someone else too: ask every time")
        app.press("button", "Make the journal")
        app.find("button", "I have kept it", patience=60)
        code = recovery_code(app)
        app.press("button", "I have kept it")
        until(lambda: app.focused() and app.focused().role == "text box", "the code's field")
        return code

    def place(self, app, name):
        app.press("list item", name)

    def take_up(self, app, title):
        """Goes on with what was begun. Below Write there may be a row of the same name, which would begin it anew."""
        until(lambda: [row for row in app.find("list", "Go on writing").children() if title in row.name], f"“{title}” to go on with")
        app.focus_row("Go on writing", title)
        app.keys("Return")

    def choose_folder(self, app, title, path, button="Select"):
        """Gives the path to the system's file chooser: at once, as by a paste. It completes what is typed, and gets in
        the way of fast fingers."""
        dialog = app.find("dialog", title)
        # Until then the key is the main window's, in which it locks the journal.
        until(lambda: dialog.has("active"), "the dialog to have the keyboard")
        app.keys("ctrl+l")
        field = until(lambda: next((box for box in app.all(lambda box: box.role == "text box", "focused")
                                    if app.inside(box, "dialog")), None), "the field for a path")
        assert field.call("EditableText", "SetTextContents", "(s)", str(path))[0]
        until(lambda: field.text().rstrip("/") == str(path), "the path")
        app.press("button", button)
        app.gone("dialog", title)

    def write(self, app, text):
        """Begins a new entry and writes the text."""
        app.keys("ctrl+n")
        area = app.find("text box", "Text")
        until(lambda: area.has("focused"), "the cursor in the text")
        app.type(text)
        until(lambda: area.text() == text, "what was typed")
        return area


__all__ = ["App", "DATA", "JOURNAL", "LifeTest", "PASSPHRASE", "bytes_on_disk", "clear_secret", "cli", "entries",
           "entry_files", "journal_id", "make_journal", "recovery_code", "secrets", "set_setting", "setting",
           "store_secret", "until"]
