# SPDX-License-Identifier: GPL-3.0-or-later
"""Where nothing can be written: it is said, nothing half-done is left, and what was there stays."""

import os
import shutil
import subprocess

import tap
from program import DAMAGED, DONE, IO, PASSPHRASE, CliTest, Home


def can_mount():
    """Whether a folder can be made read-only for one process; root may do that, where it is really root."""
    if os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "--mount", "true"], stderr=subprocess.DEVNULL).returncode == 0


class ReadOnly(CliTest):
    def read_only(self, path):
        """What to put before the command so that it cannot write below path."""
        if os.geteuid() != 0:
            for folder in (path, *(each for each in path.rglob("*") if each.is_dir())):
                folder.chmod(0o500)
                self.addCleanup(folder.chmod, 0o700)
            return []
        if not can_mount():
            self.skipTest("root may write everywhere, and cannot mount here")
        script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
        return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, str(path)]

    def test_the_journal(self):
        id = self.add("text", title="title")
        before = self.state()
        without = self.read_only(self.journal)
        # Its own data can still be written.
        for command in (["list"], ["show", id], ["search", "text"], ["verify"], ["export", "out"]):
            self.call(*command, before=without)
        for command in (["add"], ["trash", id]):
            result = self.call(*command, text="lost?", before=without, expect=IO)
            self.assertEqual(result.stdout, b"")
        self.assertEqual(self.state(), before)

    def test_the_data_folder(self):
        shutil.move(self.journal, self.home.path / "journal")
        self.journal = self.home.path / "journal"
        before = self.state()
        without = self.read_only(self.home.data)
        for command in (["list"], ["add"]):
            self.call(*command, "--journal", "journal", text="x", before=without, expect=IO)
        self.assertEqual(self.state(), before)

    def test_a_place_for_a_new_journal(self):
        place = self.home.path / "place"
        place.mkdir()
        without = self.read_only(place)
        for name in ("journal", "a/b/journal"):
            result = self.call("init", "--journal", f"place/{name}", "--kdf-cost", "minimal", before=without, expect=IO)
            self.assertEqual(result.stdout, b"")
        self.assertEqual(list(place.iterdir()), [])

    def test_a_place_for_an_export(self):
        self.add("text")
        place = self.home.path / "place"
        place.mkdir()
        self.call("export", "place/out", before=self.read_only(place), expect=IO)
        self.assertEqual(list(place.iterdir()), [])

    def test_where_no_file_can_be_made_by_anyone(self):
        for place in ("/proc/leitmotif", "/proc/self/leitmotif"):
            result = self.home.call("init", "--journal", place, "--kdf-cost", "minimal")
            self.assertIn(result.returncode, (IO, DAMAGED))
            self.assertEqual(result.stdout, b"")
        result = self.home.call("export", "/proc/leitmotif/out")
        self.assertIn(result.returncode, (IO, DAMAGED))


