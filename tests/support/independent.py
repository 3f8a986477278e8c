# SPDX-License-Identifier: GPL-3.0-or-later
"""Seals and opens a journal's files after docs/journal-format.md, sharing no code with libsodium: XChaCha20-Poly1305 of
pycryptodome, Argon2id of argon2-cffi, BLAKE2b and JSON of Python. For the tests: it makes the published vectors, and is
the second reader that runs them."""

import base64
import hashlib
import hmac
import json
import struct
import unicodedata

import argon2.low_level

try:
    from Cryptodome.Cipher import ChaCha20_Poly1305  # as Debian names it
except ImportError:
    from Crypto.Cipher import ChaCha20_Poly1305

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KINDS = {"passphrase": 1, "recovery": 2}
MAGIC = {"entry": b"LMENTRY", "draft": b"LMDRAFT", "seen": b"LMSEEN"}
CHUNK = 65536


class Refused(ValueError):
    """The file is not what it should be."""


def need(condition):
    if not condition:
        raise Refused


def keyed(key, message):
    return hashlib.blake2b(message, key=key, digest_size=32).digest()


def encrypt(key, nonce, plain, data):
    cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
    cipher.update(data)
    box, tag = cipher.encrypt_and_digest(plain)
    return box + tag


def decrypt(key, nonce, box, data):
    need(len(box) >= 16)
    cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
    cipher.update(data)
    try:
        return cipher.decrypt_and_verify(box[:-16], box[-16:])
    except ValueError as error:
        raise Refused from error


def padded(size):
    if size <= 4096:
        return 4096
    e = size.bit_length() - 1
    mask = (1 << e - e.bit_length()) - 1
    return size + mask & ~mask


# JSON and what stands in it


def no_doubles(pairs):
    need(len({key for key, _ in pairs}) == len(pairs))
    return dict(pairs)


def integer(text):
    need(len(text) < 18 and -(2**53) < int(text) < 2**53)
    return int(text)


def refuse(_text):
    raise Refused


def walk(value, depth):
    if isinstance(value, str):
        need("\0" not in value)
        value.encode()
    elif isinstance(value, list | dict):
        need(depth < 32)
        for inner in value:
            walk(inner, depth + 1)
        for inner in value.values() if isinstance(value, dict) else []:
            walk(inner, depth + 1)


def read_json(data):
    try:
        tree = json.loads(data.decode("utf-8"), object_pairs_hook=no_doubles, parse_int=integer, parse_float=refuse,
                          parse_constant=refuse)
        need(isinstance(tree, dict))
        walk(tree, 0)
    except (ValueError, RecursionError) as error:
        raise Refused from error
    return tree


def text64(data):
    return base64.b64encode(data).decode()


def bytes64(text, size=None):
    need(isinstance(text, str))
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Refused from error
    need(text64(data) == text and size in (None, len(data)))
    return data


def identifier(text):
    need(isinstance(text, str) and len(text) == 32 and set(text) <= set("0123456789abcdef"))
    return bytes.fromhex(text)


# Keys


def code_secret(text):
    kept = [c for c in text if not (c.isspace() or unicodedata.category(c) in ("Pd", "Zs") or c == "\u2212")]
    value = 0
    need(len(kept) == 28)
    for c in kept:
        c = {"O": "0", "I": "1", "L": "1"}.get(c.upper(), c.upper())
        need(c in DIGITS)
        value = value << 5 | DIGITS.index(c)
    secret = (value >> 12).to_bytes(16, "big")
    need(value & 4095 == checksum(secret))
    return secret


def checksum(secret):
    digest = hashlib.blake2b(b"leitmotif recovery" + secret, digest_size=32).digest()
    return digest[0] << 4 | digest[1] >> 4


def code_text(secret, wrong=0):
    value = int.from_bytes(secret, "big") << 12 | checksum(secret) ^ wrong
    digits = "".join(DIGITS[value >> 5 * (27 - i) & 31] for i in range(28))
    return "-".join(digits[i:i + 4] for i in range(0, 28, 4))


def derive(secret, salt, opslimit, memlimit_kib):
    return argon2.low_level.hash_secret_raw(secret, salt, opslimit, memlimit_kib, 1, 64, argon2.low_level.Type.ID, 0x13)


def slot_data(slot):
    kdf = slot["kdf"]
    return (b"LMKEY" + bytes([slot["version"]]) + identifier(slot["journal"]) + identifier(slot["slot"])
            + struct.pack("<BII", KINDS[slot["kind"]], kdf["opslimit"], kdf["memlimit_kib"]) + bytes64(kdf["salt"], 16))


def seal_slot(slot, derived, nonce, keys):
    """keys: [(id, generation, secret)]"""
    listed = ",".join(f'{{"key":"{key.hex()}","generation":{generation},"secret":"{text64(secret)}"}}'
                      for key, generation, secret in keys)
    data = slot_data(slot)
    box = encrypt(derived[:32], nonce, ('{"keys":[' + listed + "]}").encode(), data)
    return slot | {"nonce": text64(nonce), "box": text64(box), "commit": text64(keyed(derived[32:], data + nonce + box))}


