# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person wrote comes back as it was written, whatever it is, and is nowhere to be read on the disk."""

import base64
import json
import os
import random

import tap
from outside import HEAD, Outside
from program import IO, PASSPHRASE, USAGE, CliTest

TEXTS = {
    "plain": "Twenty-six ducks.",
    "no newline at the end": "one\ntwo",
    "newlines around": "\n\n one\n\n\n",
    "white space": "  \t two  spaces  \u00a0\u2003 and a tab\t\n",
    "carriage returns": "one\r\ntwo\rthree\r\n",
    "a byte order mark": "\ufeffbegins with one",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eoverride\u202c \u2067isolate\u2069",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f44d\U0001f3fd",
    "composed": "caf\u00e9 \u00c5ngstr\u00f6m",
    "decomposed": "cafe\u0301 A\u030angstro\u0308m",
    "many marks": "z" + "\u0301\u0316\u0489" * 200,
    "outside the basic plane": "\U00020000 \U0001d573 \U0010fffd",
    "not characters": "\ufffe \uffff \ufdd0 \ue000",
    "control characters": "bell \x07 escape \x1b[31m delete \x7f one \x01 next line \x85 separator \u2028 end",
    "quotes and backslashes": "\"\\\" \\n \\u0000 \\ud800 </script> {\"kind\": \"person\"}",
    "percent signs": "100 % %s %n %d",
    "Markdown": "# not a heading?\n\n* a\n* b\n\n> quoted\n\n```\ncode\n```\n",
    "looks like a file": "---\nid: x\n---\n",
}


