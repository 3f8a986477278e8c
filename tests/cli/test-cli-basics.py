# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command once, as its help says it, and every way to call it wrongly."""

import datetime
import json
import os
import stat
import subprocess

import tap
from outside import HEAD, Outside
from program import DAMAGED, DONE, IO, PASSPHRASE, USAGE, CliTest, Home


class Commands(CliTest):
    def test_init_prints_the_recovery_code_alone(self):
        home = Home()
        self.addCleanup(home.remove)
        result = home.call("init", "--kdf-cost", "minimal")
        self.assertEqual(result.returncode, DONE)
        self.assertRegex(result.stdout, rb"^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}\n$")
        self.assertIn(b"recovery code", result.stderr)
        self.assertNotIn(result.stdout.strip(), result.stderr)
        identity = json.loads((home.journal / "journal.json").read_text())
        self.assertEqual((identity["format"], identity["version"]), ("leitmotif-journal", 1))
        kinds = sorted(json.loads(slot.read_text())["kind"] for slot in (home.journal / "keys").iterdir())
        self.assertEqual(kinds, ["passphrase", "recovery"])
        self.assertEqual(list((home.journal / "entries").iterdir()), [])

    def test_two_journals_have_nothing_in_common(self):
        home = Home()
        self.addCleanup(home.remove)
        code = home.call("init", "--kdf-cost", "minimal").stdout.decode().strip()
        self.assertNotEqual(code, self.code)
        for name in ("journal.json", "keys"):
            mine, other = self.journal / name, home.journal / name
            if mine.is_dir():
                self.assertFalse({p.name for p in mine.iterdir()} & {p.name for p in other.iterdir()})
            else:
                self.assertNotEqual(mine.read_bytes(), other.read_bytes())

    def test_add_list_show(self):
        before = datetime.datetime.now().astimezone().replace(microsecond=0)
        id = self.add("Twenty-six ducks.", title="Ducks", tags=["park", "morning"])
        after = datetime.datetime.now().astimezone()
        (entry,) = self.list()
        self.assertEqual(list(entry), ["id", "created", "modified", "title", "guide", "tags"])
        self.assertEqual((entry["id"], entry["title"], entry["guide"]), (id, "Ducks", None))
        self.assertEqual(entry["tags"], ["park", "morning"])
        created = datetime.datetime.fromisoformat(entry["created"])
        self.assertLessEqual(before, created)
        self.assertLessEqual(created, after)
        modified = datetime.datetime.fromisoformat(entry["modified"])
        self.assertLessEqual(created, modified)
        self.assertLessEqual(modified, after)
        payload = self.show(id)
        self.assertEqual((payload["kind"], payload["revision"]), ("entry", 1))
        self.assertEqual((payload["title"], payload["text"]), ("Ducks", "Twenty-six ducks."))
        self.assertEqual((payload["created"], payload["tags"]), (entry["created"], ["park", "morning"]))
        self.assertEqual(list(payload["saves"].values()), [1])

    def test_show_prints_what_is_stored(self):
        id = self.add("line one\nline two \t", title="\u201cquoted\u201d")
        stored = Outside(self.journal, PASSPHRASE).open(id)
        self.assertEqual(self.call("show", id, "--json").stdout, stored + b"\n")

    def test_show_for_a_reader(self):
        id = self.add("The text itself.\n\n*More* of it.", title="A title", tags=["one", "two words"])
        shown = self.call("show", id).stdout.decode()
        self.assertRegex(shown, r"^# A title\n\n\*.+\*\n\nThe text itself\.\n\n\*More\* of it\.\n\n#one #two words\n$")

    def test_list_is_a_line_each(self):
        outside = Outside(self.journal, PASSPHRASE)
        first = outside.write(HEAD | {"created": "2024-07-01T08:05:00+02:00", "title": "First"})
        last = outside.write(HEAD | {"created": "2026-01-02T23:59:59+01:00", "text": "Last,\nwithout a  title"})
        middle = outside.write(HEAD | {"created": "2025-12-31T12:00:00+00:00", "title": "Two\nlines\x1b[2J of it"})
        lines = self.call("list").stdout.decode().split("\n")
        self.assertEqual(
            lines,
            [
                f"{last}  2026-01-02 23:59  Last, without a title",
                f"{middle}  2025-12-31 12:00  Two lines [2J of it",
                f"{first}  2024-07-01 08:05  First",
                "",
            ],
        )
        self.assertEqual(self.ids(), [last, middle, first])

    def test_entries_of_one_second_have_one_order(self):
        outside = Outside(self.journal, PASSPHRASE)
        ids = sorted(outside.write(HEAD | {"title": str(n)}) for n in range(8))
        self.assertEqual(self.ids(), ids)

    def test_an_empty_journal(self):
        self.assertEqual(self.list(), [])
        self.assertEqual(self.call("list").stdout, b"")
        self.assertEqual(self.call("verify").stdout, b"")
        self.assertEqual(json.loads(self.call("verify", "--json").stdout), [])
        self.assertEqual(self.ids("search", "anything"), [])

    def test_only_entries_are_listed(self):
        outside = Outside(self.journal, PASSPHRASE)
        outside.add_person("Lene")
        outside.write(HEAD | {"kind": "settings"})
        outside.write({"kind": "gone", "revision": 2, "saves": HEAD["saves"], "modified": HEAD["modified"]})
        outside.write(HEAD | {"kind": "family-map-of-a-newer-version", "title": "?"})
        self.assertEqual(self.list(), [])
        self.call("verify")

    def test_a_time_keeps_the_offset_it_was_written_with(self):
        payload = HEAD | {"created": "2025-06-30T23:30:00-07:00", "title": "Far away"}
        id = Outside(self.journal, PASSPHRASE).write(payload)
        self.assertEqual(self.list()[0]["created"], "2025-06-30T23:30:00-07:00")
        self.assertIn(b"2025-06-30 23:30", self.call("list").stdout)
        self.assertEqual(self.show(id)["created"], "2025-06-30T23:30:00-07:00")

    def test_an_id_may_be_cut_short(self):
        outside = Outside(self.journal, PASSPHRASE)
        one = outside.write(HEAD | {"title": "one"}, id="abcd" + "0" * 28)
        two = outside.write(HEAD | {"title": "two"}, id="abce" + "0" * 28)
        self.assertEqual(self.show("abcd")["title"], "one")
        self.assertEqual(self.show("abce")["title"], "two")
        self.assertEqual(self.show(two)["title"], "two")
        self.call("show", "abc", expect=DAMAGED)
        self.call("show", one.upper(), expect=DAMAGED)
        outside.write(HEAD | {"title": "three"}, id="abcd1" + "0" * 27)
        self.assertIn(b"abcd", self.call("show", "abcd", expect=USAGE).stderr)
        self.assertEqual(self.show("abcd1")["title"], "three")
        self.assertEqual(self.show("abcd0")["title"], "one")

    def test_an_unknown_id(self):
        self.add("something")
        for command in ("show", "trash", "restore"):
            for id in ("0" * 32, "0000", "", "../journal", "a" * 5000):
                result = self.call(command, id, expect=DAMAGED)
                self.assertEqual(result.stdout, b"")

    def test_verify_says_nothing_when_all_is_well(self):
        self.add("one")
        self.add("two")
        result = self.call("verify")
        self.assertEqual((result.stdout, result.stderr), (b"", b""))

    def test_options_stand_where_they_like(self):
        id = self.add("something", title="findable")
        for arguments in (
            ["list", "--json", "--journal", str(self.journal)],
            ["--json", "list", f"--journal={self.journal}"],
            [f"--journal={self.journal}", "--json", "search", "findable"],
            ["search", "--json", "--", "findable"],
            ["search", "findable", "--json"],
        ):
            self.assertEqual([entry["id"] for entry in json.loads(self.call(*arguments).stdout)], [id], arguments)

    def test_a_word_may_look_like_an_option(self):
        id = self.add("it said --json on the label")
        self.assertIn(id.encode(), self.call("search", "--", "--json").stdout)

    def test_the_journal_option(self):
        other = self.home.path / "other place"
        self.call("init", "--journal", str(other), "--kdf-cost", "minimal")
        id = self.add("elsewhere", title="there")
        self.assertEqual(self.ids("list", "--journal", str(other)), [])
        self.assertEqual(self.ids("list", "--journal", "data/leitmotif/journal"), [id])

    def test_a_folder_whose_name_is_not_utf_8(self):
        folder = os.fsdecode(os.fsencode(self.home.path) + b"/\xff\xfe journal")
        self.call("init", "--journal", folder, "--kdf-cost", "minimal")
        result = self.call("add", "--journal", folder, text="x")
        self.assertEqual(self.ids("list", "--journal", folder), [result.stdout.decode().strip()])
        self.call("list", "--journal", folder + "2", expect=DAMAGED)

    def test_the_settings_name_the_folder(self):
        chosen = self.home.path / "chosen"
        self.journal.rename(chosen)
        keyfile = self.home.path / "config" / "glib-2.0" / "settings"
        keyfile.mkdir(parents=True)
        (keyfile / "keyfile").write_text(
            f"[io/github/leitmotif_journal/Leitmotif]\njournal-folder='{chosen}'\n"
        )
        self.call("list", environment={"GSETTINGS_BACKEND": "keyfile"})
        self.call("list", expect=DAMAGED)

    def test_without_the_settings_schema(self):
        self.call("list", environment={"GSETTINGS_SCHEMA_DIR": str(self.home.path)})

    def test_help(self):
        result = self.home.call("--help", passphrase=None)
        self.assertEqual((result.returncode, result.stderr), (DONE, b""))
        for word in ("init", "add", "list", "show", "search", "verify", "trash", "restore", "export", "--journal"):
            self.assertIn(f" {word} ".encode(), result.stdout.replace(b"=", b" "))


