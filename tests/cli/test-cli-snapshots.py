# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of the journal as it was: made, listed, looked into, brought back, also into a folder of its own."""

import tap
from program import DAMAGED, IO, USAGE, CliTest


class Snapshots(CliTest):
    def lines(self, *arguments, **options):
        return self.call(*arguments, **options).stdout.decode().splitlines()

    def test_make_and_list(self):
        self.assertEqual(self.lines("snapshots"), [])
        first = self.lines("snapshot")
        second = self.lines("snapshot")
        self.assertRegex(first[0], r"^\d{4}-\d\d-\d\dT\d{6}Z$")
        self.assertEqual(self.lines("snapshots"), first + second)

    def test_one_entry(self):
        id = self.add("as it was", title="title")
        (name,) = self.lines("snapshot")
        self.call("trash", id)
        self.assertEqual(self.lines("list"), [])
        (line,) = self.lines("show-snapshot", name)
        self.assertTrue(line.startswith(id) and line.endswith("title"))
        self.assertIn(b"as it was", self.call("show-snapshot", name, id).stdout)
        self.assertEqual(self.lines("restore-snapshot", name, id), [id])
        self.assertEqual(len(self.lines("list")), 1)
        # Nothing is done twice.
        self.assertEqual(self.lines("restore-snapshot", name, id), [])

    def test_everything(self):
        ids = [self.add(f"text {i}") for i in range(4)]
        self.call("trash", ids[3])
        (name,) = self.lines("snapshot")
        (self.journal / "entries" / f"{ids[0]}.json").unlink()
        (self.journal / "entries" / f"{ids[1]}.json").write_bytes(b"\0" * 100)
        later = self.add("later")
        self.assertEqual(set(self.lines("restore-snapshot", name)), {ids[0], ids[1]})
        listed = {line.split()[0] for line in self.lines("list", expect=DAMAGED)}
        self.assertEqual(listed, {ids[0], ids[1], ids[2], later})
        # The present was copied first.
        self.assertEqual(len(self.lines("snapshots")), 2)
        # What was damaged was put aside, not lost.
        aside = list((self.journal / "entries").glob(f"{ids[1]}.conflict-*.json"))
        self.assertEqual([file.read_bytes() for file in aside], [b"\0" * 100])

    def test_into_a_folder(self):
        id = self.add("text")
        (name,) = self.lines("snapshot")
        self.call("restore-snapshot", name, "--into", "copy")
        copy = self.home.path / "copy"
        names = {str(p.relative_to(copy)) for p in copy.rglob("*") if p.is_file()}
        original = {str(p.relative_to(self.journal)) for p in self.journal.rglob("*") if p.is_file()}
        self.assertEqual(names, original)
        self.assertIn(b"text", self.call("show", id, "--journal", "copy").stdout)
        before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        self.call("restore-snapshot", name, "--into", "copy", expect=IO)
        self.assertEqual({p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}, before)

    def test_usage(self):
        self.call("restore-snapshot", "2020-01-01T000000Z", expect=DAMAGED)
        self.call("restore-snapshot", "../drafts", expect=DAMAGED)
        self.call("show-snapshot", "nothing", expect=DAMAGED)
        (name,) = self.lines("snapshot")
        self.call("restore-snapshot", name, "0123456789", expect=DAMAGED)
        self.call("restore-snapshot", name, "0123", "--into", "x", expect=USAGE)
        self.call("list", "--into", "x", expect=USAGE)
        self.assertFalse((self.home.path / "x").exists())


if __name__ == "__main__":
    tap.main()
