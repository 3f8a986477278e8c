# SPDX-License-Identifier: GPL-3.0-or-later
"""A second reader, written from the format's text alone, reads what the programs write, and is as strict as they are."""

import base64
import copy
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import unittest

import leitmotif_reader
import tap

PROGRAM = pathlib.Path(os.environ["LEITMOTIF_BUILD"]) / "src" / "cli" / "leitmotif-journal"
READER = leitmotif_reader.__file__
PASSPHRASE = "Grüße aus Łódź"
TEXTS = [
    ("Plain", "One line.", ["one"]),
    ("Ünïcode 😀", "שלום — naïve “quotes”\n\n\tand a tab, \\ and \"\n", ["Größe", "日本"]),
    ("Long", "x" * 4000, []),
    ("Just over a page", "y" * 4100, []),
    ("Very long", "0123456789" * 10000, ["a", "b", "c"]),
]


class Reader(unittest.TestCase):
    """One journal for all; what is changed is a copy of it. The reader never sees a key twice: each opening derives."""

    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="leitmotif-reader-"))
        cls.addClassCleanup(shutil.rmtree, cls.home)
        cls.path = cls.home / "leitmotif" / "journal"
        cls.code = cls.program("init", "--kdf-cost", "minimal").strip()
        cls.ids = []
        for title, text, tags in TEXTS:
            arguments = [part for tag in tags for part in ("--tag", tag)]
            cls.ids.append(cls.program("add", "--title", title, *arguments, text=text).strip())
        cls.opened = leitmotif_reader.open_journal(cls.path, PASSPHRASE)

    @classmethod
    def program(cls, *arguments, text=""):
        reading, writing = os.pipe()
        os.write(writing, PASSPHRASE.encode() + b"\n")
        os.close(writing)
        try:
            result = subprocess.run(
                [PROGRAM, "--passphrase-fd", str(reading), *arguments], input=text, text=True, capture_output=True,
                pass_fds=[reading], env=os.environ | {"XDG_DATA_HOME": str(cls.home)}, check=False, timeout=60)
        finally:
            os.close(reading)
        if result.returncode != 0:
            raise AssertionError(f"{arguments}: {result.returncode}: {result.stderr}")
        return result.stdout

    def setUp(self):
        self.maxDiff = None

    def copy(self):
        path = pathlib.Path(tempfile.mkdtemp(dir=self.home)) / "journal"
        shutil.copytree(self.path, path)
        return path

    def at(self, path):
        """The open journal, with its keys, at another place: as after lots of key derivations."""
        journal = copy.copy(self.opened)
        journal.path, journal.problems = path, []
        return journal

    def entry(self, path, number):
        return path / "entries" / f"{self.ids[number]}.json"

    def edit(self, path, number, **changes):
        """Rewrites the header of an entry as another writer would, which need not be the writer's own form."""
        file = self.entry(path, number)
        header = json.loads(file.read_text()) | changes
        file.write_text(json.dumps(header))

    def assert_refused(self, path, number, reason=""):
        """That one entry is told of, and the others are all there."""
        journal = self.at(path)
        found = dict(journal.records())
        self.assertEqual(set(found), set(self.ids) - {self.ids[number]})
        (problem,) = journal.problems
        self.assertEqual(problem[0], f"entries/{self.ids[number]}.json")
        self.assertIn(reason, problem[1])

    def test_agrees_with_the_program(self):
        found = dict(self.opened.records())
        self.assertEqual(self.opened.problems, [])
        self.assertEqual(set(found), set(self.ids))
        for id, (title, text, tags) in zip(self.ids, TEXTS, strict=True):
            self.assertEqual(found[id], json.loads(self.program("show", id, "--json")))
            self.assertEqual((found[id]["title"], found[id]["text"]), (title, text))
            self.assertEqual(found[id].get("tags", []), tags)

    def test_opens_by_code(self):
        expected = dict(self.opened.records())
        for code in (self.code, self.code.lower().replace("-", " "), self.code.replace("0", "o").replace("1", "l")):
            journal = leitmotif_reader.open_journal(self.path, code=code)
            self.assertEqual(dict(journal.records()), expected)
            self.assertEqual(journal.problems, [])

    def test_passphrase_in_another_form(self):
        journal = leitmotif_reader.open_journal(self.path, unicodedata.normalize("NFD", PASSPHRASE))
        self.assertEqual(len(dict(journal.records())), len(TEXTS))

    def test_wrong_secrets(self):
        for wrong in ("", "x" * 1025, "tab\there", PASSPHRASE + " ", PASSPHRASE.lower(), "Gruße aus Łódź"):
            with self.assertRaises(ValueError, msg=wrong):
                leitmotif_reader.open_journal(self.path, wrong)
        mistyped = self.code[:-1] + ("0" if self.code[-1] != "0" else "2")
        for wrong in (mistyped, self.code[:-1], self.code + "0", "U" + self.code[1:], "", PASSPHRASE):
            with self.assertRaises(ValueError, msg=wrong):
                leitmotif_reader.open_journal(self.path, code=wrong)
        with self.assertRaises(ValueError):
            leitmotif_reader.open_journal(self.path, code="0000-0000-0000-0000-0000-0000-01YJ")

    def test_known_codes(self):
        known = {"0" * 32: "0000-0000-0000-0000-0000-0000-01YJ", "deadbeef00112233445566778899aabb":
                 "VTPV-XVR0-24H3-6H2N-CSVR-H6DA-QE7A"}
        for secret, code in known.items():
            self.assertEqual(leitmotif_reader.code_secret(code).hex(), secret)

    def test_command(self):
        for options, secret in (([], PASSPHRASE), (["--code"], self.code)):
            result = subprocess.run([sys.executable, READER, *options, self.path], input=secret + "\r\n", text=True,
                                    capture_output=True, check=True)
            lines = [json.loads(line) for line in result.stdout.splitlines()]
            self.assertEqual({line["id"]: line["payload"] for line in lines}, dict(self.opened.records()))
            self.assertEqual(result.stderr, "")
        wrong = subprocess.run([sys.executable, READER, self.path], input="wrong\n", text=True, capture_output=True,
                               check=False)
        self.assertEqual((wrong.returncode, wrong.stdout), (1, ""))
        self.assertIn("no key file opens with this", wrong.stderr)
        for arguments in ([], ["--help"], ["--code"], [self.path, self.path]):
            call = subprocess.run([sys.executable, READER, *arguments], input="", text=True, capture_output=True,
                                  check=False)
            self.assertEqual((call.returncode, call.stdout), (1, ""))

    def test_length(self):
        """A person reads it before trusting it with a passphrase."""
        self.assertLessEqual(len(pathlib.Path(READER).read_text().splitlines()), 150)

    def test_flipped_bits(self):
        path, random_bits = self.copy(), random.Random(10)
        file = self.entry(path, 0)
        good = file.read_bytes()
        for bit in random_bits.sample(range(len(good) * 8), 400):
            changed = bytearray(good)
            changed[bit // 8] ^= 1 << bit % 8
            file.write_bytes(changed)
            with self.subTest(bit=bit):
                self.assert_refused(path, 0)

    def test_truncated(self):
        path = self.copy()
        file = self.entry(path, 0)
        good = file.read_bytes()
        for size in (0, 1, 100, 200, 300, 5000, len(good) - 2):
            file.write_bytes(good[:size])
            with self.subTest(size=size):
                self.assert_refused(path, 0)
        file.write_bytes(good[:3000] + bytes(len(good) - 3000))
        self.assert_refused(path, 0)

    def test_swapped(self):
        path = self.copy()
        self.edit(path, 0, entry=self.ids[1])
        self.assert_refused(path, 0, "Decryption failed")
        path = self.copy()
        first, second = self.entry(path, 0).read_bytes(), self.entry(path, 1).read_bytes()
        self.entry(path, 0).write_bytes(second)
        self.entry(path, 1).write_bytes(first)
        # The id inside counts: both are copies of the other, and nobody's text stands under another id.
        self.assertEqual(dict(self.at(path).records()), dict(self.opened.records()))

    def test_other_journal_and_key(self):
        for key, reason in (("journal", "of another journal"), ("key", "waiting for its key")):
            path = self.copy()
            self.edit(path, 2, **{key: "0" * 32})
            self.assert_refused(path, 2, reason)

    def test_strict_header(self):
        changes = [{"version": 2}, {"version": 0}, {"version": "1"}, {"version": True}, {"format": "leitmotif-draft"},
                   {"nonce": "AAAA"}, {"nonce": None}, {"box": ""}, {"box": "!"}, {"entry": "X" * 32},
                   {"extra": 1.5}, {"extra": 2**53}, {"extra": "\0"}, {"extra": "\ud800"}, {"extra": "x" * 65536}]
        for change in changes:
            path = self.copy()
            self.edit(path, 1, **change)
            with self.subTest(change=str(change)[:60]):
                self.assert_refused(path, 1)

    def test_strict_text(self):
        path = self.copy()
        file = self.entry(path, 1)
        good = file.read_text()
        nested = '{"x":' + "[" * 32 + "]" * 32 + ","
        for bad in ("\ufeff" + good, good + "{}", good.replace("{", "{\"key\":\"" + "0" * 32 + "\",", 1),
                    good.replace("{", nested, 1), good.replace("\n", "//\n"), good.replace("\"}", "\",}")):
            self.assertNotEqual(bad, good)
            file.write_text(bad)
            with self.subTest(begin=bad[:40]):
                self.assert_refused(path, 1)
        file.write_text(good.replace("{", nested.replace("[", "", 1).replace("]", "", 1), 1))
        self.assertEqual(dict(self.at(path).records()), dict(self.opened.records()))

    def test_canonical_base64(self):
        """The last character before the padding has bits that say nothing: they must be zero."""
        path = self.copy()
        file = self.entry(path, 0)
        header = json.loads(file.read_text())
        box = header["box"]
        self.assertTrue(box.endswith("="))
        place = len(box.rstrip("=")) - 1
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        other = box[:place] + alphabet[alphabet.index(box[place]) ^ 1] + box[place + 1:]
        self.assertEqual(base64.b64decode(other), base64.b64decode(box))
        self.edit(path, 0, box=other)
        self.assert_refused(path, 0, "not canonical")

    def test_other_forms(self):
        """Any JSON that says the same is the same, for both readers."""
        path = self.copy()
        file = self.entry(path, 1)
        header = json.loads(file.read_text())
        header = {"new": {"deep": [1, None]}} | dict(reversed(header.items()))
        file.write_text(" \n" + json.dumps(header, indent=3).replace("/", "\\/") + "\n\n")
        self.assertEqual(dict(self.at(path).records()), dict(self.opened.records()))

    def test_hostile_costs(self):
        path = self.copy()
        slots = [file for file in (path / "keys").iterdir() if json.loads(file.read_text())["kind"] == "passphrase"]
        slot = json.loads(slots[0].read_text())
        for cost in ({"opslimit": 1}, {"opslimit": 17}, {"memlimit_kib": 65535}, {"memlimit_kib": 2**20 + 1},
                     {"opslimit": 5, "memlimit_kib": 2**20}, {"memlimit_kib": 2**40}, {"opslimit": "2"},
                     {"opslimit": -1}, {"algorithm": "argon2i13"}, {"salt": "AAAA"}):
            slots[0].write_text(json.dumps(slot | {"kdf": slot["kdf"] | cost}))
            with self.subTest(cost=cost), self.assertRaisesRegex(ValueError, "no key file"):
                leitmotif_reader.open_journal(path, PASSPHRASE)
        # The code is another way in, and the broken file is named.
        journal = leitmotif_reader.open_journal(path, code=self.code)
        self.assertEqual(dict(journal.records()), dict(self.opened.records()))
        self.assertEqual([file for file, _ in journal.problems], [f"keys/{slots[0].name}"])

    def test_changed_slot(self):
        """Whatever of a slot is changed, it does not open: the commitment covers all of it."""
        path = self.copy()
        file = next(file for file in (path / "keys").iterdir() if json.loads(file.read_text())["kind"] == "passphrase")
        good = json.loads(file.read_text())
        other = base64.b64encode(bytes(len(base64.b64decode(good["box"])))).decode()
        for change in ({"slot": "0" * 32}, {"nonce": base64.b64encode(bytes(24)).decode()}, {"box": other},
                       {"commit": base64.b64encode(bytes(32)).decode()}):
            file.write_text(json.dumps(good | change))
            with self.subTest(change=list(change)), self.assertRaisesRegex(ValueError, "no key file"):
                leitmotif_reader.open_journal(path, PASSPHRASE)

    def test_copies(self):
        """Conflict copies are told of; where the main file is missing the newest stands for it; shards are looked at."""
        path = self.copy()
        shutil.copy(self.entry(path, 0), path / "entries" / "a (conflicted copy).json")
        self.entry(path, 1).rename(path / "entries" / "b.json")
        (path / "entries" / "ab").mkdir()
        self.entry(path, 2).rename(path / "entries" / "ab" / self.entry(path, 2).name)
        (path / "entries" / ".hidden.json").write_text("x")
        (path / "entries" / "notes.txt").write_text("x")
        journal = self.at(path)
        self.assertEqual(dict(journal.records()), dict(self.opened.records()))
        self.assertEqual(journal.problems, [("entries/a (conflicted copy).json", "a copy")])


tap.main()
