# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain text hunt. Somebody writes unmistakable words into every field; the app crashes on the way. Afterwards nothing that
lies about on this computer may hold one of them, in any form that programs write text in, nor a core; and through all of it
the app opened no network socket, and none to the system's log. Printing, which the system's own dialog does, is watched apart."""

import base64
import json
import os
import pathlib
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time

import leitmotif_reader
import tap
from life import DATA, JOURNAL, LifeTest, cli, until
from printing import pages_of, print_to_file

# One for each field. Letters that nothing else has in this order.
WORDS = {
    "passphrase": "qzpassvxj four unlikely words", "title": "qztitlevxj", "text": "qztextvxj", "unsaved text": "qzdraftvxj",
    "tag": "qztagvxj", "search": "qzsearchvxj", "answer": "qzanswervxj", "own word": "qzownvxj", "person": "qzpersonvxj",
    "attachment's name": "qznamevxj", "attachment's bytes": "qzbytesvxj", "dictionary's word": "qzwordvxj",
}
HOME = pathlib.Path(os.environ["HOME"])
PT_LOAD = 1
PLACE = HOME.parent  # with the homes, the runtime folder and what the desktop's programs said


def forms(word):
    """The word as UTF-8, as UTF-16, and what it looks like inside base64, which depends on what stands before."""
    data = word.encode()
    yield data
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    for before in range(3):
        text = base64.b64encode(b"\0" * before + data)
        # The first and the last characters belong to the neighbours as well.
        yield text[(0, 2, 3)[before]:len(text) - 4]


def memory_of(core):
    """The memory in a core. Beside it there are the registers, in which the last letters that were copied may stand: no
    more than 64 bytes each, and not to be kept out of what is not even written (the limit for cores is 0)."""
    (table,), (count,) = struct.unpack_from("<Q", core, 32), struct.unpack_from("<H", core, 56)
    headers = [struct.unpack_from("<IIQQQQ", core, table + 56 * i) for i in range(count)]
    return b"".join(core[offset:offset + size] for kind, _, offset, _, _, size in headers if kind == PT_LOAD)


class HuntTest(LifeTest):
    def hunt(self, folder, since=0):
        """Every file below the folder that holds a word, and how many there are."""
        found, looked_at = [], 0
        needles = [(field, form) for field, word in self.words.items() for form in forms(word)]
        for top, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not pathlib.Path(top, name).is_symlink()]
            for name in names:
                path = pathlib.Path(top, name)
                if not path.is_file() or path.is_symlink() or path.stat().st_mtime < since:
                    continue
                data = path.read_bytes()
                looked_at += 1
                found += [f"{path}: {field}" for field, form in needles if form in data]
        return found, looked_at

    def write_guided(self, app):
        app.press("list item", "A relationship episode")
        app.press("button", "Begin, about 12\u00a0minutes")
        app.press("button", "Next")
        app.focus("text box", "Name of somebody new")
        app.type(WORDS["person"])
        app.keys("Return")
        until(lambda: app.find("toggle button", WORDS["person"]).has("pressed"), "the person to be chosen")
        app.press("button", "Next")
        area = app.find("text box", "What happened, from the first moment to the last?")
        until(lambda: area.has("focused"), "the cursor")
        app.type(WORDS["answer"])
        app.press("button", "Next")
        app.press("button", "Next")
        app.focus("text box", "In my own words")
        app.type(WORDS["own word"])

    def keep_word(self, app):
        """The first one, as the spelling checker offers: in the journal, and in no word list of the home."""
        def kept():
            # The checker looks a moment after something was written, and never at the word with the cursor.
            app.keys("ctrl+End", "space", "BackSpace")
            time.sleep(1)
            app.keys("ctrl+Home", "shift+F10")
            app.find("menu")
            app.keys("k")
            time.sleep(0.5)
            if app.find_all("menu"):
                app.keys("Escape")
                app.gone("menu")
            return self.own_words() == [[WORDS["dictionary's word"]]]

        until(kept, "the word in the journal")

    def own_words(self):
        records = leitmotif_reader.open_journal(JOURNAL, WORDS["passphrase"]).records()
        return [payload["spelling"] for _, payload in records if payload["kind"] == "settings" and "spelling" in payload]

    def attach(self):
        """By the other program, where it can: the same code below."""
        if "attach" not in cli("--help", check=False).stdout:
            return
        (entry, *_) = self.entries()
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            path = pathlib.Path(folder, WORDS["attachment's name"] + ".txt")
            path.write_text(WORDS["attachment's bytes"] * 100)
            cli("attach", entry["id"], str(path), passphrase=WORDS["passphrase"], check=False)

    def test_hunt(self):
        began = time.time() - 2
        temporary = PLACE / "temporary"
        temporary.mkdir()
        traces = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm"))
        self.addCleanup(shutil.rmtree, traces)
        self.words = dict(WORDS)
        outputs = []
        surroundings = {"G_MESSAGES_DEBUG": "all", "TMPDIR": str(temporary)}

        def watched(name, *calls):
            return ("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e", ",".join(("trace=socket,connect", *calls)), "-o",
                    str(traces / name))

        app = self.start(before=watched("beginning"), **surroundings)
        self.words["recovery code"] = self.first_run(app, WORDS["passphrase"], only_me=False)
        app.press("button", "Later")
        app.find("list", "Write")
        self.write_guided(app)
        app.close()
        outputs.append(app.output())

        app = self.start(before=watched("writing"), **surroundings)
        self.unlock(app, WORDS["passphrase"])
        app.find("list", "Write")
        self.write(app, f"{WORDS["dictionary's word"]} {WORDS['text']}")
        self.keep_word(app)
        app.focus("text box", "Title")
        app.type(WORDS["title"])
        app.focus("text box", "Add a tag")
        app.type(WORDS["tag"])
        app.keys("Return")
        until(lambda: [entry.get("tags") for entry in self.entries()] == [[WORDS["tag"]]], "the tag on the disk")
        self.place(app, "Journal")
        app.keys("ctrl+f")
        until(lambda: app.focused() and app.focused().role == "search box", "the search")
        app.type(WORDS["search"])
        app.keys("Escape")
        app.keys("ctrl+l")
        self.unlock(app, WORDS["passphrase"])
        app.find("list", "Places")
        area = self.write(app, WORDS["unsaved text"])
        until(lambda: area.text() == WORDS["unsaved text"] and list(DATA.glob("*/drafts/*.json")), "a draft")

        app.process.send_signal(signal.SIGABRT)
        app.process.wait()
        outputs.append(app.output())
        self.assertEqual([path for path in (pathlib.Path("core"), HOME / "core") if path.exists()], [])

        app = self.start(before=watched("after"), **surroundings)
        self.unlock(app, WORDS["passphrase"])
        app.find("list", "Write")
        self.attach()
        app.keys("ctrl+l")
        app.find("button", "Open")
        app.close()
        outputs.append(app.output())

        outputs.append(self.print_it(watched("printing", "openat"), **surroundings))
        self.look_at_a_core()

        found, files = self.hunt(PLACE)
        for folder in ("/tmp", "/var/tmp", "/dev/shm"):
            for path in pathlib.Path(folder).iterdir():
                # What the app or one of its libraries may have put there; other programs run beside this test.
                try:
                    if path.is_file() and path.stat().st_mtime > began and path.stat().st_size < 1 << 24:
                        data = path.read_bytes()
                        files += 1
                        found += [f"{path}: {field}" for field, word in self.words.items() for form in forms(word)
                                  if form in data]
                except OSError:
                    pass  # It is gone, or somebody else's.
        self.assertEqual(found, [])
        said = [field for field, word in self.words.items() for output in outputs if word in output]
        self.assertEqual(said, [], "in the log")
        print(f"# plain text hunt: {len(self.words)} words in 6 forms, {files} files and {sum(map(len, outputs))} bytes of "
              "log, 0 found", flush=True)

        self.look_at_printing((traces / "printing").read_text(), temporary)
        (traces / "printing").unlink()
        calls = "".join(path.read_text() for path in traces.iterdir())
        self.assertIn("AF_UNIX", calls)
        self.assertEqual(re.findall(r".*AF_INET.*", calls), [])
        # What is not said to the system's log stands in none.
        self.assertEqual(re.findall(r".*(?:/dev/log|/systemd/journal).*", calls), [])
        print(f"# network: {calls.count('socket(')} sockets opened over the whole tour, 0 of them AF_INET or AF_INET6", flush=True)

    def print_it(self, before, **surroundings):
        """For the session, into a file: the only one with text in it that printing leaves."""
        paper = tempfile.TemporaryDirectory(dir="/dev/shm")
        self.addCleanup(paper.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        # Where there is no folder for documents, the system's dialog prints to where the app was started.
        os.chdir(paper.name)
        app = self.start(before=before, **surroundings)
        self.unlock(app, WORDS["passphrase"])
        app.find("list", "Write")
        self.place(app, "Journal")
        app.focus_row("Entries", WORDS["title"])
        app.keys("Return")
        app.press("button", "Bring to the session")
        app.reads("It is in the tray for the session")
        app.keys("alt+Left")
        self.place(app, "For the session")
        app.press("button", "Print…")
        dialog = app.find("dialog", "Print for the session")
        next(one for one in dialog.shown() if (one.role, one.name) == ("button", "Print…")).act("click")
        printed = print_to_file(app, pathlib.Path(paper.name))
        app.reads("Handed to the printer, unencrypted")
        self.assertEqual(list(pathlib.Path(paper.name).iterdir()), [printed])
        self.assertEqual(pages_of(printed), 1)
        app.close()
        return app.output()

    def look_at_printing(self, calls, temporary):
        """No file between the journal and the paper, not even one that is gone again. Where there is no sandbox, the
        system's dialog asks this computer's print service, and nobody else."""
        made = set(re.findall(r'"([^"]+)", [^,)]*(?:O_CREAT|O_TMPFILE)', calls))
        self.assertTrue([path for path in made if path.endswith(".pdf")])
        places = (str(temporary), "/tmp", "/var/tmp", "/dev/shm")
        self.assertEqual([path for path in made if str(pathlib.Path(path).parent) in places], [])
        connected = re.findall(r".*connect\(.*AF_INET.*", calls)
        self.assertEqual([call for call in connected if "htons(631)" not in call or
                          not ('inet_addr("127.0.0.1")' in call or 'AF_INET6, "::1"' in call)], [])
        print("# printing: no file between the journal and the paper", flush=True)

    def look_at_a_core(self):
        """A picture of the process with an open entry, as a debugger takes it, which heeds what a core may hold."""
        app = self.start()  # Only one may watch a process at a time.
        self.unlock(app, WORDS["passphrase"])
        app.find("list", "Write")
        self.place(app, "Journal")
        app.focus_row("Entries", WORDS["title"])
        app.keys("Return")
        app.reads(WORDS["text"])
        with tempfile.TemporaryDirectory(dir="/dev/shm") as cores:
            taken = subprocess.run(["gcore", "-o", f"{cores}/core", str(app.process.pid)], capture_output=True, text=True,
                                   check=False)
            paths = list(pathlib.Path(cores).iterdir())
            self.assertEqual(len(paths), 1, taken.stdout + taken.stderr)
            memory = memory_of(paths[0].read_bytes())
        self.assertEqual([field for field, word in self.words.items() for form in forms(word) if form in memory], [])
        print("# a core of the app with an open entry: 0 words in it", flush=True)
        app.close()

    def entries(self):
        listed = cli("list", "--json", passphrase=WORDS["passphrase"], check=False).stdout
        return [json.loads(cli("show", entry["id"], "--json", passphrase=WORDS["passphrase"]).stdout)
                for entry in json.loads(listed or "[]")]


if __name__ == "__main__":
    tap.main()
