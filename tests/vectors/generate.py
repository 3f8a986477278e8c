#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the published vectors beside it, the same in every run: generate.py writes them, generate.py --check says whether
they are what this program makes. docs/journal-format.md, "Vectors", says what stands in them. The sealing is done by
tests/support/independent.py, which shares no code with the app or with libsodium."""

import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "support"))

import independent as i  # noqa: E402


def count(first, size=16):
    return bytes((first + k) % 256 for k in range(size))


JOURNAL, RECORD, OTHER = count(0), count(0x10), count(0x20)
KEYS = {count(0x50): count(0x60, 32), count(0x80): count(0xA0, 32)}
KEY, MASTER = count(0x80), count(0xA0, 32)
OLD, OLD_MASTER = count(0x50), count(0x60, 32)
NONCE, SALT = count(0x30, 24), count(0x40)
PAYLOAD = '{"kind":"entry","title":"Zug","text":"Grüße aus Łódź 😀\\nנסיעה"}'.encode()
COMMON = {"journal": JOURNAL.hex(), "keys": {key.hex(): secret.hex() for key, secret in KEYS.items()}}


def sealed(kind="entry", record=RECORD, journal=JOURNAL, key=KEY, master=MASTER, payload=PAYLOAD, plain=None):
    return i.seal(kind, journal, record, key, master, NONCE, payload, plain).decode()


def edited(file, **changes):
    return json.dumps({name: value for name, value in (json.loads(file) | changes).items() if value is not None})


def replaced(file, old, new):
    assert file.count(old) == 1, (old, file.count(old))
    return file.replace(old, new)


def records(kind):
    """The vectors of one kind of sealed record."""
    good, other_kind = sealed(kind), "draft" if kind == "entry" else "entry"
    header = json.loads(good)
    box, nested = header["box"], '{"x":' + "[" * 32 + "]" * 32 + ","
    flipped = i.bytes64(box)

    def flip(place):
        data = bytearray(flipped)
        data[place] ^= 1
        return i.text64(bytes(data))

    def payload(text):
        return {"opens": True, "file": sealed(kind, payload=text), "payload": text.decode()}

    def plain(data):
        return {"opens": False, "error": "damaged", "file": sealed(kind, plain=data)}

    def bad(file, error="damaged"):
        return {"opens": False, "error": error, "file": file}

    size = len(PAYLOAD).to_bytes(4, "little")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = len(box.rstrip("=")) - 1
    loose = box[:last] + alphabet[alphabet.index(box[last]) ^ 1] + box[last + 1:]
    vectors = {
        "good": {"opens": True, "file": good, "payload": PAYLOAD.decode()},
        "good, retired key": {"opens": True, "file": sealed(kind, key=OLD, master=OLD_MASTER),
                              "payload": PAYLOAD.decode()},
        "wrong key": bad(sealed(kind, master=OLD_MASTER)),
        "sealed as another kind": bad(replaced(sealed(other_kind), f"leitmotif-{other_kind}", f"leitmotif-{kind}")),
        "header: another kind": bad(sealed(other_kind), "not-ours"),
        "header: another id": bad(edited(good, entry=OTHER.hex())),
        "box: first bit": bad(edited(good, box=flip(0))),
        "box: tag": bad(edited(good, box=flip(-1))),
        "padding: not zero": plain(size + PAYLOAD + bytes(4090 - len(PAYLOAD)) + b"\1" + bytes(1)),
        "padding: size beyond the end": plain((4093).to_bytes(4, "little") + PAYLOAD + bytes(4092 - len(PAYLOAD))),
    }
    if kind != "entry":
        return vectors
    return vectors | {
        "good, empty object": payload(b"{}"),
        "good, one byte below a page": payload(b'{"text":"' + b"x" * (4092 - 11) + b'"}'),
        "good, a page and a byte": payload(b'{"text":"' + b"x" * (4093 - 11) + b'"}'),
        "good, 20 000 bytes": payload(b'{"text":"' + b"0123456789" * 2000 + b'"}'),
        "good, unknown keys": payload(b'{"kind":"entry","new":{"deep":[1,null,{"x":true}]}}'),
        "good, unknown kind": payload(b'{"kind":"dream-map","text":"x"}'),
        "good, other padding": {"opens": True, "payload": PAYLOAD.decode(),
                                "file": sealed(plain=size + PAYLOAD + bytes(1000))},
        "good, no padding": {"opens": True, "payload": PAYLOAD.decode(), "file": sealed(plain=size + PAYLOAD)},
        "good, other order and white space": {"opens": True, "payload": PAYLOAD.decode(),
                                              "file": json.dumps(dict(reversed(header.items())), indent=2)},
        "good, escapes": {"opens": True, "payload": PAYLOAD.decode(), "file": replaced(good, '"box"', '"b\\u006fx"')},
        "good, unknown header key": {"opens": True, "payload": PAYLOAD.decode(), "file": edited(good, new=[1, {}])},
        "good, no line's end": {"opens": True, "payload": PAYLOAD.decode(), "file": good.rstrip("\n")},
        "waiting for its key": bad(edited(good, key=OTHER.hex()), "waiting"),
        "header: key of another generation": bad(edited(good, key=OLD.hex())),
        "header: another journal": bad(edited(good, journal=OTHER.hex()), "not-ours"),
        "header: another nonce": bad(edited(good, nonce=i.text64(count(0, 24)))),
        "header: version 2": bad(edited(good, version=2), "too-new"),
        "header: version 0": bad(edited(good, version=0)),
        "header: version as text": bad(edited(good, version="1")),
        "header: version true": bad(edited(good, version=True)),
        "header: version twice": bad(replaced(good, '"version":1,', '"version":1,"version":1,')),
        "header: unknown format": bad(edited(good, format="leitmotif-dream"), "not-ours"),
        "header: no nonce": bad(edited(good, nonce=None)),
        "header: short nonce": bad(edited(good, nonce="AAAA")),
        "header: id in capitals": bad(edited(good, entry=RECORD.hex().replace("a", "A"))),
        "header: id too short": bad(edited(good, entry=RECORD.hex()[:-1])),
        "header: base64 not canonical": bad(edited(good, box=loose)),
        "header: base64 without padding": bad(edited(good, box=box.rstrip("="))),
        "header: a byte order mark": bad("\ufeff" + good),
        "header: a comment": bad(good.replace("\n", "//\n")),
        "header: something behind": bad(good + "{}"),
        "header: nested too deeply": bad(good.replace("{", nested, 1)),
        "header: a fraction": bad(edited(good, new=1.5)),
        "header: too large an integer": bad(edited(good, new=2**53)),
        "header: U+0000": bad(edited(good, new="\0")),
        "header: a lone surrogate": bad(replaced(good, '"version"', '"new":"\\ud800","version"')),
        "header: over 64 KiB": bad(edited(good, new="x y" * 30000), "too-large"),
        "empty file": bad(""),
        "cut in the box": bad(good[:3000]),
        "box: cut": bad(edited(good, box=i.text64(flipped[:-1]))),
        "box: empty": bad(edited(good, box="")),
        "box: only a tag": bad(sealed(plain=b"")),
        "padding: three bytes": plain(b"\0\0\0"),
        "padding: size of all ones": plain(b"\xff" * 4 + bytes(4092)),
        "payload: none": {"opens": True, "file": sealed(plain=bytes(4096)), "payload": "", "json": False},
        "payload: one key twice": {"opens": True, "file": sealed(payload=b'{"a":1,"a":2}'), "payload": '{"a":1,"a":2}',
                                   "json": False},
        "payload: a fraction": {"opens": True, "file": sealed(payload=b'{"a":1.5}'), "payload": '{"a":1.5}',
                                "json": False},
        "payload: a list": {"opens": True, "file": sealed(payload=b"[]"), "payload": "[]", "json": False},
    }


def attachments():
    base = {}

    def data(size):
        return bytes((k * 7 + 3) % 256 for k in range(size))

    def digest(size):
        return i.text64(hashlib.blake2b(data(size), digest_size=32).digest())

    def make(name, size, file, opens, error=None, **more):
        listed = {"id": RECORD.hex(), "size": size, "hash": digest(size)}
        vector = {"opens": opens, "attachment": listed | more, "file": i.text64(file)}
        vectors[name] = vector | ({"error": error} if error else {})

    def sealed_one(size, attachment=RECORD, key=KEY, master=MASTER, journal=JOURNAL, padding=None, salt=SALT):
        return i.seal_attachment(journal, attachment, key, master, salt, data(size), padding)

    vectors = {}
    for size in (0, 1, 4096, 4097):
        make(f"good, {size} bytes", size, sealed_one(size), True)
    make("good, retired key", 500, sealed_one(500, key=OLD, master=OLD_MASTER), True)
    good = sealed_one(500)

    def flip(place):
        changed = bytearray(good)
        changed[place] ^= 0x80
        return bytes(changed)

    make("magic", 500, flip(0), False, "not-ours")
    make("version 2", 500, good[:8] + b"\2" + good[9:], False, "too-new")
    make("of another journal", 500, sealed_one(500, journal=OTHER), False, "not-ours")
    make("another attachment", 500, sealed_one(500, attachment=OTHER), False, "not-ours")
    make("another attachment, its id changed", 500, good[:25] + RECORD + sealed_one(500, OTHER)[41:], False, "damaged")
    make("waiting for its key", 500, sealed_one(500, key=OTHER), False, "waiting")
    make("wrong key", 500, sealed_one(500, master=OLD_MASTER), False, "damaged")
    make("another salt", 500, flip(60), False, "damaged")
    make("first bit of the chunk", 500, flip(73), False, "damaged")
    make("tag", 500, flip(-1), False, "damaged")
    make("empty file", 500, b"", False, "damaged")
    make("half a head", 500, good[:40], False, "damaged")
    make("only the head", 500, good[:73], False, "damaged")
    make("cut", 500, good[:-1], False, "damaged")
    make("a byte behind", 500, good + b"\0", False, "damaged")
    make("padding not zero", 500, sealed_one(500, padding=bytes(3595) + b"\1"), False, "damaged")
    make("padding too short", 500, sealed_one(500, padding=bytes(10)), False, "damaged")
    make("another size in the entry", 4097, good, False, "damaged")
    make("another hash in the entry", 500, good, False, "damaged", hash=digest(499))

    # Chunks, described by pieces of one file with three of them: [from, to) each.
    size, chunk = 131073, 65552
    base["three"] = i.text64(sealed_one(size))
    end = len(i.bytes64(base["three"]))
    head, first, second, third = [0, 73], [73, 73 + chunk], [73 + chunk, 73 + 2 * chunk], [73 + 2 * chunk, end]
    for name, parts in {
        "good, three chunks": [[0, end]], "chunks swapped": [head, second, first, third],
        "first chunk missing": [head, second, third], "middle chunk missing": [head, first, third],
        "last chunk missing": [head, first, second], "chunk doubled": [head, first, first, second, third],
        "last chunk doubled": [head, first, second, third, third], "last chunk first": [head, third, first, second],
        "cut in the middle": [head, first, [73 + chunk, 73 + chunk + 1000]],
    }.items():
        listed = {"id": RECORD.hex(), "size": size, "hash": digest(size)}
        good_one = name.startswith("good")
        vectors[name] = {"opens": good_one, "attachment": listed, "base": "three", "parts": parts} | (
            {} if good_one else {"error": "damaged"})
    return {"files": base, "vectors": vectors}


LIST = [(OLD, 1, OLD_MASTER), (KEY, 2, MASTER)]
DERIVED = count(0xC0, 64)
HEADER = {"format": "leitmotif-key", "version": 1, "journal": JOURNAL.hex(), "slot": count(0x90).hex(),
          "kind": "passphrase",
          "kdf": {"algorithm": "argon2id13", "opslimit": 2, "memlimit_kib": 65536, "salt": i.text64(SALT)}}
PASSPHRASE, CODE = "Grüße aus Łódź", bytes.fromhex("deadbeef00112233445566778899aabb")


def slot(derived=DERIVED, **changes):
    return i.seal_slot(HEADER | changes, derived, NONCE, LIST)


def slots():
    good = slot()
    keys = {"opens": True, "listed": {key.hex(): secret.hex() for key, _, secret in LIST}}

    def vector(file, error=None, **more):
        given = more or {"derived": DERIVED.hex()}
        return {"file": json.dumps(file, separators=(",", ":"))} | given | (
            {"opens": False, "error": error} if error else keys)

    def flip(name):
        data = bytearray(i.bytes64(good[name]))
        data[0] ^= 1
        return good | {name: i.text64(bytes(data))}

    by_phrase = slot(i.derive(PASSPHRASE.encode(), SALT, 2, 65536))
    by_code = slot(i.derive(CODE, SALT, 2, 65536), kind="recovery")
    other_derived = DERIVED[:32] + bytes(32)
    return {
        "good": vector(good),
        "good, by passphrase": vector(by_phrase, passphrase=PASSPHRASE),
        "good, by recovery code": vector(by_code, code=i.code_text(CODE)),
        "good, other order": vector(dict(reversed(good.items()))),
        "good, unknown header key": vector(good | {"new": "x"}),
        "wrong passphrase": vector(by_phrase, "wrong-secret", passphrase=PASSPHRASE + " "),
        "wrong derived key": vector(good, "wrong-secret", derived=count(0xC1, 64).hex()),
        "wrong commitment key": vector(good, "wrong-secret", derived=other_derived.hex()),
        "another commitment": vector(flip("commit"), "wrong-secret"),
        "another nonce": vector(flip("nonce"), "wrong-secret"),
        "box changed": vector(flip("box"), "wrong-secret"),
        "another slot id": vector(good | {"slot": OTHER.hex()}, "wrong-secret"),
        "another kind": vector(good | {"kind": "recovery"}, "wrong-secret"),
        "another cost": vector(good | {"kdf": HEADER["kdf"] | {"opslimit": 3}}, "wrong-secret"),
        "another salt": vector(good | {"kdf": HEADER["kdf"] | {"salt": i.text64(count(1))}}, "wrong-secret"),
        "of another journal": vector(slot(journal=OTHER.hex()), "not-ours"),
        "unknown kind": vector(good | {"kind": "thumb"}, "unsupported"),
        "version 2": vector(good | {"version": 2}, "too-new"),
        "another format": vector(good | {"format": "leitmotif-entry"}, "not-ours"),
        "no commitment": vector({name: good[name] for name in good if name != "commit"}, "damaged"),
        "over 64 KiB": vector(good | {"new": "x" * 65536}, "too-large"),
    }


def costs():
    def one(error, **changes):
        file = slot(kdf=HEADER["kdf"] | changes) if "salt" not in changes else slot() | {
            "kdf": HEADER["kdf"] | changes}
        file = json.dumps(file, separators=(",", ":"))
        good = {"opens": True, "listed": {key.hex(): secret.hex() for key, _, secret in LIST}}
        return {"file": file, "derived": DERIVED.hex()} | ({"opens": False, "error": error} if error else good)

    def raw(error, **changes):
        return {"file": json.dumps(slot() | {"kdf": HEADER["kdf"] | changes}), "derived": DERIVED.hex(), "opens": False,
                "error": error}

    return {
        "lowest": one(None, opslimit=2, memlimit_kib=65536), "most passes": one(None, opslimit=16, memlimit_kib=262144),
        "most memory": one(None, opslimit=4, memlimit_kib=1048576),
        "one pass": one("cost", opslimit=1), "no pass": one("cost", opslimit=0),
        "17 passes": one("cost", opslimit=17), "below 64 MiB": one("cost", memlimit_kib=65535),
        "above 1 GiB": one("cost", memlimit_kib=1048577), "together too much": one("cost", opslimit=5,
                                                                                memlimit_kib=1048576),
        "4 294 967 295 KiB": one("cost", memlimit_kib=2**32 - 1), "2^32 + 64 MiB": raw("cost",
                                                                                     memlimit_kib=2**32 + 65536),
        "2^52 KiB": raw("cost", memlimit_kib=2**52), "negative": raw("damaged", opslimit=-2),
        "as text": raw("damaged", opslimit="2"), "salt of 8 bytes": raw("damaged", salt=i.text64(bytes(8))),
        "Argon2i": raw("unsupported", algorithm="argon2i13"),
    }


def codes():
    text = i.code_text(CODE)
    good = {"opens": True, "secret": CODE.hex()}
    form, mistyped = {"opens": False, "error": "code-form"}, {"opens": False, "error": "code-checksum"}
    return {
        "good": {"text": text} | good, "zeros": {"text": i.code_text(bytes(16)), "opens": True, "secret": "00" * 16},
        "ones": {"text": i.code_text(b"\xff" * 16), "opens": True, "secret": "ff" * 16},
        "small letters": {"text": text.lower()} | good, "spaces": {"text": text.replace("-", "  ")} | good,
        "no groups": {"text": text.replace("-", "")} | good, "en dashes": {"text": text.replace("-", "–")} | good,
        "O, I and L": {"text": i.code_text(bytes(16)).replace("0", "O").replace("1", "l"), "opens": True,
                       "secret": "00" * 16},
        "mistyped": {"text": i.code_text(CODE, wrong=1)} | mistyped,
        "two letters swapped": {"text": text[1] + text[0] + text[2:]} | mistyped,
        "one letter short": {"text": text[:-1]} | form, "one letter more": {"text": text + "0"} | form,
        "a U": {"text": "U" + text[1:]} | form, "a letter with an accent": {"text": "É" + text[1:]} | form,
        "nothing": {"text": ""} | form,
    }


def everything():
    return {
        "entries": COMMON | {"id": RECORD.hex(), "vectors": records("entry")},
        "drafts": COMMON | {"id": RECORD.hex(), "vectors": records("draft")},
        "seen": COMMON | {"id": RECORD.hex(), "vectors": records("seen")},
        "attachments": COMMON | attachments(), "key-slots": COMMON | {"vectors": slots()},
        "costs": COMMON | {"vectors": costs()}, "recovery-codes": {"vectors": codes()},
    }


def main():
    total, differing = 0, []
    for name, tree in everything().items():
        text = json.dumps(tree, indent=1, ensure_ascii=True) + "\n"
        path = HERE / f"{name}.json"
        total += len(tree["vectors"])
        if "--check" not in sys.argv:
            path.write_text(text)
        elif path.read_text() != text:
            differing.append(path.name)
    print(f"{total} vectors")
    sys.exit(f"not as they are made: {differing}" if differing else 0)


if __name__ == "__main__":
    main()
