# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program that works on a journal: written from docs/journal-format.md alone, it shares no code with ours."""

import base64
import copy
import json
import os
import pathlib
import struct
import unicodedata

import quick
from nacl import bindings

encode = base64.b64encode
decode = base64.b64decode


def blake2b(key, message, size=32):
    return bindings.crypto_generichash_blake2b_salt_personal(message, digest_size=size, key=key)


def padded(size):
    if size <= 4096:
        return 4096
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1
    return (size + mask) & ~mask


def new_id():
    return os.urandom(16).hex()


class Outside:
    """A journal opened with its passphrase."""

    def __init__(self, folder, passphrase):
        self.folder = pathlib.Path(folder)
        self.journal = json.loads((self.folder / "journal.json").read_text())["journal"]
        secret = unicodedata.normalize("NFC", passphrase).encode()
        slots = [json.loads(path.read_text()) for path in (self.folder / "keys").iterdir()]
        (slot,) = [slot for slot in slots if slot["kind"] == "passphrase"]
        kdf, box, nonce = slot["kdf"], decode(slot["box"]), decode(slot["nonce"])
        salt = decode(kdf["salt"])
        derived = quick.derive(secret, salt, kdf["opslimit"], kdf["memlimit_kib"])
        data = b"LMKEY" + bytes([1]) + bytes.fromhex(slot["journal"] + slot["slot"]) + bytes([1])
        data += struct.pack("<II", kdf["opslimit"], kdf["memlimit_kib"]) + salt
        if blake2b(derived[32:], data + nonce + box) != decode(slot["commit"]):
            raise ValueError("wrong passphrase")
        opened = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(box, data, nonce, derived[:32])
        (key,) = json.loads(opened)["keys"]
        self.key = key["key"]
        self.entries_key = blake2b(decode(key["secret"]), b"leitmotif v1 entries")
        self.attachments_key = blake2b(decode(key["secret"]), b"leitmotif v1 attachments")

    def _seal_data(self, id, version=1, journal=None):
        return b"LMENTRY" + bytes([version]) + bytes.fromhex((journal or self.journal) + id + self.key)

    def open(self, id, name=None):
        """The payload of a record, byte for byte."""
        file = json.loads((self.folder / "entries" / (name or f"{id}.json")).read_text())
        plain = bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            decode(file["box"]),
            self._seal_data(id),
            decode(file["nonce"]),
            blake2b(self.entries_key, bytes.fromhex(id)),
        )
        (size,) = struct.unpack_from("<I", plain)
        if len(plain) != padded(4 + size) or plain[4 + size :].strip(b"\0"):
            raise ValueError("bad padding")
        return plain[4 : 4 + size]

    def seal(self, id, payload, version=1, journal=None, key=None):
        """The file of a record. With another version, journal or key it is one that this journal must refuse."""
        text = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
        plain = struct.pack("<I", len(text)) + text
        plain += bytes(padded(len(plain)) - len(plain))
        nonce = os.urandom(24)
        box = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(
            plain, self._seal_data(id, version, journal), nonce, blake2b(self.entries_key, bytes.fromhex(id))
        )
        file = {"format": "leitmotif-entry", "version": version, "journal": journal or self.journal, "entry": id}
        file |= {"key": key or self.key, "nonce": encode(nonce).decode(), "box": encode(box).decode()}
        return json.dumps(file, separators=(",", ":")).encode() + b"\n"

    def write(self, payload, id=None, name=None, **options):
        """Writes a record, as a synced computer would, and returns its id."""
        id = id or new_id()
        path = self.folder / "entries" / (name or f"{id}.json")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(self.seal(id, payload, **options))
        return id

    def attach(self, content, name, type="application/octet-stream"):
        """Writes an attachment and returns what an entry says of it."""
        id, salt = new_id(), os.urandom(16)
        head = b"LMATTACH" + bytes([1]) + bytes.fromhex(self.journal + id + self.key) + salt
        key = blake2b(self.attachments_key, bytes.fromhex(id) + salt)
        plain = content + bytes(padded(len(content)) - len(content))
        chunks = [plain[i : i + 65536] for i in range(0, len(plain), 65536)]
        file = head
        for number, chunk in enumerate(chunks):
            nonce = struct.pack("<QB", number, number == len(chunks) - 1) + bytes(15)
            file += bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(chunk, head, nonce, key)
        path = self.folder / "attachments" / f"{id}.bin"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(file)
        return {"id": id, "name": name, "type": type, "size": len(content), "hash": encode(blake2b(b"", content)).decode()}

    def add_person(self, name):
        return self.write(HEAD | {"kind": "person", "name": name, "circles": ["now"]})

    def add_episode(self, people, **changes):
        """A whole relationship episode, with every kind of answer."""
        payload = HEAD | copy.deepcopy(EPISODE) | changes
        payload["answers"][1]["people"] = people
        return self.write(payload)


HEAD = {
    "kind": "entry",
    "revision": 1,
    "saves": {"0123456789abcdef0123456789abcdef": 1},
    "device": "0123456789abcdef0123456789abcdef",
    "created": "2025-02-03T21:04:11+01:00",
    "modified": "2025-02-03T21:30:00+01:00",
    "zone": "Europe/Berlin",
}

EPISODE = {
    "title": "Late for the film",
    "guide": {"id": "relationship-episode", "version": 1, "language": "en"},
    "answers": [
        {"step": "before", "question": "How strong is what you feel right now?", "scale": 4},
        {"step": "who", "question": "Who was this moment with?", "people": []},
        {"step": "happened", "question": "What happened?", "text": "She stood there eating a pretzel."},
        {
            "step": "other",
            "question": "What did the other person do?",
            "role": "response-other",
            "choices": [{"id": "warm", "label": "was warm"}, {"label": "laughed out loud"}],
            "felt": "good",
        },
        {
            "step": "wish",
            "question": "What did you want just then?",
            "role": "wish",
            "choices": [{"id": "understood", "label": "to be understood"}],
            "text": "For once without explaining.",
            "from-the-future": {"deep": [1, 2, {"deeper": None}]},
        },
    ],
    "tags": ["cinema"],
    "from-the-future": {"kept": True},
}