class Usage(CliTest):
    def test_wrong_calls(self):
        for arguments in (
            [],
            ["nonsense"],
            ["lis"],
            ["list", "more"],
            ["add", "text on the command line"],
            ["show"],
            ["show", "1234", "5678"],
            ["search"],
            ["search", "  ", "\u2003"],
            ["trash"],
            ["restore"],
            ["export"],
            ["export", "one", "two"],
            ["verify", "it"],
            ["init", "here"],
            ["--nonsense", "list"],
            ["list", "--title", "x"],
            ["show", "--tag", "x", "1234"],
            ["list", "--kdf-cost", "minimal"],
            ["init", "--kdf-cost", "low"],
            ["search", "--trash", "x"],
            ["init", "--recovery"],
            ["list", "--passphrase", PASSPHRASE],
            ["list", "--journal"],
        ):
            with self.subTest(arguments):
                before = self.state()
                result = self.call(*arguments, expect=USAGE)
                self.assertEqual(result.stdout, b"")
                self.assertEqual(self.state(), before)

    def test_a_file_descriptor_is_a_number_from_0_on(self):
        for number in ("-1", "-2", "three", "", "99999999999999"):
            with self.subTest(number):
                result = self.call("list", "--passphrase-fd", number, passphrase=None, expect=USAGE)
                self.assertIn(b"passphrase-fd", result.stderr)
                self.assertNotIn(b"terminal", result.stderr)

    def test_a_file_descriptor_that_is_not_open(self):
        self.call("list", "--passphrase-fd", "250", passphrase=None, expect=IO)

    def test_there_is_no_terminal(self):
        result = self.call("list", passphrase=None, expect=USAGE)
        self.assertIn(b"--passphrase-fd", result.stderr)


