#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a Leitmotif journal with nothing of Leitmotif: only the format's text, Python and PyNaCl.
leitmotif-read [--code] [--attachments FOLDER] JOURNAL: asks for the passphrase, or the recovery code.
Prints each record as JSON, one a line, and what cannot be read; attachments go, unencrypted, into the new FOLDER."""
import base64, collections, getpass, hashlib, json, os, pathlib, re, stat, struct, sys, unicodedata
import nacl.exceptions, nacl.pwhash
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt, sodium_memcmp
MIB, KINDS, CROCKFORD = 1024 * 1024, {"passphrase": 1, "recovery": 2}, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFUSED = (ValueError, KeyError, TypeError, RecursionError, OSError, nacl.exceptions.CryptoError)
def check(condition, why):
    if not condition:
        raise ValueError(why)
def blake2b(key, message):
    return hashlib.blake2b(message, digest_size=32, key=key).digest()
# Section 2: JSON, ids, binary values --------------------------------------------------------------
def unique(pairs):
    check(len(pairs) == len(dict(pairs)), "one key twice")
    return dict(pairs)
def whole(text):
    check(len(text) < 20 and abs(int(text)) < 2**53, "no integer, or too large")
    return int(text)
def check_value(value, depth=0):
    if isinstance(value, str):
        check(not re.search("[\0\ud800-\udfff]", value), "a character that may not be")
    elif isinstance(value, (dict, list)):
        check(depth < 32, "nested too deeply")
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            check_value(inner, depth + 1)
def parse(data):
    tree = json.loads(data.decode(), object_pairs_hook=unique, parse_int=whole, parse_float=whole, parse_constant=whole)
    check(isinstance(tree, dict), "not an object")
    check_value(tree)
    return tree
def read_id(header, key):
    check(re.fullmatch("[0-9a-f]{32}", header[key]), "no id: " + key)
    return bytes.fromhex(header[key])
def read_bytes(header, key, size=None):
    data = base64.b64decode(header[key], validate=True)
    check(base64.b64encode(data).decode() == header[key] and size in (None, len(data)), "not canonical: " + key)
    return data
def read_header(path, limit, expected):
    info = os.lstat(path)
    check(stat.S_ISREG(info.st_mode) and info.st_size <= limit, "no file, or too large")
    header = parse(path.read_bytes())
    check(header["format"] == expected and type(header["version"]) is int, "another format")
    check(header["version"] == 1, "made by a newer version")
    check(info.st_size - len(header.get("box", "")) <= 65536, "a header too large")
    return header
# Section 3: keys ----------------------------------------------------------------------------------
def passphrase_secret(text):
    secret = unicodedata.normalize("NFC", text).encode()
    check(1 <= len(secret) <= 1024 and not any(unicodedata.category(c) == "Cc" for c in text), "no passphrase")
    return secret
def code_secret(text):
    kept = [c for c in text if not c.isspace() and unicodedata.category(c) != "Pd" and c != "\u2212"]
    digits = [{"O": "0", "I": "1", "L": "1"}.get(c.upper(), c.upper()) for c in kept if c.isascii()]
    check(len(digits) == len(kept) == 28 and all(c in CROCKFORD for c in digits), "no recovery code")
    number = sum(CROCKFORD.index(c) << 5 * (27 - i) for i, c in enumerate(digits))
    secret = (number >> 12).to_bytes(16, "big")
    checksum = blake2b(b"", b"leitmotif recovery" + secret)
    check(number & 0xFFF == checksum[0] << 4 | checksum[1] >> 4, "a mistyped recovery code")
    return secret
def open_slot(path, journal, kind, secret):
    slot = read_header(path, 65536, "leitmotif-key")
    kdf = slot["kdf"]
    check(slot["kind"] in KINDS and kdf["algorithm"] == "argon2id13", "an unknown kind")
    passes, memory, salt = kdf["opslimit"], kdf["memlimit_kib"], read_bytes(kdf, "salt", 16)
    check(2 <= passes <= 16 and 65536 <= memory <= MIB and passes * memory <= 4 * MIB, "a cost that is not accepted")
    nonce, box, commit = read_bytes(slot, "nonce", 24), read_bytes(slot, "box"), read_bytes(slot, "commit", 32)
    check(read_id(slot, "journal") == journal, "of another journal")
    if slot["kind"] != kind: return {}
    data = b"LMKEY\1" + journal + read_id(slot, "slot") + struct.pack("<BII", KINDS[kind], passes, memory) + salt
    key = nacl.pwhash.argon2id.kdf(64, secret, salt, opslimit=passes, memlimit=memory * 1024)
    check(sodium_memcmp(blake2b(key[32:], data + nonce + box), commit), "it does not open with this")
    keys = parse(decrypt(box, data, nonce, key[:32]))["keys"]
    return {read_id(one, "key"): read_bytes(one, "secret", 32) for one in keys}
# Sections 1, 4, 5 and 6: the folder, its records and their attachments ------------------------------
class Journal:
    def __init__(self, path, kind, secret):
        self.path, self.keys, self.problems = pathlib.Path(path), {}, []
        self.id = read_id(read_header(self.path / "journal.json", 65536, "leitmotif-journal"), "journal")
        for file in sorted(self.path.glob("keys/[!.]*.json")):
            self.keys.update(self.attempt(file, open_slot, self.id, kind, secret) or {})
        check(self.keys, "no key file opens with this")
    def attempt(self, file, function, *arguments):
        try:
            return function(file, *arguments)
        except REFUSED as error:
            self.problems.append((str(file.relative_to(self.path)), str(error)))
    def file_key(self, key_id, label, message):
        check(key_id in self.keys, "waiting for its key")
        return blake2b(blake2b(self.keys[key_id], b"leitmotif v1 " + label), message)
    def open_sealed(self, path, kind="entry"):
        header, magic = read_header(path, 32 * MIB, "leitmotif-" + kind), b"LM" + kind.upper().encode()
        entry, key_id = read_id(header, "entry"), read_id(header, "key")
        nonce, box = read_bytes(header, "nonce", 24), read_bytes(header, "box")
        check(read_id(header, "journal") == self.id, "of another journal")
        key = self.file_key(key_id, *((b"entries", entry) if kind == "entry" else (b"local", magic + entry)))
        plain = decrypt(box, magic + b"\1" + self.id + entry + key_id, nonce, key)
        size = int.from_bytes(plain[:4], "little")
        check(len(plain) >= 4 and size <= min(len(plain) - 4, 16 * MIB), "a size that does not fit")
        check(not any(plain[4 + size:]), "padding that is not zero")
        payload = parse(plain[4:4 + size])
        return entry.hex(), sum(dict(payload.get("saves", {})).values()), path, payload
    def open_attachment(self, path, listed):
        wanted, size, data = read_id(listed, "id"), listed["size"], path.read_bytes()
        head, key_id, chunks = data[:73], data[41:57], [data[i:i + 65552] for i in range(73, len(data), 65552)]
        check(head[:41] == b"LMATTACH\1" + self.id + wanted and chunks, "another attachment")
        key = self.file_key(key_id, b"attachments", wanted + head[57:])
        nonces = [struct.pack("<QB15x", i, i == len(chunks) - 1) for i in range(len(chunks))]
        plain = b"".join(decrypt(chunk, head, nonce, key) for chunk, nonce in zip(chunks, nonces))
        step = 1 if size <= 4096 else 1 << size.bit_length() - 1 - (size.bit_length() - 1).bit_length()
        check(len(plain) == max(4096, -(-size // step) * step) and not any(plain[size:]), "a size that does not fit")
        check(blake2b(b"", plain[:size]) == read_bytes(listed, "hash", 32), "not what the entry means")
        return plain[:size]
    def records(self):
        """Yields (id, payload); copies and what does not open are in problems afterwards."""
        found = collections.defaultdict(list)
        shards = sorted(self.path.glob("entries/[0-9a-f][0-9a-f]/[!.]*.json"))
        for file in sorted(self.path.glob("entries/[!.]*.json")) + shards:
            if opened := self.attempt(file, self.open_sealed):
                found[opened[0]].append(opened)
        for entry, files in found.items():  # The file of that name, else the newest, which has the largest sum.
            best = next((file for file in files if file[2].stem == entry), max(files, key=lambda file: file[1]))
            self.problems += [(str(file[2].relative_to(self.path)), "a copy") for file in files if file is not best]
            yield entry, best[3]
    def extract(self, payload, folder):
        for listed in [one for one in payload.get("attachments", []) if isinstance(one, dict)]:
            file = self.path / "attachments" / f"{listed.get('id')}.bin"
            if (data := self.attempt(file, self.open_attachment, listed)) is not None:
                name = re.sub(r"[^\w. -]", "_", str(listed.get("name", "")))[-100:]  # Nothing that leads elsewhere.
                (folder / f"{file.stem}-{name}").write_bytes(data)
def open_journal(path, passphrase=None, code=None):
    way = ("passphrase", passphrase_secret(passphrase)) if code is None else ("recovery", code_secret(code))
    return Journal(path, *way)
if __name__ == "__main__":
    options = r"(--code\0)?(?:--attachments\0([^\0]+)\0)?([^\0-][^\0]*)"
    usage = re.fullmatch(options, "\0".join(sys.argv[1:])) or sys.exit(__doc__)
    given = getpass.getpass("") if sys.stdin.isatty() else sys.stdin.buffer.readline().decode().rstrip("\r\n")
    try:
        journal = open_journal(usage[3], **{"code" if usage[1] else "passphrase": given})
        folder = pathlib.Path(usage[2]) if usage[2] else None
        folder and folder.mkdir(mode=0o700)
    except REFUSED as error:
        sys.exit(f"leitmotif-read: {error}")
    for entry, payload in journal.records():
        print(json.dumps({"id": entry, "payload": payload}, ensure_ascii=False))
        folder and journal.extract(payload, folder)
    sys.stderr.writelines(f"{file}: {why}\n" for file, why in journal.problems)
