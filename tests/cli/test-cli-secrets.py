# SPDX-License-Identifier: GPL-3.0-or-later
"""Passphrases and recovery codes: where they are read from, what opens the journal, and where they never show."""

import json
import os
import pathlib
import subprocess
import unicodedata

import tap
from program import DAMAGED, DONE, IO, PASSPHRASE, PROGRAM, SECRET, USAGE, CliTest, Home

DEFAULT_COSTS = {(3, 262144), (3, 524288), (4, 65536)}


class Passphrases(CliTest):
    def init(self, passphrase):
        """Makes a journal with this passphrase; the home with it."""
        home = Home()
        self.addCleanup(home.remove)
        result = home.call("init", "--kdf-cost", "minimal", passphrase=passphrase)
        self.assertEqual(result.returncode, DONE, result.stderr.decode())
        return home

    def check(self, home, passphrase, expect):
        result = home.call("list", passphrase=passphrase)
        self.assertEqual(result.returncode, expect, (passphrase, result.stderr.decode()))

    def test_a_wrong_passphrase(self):
        self.add("private", title="private")
        before = self.state()
        near = (PASSPHRASE[:-1], PASSPHRASE + "x", PASSPHRASE.upper(), " " + PASSPHRASE, PASSPHRASE + " ")
        commands = (["list"], ["show", "1234"], ["search", "x"], ["verify"], ["export", "out"], ["trash", "1234"])
        for wrong, command in [("wrong", command) for command in commands] + [(wrong, ["list"]) for wrong in near]:
            with self.subTest((wrong, command)):
                result = self.call(*command, passphrase=wrong, expect=SECRET)
                self.assertEqual(result.stdout, b"")
        self.call("add", passphrase="wrong", text="lost?", expect=SECRET)
        self.assertEqual(self.state(), before)
        self.assertFalse((self.home.path / "out").exists())

    def test_no_passphrase_that_there_can_be(self):
        short = (b"", b"\n", b"\r\n", b"\0\n", b"caf\xe9\n", b"a\tb\n", b"a\x1bb\n")
        for bad in (*short, b"x" * 1025 + b"\n", b"x" * 5000):
            with self.subTest(bad[:20]):
                self.call("list", passphrase=bad, expect=SECRET)
                self.call("init", "--journal", "new", passphrase=bad, expect=USAGE)
        self.assertFalse((self.home.path / "new").exists())

    def test_the_longest_passphrase(self):
        longest = "\u00e4" * 512
        home = self.init(longest)
        self.check(home, longest.encode() + b"\r\n", DONE)
        self.check(home, longest[:-1], SECRET)
        self.check(home, longest + "x", SECRET)

    def test_one_form_of_letters(self):
        composed = unicodedata.normalize("NFC", "\u00c5ngstr\u00f6m caf\u00e9 \ud55c\uae00")
        decomposed = unicodedata.normalize("NFD", composed)
        self.assertNotEqual(composed, decomposed)
        for made, typed in ((composed, decomposed), (decomposed, composed)):
            home = self.init(made)
            self.check(home, typed, DONE)
            self.check(home, made, DONE)
            self.check(home, unicodedata.normalize("NFKC", made) + "\u0301", SECRET)
        # Forms that only look alike stay apart.
        home = self.init("\ufb01sh")
        self.check(home, "fish", SECRET)

    def test_spaces_belong_to_it(self):
        home = self.init("  two  spaces  ")
        self.check(home, "  two  spaces  ", DONE)
        self.check(home, "two spaces", SECRET)

    def test_how_the_line_may_end(self):
        for end in (b"", b"\n", b"\r\n", b"\nmore", b"\r\nmore\n"):
            with self.subTest(end):
                self.call("list", passphrase=PASSPHRASE.encode() + end)
        self.call("list", passphrase=PASSPHRASE.encode() + b"\r\r\n", expect=SECRET)
        self.call("list", passphrase=b"\n" + PASSPHRASE.encode(), expect=SECRET)

    def test_it_comes_from_a_file_descriptor_of_any_kind(self):
        path = self.home.path / "secret"
        path.write_bytes(PASSPHRASE.encode())
        with open(path, "rb", buffering=0) as file:
            command = ["sh", "-c", f'exec "$@" 9<"{path}"', "sh"]
            self.call("list", "--passphrase-fd", "9", passphrase=None, before=command)
            self.call("list", "--passphrase-fd", "0", passphrase=None, stdin=file)


