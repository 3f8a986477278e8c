#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Leitmotif authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes commonmark.json out of CommonMark's specification: commonmark.py spec.txt >commonmark.json.

What is expected is read from the HTML that the specification prints, and never from this program. Examples of what the library
leaves out on purpose are left out by what they are, not by whether they pass."""

import json
import re
import sys
import urllib.parse
from html.parser import HTMLParser

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$|^#{1,6} +([^\n]*)$", re.MULTILINE | re.DOTALL)
# What no article or entry has: everything in these is about it.
OUTSIDE = {
    "Entity and numeric character references": "stay as they are typed",
    "Indented code blocks": "are paragraphs",
    "HTML blocks": "are text",
    "Raw HTML": "is text",
    "Images": "show their words alone",
}
# Where four spaces make a line code, or part of the paragraph above: here they mean nothing.
INDENTED = {49, 70, 87, 134, 137, 238, 278, 312}
# Code goes on behind the end of a line that ends in spaces: here they are dropped, as elsewhere.
SPACES = {335, 337, 640}


class Blocks(HTMLParser):
    """HTML as the dump of src/library/lm-document.c, which is described in lm-document.h."""

    SPANS = {"em": "emphasis", "strong": "strong", "code": "code", "a": "link"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.lists, self.quote = [], [], 0
        self.block, self.pre = None, False

    def begin(self, kind):
        self.end()
        self.block = {"kind": kind, "text": "", "spans": [], "open": [], "marker": "", "depth": len(self.lists)}
        if self.lists and self.lists[-1]["fresh"]:
            number = self.lists[-1]["number"]
            self.block["marker"] = f" item={number}" if number else " item"
            self.lists[-1]["fresh"] = False

    def end(self):
        block, self.block = self.block, None
        if block is None:
            return
        text = block["text"].removesuffix("\n") if block["kind"] == "code" else block["text"]
        escaped = "".join(
            {"\n": "\\n", "\t": "\\t", "\\": "\\\\", '"': '\\"'}.get(c)
            or (c if " " <= c <= "~" else "".join(f"\\{byte:o}" for byte in c.encode()))
            for c in text
        )
        line = block["kind"]
        line += f" quote={self.quote}" if self.quote else ""
        line += f" list={block['depth']}" if block["depth"] else ""
        self.lines.append(f'{line}{block["marker"]} "{escaped}"')
        for kind, start, end, target in block["spans"]:
            self.lines.append(f"  {kind} {start}-{end}" + (f" {target}" if target is not None else ""))

    def length(self):
        return len(self.block["text"].encode())

    def ensure(self):
        if self.block is None:
            self.begin("paragraph")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in ("p", "pre"):
            self.begin("code" if tag == "pre" else "paragraph")
            self.pre = tag == "pre"
        elif re.fullmatch("h[1-6]", tag):
            self.begin(f"heading {tag[1]}")
        elif tag == "hr":
            self.begin("rule")
            self.end()
        elif tag == "br":
            self.block["text"] += "\n"
        elif tag == "blockquote":
            self.end()
            self.quote += 1
        elif tag in ("ul", "ol"):
            self.end()
            self.lists.append({"number": max(1, int(attributes.get("start", 1))) if tag == "ol" else 0, "fresh": False})
        elif tag == "li":
            self.lists[-1]["fresh"] = True
        elif tag in self.SPANS and not self.pre:
            self.ensure()
            target = urllib.parse.unquote(attributes["href"]) if tag == "a" else None
            self.block["open"].append(len(self.block["spans"]))
            self.block["spans"].append([self.SPANS[tag], self.length(), 0, target])
        elif not (tag == "code" and self.pre):
            raise ValueError(tag)

    def handle_endtag(self, tag):
        if tag in self.SPANS and not self.pre:
            self.block["spans"][self.block["open"].pop()][2] = self.length()
            return
        if tag in ("br", "code"):
            return
        self.end()
        if tag == "pre":
            self.pre = False
        elif tag == "blockquote":
            self.quote -= 1
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "li" and self.lists[-1]["number"]:
            self.lists[-1]["number"] += 1

    def handle_data(self, data):
        if self.block is None:
            data = data.strip("\n")
            if not data:
                return
            self.begin("paragraph")
        if self.pre:
            self.block["text"] += data
            return
        if self.block["text"].endswith("\n"):
            data = data.removeprefix("\n")
        self.block["text"] += data.replace("\n", " ")


def is_outside(markdown, html):
    """Whether an example shows, among other things, what the library leaves out."""
    if "<img" in html:
        return True
    if re.search(r"&(#[0-9]+|#x[0-9a-f]+|[a-z]+);", markdown, re.IGNORECASE):
        return True
    if re.search(r"<(/?[a-z][a-z0-9-]*(\s[^>]*)?/?>|[!?]|[a-z]+ )", markdown, re.IGNORECASE):
        return True
    return "<pre>" in html and not re.search(r"```|~~~", markdown)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = file.read()
    version = re.search(r"^version: '(.*)'$", spec, re.MULTILINE)[1]
    examples, section, number = [], None, 0
    for match in EXAMPLE.finditer(spec):
        if match[3] is not None:
            section = match[3]
            continue
        number += 1
        markdown, html = (text.replace("→", "\t") for text in match.group(1, 2))
        if section in OUTSIDE or number in INDENTED | SPACES or is_outside(markdown, html):
            continue
        blocks = Blocks()
        blocks.feed(html)
        blocks.close()
        blocks.end()
        examples.append({"example": number, "section": section, "markdown": markdown, "dump": "".join(x + "\n" for x in blocks.lines)})
    note = f"Markdown of the examples of the CommonMark Spec {version} by John MacFarlane, CC-BY-SA 4.0; changed: what is expected"
    note += " is told as blocks instead of HTML, and examples of what this program leaves out are missing. Made by commonmark.py."
    lines = ",\n".join("    " + json.dumps(example, ensure_ascii=False) for example in examples)
    print(f'{{\n  "note": {json.dumps(note)},\n  "of": {number},\n  "examples": [\n{lines}\n  ]\n}}')


main()
