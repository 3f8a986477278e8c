# SPDX-License-Identifier: GPL-3.0-or-later
"""The passphrase page and what stands in its place: every mistake is told, and nothing is made or changed on the disk."""

import json
import shutil

import tap
from life import DATA, JOURNAL, LifeTest, PASSPHRASE, bytes_on_disk, cli, entry_files, make_journal, until

WRONG = "This does not open the journal."
ELSEWHERE = DATA.parent / "elsewhere"


def changed(file, **values):
    """The JSON file with other values in it."""
    return json.dumps({**json.loads(file.read_bytes()), **values}).encode()


def half(file):
    content = file.read_bytes()
    return content[:len(content) // 2]


class UnlockTest(LifeTest):
    def setUp(self):
        super().setUp()
        shutil.rmtree(ELSEWHERE, ignore_errors=True)
        self.addCleanup(shutil.rmtree, ELSEWHERE, ignore_errors=True)

    def field(self, app, name):
        """The field that the cursor is in."""
        field = app.find("text box", name)
        until(lambda: field.has("focused"), f"the cursor in {field}")
        return field

    def shows(self, app, *titles):
        self.place(app, "Journal")
        for title in titles:
            app.focus_row("Entries", title)

    def test_wrong_passphrase(self):
        make_journal(("Rain", "A good book."))
        before = bytes_on_disk()
        app = self.start()
        for wrong in ("four unlikely words", PASSPHRASE.upper()):
            self.field(app, "Passphrase")
            app.type(wrong)
            app.keys("Return")
            app.reads(WRONG)
            self.assertFalse(app.says("Rain"))
        self.field(app, "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        self.shows(app, "Rain")
        app.close()
        self.assertEqual(bytes_on_disk(), before)

    def test_recovery_code(self):
        code = make_journal(("Rain", "A good book."))
        other = cli("init", "--kdf-cost", "minimal", "--journal", str(ELSEWHERE)).stdout.strip()
        app = self.start()
        app.press("button", "Use the recovery code")
        for typed, told in ((code[:-5], "This is not a whole recovery code."),
                            (code[:-1] + ("0" if code[-1] != "0" else "1"), "There is a typing mistake"),
                            (other, WRONG)):
            self.field(app, "Recovery code")
            app.type(typed)
            app.keys("Return")
            app.reads(told)
        self.field(app, "Recovery code")
        app.type(" " + code.lower().replace("-", "", 3).replace("-", "  "))
        app.keys("Return")
        self.shows(app, "Rain")
        app.close()

    def test_passphrase_is_no_code(self):
        make_journal()
        app = self.start()
        self.field(app, "Passphrase")
        app.type("half a pass")
        app.press("button", "Use the recovery code")
        app.gone("text box", "Passphrase")
        self.assertEqual(self.field(app, "Recovery code").text(), "")
        app.press("button", "Use the passphrase")
        self.field(app, "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.find("list", "Write")
        app.close()

    def test_one_key_file_damaged(self):
        code = make_journal(("Rain", "A good book."))
        (file,) = (file for file in (JOURNAL / "keys").iterdir() if json.loads(file.read_bytes())["kind"] == "passphrase")
        file.write_bytes(half(file))
        before = bytes_on_disk()
        app = self.start()
        self.field(app, "Passphrase")
        app.type(PASSPHRASE)
        app.keys("Return")
        app.reads("The file is damaged. It stays as it is.")
        app.press("button", "Use the recovery code")
        self.field(app, "Recovery code")
        app.type(code)
        app.keys("Return")
        app.reads("1 file is damaged, foreign or still arriving. It is left alone.")
        app.press("button", "Show")
        app.reads("keys/" + file.name)
        app.keys("Escape")
        self.shows(app, "Rain")
        app.close()
        self.assertEqual(bytes_on_disk(), before)

    def test_damaged_entries_among_good_ones(self):
        make_journal(("Rain", "A good book."), ("Truncated", "One."), ("Foreign", "Two."), ("Newer", "Three."), ("Snow", "Tea."))
        files = {json.loads(cli("show", file.stem, "--json").stdout)["title"]: file for file in entry_files()}
        files["Truncated"].write_bytes(half(files["Truncated"]))
        files["Foreign"].write_bytes(b"milk, eggs\n")
        files["Newer"].write_bytes(changed(files["Newer"], version=2))
        before = bytes_on_disk()
        app = self.start_open()
        app.reads("3 files are damaged, foreign or still arriving. They are left alone.")
        app.press("button", "Show")
        app.find("dialog", "Files left alone")
        for title in ("Truncated", "Foreign", "Newer"):
            app.reads("entries/" + files[title].name)
        app.reads("made by a newer version")
        app.keys("Escape")
        self.shows(app, "Rain", "Snow")
        self.assertFalse(app.says("Truncated"))
        self.write(app, "And then the sun.")
        app.close()
        after = bytes_on_disk()
        self.assertEqual({path: after.get(path) for path in before}, before)
        self.assertEqual(len(after), len(before) + 1)


if __name__ == "__main__":
    tap.main()
