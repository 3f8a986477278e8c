# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs leitmotif-journal as a person or a script would, in a home of its own."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import quick

PROGRAM = quick.program("cli", "leitmotif-journal")
PASSPHRASE = "plum dumplings on Weavers Row"

DONE, DAMAGED, USAGE, SECRET, IO = range(5)


class Home:
    """A home folder with data and settings in it, and what every call there has in common."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="leitmotif-cli-"))
        self.data = self.path / "data"
        self.data.mkdir()
        self.journal = self.data / "leitmotif" / "journal"
        self.environment = dict(os.environ)
        self.environment.update(
            HOME=str(self.path),
            XDG_DATA_HOME=str(self.data),
            XDG_CONFIG_HOME=str(self.path / "config"),
            XDG_CACHE_HOME=str(self.path / "cache"),
            XDG_RUNTIME_DIR=str(self.path / "run"),
        )

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)

    def popen(self, *arguments, passphrase=PASSPHRASE, before=(), environment=None, **options):
        """Starts the program; the passphrase waits for it in a pipe of its own."""
        command = [*before, PROGRAM]
        fds = ()
        if passphrase is not None:
            reading, writing = os.pipe()
            os.write(writing, passphrase if isinstance(passphrase, bytes) else passphrase.encode() + b"\n")
            os.close(writing)
            fds = (reading,)
            command += ["--passphrase-fd", str(reading)]
        try:
            return subprocess.Popen(
                [*command, *arguments],
                env=self.environment | (environment or {}),
                pass_fds=fds,
                start_new_session=True,
                cwd=self.path,
                **options,
            )
        finally:
            for fd in fds:
                os.close(fd)

    def call(self, *arguments, text=b"", **options):
        """Runs the program to its end. Standard input is text, which is nothing unless it is given."""
        options.setdefault("stdout", subprocess.PIPE)
        if "stdin" not in options:
            options["stdin"] = subprocess.PIPE
        process = self.popen(*arguments, stderr=subprocess.PIPE, **options)
        data = None if process.stdin is None else text if isinstance(text, bytes) else text.encode()
        out, err = process.communicate(data, timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)


class CliTest(unittest.TestCase):
    """Every test has its own home with a fresh journal in the usual place."""

    @classmethod
    def setUpClass(cls):
        cls.template = Home()
        cls.addClassCleanup(cls.template.remove)
        made = cls.template.call("init", "--kdf-cost", "minimal")
        if made.returncode != 0:
            raise AssertionError(f"init: {made.returncode}: {made.stderr.decode()}")
        cls.code = made.stdout.decode().strip()

    def setUp(self):
        self.maxDiff = None
        self.home = Home()
        self.addCleanup(self.home.remove)
        self.journal = self.home.journal
        shutil.copytree(self.template.journal, self.journal)
        self.journal.parent.chmod(0o700)

    def call(self, *arguments, expect=DONE, **options):
        """Runs the program and looks at its exit status, and that only failures are told of."""
        result = self.home.call(*arguments, **options)
        told = result.stderr.decode(errors="replace")
        self.assertEqual(result.returncode, expect, f"{arguments}: {told}")
        # What verify finds is what was asked for.
        if expect != DONE and not ("verify" in arguments and expect == DAMAGED and result.stdout):
            self.assertTrue(re.search(r"^leitmotif-journal: .", told, re.MULTILINE), told)
        return result

    def add(self, text="", **options):
        """Adds an entry and returns its id."""
        title, tags = options.pop("title", None), options.pop("tags", ())
        arguments = ["add"] + (["--title", title] if title is not None else [])
        for tag in tags:
            arguments += ["--tag", tag]
        result = self.call(*arguments, text=text, **options)
        self.assertRegex(result.stdout.decode(), r"^[0-9a-f]{32}\n$")
        self.assertEqual(result.stderr, b"")
        return result.stdout.decode().strip()

    def show(self, id, **options):
        return json.loads(self.call("show", id, "--json", **options).stdout)

    def list(self, *arguments, **options):
        return json.loads(self.call("list", "--json", *arguments, **options).stdout)

    def ids(self, *arguments, **options):
        """The ids that a list or search prints, in its order."""
        arguments = arguments or ("list",)
        return [entry["id"] for entry in json.loads(self.call(*arguments, "--json", **options).stdout)]

    def file(self, id):
        return self.journal / "entries" / f"{id}.json"

    def state(self):
        """Every file of the journal with its bytes and times, to see that nothing was touched."""
        return {
            str(path.relative_to(self.journal)): (path.lstat().st_mtime_ns, path.lstat().st_ino, path.read_bytes())
            for path in self.journal.rglob("*")
            if path.is_file()
        }

    def files_open_in(self, process):
        for link in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
            try:
                yield os.readlink(link)
            except FileNotFoundError:
                pass  # It was closed meanwhile.

    def wait_until_open(self, process):
        """Waits until the program has the journal open: it holds the lock, then, and is about to read its text."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            self.assertIsNone(process.poll(), "it ended before it had the journal open")
            if any(name.endswith("/lock") for name in self.files_open_in(process)):
                return
            time.sleep(0.02)
        self.fail("it never had the journal open")