class Full(CliTest):
    """Standard output is /dev/full, and the disk is."""

    def full(self, *arguments, expect=IO, **options):
        with open("/dev/full", "wb") as full:
            return self.call(*arguments, stdout=full, expect=expect, **options)

    def test_standard_output(self):
        id = self.add("x" * 100_000, title="title")
        for command in (["list"], ["list", "--json"], ["show", id], ["show", id, "--json"], ["search", "title"]):
            with self.subTest(command):
                self.full(*command)
        (self.journal / "entries" / "bad.json").write_bytes(b"")
        for command in (["list"], ["verify"], ["verify", "--json"]):
            with self.subTest(command):
                self.full(*command)

    def test_an_id_that_could_not_be_printed(self):
        # The entry is there all the same.
        self.full("add", text="kept")
        (entry,) = self.list()
        self.assertEqual(self.show(entry["id"])["text"], "kept")

    def test_a_recovery_code_that_could_not_be_printed(self):
        result = self.full("init", "--journal", "new", "--kdf-cost", "minimal")
        self.assertIn(b"recovery code could not be printed", result.stderr)

    def test_a_disk_without_room(self):
        if not can_mount():
            self.skipTest("a small disk can be mounted only by root")
        place = self.home.path / "place"
        place.mkdir()
        # What to do there: the call itself, and then a look at what it left, with the same passphrase.
        script = """
            mount -t tmpfs -o size=64k,mode=700 none place && cp -r data/leitmotif/journal place || exit 99
            "$@"; echo $? >status
            ls -A place/journal/entries
            "$1" list --journal place/journal --passphrase-fd 0 </dev/fd/9"""
        here = ["unshare", "--mount", "--propagation", "private", "sh", "-c", "exec 9<secret;" + script, "sh"]
        (self.home.path / "secret").write_text(PASSPHRASE + "\n")
        for text, status, files in (("fits", DONE, 1), ("y" * 200_000, IO, 0)):
            result = self.home.call("add", "--journal", "place/journal", text=text, before=here)
            self.assertEqual((self.home.path / "status").read_text(), f"{status}\n")
            self.assertEqual(result.returncode, DONE)
            self.assertEqual(b"disk is full" in result.stderr, status == IO)
            lines = [line for line in result.stdout.decode().splitlines() if line.endswith(".json") or "  " in line]
            self.assertEqual(len(lines), 2 * files, lines)


class Init(CliTest):
    """A new journal needs a place of its own."""

    def check(self, place, expect=IO):
        result = self.call("init", "--journal", str(place), "--kdf-cost", "minimal", expect=expect)
        self.assertEqual(result.stdout == b"", expect != DONE)
        return result

    def test_where_a_journal_is(self):
        before = self.state()
        self.assertIn(b"not empty", self.check(self.journal).stderr)
        self.call("init", "--kdf-cost", "minimal", expect=IO)
        self.assertEqual(self.state(), before)

    def test_where_something_else_is(self):
        place = self.home.path / "place"
        place.mkdir()
        for name in ("file", ".hidden", "folder/"):
            path = place / name
            path.mkdir() if name.endswith("/") else path.write_text("mine")
            self.check(place)
            self.assertEqual([each.name for each in place.iterdir()], [path.name])
            path.rmdir() if path.is_dir() else path.unlink()
        file = self.home.path / "file"
        file.write_text("mine")
        self.check(file)
        self.assertEqual(file.read_text(), "mine")
        self.assertNotEqual(self.home.call("init", "--journal", "file/below", "--kdf-cost", "minimal").returncode, DONE)

    def test_an_empty_folder_will_do(self):
        place = self.home.path / "place"
        place.mkdir()
        self.check(place, expect=DONE)
        self.call("verify", "--journal", str(place))

    def test_folders_above_are_made(self):
        self.check(self.home.path / "a" / "b" / "c", expect=DONE)
        self.call("verify", "--journal", "a/b/c")
        self.assertEqual([each.name for each in (self.home.path / "a" / "b").iterdir()], ["c"])

    def test_a_link_to_nowhere(self):
        link = self.home.path / "link"
        link.symlink_to(self.home.path / "nowhere")
        self.check(link)
        self.assertFalse((self.home.path / "nowhere").exists())
        self.assertTrue(link.is_symlink())

    def test_two_at_once(self):
        home = Home()
        self.addCleanup(home.remove)
        pipe = subprocess.PIPE
        made = [home.popen("init", "--kdf-cost", "minimal", stdout=pipe, stderr=pipe) for _ in range(4)]
        codes = {process.communicate()[0].decode().strip(): process.returncode for process in made}
        (code,) = [code for code, status in codes.items() if status == DONE]
        self.assertLessEqual(set(codes), {code, ""})
        self.assertEqual(home.call("list", "--recovery", passphrase=code).returncode, DONE)
        self.assertEqual(len(list((home.journal / "keys").iterdir())), 2)
        self.assertEqual([path.name for path in home.journal.parent.glob(".*")], [])


if __name__ == "__main__":
    tap.main()