class Files(CliTest):
    def test_modes(self):
        mask = os.umask(0)
        try:
            home = Home()
            self.addCleanup(home.remove)
            for arguments in (["init", "--kdf-cost", "minimal"], ["add", "--title", "x"], ["export", "out"]):
                self.assertEqual(home.call(*arguments).returncode, DONE)
        finally:
            os.umask(mask)
        seen = 0
        for top in (home.data / "leitmotif", home.path / "out"):
            for path in (top, *top.rglob("*")):
                wanted = 0o700 if path.is_dir() else 0o600
                self.assertEqual(stat.S_IMODE(path.lstat().st_mode), wanted, path)
                seen += 1
        self.assertGreater(seen, 12)

    def test_nothing_is_written_outside_of_the_data_folder(self):
        self.add("text")
        self.call("list")
        self.assertEqual([path.name for path in self.home.path.iterdir()], ["data"])
        self.assertEqual([path.name for path in self.home.data.iterdir()], ["leitmotif"])

    def test_reading_leaves_every_byte_alone(self):
        id = self.add("text", title="title")
        before = self.state()
        for arguments in (["list"], ["show", id], ["search", "text"], ["verify"], ["export", "out"], ["restore", id]):
            self.call(*arguments)
        self.assertEqual(self.state(), before)

    def test_all_standard_files_may_be_closed(self):
        self.add("kept", title="kept")
        before = self.state()
        command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh"]
        for arguments in (["list"], ["verify"], ["init", "--journal", "new", "--kdf-cost", "minimal"]):
            process = self.home.popen(*arguments, before=command, stderr=subprocess.DEVNULL)
            process.wait(60)
        self.assertEqual(self.state(), before)
        self.call("verify")
        self.call("verify", "--journal", "new")


if __name__ == "__main__":
    tap.main()