class Text(CliTest):
    def test_every_text_is_kept_byte_for_byte(self):
        outside = Outside(self.journal, PASSPHRASE)
        for name, text in TEXTS.items():
            with self.subTest(name):
                id = self.add(text)
                self.assertEqual(self.show(id)["text"], text)
                self.assertEqual(json.loads(outside.open(id))["text"], text)
        self.call("verify")

    def test_every_title_is_kept(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                id = self.add("text", title=text)
                self.assertEqual(self.show(id)["title"], text)
        self.assertEqual(sorted(entry["title"] for entry in self.list()), sorted(TEXTS.values()))

    def test_show_prints_the_text_itself(self):
        for name, text in TEXTS.items():
            with self.subTest(name):
                id = self.add(text, title="T")
                shown = self.call("show", id).stdout
                self.assertTrue(shown.startswith(b"# T\n\n*"))
                self.assertTrue(shown.endswith(b"*\n\n" + text.encode() + b"\n\n"), shown)

    def test_a_hundred_thousand_bytes(self):
        text = "".join(random.Random(1).choices("abc \u00e4\u4e2d\U0001f308\n", k=60_000))
        self.assertGreater(len(text.encode()), 100_000)
        id = self.add(text)
        self.assertEqual(self.show(id)["text"], text)

    def test_one_line_of_a_megabyte(self):
        text = "x" * 1_000_000
        id = self.add(text)
        self.assertEqual(self.show(id)["text"], text)
        (line,) = self.call("list").stdout.decode().splitlines()
        self.assertLess(len(line), 300)

    def test_more_than_a_payload_can_hold(self):
        for size in (17 << 20, (16 << 20) - 64):
            with self.subTest(size):
                self.call("add", text=b"x" * size, expect=USAGE)
        # Escapes make it too long only once it is JSON.
        self.call("add", text=b"\x01" * (4 << 20), expect=USAGE)
        self.assertEqual(self.list(), [])
        self.assertEqual(list((self.journal / "entries").iterdir()), [])

    def test_nearly_as_much_as_a_payload_can_hold(self):
        text = "y" * ((16 << 20) - 4096)
        id = self.add(text)
        self.assertEqual(self.show(id)["text"], text)
        self.call("verify")

    def test_what_is_no_text(self):
        for bad in (
            b"\xff",
            b"caf\xe9",
            b"half \xc3",
            b"overlong \xc0\xaf",
            b"surrogate \xed\xa0\x80",
            b"too high \xf4\x90\x80\x80",
            b"before\0after",
            b"\0",
            b"\0" * 5000,
        ):
            with self.subTest(bad[:20]):
                result = self.call("add", "--title", "t", text=bad, expect=USAGE)
                self.assertEqual(result.stdout, b"")
                self.assertNotIn(bad[:6], result.stderr)
        self.assertEqual(self.list(), [])

    def test_a_character_cut_between_two_reads(self):
        text = "a" * 4095 + "\u00e4" + "\U0001f308" * 5000
        self.assertEqual(self.show(self.add(text))["text"], text)

    def test_nothing_is_no_entry(self):
        for text, title in (("", None), ("  \n\t\u2003\r\n", None), ("", ""), (" ", "  "), ("", "\n")):
            with self.subTest(repr((text, title))):
                arguments = ["add"] + (["--title", title] if title is not None else [])
                self.call(*arguments, text=text, expect=USAGE)
        self.assertEqual(self.list(), [])

    def test_a_title_alone_or_a_text_alone(self):
        title, text = self.add(title="Only a title"), self.add("Only a text")
        self.assertNotIn("text", self.show(title))
        self.assertNotIn("title", self.show(text))
        self.assertEqual({entry["title"] for entry in self.list()}, {"Only a title", ""})

    def test_a_title_that_is_no_text(self):
        title = os.fsdecode(b"caf\xe9")
        self.call("add", "--title", title, text="x", expect=USAGE)
        self.call("add", "--tag", title, text="x", expect=USAGE)
        self.assertEqual(self.list(), [])

    def test_tags_are_cleaned(self):
        given = ["#mum", "  two   words ", "##deep", "#", "", " # "]
        given += ["tab\tand\nline", "C#", "\u00e4rger", "a,b", "bell\x07"]
        wanted = ["mum", "two words", "deep", "tab and line", "C#", "\u00e4rger", "a,b", "bell"]
        id = self.add("text", tags=given)
        self.assertEqual(self.show(id)["tags"], wanted)
        self.assertEqual(self.list()[0]["tags"], wanted)

    def test_a_tag_stands_once(self):
        id = self.add("text", tags=["mum", "plant", "#mum", " mum "])
        self.assertEqual(self.show(id)["tags"], ["mum", "plant"])

    def test_no_tags(self):
        id = self.add("text", tags=["#", " "])
        self.assertNotIn("tags", self.show(id))
        self.assertEqual(self.list()[0]["tags"], [])

    def test_other_languages_of_the_system(self):
        for environment in ({"LANG": "C"}, {"LANG": "tr_TR.UTF-8"}, {"LANG": "de_DE.UTF-8", "LANGUAGE": "de"}):
            with self.subTest(environment):
                text = "\u0130stanbul \u00e4\u00f6\u00fc \U0001f308"
                id = self.add(text, environment=environment)
                self.assertEqual(self.show(id, environment=environment)["text"], text)
                created = self.list(environment=environment)[0]["created"]
                self.assertRegex(created, r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$")


class Disk(CliTest):
    def test_nothing_can_be_read_on_the_disk(self):
        words = {
            "title": "Kestrelbank",
            "text": "marmaladenfalter",
            "tag": "zwetschgenzeit",
            "person": "Ottoline",
            "answer": "pretzelgedanken",
            "date": "2025-02-03T21",
            "passphrase": PASSPHRASE,
            "code": self.code,
            "code without dashes": self.code.replace("-", ""),
        }
        id = self.add(words["text"], title=words["title"], tags=[words["tag"]])
        outside = Outside(self.journal, PASSPHRASE)
        person = outside.add_person(words["person"])
        outside.write(HEAD | {"answers": [{"step": "who", "people": [person], "text": words["answer"]}]})
        self.ids("search", words["answer"])
        self.call("trash", id)
        self.call("restore", id)
        everything = b"".join(
            os.fsencode(path.name) + b"\n" + (path.read_bytes() if path.is_file() else b"") + b"\n"
            for path in self.home.path.rglob("*")
        ).lower()
        self.assertGreater(len(everything), 10_000)
        for name, word in words.items():
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                raw = word.encode(encoding)
                self.assertNotIn(raw.lower(), everything, name)
                self.assertNotIn(raw.hex().encode(), everything, name)
                for shift in range(3):
                    # Without the characters that depend on what stands around it.
                    inner = base64.b64encode(b"?" * shift + raw)[(shift * 8 + 5) // 6 : (shift + len(raw)) * 8 // 6]
                    self.assertGreater(len(inner), 8)
                    self.assertNotIn(inner.lower(), everything, name)

    def test_small_entries_have_one_size(self):
        sizes = {self.file(self.add("x" * length)).stat().st_size for length in (1, 10, 500, 3000)}
        self.assertEqual(len(sizes), 1)

    def test_saving_twice_the_same_gives_other_bytes(self):
        one, two = self.add("the same"), self.add("the same")
        boxes = [json.loads(self.file(id).read_text())["box"] for id in (one, two)]
        self.assertNotEqual(boxes[0], boxes[1])

    def test_standard_input_that_cannot_be_read(self):
        folder = os.open(self.home.path, os.O_RDONLY)
        try:
            self.call("add", stdin=folder, expect=IO)
        finally:
            os.close(folder)
        self.assertEqual(self.list(), [])


if __name__ == "__main__":
    tap.main()