class StandardInput(CliTest):
    """--passphrase-fd 0: what comes behind the first line belongs to somebody else."""

    def test_the_rest_is_the_text(self):
        for text in ("one line", "two\nlines\n", "\n\nbegins with line breaks", "\r\n"):
            with self.subTest(text):
                title = "t" if text.isspace() else ""
                given = PASSPHRASE.encode() + b"\n" + text.encode()
                result = self.call("add", "--passphrase-fd", "0", "--title", title, passphrase=None, text=given)
                self.assertEqual(self.show(result.stdout.decode().strip())["text"], text)

    def test_a_carriage_return_is_not_the_text(self):
        given = PASSPHRASE.encode() + b"\r\nthe text\r\n"
        result = self.call("add", "--passphrase-fd", "0", passphrase=None, text=given)
        self.assertEqual(self.show(result.stdout.decode().strip())["text"], "the text\r\n")

    def test_not_a_byte_too_many_from_a_file(self):
        line = PASSPHRASE.encode() + b"\n"
        path = self.home.path / "input"
        for end in (b"", b"somebody else's"):
            path.write_bytes(line + end)
            with open(path, "rb", buffering=0) as file:
                self.call("list", "--passphrase-fd", "0", passphrase=None, stdin=file)
                self.assertEqual(file.tell(), len(line))
                self.assertEqual(file.read(), end)

    def test_not_a_byte_too_many_from_a_pipe(self):
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        os.write(writing, (PASSPHRASE + "\n").encode() * 3 + b"the text")
        os.close(writing)
        for command in ("list", "verify"):
            self.call(command, "--passphrase-fd", "0", passphrase=None, stdin=reading)
        result = self.call("add", "--passphrase-fd", "0", passphrase=None, stdin=reading)
        self.assertEqual(self.show(result.stdout.decode().strip())["text"], "the text")

    def test_a_new_journal_takes_one_line(self):
        path = self.home.path / "input"
        path.write_bytes(b"first line\nsecond line\n")
        with open(path, "rb", buffering=0) as file:
            self.call(
                "init", "--journal", "new", "--kdf-cost", "minimal", "--passphrase-fd", "0", passphrase=None, stdin=file
            )
            self.assertEqual(file.tell(), 11)
        self.call("list", "--journal", "new", passphrase="first line")


class RecoveryCodes(CliTest):
    def test_it_opens_the_journal(self):
        id = self.add("text", title="found")
        self.assertEqual(self.ids("list", "--recovery", passphrase=self.code), [id])
        self.assertEqual(self.show(id, passphrase=PASSPHRASE)["title"], "found")
        other = self.call("add", "--recovery", text="by code", passphrase=self.code).stdout.decode().strip()
        self.assertEqual(self.show(other)["text"], "by code")

    def test_how_it_may_be_written(self):
        plain = self.code.replace("-", "")
        for form in (
            plain,
            plain.lower(),
            self.code.replace("-", " "),
            self.code.replace("-", "\u2013"),
            " " + self.code.replace("-", " \u2014 ") + "  ",
            self.code.replace("0", "O").replace("1", "l"),
            self.code.replace("0", "o").replace("1", "I"),
            self.code.replace("-", "\u00a0"),
            self.code + "\r",
        ):
            with self.subTest(form):
                self.call("list", "--recovery", passphrase=form)

    def test_each_mistyped_character_is_noticed(self):
        others = {letter: ("7" if letter != "7" else "Q") for letter in self.code}
        wrong = [self.code[:n] + others[c] + self.code[n + 1 :] for n, c in enumerate(self.code) if c != "-"]
        self.assertEqual(len(wrong), 28)
        swapped = next(n for n in range(27) if self.code[n] != self.code[n + 1] and "-" not in self.code[n : n + 2])
        wrong.append(self.code[:swapped] + self.code[swapped + 1] + self.code[swapped] + self.code[swapped + 2 :])
        for code in wrong:
            result = self.call("list", "--recovery", passphrase=code, expect=SECRET)
            self.assertIn(b"typing mistake", result.stderr)
            self.assertNotIn(code.encode(), result.stderr)

    def test_what_is_no_code(self):
        cut = self.code[:-1]
        for code in ("", cut, self.code + "0", cut + "U", self.code + "\u00e9", PASSPHRASE, "\xff"):
            with self.subTest(code):
                result = self.call("list", "--recovery", passphrase=code, expect=SECRET)
                self.assertIn(b"seven groups of four", result.stderr)
        self.call("list", "--recovery", passphrase=b"caf\xe9\n", expect=SECRET)

    def test_the_code_of_another_journal(self):
        result = self.home.call("init", "--journal", "other", "--kdf-cost", "minimal")
        code = result.stdout.decode().strip()
        told = self.call("list", "--recovery", passphrase=code, expect=SECRET).stderr
        self.assertNotIn(b"typing mistake", told)
        self.assertIn(b"does not open", told)

    def test_one_is_not_the_other(self):
        self.call("list", passphrase=self.code, expect=SECRET)
        self.call("list", "--recovery", passphrase=PASSPHRASE, expect=SECRET)

    def test_without_the_passphrase_slot(self):
        for slot in (self.journal / "keys").iterdir():
            if json.loads(slot.read_text())["kind"] == "passphrase":
                slot.unlink()
        self.call("list", "--recovery", passphrase=self.code)
        self.call("list", expect=SECRET)


