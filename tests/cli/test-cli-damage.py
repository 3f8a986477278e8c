# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that cannot be opened: the others are there, it is named with its reason, and nobody touches it."""

import json
import os
import shutil

import tap
from outside import HEAD, Outside, encode, new_id
from program import DAMAGED, DONE, PASSPHRASE, SECRET, CliTest


class Entries(CliTest):
    def setUp(self):
        super().setUp()
        self.good = [self.add(f"good {n}", title=f"good {n}") for n in range(2)]
        self.bad = self.add("bad", title="bad")
        self.path = self.file(self.bad)
        self.whole = self.path.read_bytes()
        self.outside = Outside(self.journal, PASSPHRASE)

    def check(self, reason=b"", thoroughly=False):
        """One file in entries/ is bad: it is named with its reason and left alone, and the others are there."""
        name = f"entries/{self.path.name}".encode()
        before = self.state()
        for command in (["list"], ["search", "good"]) if thoroughly else (["list"],):
            result = self.call(*command, "--json", expect=DAMAGED)
            self.assertEqual({entry["id"] for entry in json.loads(result.stdout)}, set(self.good))
            (line,) = result.stderr.splitlines()
            self.assertTrue(line.startswith(b"leitmotif-journal: " + name + b": ") and reason in line, line)
        (found,) = json.loads(self.call("verify", "--json", expect=DAMAGED).stdout)
        self.assertEqual(sorted(found), ["file", "reason"])
        self.assertEqual(found["file"].encode(), name)
        self.assertTrue(found["reason"])
        if thoroughly:
            result = self.call("verify", expect=DAMAGED)
            self.assertEqual(result.stdout.decode(), f"{found['file']}: {found['reason']}\n")
            # A good entry is whole, whatever became of others.
            self.assertIn(b"good 0", self.call("show", self.good[0]).stdout)
        self.assertEqual(self.state(), before)

    def test_cut_off(self):
        for length in (len(self.whole) - 1, len(self.whole) - 3, len(self.whole) // 2, 100, 1):
            with self.subTest(length):
                self.path.write_bytes(self.whole[:length])
                if length == len(self.whole) - 1:  # Only the line break at its end is gone.
                    self.call("verify")
                else:
                    self.check()

    def test_empty(self):
        self.path.write_bytes(b"")
        self.check(thoroughly=True)

    def test_zeros(self):
        self.path.write_bytes(bytes(len(self.whole)))
        self.check()

    def test_zeros_behind_it(self):
        self.path.write_bytes(self.whole + bytes(512))
        self.check()

    def test_one_bit(self):
        # In the header's ids, in the nonce and in the box.
        for place in (b'"journal":"', b'"entry":"', b'"key":"', b'"nonce":"', b'"box":"'):
            with self.subTest(place):
                at = self.whole.index(place) + len(place) + 5
                changed = bytearray(self.whole)
                changed[at] = ord("a" if changed[at] != ord("a") else "b")
                self.path.write_bytes(bytes(changed))
                self.check()

    def test_the_box_of_another_entry(self):
        other = json.loads(self.file(self.good[0]).read_text())
        mine = json.loads(self.whole)
        mine["box"], mine["nonce"] = other["box"], other["nonce"]
        self.path.write_text(json.dumps(mine))
        self.check()

    def test_of_another_journal(self):
        self.home.call("init", "--journal", "other", "--kdf-cost", "minimal")
        result = self.home.call("add", "--journal", "other", text="from there")
        shutil.copy(self.home.path / "other" / "entries" / f"{result.stdout.decode().strip()}.json", self.path)
        self.check(reason=b"another journal", thoroughly=True)

    def test_sealed_for_another_journal_with_our_key(self):
        self.path.write_bytes(self.outside.seal(self.bad, HEAD, journal=new_id()))
        self.check()

    def test_made_by_a_newer_version(self):
        self.path.write_bytes(self.outside.seal(self.bad, HEAD, version=2))
        self.check(reason=b"newer version")

    def test_an_unknown_format(self):
        self.path.write_bytes(self.whole.replace(b"leitmotif-entry", b"leitmotif-entrz"))
        self.check(reason=b"format")

    def test_sealed_with_a_key_that_is_not_here(self):
        self.path.write_bytes(self.outside.seal(self.bad, HEAD, key=new_id()))
        self.check(reason=b"key")

    def test_not_json(self):
        twice, marked = self.whole + self.whole, b"\xef\xbb\xbf" + self.whole
        for text in (b"\xff\xfe\x00garbage", b"[]", b"{}", b"null", b"{" * 5000, twice, marked):
            with self.subTest(text[:10]):
                self.path.write_bytes(text)
                self.check()

    def test_a_payload_that_is_none(self):
        for payload in (
            b"",
            b"[]",
            b"not json",
            b'{"kind":"entry","title":"a","title":"b"}',
            b'{"kind":"entry","title":"\\u0000"}',
            b'{"kind":"entry","n":1.5}',
            b'{"kind":"entry","n":9007199254740993}',
            b'{"kind":"entry","t":"\xff"}',
            b'{"kind":"entry","saves":{"x":1}}',
            b'{"a":' * 40 + b"1" + b"}" * 40,
        ):
            with self.subTest(payload[:20]):
                self.path.write_bytes(self.outside.seal(self.bad, payload))
                self.check()

    def test_a_payload_of_odd_values_is_shown_as_far_as_it_goes(self):
        odd = {"kind": "entry", "created": "yesterday", "modified": 7, "title": ["x"], "text": {}, "tags": "mum"}
        odd |= {"answers": [1, {"step": 2}, {"choices": {}}, {"choices": [4, {}]}, {"people": "x"}, None]}
        odd |= {"guide": 3, "deleted": 0}
        self.path.write_bytes(self.outside.seal(self.bad, odd))
        for command in (["verify"], ["list", "--trash"], ["search", "x"], ["show", self.bad], ["export", "out"]):
            self.call(*command)
        self.assertEqual(self.show(self.bad), odd)

    def test_no_regular_file(self):
        made = []
        for make in (
            lambda: self.path.mkdir(),
            lambda: os.mkfifo(self.path),
            lambda: self.path.symlink_to(self.file(self.good[0])),
            lambda: self.path.symlink_to("/dev/zero"),
            lambda: self.path.symlink_to("nowhere"),
        ):
            with self.subTest(len(made)):
                if self.path.is_dir():
                    self.path.rmdir()
                else:
                    self.path.unlink()
                make()
                self.check()
                made.append(make)

    def test_larger_than_a_file_can_be(self):
        with open(self.path, "wb") as file:
            file.truncate((32 << 20) + 1)
        self.check(reason=b"too large")

    def test_many_bad_files(self):
        for n in range(300):
            (self.journal / "entries" / f"{new_id()}.json").write_bytes(b"x" * n)
        self.path.unlink()
        result = self.call("list", "--json", expect=DAMAGED)
        self.assertEqual({entry["id"] for entry in json.loads(result.stdout)}, set(self.good))
        self.assertEqual(len(result.stderr.splitlines()), 300)
        self.assertEqual(len(self.call("verify", expect=DAMAGED).stdout.splitlines()), 300)

    def test_a_name_that_is_not_utf_8(self):
        self.path.unlink()
        (self.journal / "entries" / os.fsdecode(b"\xff\n\x1b[2J.json")).write_bytes(b"x")
        self.assertEqual(set(self.ids("list", expect=DAMAGED)), set(self.good))
        (found,) = json.loads(self.call("verify", "--json", expect=DAMAGED).stdout.decode())
        self.assertTrue(found["file"].endswith(".json"))
        (line,) = self.call("verify", expect=DAMAGED).stdout.splitlines()
        self.assertNotIn(b"\x1b", line)

    def test_what_is_no_record_is_passed_over(self):
        entries = self.journal / "entries"
        for name in (".hidden.json", f".~{new_id()}-{new_id()}-12345678.part", "notes.txt", ".stfolder", "x.json~"):
            (entries / name).write_bytes(b"anything")
        (entries / "zz").mkdir()
        (entries / "zz" / "x.json").write_bytes(b"anything")
        self.call("verify")
        self.assertEqual(set(self.ids()), {*self.good, self.bad})

    def test_folders_of_two_digits_are_looked_into(self):
        id = self.outside.write(HEAD | {"title": "below"}, name="ab/" + "ab" * 16 + ".json", id="ab" * 16)
        self.assertIn(id, self.ids())
        (self.journal / "entries" / "ab" / "bad.json").write_bytes(b"")
        self.assertIn(b"entries/ab/bad.json: ", self.call("verify", expect=DAMAGED).stdout)

    def test_a_copy_is_no_damage(self):
        shutil.copy(self.path, self.path.with_name(f"{self.bad}.sync-conflict-20261123-210411-ABCDEFG.json"))
        self.call("verify")
        self.assertEqual(sorted(self.ids()), sorted([*self.good, self.bad]))
        # Nor is a file that lost its name: the id inside counts.
        for path in (self.journal / "entries").glob(f"{self.bad}*"):
            path.rename(path.with_name("renamed " + path.name))
        self.assertEqual(sorted(self.ids()), sorted([*self.good, self.bad]))
        self.assertEqual(self.show(self.bad)["text"], "bad")

    def test_changing_one_entry_leaves_the_bad_one(self):
        self.path.write_bytes(self.whole[:-40])
        self.add("one more")
        self.call("trash", self.good[0], expect=DONE)
        self.assertEqual(self.path.read_bytes(), self.whole[:-40])
        self.call("show", self.bad, expect=DAMAGED)
        self.call("trash", self.bad, expect=DAMAGED)
        self.assertEqual(self.path.read_bytes(), self.whole[:-40])


class Journals(CliTest):
    """The journal itself is not what it should be."""

    def check(self, expect=DAMAGED, reason=b""):
        before = self.state()
        for command in (["list"], ["verify"], ["add", "--title", "t"]):
            result = self.call(*command, expect=expect)
            self.assertEqual(result.stdout, b"")
            self.assertIn(reason, result.stderr)
        self.assertEqual(self.state(), before)

    def test_missing(self):
        shutil.rmtree(self.home.data / "leitmotif")
        commands = (["list"], ["add"], ["verify"], ["show", "12"], ["search", "x"], ["trash", "12"], ["export", "o"])
        for command in commands:
            with self.subTest(command):
                result = self.call(*command, text="text", expect=DAMAGED)
                self.assertEqual(result.stdout, b"")
        self.assertEqual(list(self.home.data.iterdir()), [])
        self.assertEqual(list(self.home.path.iterdir()), [self.home.data])

    def test_another_folder(self):
        self.call("list", "--journal", "/usr", expect=DAMAGED)
        self.call("list", "--journal", "/dev/null", expect=DAMAGED)
        self.call("list", "--journal", "", expect=DAMAGED)

    def test_identity(self):
        path = self.journal / "journal.json"
        whole = json.loads(path.read_text())
        for changed in (
            "",
            "garbage",
            "{}",
            json.dumps(whole | {"version": 0}),
            json.dumps(whole | {"version": "1"}),
            json.dumps(whole | {"journal": whole["journal"].upper() + "0"}),
            json.dumps(whole | {"journal": "../../../../etc"}),
            json.dumps(whole | {"format": "other"}),
        ):
            with self.subTest(changed):
                path.write_text(changed)
                self.check()
        path.write_text(json.dumps(whole | {"version": 2}))
        self.check(reason=b"newer version")
        path.unlink()
        self.check(reason=b"no journal in this folder")
        # Of another journal: its keys are none of ours.
        path.write_text(json.dumps(whole | {"journal": new_id()}))
        self.check()

    def test_keys(self):
        keys = self.journal / "keys"
        slots = {json.loads(path.read_text())["kind"]: path for path in keys.iterdir()}
        whole = slots["passphrase"].read_bytes()
        for changed in (b"", whole[:-20], whole.replace(b'"commit":"', b'"commit":"A'), b"{}"):
            with self.subTest(changed[-20:]):
                slots["passphrase"].write_bytes(changed)
                self.check()
                result = self.call("verify", "--recovery", passphrase=self.code, expect=DAMAGED)
                self.assertIn(f"keys/{slots['passphrase'].name}: ".encode(), result.stdout)
                self.assertEqual(self.call("list", "--recovery", passphrase=self.code).stdout, b"")
        # Whole again, with another commitment: nothing tells this from a wrong passphrase.
        slot = json.loads(whole)
        slot["commit"] = encode(os.urandom(32)).decode()
        slots["passphrase"].write_text(json.dumps(slot))
        self.check(expect=SECRET)
        for path in keys.iterdir():
            path.unlink()
        self.check(reason=b"key files are missing")
        keys.rmdir()
        self.check(reason=b"key files are missing")

    def test_a_newer_kind_of_slot_is_skipped(self):
        keys = self.journal / "keys"
        slot = json.loads(next(keys.iterdir()).read_text())
        slot |= {"slot": new_id(), "kind": "hardware"}
        (keys / f"{slot['slot']}.json").write_text(json.dumps(slot))
        self.call("list")

    def test_without_the_folder_of_entries(self):
        (self.journal / "entries").rmdir()
        self.check()
        self.assertFalse((self.journal / "entries").exists())


if __name__ == "__main__":
    tap.main()
