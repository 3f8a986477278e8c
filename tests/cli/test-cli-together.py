# SPDX-License-Identifier: GPL-3.0-or-later
"""More than one program at one journal at the same time: nothing that was called saved is lost."""

import json
import subprocess

import tap
from program import DONE, CliTest

AT_ONCE = 20


class Together(CliTest):
    def check_all(self, wanted):
        """Every text is there under the id that was printed for it, and nothing is damaged or left over."""
        self.call("verify")
        self.assertEqual(sorted(self.ids()), sorted(wanted))
        for id, text in wanted.items():
            self.assertEqual(self.show(id)["text"], text)
        self.assertEqual([path.name for path in (self.journal / "entries").glob(".*")], [])

    def add_at_once(self, texts):
        pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        running = {text: self.home.popen("add", "--title", text, **pipes) for text in texts}
        # All of them wait for their text, and get it in one go.
        for text, process in running.items():
            process.stdin.write(text.encode())
            process.stdin.close()
        added = {}
        for text, process in running.items():
            out, err = process.stdout.read(), process.stderr.read()
            process.stdout.close()
            process.stderr.close()
            self.assertEqual(process.wait(120), DONE, err.decode())
            added[out.decode().strip()] = text
        self.assertEqual(len(added), len(texts))
        return added

    def test_twenty_at_once(self):
        self.check_all(self.add_at_once([f"number {n}" for n in range(AT_ONCE)]))

    def test_again_and_again(self):
        wanted = {}
        for turn in range(4):
            wanted |= self.add_at_once([f"{turn} {n}" for n in range(6)])
        self.check_all(wanted)

    def test_while_another_has_it_open(self):
        pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        holder = self.home.popen("add", **pipes)
        self.wait_until_open(holder)
        second = self.add("second")
        self.assertEqual(self.ids(), [second])
        self.call("trash", second)
        self.call("restore", second)
        self.call("verify")
        self.call("export", "out")
        out, _ = holder.communicate(b"first", timeout=60)
        self.assertEqual(holder.returncode, DONE)
        self.check_all({second: "second", out.decode().strip(): "first"})

    def test_one_that_is_killed_holds_nothing_up(self):
        holder = self.home.popen("add", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.wait_until_open(holder)
        holder.kill()
        self.assertEqual(holder.communicate()[0], b"")
        self.check_all({self.add("after it"): "after it"})

    def test_the_same_entry_into_the_trash(self):
        id = self.add("text", title="title")
        running = [self.home.popen("trash", id, stderr=subprocess.PIPE) for _ in range(6)]
        for process in running:
            _, err = process.communicate()
            self.assertEqual(process.returncode, DONE, err.decode())
        self.assertEqual(self.ids(), [])
        self.assertEqual(self.ids("list", "--trash"), [id])
        payload = self.show(id)
        self.assertEqual(payload["text"], "text")
        self.assertIn("deleted", payload)
        # The file of one who came too late lies beside it, whole.
        for path in (self.journal / "entries").iterdir():
            self.assertEqual(json.loads(path.read_text())["entry"], id)
        self.call("verify")

    def test_reading_while_others_write(self):
        before = {self.add(f"before {n}"): f"before {n}" for n in range(3)}
        pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        writers = [self.home.popen("add", **pipes) for _ in range(5)]
        readers = [self.home.popen("list", "--json", stdout=subprocess.PIPE) for _ in range(5)]
        for n, process in enumerate(writers):
            process.stdin.write(f"during {n}".encode())
            process.stdin.close()
        for process in readers:
            out, _ = process.communicate()
            self.assertEqual(process.returncode, DONE)
            self.assertLessEqual(set(before), {entry["id"] for entry in json.loads(out)})
        for n, process in enumerate(writers):
            before[process.stdout.read().decode().strip()] = f"during {n}"
            process.stdout.close()
            self.assertEqual(process.wait(), DONE)
        self.check_all(before)


if __name__ == "__main__":
    tap.main()