def read_slot(file):
    need(len(file) <= 65536)
    slot = read_json(file)
    try:
        need(slot["format"] == "leitmotif-key" and type(slot["version"]) is int and slot["version"] == 1)
        kdf = slot["kdf"]
        need(slot["kind"] in KINDS and kdf["algorithm"] == "argon2id13")
        passes, memory = kdf["opslimit"], kdf["memlimit_kib"]
        need(type(passes) is int and type(memory) is int)
        need(2 <= passes <= 16 and 65536 <= memory <= 1048576 and passes * memory <= 4194304)
        slot_data(slot)
        bytes64(slot["nonce"], 24), bytes64(slot["box"]), bytes64(slot["commit"], 32)
    except (KeyError, TypeError) as error:
        raise Refused from error
    return slot


def open_slot(file, journal, derived=None, secret=None):
    slot = read_slot(file)
    need(identifier(slot["journal"]) == journal)
    if derived is None:
        kdf = slot["kdf"]
        derived = derive(secret, bytes64(kdf["salt"]), kdf["opslimit"], kdf["memlimit_kib"])
    data, nonce, box = slot_data(slot), bytes64(slot["nonce"]), bytes64(slot["box"])
    need(hmac.compare_digest(keyed(derived[32:], data + nonce + box), bytes64(slot["commit"])))
    listed = read_json(decrypt(derived[:32], nonce, box, data))
    return {identifier(one["key"]): bytes64(one["secret"], 32) for one in listed["keys"]}


# Entries, drafts, what was seen


def file_key(master, kind, record):
    if kind == "entry":
        return keyed(keyed(master, b"leitmotif v1 entries"), record)
    return keyed(keyed(master, b"leitmotif v1 local"), MAGIC[kind] + record)


def seal(kind, journal, record, key, master, nonce, payload, plain=None):
    """plain: what is sealed instead of the payload with its length and padding"""
    if plain is None:
        plain = struct.pack("<I", len(payload)) + payload
        plain += bytes(padded(len(plain)) - len(plain))
    box = encrypt(file_key(master, kind, record), nonce, plain, MAGIC[kind] + b"\1" + journal + record + key)
    return (f'{{"format":"leitmotif-{kind}","version":1,"journal":"{journal.hex()}","entry":"{record.hex()}",'
            f'"key":"{key.hex()}","nonce":"{text64(nonce)}","box":"{text64(box)}"}}\n').encode()


def unseal(kind, file, journal, keys):
    need(len(file) <= 32 * 1024 * 1024)
    header = read_json(file)
    try:
        need(header["format"] == "leitmotif-" + kind and type(header["version"]) is int and header["version"] == 1)
        record, key = identifier(header["entry"]), identifier(header["key"])
        nonce, box = bytes64(header["nonce"], 24), bytes64(header["box"])
        need(identifier(header["journal"]) == journal and key in keys)
        need(len(file) - len(header["box"]) <= 65536)
    except (KeyError, TypeError) as error:
        raise Refused from error
    plain = decrypt(file_key(keys[key], kind, record), nonce, box, MAGIC[kind] + b"\1" + journal + record + key)
    need(len(plain) >= 4)
    size = struct.unpack("<I", plain[:4])[0]
    need(size <= len(plain) - 4 and size <= 16 * 1024 * 1024 and not any(plain[4 + size:]))
    return record, plain[4:4 + size]


# Attachments


def seal_attachment(journal, attachment, key, master, salt, data, padding=None):
    head = b"LMATTACH\1" + journal + attachment + key + salt
    secret = keyed(keyed(master, b"leitmotif v1 attachments"), attachment + salt)
    plain = data + (bytes(padded(len(data)) - len(data)) if padding is None else padding)
    places = range(0, len(plain), CHUNK)
    return head + b"".join(
        encrypt(secret, struct.pack("<QB15x", i, place == places[-1]), plain[place:place + CHUNK], head)
        for i, place in enumerate(places))


def open_attachment(file, attachment, journal, keys, size, digest):
    need(len(file) > 73 and file[:9] == b"LMATTACH\1")
    head, key, salt = file[:73], file[41:57], file[57:73]
    need(file[9:25] == journal and file[25:41] == attachment and key in keys)
    secret = keyed(keyed(keys[key], b"leitmotif v1 attachments"), attachment + salt)
    places = range(73, len(file), CHUNK + 16)
    plain = b"".join(
        decrypt(secret, struct.pack("<QB15x", i, place == places[-1]), file[place:place + CHUNK + 16], head)
        for i, place in enumerate(places))
    need(len(plain) == padded(size) and not any(plain[size:]))
    need(hashlib.blake2b(plain[:size], digest_size=32).digest() == digest)
    return plain[:size]
