# SPDX-License-Identifier: GPL-3.0-or-later
"""A made-up translation, to see what one does to the pages: every text in Arabic letters and a third longer, and what the
app takes from GTK in real Arabic. What stays in Latin letters cannot be translated yet.
"""

import gettext
import os
import pathlib
import re
import struct

BUILD = pathlib.Path(os.environ.get("LEITMOTIF_BUILD", "."))
LANGUAGE = "ar"
LOCALE = "ar_EG.UTF-8"
HEAD = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابثدهفجحيكقلمنوپرستطعوخيزغ", strict=False))
# Formats, tags, entities, addresses and what stands in braces stay as they are.
KEPT = re.compile(r"%(?:\d+\$)?[-+ 0#'I]*\d*(?:\.\d+)?[lOE]*[A-Za-z%]|<[^<>]*>|&\w+;|\{[^{}]*\}|https?://\S+|\\.")
FORMAT = re.compile(r"%(?:\d+\$)?[-+ 0#'I]*\d*(?:\.\d+)?[lOE]*[A-Za-z]")


def without_mnemonic(text):
    return re.sub(r"_(?=\w)", "", text) if text.count("_") == 1 else text


def changed(text):
    """The text as its translation. A mnemonic would be another key: it goes."""
    def letters(part):
        return "".join(LETTERS.get(letter.lower(), letter) * (2 if letter in "aeiou" else 1) for letter in part)

    text = without_mnemonic(text)
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [letters(text[end:kept.start()]), kept[0]]
        end = kept.end()
    return "".join(parts) + letters(text[end:])


def read(path):
    """The texts of a compiled catalogue (gettext's manual, The Format of GNU MO Files)."""
    data = path.read_bytes()
    magic, _, count, place = struct.unpack_from("<4I", data)
    assert magic == 0x950412de
    for i in range(count):
        length, start = struct.unpack_from("<2I", data, place + 8 * i)
        yield data[start:start + length].decode()


def write(path, texts):
    pairs = sorted((original.encode(), translated.encode()) for original, translated in texts.items())
    head, place = 28, 28 + 16 * len(pairs)
    tables, body = [[], []], b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].append(struct.pack("<2I", len(pair[side]), place + len(body)))
            body += pair[side] + b"\0"
    path.write_bytes(struct.pack("<7I", 0x950412de, 0, len(pairs), head, head + 8 * len(pairs), 0, place)
                     + b"".join(tables[0] + tables[1]) + body)


class Pseudo:
    """In a folder: what the environment of the app has to be, and how it says something."""

    def __init__(self, folder):
        # German has every text; here only the originals are read.
        originals = [text for text in read(BUILD / "po" / "de" / "LC_MESSAGES" / "leitmotif.mo") if text]
        catalogue = {"": HEAD}
        self.said, self.formats = {}, []
        for original in originals:
            text = original.split("\x04")[-1]
            forms = text.split("\0")
            catalogue[original] = "\0".join(changed(form) for form in forms)
            for form in forms:
                plain = without_mnemonic(form)
                self.said.setdefault(plain, changed(form))
                if FORMAT.search(plain) and FORMAT.sub("", plain).strip():
                    pattern = "(.+)".join(re.escape(part) for part in FORMAT.split(plain))
                    self.formats.append((re.compile(pattern), changed(form)))
        # Those that say most first.
        self.formats.sort(key=lambda known: -len(known[0].pattern))
        there = pathlib.Path(folder, LANGUAGE, "LC_MESSAGES")
        there.mkdir(parents=True)
        write(there / "leitmotif.mo", catalogue)
        self.environment = {"LEITMOTIF_LOCALE_DIR": str(folder), "LANG": LOCALE, "LANGUAGE": LANGUAGE}
        self.others = [gettext.translation(domain, languages=[LANGUAGE], fallback=True) for domain in ("libadwaita", "gtk40")]

    def __call__(self, text):
        if text in self.said:
            return self.said[text]
        for pattern, translated in self.formats:
            found = pattern.fullmatch(text)
            if found:
                groups = iter(found.groups())
                return FORMAT.sub(lambda _: next(groups), translated)
        for other in self.others:
            if other.gettext(text) != text:
                return other.gettext(text)
        return text
