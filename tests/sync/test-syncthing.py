# SPDX-License-Identifier: GPL-3.0-or-later
"""Two real Syncthing instances on the loopback interface, and a journal in the folder between them.

Each side has a home of its own, and a program that has the journal open as the window has (computer.c).
LEITMOTIF_SYNC_ROUNDS says how many rounds; without it there are few enough for every day.
"""

import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli"))

import tap
from program import Home, PASSPHRASE

ROUNDS = int(os.environ.get("LEITMOTIF_SYNC_ROUNDS", "3"))
PATIENCE = 90  # seconds
COMPUTER = os.path.join(os.environ["LEITMOTIF_BUILD"], "tests/sync/computer")
KEY = "leitmotif-test"
FOLDER = "journal"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(0.1)
    return value


class Side:
    """A computer: a home with a journal, and the Syncthing that looks after it."""

    def __init__(self, name):
        self.name = name
        self.home = Home()
        self.config = self.home.path / "syncthing"
        self.gui, self.listen = free_port(), free_port()
        self.process = self.program = None
        subprocess.run(["syncthing", "generate", f"--home={self.config}", "--no-default-folder"], check=True,
                       capture_output=True, env=self.home.environment)
        run = subprocess.run(["syncthing", "serve", "--device-id", f"--home={self.config}"], check=True,
                             capture_output=True, text=True, env=self.home.environment)
        self.id = run.stdout.strip()

    def configure(self, other):
        """Only the other side, at its address on this machine: no discovery, no relays, no other network at all."""
        path = self.config / "config.xml"
        tree = xml.parse(path)
        root = tree.getroot()
        for old in [*root.findall("folder"), *root.findall("device"), *root.findall("gui"), *root.findall("options")]:
            root.remove(old)
        folder = xml.SubElement(root, "folder", id=FOLDER, label="", path=str(self.home.journal), type="sendreceive",
                                rescanIntervalS="3600", fsWatcherEnabled="false", ignorePerms="false")
        for side in (self, other):
            xml.SubElement(folder, "device", id=side.id)
            device = xml.SubElement(root, "device", id=side.id, name=side.name)
            xml.SubElement(device, "address").text = f"tcp://127.0.0.1:{side.listen}"
        xml.SubElement(folder, "maxConflicts").text = "10"
        gui = xml.SubElement(root, "gui", enabled="true", tls="false")
        xml.SubElement(gui, "address").text = f"127.0.0.1:{self.gui}"
        xml.SubElement(gui, "apikey").text = KEY
        options = xml.SubElement(root, "options")
        for name, value in {
            "listenAddress": f"tcp://127.0.0.1:{self.listen}", "globalAnnounceEnabled": "false",
            "localAnnounceEnabled": "false", "relaysEnabled": "false", "natEnabled": "false", "urAccepted": "-1",
            "autoUpgradeIntervalH": "0", "crashReportingEnabled": "false", "startBrowser": "false",
            "reconnectionIntervalS": "1", "stunKeepaliveStartS": "0",
        }.items():
            xml.SubElement(options, name).text = value
        tree.write(path)
        (self.home.journal / ".stfolder").mkdir(parents=True, exist_ok=True)

    def start(self):
        environment = self.home.environment | {"STNODEFAULTFOLDER": "1", "STNOUPGRADE": "1"}
        self.log = open(self.home.path / "syncthing.log", "a", encoding="utf-8")
        self.process = subprocess.Popen(["syncthing", "serve", f"--home={self.config}", "--no-browser", "--no-restart"],
                                        env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        until(lambda: self.ask("system/ping"), f"{self.name} to start")

    def ask(self, path, post=False):
        request = urllib.request.Request(f"http://127.0.0.1:{self.gui}/rest/{path}", headers={"X-API-Key": KEY},
                                         method="POST" if post else "GET", data=b"" if post else None)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.loads(answer.read() or b"{}") or True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return None

    def set_online(self, online):
        self.ask("system/resume" if online else "system/pause", post=True)

    def scan(self):
        self.ask(f"db/scan?folder={FOLDER}", post=True)

    def completed(self, other):
        """Whether the other side has all that this one has."""
        answer = self.ask(f"db/completion?folder={FOLDER}&device={other.id}")
        status = self.ask(f"db/status?folder={FOLDER}")
        return (answer and status and answer["completion"] == 100 and answer.get("needItems", 0) == 0
                and answer.get("needDeletes", 0) == 0 and status["state"] == "idle" and status["needTotalItems"] == 0)

    def open(self):
        self.program = subprocess.Popen([COMPUTER, str(self.home.journal), PASSPHRASE], env=self.home.environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.program.stdout.readline() == "open\n"

    def do(self, *words):
        self.program.stdin.write(" ".join(words) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, f"{words}: {self.name} has ended"
        return answer.strip()

    def close(self):
        if self.program:
            self.program.stdin.close()
            self.program.wait(30)
            self.program.stdout.close()
            self.program = None

    def stop(self):
        self.close()
        if self.process:
            self.process.terminate()
            self.process.wait(30)
            self.process = None
            self.log.close()

    def files(self):
        entries = self.home.journal / "entries"
        return {path.name: path.read_bytes() for path in entries.iterdir() if not path.name.startswith(".")}


@unittest.skipUnless(shutil.which("syncthing"), "syncthing is not here")
class SyncthingTest(unittest.TestCase):
    def setUp(self):
        self.sides = (Side("one"), Side("two"))
        for side in self.sides:
            self.addCleanup(side.home.remove)
        for side in self.sides:
            self.addCleanup(side.stop)
        one, two = self.sides
        made = one.home.call("init", "--kdf-cost", "minimal")
        self.assertEqual(made.returncode, 0, made.stderr)
        one.configure(two)
        two.configure(one)
        for side in self.sides:
            side.start()
        self.sync()
        self.assertTrue((two.home.journal / "journal.json").exists())
        for side in self.sides:
            side.open()

    def sync(self):
        """Both scan until both have the same: what one receives may make the other move a file."""
        one, two = self.sides
        for side in self.sides:
            side.set_online(True)
        until(lambda: (one.ask("system/connections") or {}).get("connections", {}).get(two.id, {}).get("connected"),
              "the two to meet")

        def same():
            for side in self.sides:
                side.scan()
            return one.completed(two) and two.completed(one) and one.files() == two.files()

        until(same, "both folders to be the same")

    def rest(self):
        """Syncs and looks until nothing waits and both sides have the same. Returns how many questions there were."""
        asked = 0
        for _ in range(20):
            self.sync()
            answers = [side.do("decide") for side in self.sides]
            asked += sum(int(answer.split()[0]) for answer in answers)
            if self.sides[0].files() == self.sides[1].files() and answers == ["0 0", "0 0"]:
                return asked
        raise AssertionError(f"no rest: {[sorted(side.files()) for side in self.sides]}")

    def assert_all_said(self):
        texts = "".join(side.do("texts") for side in self.sides)
        for sentence in self.said:
            self.assertIn(sentence, texts)

    def say(self, side, id=None):
        sentence = f"Sentence-<{len(self.said)}>."
        self.said.append(sentence)
        return side.do("say", id, sentence) if id else side.do("new", sentence)

    def test_nothing_is_lost(self):
        one, two = self.sides
        chance = random.Random(1)
        self.said, asked = [], 0
        ids = [self.say(one), self.say(two)]
        self.rest()
        for number in range(ROUNDS):
            id = ids[number % 2]
            kind = ("offline", "online", "delete", "new")[number % 4]
            if kind in ("offline", "delete"):
                for side in self.sides:
                    side.set_online(False)
            if kind == "new":
                ids[number % 2] = self.say(chance.choice(self.sides))
            elif kind == "delete":
                one.do("delete", id)
                self.say(two, id)
            else:
                for side in self.sides:
                    for _ in range(chance.randint(1, 3)):
                        self.say(side, id)
                        side.scan()
            asked += self.rest()
            self.assert_all_said()
            if kind == "delete":
                # The edit stays.
                self.assertIn(self.said[-1], one.do("entries"))
                self.assertIn(self.said[-1], two.do("entries"))
        print(f"# {ROUNDS} rounds, {asked} questions, {len(self.said)} sentences, none lost", flush=True)
        self.assertGreater(asked, 0, "the two never met: this proves nothing")


if __name__ == "__main__":
    tap.main()
