# SPDX-License-Identifier: GPL-3.0-or-later
"""Two readers beside the app run the published vectors: leitmotif-read on PyNaCl, and one that shares no code with
libsodium. And 1 000 random entries go all ways: sealed by one, opened by the others."""

import base64
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import independent
import leitmotif_reader
import tap

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
TOOL = pathlib.Path(os.environ["LEITMOTIF_BUILD"]) / "tests" / "journal" / "vector-tool"
VECTORS = SOURCE / "tests" / "vectors"
ENTRIES = 1000


def load(name):
    return json.loads((VECTORS / f"{name}.json").read_text())


def keys_of(tree):
    return {bytes.fromhex(key): bytes.fromhex(secret) for key, secret in tree["keys"].items()}


def attachment_file(tree, vector):
    if "file" in vector:
        return base64.b64decode(vector["file"])
    whole = base64.b64decode(tree["files"][vector["base"]])
    return b"".join(whole[begin:end] for begin, end in vector["parts"])


class Readers(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="leitmotif-vectors-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def journal(self, tree):
        """leitmotif-read with the keys given, as after opening a slot."""
        journal = object.__new__(leitmotif_reader.Journal)
        journal.path, journal.problems = self.folder, []
        journal.id, journal.keys = bytes.fromhex(tree["journal"]), keys_of(tree)
        return journal

    def each(self, name, run):
        """run (tree, vector) gives what is inside, or raises one of the readers' refusals."""
        tree, counted = load(name), 0
        for title, vector in tree["vectors"].items():
            with self.subTest(vector=f"{name}: {title}"):
                counted += 1
                try:
                    found = run(tree, vector)
                except (independent.Refused, *leitmotif_reader.REFUSED):
                    found = None
                if vector["opens"] and vector.get("json", True):
                    self.assertEqual(found, self.expected(vector))
                else:
                    self.assertIsNone(found)
        return counted

    @staticmethod
    def expected(vector):
        if "payload" in vector:
            return json.loads(vector["payload"])
        return vector.get("listed") or vector.get("secret") or vector["attachment"]["size"]

    def put(self, data):
        file = self.folder / "file"
        file.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return file

    def test_number(self):
        names = [path.stem for path in VECTORS.glob("*.json")]
        self.assertGreaterEqual(sum(len(load(name)["vectors"]) for name in names), 80)

    def test_as_generated(self):
        result = subprocess.run([sys.executable, VECTORS / "generate.py", "--check"], capture_output=True, text=True,
                                check=False)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_sealed(self):
        for name, kind in (("entries", "entry"), ("drafts", "draft"), ("seen", "seen")):
            def ours(tree, vector, kind=kind):
                record, _, _, payload = self.journal(tree).open_sealed(self.put(vector["file"]), kind)
                self.assertEqual(record, tree["id"])
                return payload

            def other(tree, vector, kind=kind):
                record, payload = independent.unseal(kind, vector["file"].encode("utf-8", "surrogatepass"),
                                                     bytes.fromhex(tree["journal"]), keys_of(tree))
                self.assertEqual(record.hex(), tree["id"])
                return independent.read_json(payload)

            self.assertGreater(self.each(name, ours), 5)
            self.assertGreater(self.each(name, other), 5)

    def test_attachments(self):
        def ours(tree, vector):
            file = self.put(attachment_file(tree, vector))
            return len(self.journal(tree).open_attachment(file, vector["attachment"]))

        def other(tree, vector):
            listed = vector["attachment"]
            return len(independent.open_attachment(
                attachment_file(tree, vector), bytes.fromhex(listed["id"]), bytes.fromhex(tree["journal"]),
                keys_of(tree), listed["size"], base64.b64decode(listed["hash"])))

        self.assertGreater(self.each("attachments", ours), 20)
        self.assertGreater(self.each("attachments", other), 20)

    def test_slots_and_costs(self):
        kdf = leitmotif_reader.nacl.pwhash.argon2id.kdf
        self.addCleanup(setattr, leitmotif_reader.nacl.pwhash.argon2id, "kdf", kdf)

        def secret_of(vector):
            if "passphrase" in vector:
                return leitmotif_reader.passphrase_secret(vector["passphrase"])
            return leitmotif_reader.code_secret(vector["code"]) if "code" in vector else None

        def ours(tree, vector):
            given = bytes.fromhex(vector.get("derived", ""))
            leitmotif_reader.nacl.pwhash.argon2id.kdf = (lambda *_, **__: given) if given else kdf
            header = json.loads(vector["file"])
            found = leitmotif_reader.open_slot(self.put(vector["file"]), bytes.fromhex(tree["journal"]),
                                               header["kind"], secret_of(vector))
            return {key.hex(): secret.hex() for key, secret in found.items()}

        def other(tree, vector):
            given = bytes.fromhex(vector["derived"]) if "derived" in vector else None
            secret = vector["passphrase"].encode() if "passphrase" in vector else None
            secret = independent.code_secret(vector["code"]) if "code" in vector else secret
            found = independent.open_slot(vector["file"].encode(), bytes.fromhex(tree["journal"]), given, secret)
            return {key.hex(): secret.hex() for key, secret in found.items()}

        for name in ("key-slots", "costs"):
            self.assertGreater(self.each(name, ours), 10)
            self.assertGreater(self.each(name, other), 10)

    def test_codes(self):
        for read in (leitmotif_reader.code_secret, independent.code_secret):
            self.assertGreater(self.each("recovery-codes", lambda _, vector, read=read: read(vector["text"]).hex()), 10)

    def random_payload(self, source):
        letters = "aäß€😀 \n\t\"\\/אx0"
        text = "".join(source.choices(letters, k=int(source.expovariate(1 / 1500))))
        tree = {"kind": "entry", "text": text, "tags": source.choices(letters, k=source.randrange(4)),
                "n": source.randrange(-(2**53) + 1, 2**53), "deep": [{"x": [None, True, text[:9]]}]}
        return json.dumps(tree, ensure_ascii=source.random() < 0.5).encode()

    def test_random_entries(self):
        source, tree = random.Random(77), load("entries")
        journal, keys = bytes.fromhex(tree["journal"]), keys_of(tree)
        payloads = {source.randbytes(16): self.random_payload(source) for _ in range(ENTRIES)}
        ours, theirs = self.folder / "ours", self.folder / "theirs"
        ours.mkdir(), theirs.mkdir()
        for record, payload in payloads.items():
            (ours / f"{record.hex()}.payload").write_bytes(payload)
            key = source.choice(list(keys))
            (theirs / f"{record.hex()}.json").write_bytes(
                independent.seal("entry", journal, record, key, keys[key], source.randbytes(24), payload))
        subprocess.run([TOOL, "seal", ours], check=True)
        subprocess.run([TOOL, "open", theirs], check=True)
        reader = self.journal(tree)
        for record, payload in payloads.items():
            self.assertEqual((theirs / f"{record.hex()}.payload").read_bytes(), payload)
            for folder in (ours, theirs):
                file = folder / f"{record.hex()}.json"
                self.assertEqual(reader.open_sealed(file)[3], json.loads(payload))
                self.assertEqual(independent.unseal("entry", file.read_bytes(), journal, keys), (record, payload))


tap.main()