class Costs(CliTest):
    def costs(self, journal):
        slots = [json.loads(path.read_text()) for path in (journal / "keys").iterdir()]
        self.assertEqual(len(slots), 2)
        self.assertEqual({slot["kdf"]["algorithm"] for slot in slots}, {"argon2id13"})
        self.assertEqual(len({slot["kdf"]["salt"] for slot in slots}), 2)
        return {(slot["kdf"]["opslimit"], slot["kdf"]["memlimit_kib"]) for slot in slots}

    def test_minimal_is_the_lowest_that_is_accepted(self):
        self.assertEqual(self.costs(self.journal), {(2, 65536)})

    def test_the_default_is_one_of_three(self):
        self.call("init", "--journal", "new")
        costs = self.costs(self.home.path / "new")
        self.assertEqual(len(costs), 1)
        self.assertLessEqual(costs, DEFAULT_COSTS)
        self.call("list", "--journal", "new")

    def test_a_hostile_cost_is_refused_at_once(self):
        most = 2**53 - 1
        for opslimit, memlimit in ((1, 65536), (17, 65536), (2, 65535), (2, 1 << 21), (16, 1 << 20), (most, most)):
            for slot in (self.journal / "keys").iterdir():
                file = json.loads(slot.read_text())
                file["kdf"] |= {"opslimit": opslimit, "memlimit_kib": memlimit}
                slot.write_text(json.dumps(file))
            with self.subTest((opslimit, memlimit)):
                self.call("list", expect=DAMAGED)


class Traces(CliTest):
    """While it runs, other programs can look at its command line, its environment and its limits."""

    def test_while_it_runs(self):
        process = self.home.popen("add", "--title", "t", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            self.wait_until_open(process)
            proc = pathlib.Path(f"/proc/{process.pid}")
            for name in ("cmdline", "environ", "comm"):
                self.assertNotIn(PASSPHRASE.encode(), (proc / name).read_bytes(), name)
            self.assertIn(PROGRAM.encode(), (proc / "cmdline").read_bytes())
            (cores,) = [line for line in (proc / "limits").read_text().splitlines() if "core" in line]
            self.assertEqual(cores.split()[-3:-1], ["0", "0"])
            self.assertEqual(int((proc / "coredump_filter").read_text(), 16), 0)
        finally:
            process.communicate(b"text", timeout=60)
        self.assertEqual(process.returncode, DONE)

    def test_the_log_has_nothing_of_it(self):
        secrets = ["marmaladenfalter", "Kestrelbank", "zwetschgenzeit", PASSPHRASE, self.code, "wrongpassphrase"]
        loud = {"G_MESSAGES_DEBUG": "all", "G_ENABLE_DIAGNOSTIC": "1", "JSON_GLIB_DEBUG": "all"}
        told = b""

        def call(*arguments, **options):
            nonlocal told
            result = self.call(*arguments, environment=loud, **options)
            told += result.stderr
            return result.stdout.decode().strip()

        code = call("init", "--journal", "new", "--kdf-cost", "minimal")
        id = call("add", "--title", "Kestrelbank", "--tag", "zwetschgenzeit", text="marmaladenfalter")
        for command in (
            ["list"],
            ["list", "--trash", "--json"],
            ["show", id],
            ["show", id, "--json"],
            ["search", "marmaladenfalter"],
            ["verify"],
            ["trash", id],
            ["restore", id],
            ["export", "out"],
        ):
            call(*command)
        call("list", passphrase="wrongpassphrase", expect=SECRET)
        call("list", "--recovery", passphrase=self.code)
        call("list", "--recovery", passphrase=self.code[:-1], expect=SECRET)
        call("add", text=b"marmaladenfalter\xff", expect=USAGE)
        file = self.file(id)
        file.write_bytes(file.read_bytes()[:-30])
        call("verify", expect=DAMAGED)
        call("show", id, expect=DAMAGED)
        call("list", "--journal", "absent", expect=DAMAGED)
        call("list", "--passphrase-fd", "251", passphrase=None, expect=IO)
        for secret in [*secrets, code]:
            self.assertNotIn(secret.encode().lower(), told.lower())


if __name__ == "__main__":
    tap.main()
