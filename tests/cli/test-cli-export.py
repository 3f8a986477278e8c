# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything as plain files: complete, readable, and never over anything that was there."""

import json
import stat

import tap
from outside import HEAD, Outside
from program import DAMAGED, IO, PASSPHRASE, CliTest


class Export(CliTest):
    def setUp(self):
        super().setUp()
        self.out = self.home.path / "out"

    def export(self, **options):
        result = self.call("export", str(self.out), **options)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"not encrypted", result.stderr)
        return json.loads((self.out / "journal.json").read_text())

    def texts(self):
        return {path.name: path.read_text() for path in (self.out / "entries").iterdir()}

    def test_every_record_is_there_whole(self):
        outside = Outside(self.journal, PASSPHRASE)
        lene, bram = outside.add_person("Lene"), outside.add_person("Bram")
        ids = [lene, bram, outside.add_episode([lene, bram])]
        ids.append(self.add("Twenty-six ducks.\n", title="Ducks", tags=["park"]))
        ids.append(outside.write(HEAD | {"kind": "settings", "spellings": ["Weavers"]}))
        ids.append(outside.write(HEAD | {"kind": "family-map", "of": {"a": [1, None, True]}}))
        ids.append(self.add("thrown away"))
        self.call("trash", ids[-1])
        everything = self.export()
        self.assertEqual((everything["format"], everything["version"]), ("leitmotif-export", 1))
        records = {record["id"]: record["payload"] for record in everything["records"]}
        self.assertEqual(sorted(records), sorted(ids))
        self.assertEqual(len(everything["records"]), len(ids))
        for id in ids:
            self.assertEqual(records[id], json.loads(outside.open(id)))
            self.assertEqual(list(records[id]), list(json.loads(outside.open(id))), "in the order they stand")

    def test_an_episode_for_a_reader(self):
        outside = Outside(self.journal, PASSPHRASE)
        outside.add_episode([outside.add_person("Lene"), outside.add_person("Bram")])
        self.export()
        self.assertEqual(list(self.texts()), ["2025-02-03 2104 late-for-the-film.md"])
        (text,) = self.texts().values()
        self.assertEqual(
            text,
            "# Late for the film\n\n*Monday, 3 February 2025, 21:04*\n\n"
            "## How strong is what you feel right now?\n\n4 / 5\n\n"
            "## Who was this moment with?\n\n- Lene\n- Bram\n\n"
            "## What happened?\n\nShe stood there eating a pretzel.\n\n"
            "## What did the other person do?\n\n- was warm\n- laughed out loud\n\n"
            "## What did you want just then?\n\n- to be understood\n\nFor once without explaining.\n\n"
            "#cinema\n",
        )

    def test_it_reads_as_show_does(self):
        outside = Outside(self.journal, PASSPHRASE)
        ids = [outside.add_episode([outside.add_person("Lene")])]
        ids += [self.add("text\n\n\nmore", title="T"), self.add("no title")]
        shown = sorted(self.call("show", id).stdout.decode() for id in ids)
        self.export()
        self.assertEqual(sorted(self.texts().values()), shown)

    def test_names_of_files(self):
        outside = Outside(self.journal, PASSPHRASE)
        for title in (
            "A quiet evening",
            "a QUIET evening!",
            "",
            "",
            "../../etc/passwd",
            "/",
            ".",
            "\u00c4rger \u4e2d\u6587 \U0001f308",
            "long " * 60,
            "con",
            "-rf",
            "new\nline\x07",
        ):
            outside.write(HEAD | {"title": title, "text": "text"})
        self.export()
        names = sorted(self.texts())
        self.assertEqual(
            names,
            sorted(
                [
                    "2025-02-03 2104 a-quiet-evening.md",
                    "2025-02-03 2104 a-quiet-evening 2.md",
                    "2025-02-03 2104.md",
                    "2025-02-03 2104 2.md",
                    "2025-02-03 2104 3.md",
                    "2025-02-03 2104 4.md",
                    "2025-02-03 2104 etcpasswd.md",
                    "2025-02-03 2104 \u00e4rger-\u4e2d\u6587.md",
                    "2025-02-03 2104 " + ("long-" * 60)[:48] + ".md",
                    "2025-02-03 2104 con.md",
                    "2025-02-03 2104 rf.md",
                    "2025-02-03 2104 new-line.md",
                ]
            ),
        )

    def test_modes(self):
        self.add("text")
        self.export()
        for path in (self.out, *self.out.rglob("*")):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600)

    def test_nothing_is_overwritten(self):
        self.add("text")
        self.out.mkdir()
        (self.out / "journal.json").write_text("mine")
        self.call("export", str(self.out), expect=IO)
        self.assertEqual([path.name for path in self.out.iterdir()], ["journal.json"])
        self.assertEqual((self.out / "journal.json").read_text(), "mine")
        self.out = self.home.path / "file"
        self.out.write_text("mine")
        self.call("export", str(self.out), expect=IO)
        self.assertEqual(self.out.read_text(), "mine")
        before = self.state()
        self.call("export", str(self.journal), expect=IO)
        self.assertEqual(self.state(), before)
        # Nor is a first export by a second.
        self.out = self.home.path / "out2"
        self.export()
        first = self.texts()
        self.add("more")
        self.call("export", str(self.out), expect=IO)
        self.assertEqual(self.texts(), first)
        self.assertEqual([path.name for path in self.home.path.iterdir() if path.name.startswith(".")], [])

    def test_a_link_to_nowhere(self):
        self.out.symlink_to(self.home.path / "nowhere")
        self.call("export", str(self.out), expect=IO)
        self.assertTrue(self.out.is_symlink())
        self.assertFalse((self.home.path / "nowhere").exists())

    def test_an_empty_folder_will_do(self):
        self.add("text")
        self.out.mkdir()
        self.export()
        self.assertEqual(len(self.texts()), 1)

    def test_a_folder_that_is_not_there(self):
        self.add("text")
        self.call("export", str(self.home.path / "no" / "such" / "out"), expect=DAMAGED)
        self.assertFalse((self.home.path / "no").exists())

    def test_beside_the_place_where_one_stands(self):
        self.add("text")
        self.out = self.home.path / "here"
        self.call("export", "here")
        self.assertEqual(len(self.texts()), 1)
        self.call("export", "./there/")
        self.assertTrue((self.home.path / "there" / "journal.json").exists())

    def test_an_empty_journal(self):
        self.assertEqual(self.export()["records"], [])
        self.assertEqual(self.texts(), {})

    def test_what_can_be_opened_is_exported(self):
        good, bad = self.add("good"), self.add("bad")
        self.file(bad).write_bytes(b"")
        everything = self.export(expect=DAMAGED)
        self.assertEqual([record["id"] for record in everything["records"]], [good])
        self.assertEqual(len(self.texts()), 1)

    def attachments(self):
        return {path.name: path.read_bytes() for path in (self.out / "attachments").iterdir()}

    def test_attachments(self):
        outside = Outside(self.journal, PASSPHRASE)
        large = bytes(range(256)) * 1000
        files = [outside.attach(large, "../sea.png", "image/png"), outside.attach(b"", "empty"),
                 outside.attach(b"other", "SEA.png")]
        id = outside.write(HEAD | {"title": "Sea", "attachments": files})
        record = self.export()["records"][0]
        self.assertEqual(record["payload"], json.loads(outside.open(id)))
        # Not by assertEqual: showing how so many bytes differ would take minutes.
        self.assertTrue(self.attachments() == {"sea.png": large, "empty": b"", "SEA 2.png": b"other"})
        self.assertEqual(record["files"], {
            one["id"]: f"attachments/{name}" for one, name in zip(files, ("sea.png", "empty", "SEA 2.png"))
        })
        (text,) = self.texts().values()
        self.assertTrue(text.endswith(
            "## Attachments\n\n- ![../sea.png](../attachments/sea.png)\n- [empty](../attachments/empty)\n"
            "- [SEA.png](../attachments/SEA%202.png)\n\n"), text)
        for path in (self.out / "attachments").iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_an_attachment_that_is_damaged_or_missing(self):
        outside = Outside(self.journal, PASSPHRASE)
        good, bad, gone = (outside.attach(b"bytes " * 9, f"{name}.txt", "text/plain") for name in ("good", "bad", "gone"))
        outside.write(HEAD | {"title": "Sea", "attachments": [bad, good, gone]})
        path = self.journal / "attachments" / f"{bad['id']}.bin"
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        (self.journal / "attachments" / f"{gone['id']}.bin").unlink()
        before = self.state()
        result = self.call("export", str(self.out), expect=DAMAGED)
        self.assertIn("“bad.txt” could not be read", result.stderr.decode())
        self.assertIn("“gone.txt” could not be read", result.stderr.decode())
        self.assertEqual(self.attachments(), {"good.txt": b"bytes " * 9})
        self.assertEqual(self.state(), before)

    def test_many_entries(self):
        outside = Outside(self.journal, PASSPHRASE)
        ids = [outside.write(HEAD | {"title": f"number {n}", "text": "t"}) for n in range(600)]
        everything = self.export()
        self.assertEqual(sorted(record["id"] for record in everything["records"]), sorted(ids))
        self.assertEqual(len(self.texts()), 600)


if __name__ == "__main__":
    tap.main()
