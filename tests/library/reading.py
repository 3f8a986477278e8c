# SPDX-License-Identifier: GPL-3.0-or-later
"""How hard a text is to read, and which numbers it holds."""

import re

import content

# Flesch and Kincaid's grade: years of school, from the length of sentences and of words.
SENTENCE, SYLLABLE, BASE = 0.39, 11.8, 15.59

SILENT = re.compile(r"(?:[^laeiouy]es|[^laeiouytd]ed|[^laeiouy]e)$")
VOWELS = re.compile(r"[aeiouyéè]+")
SPLIT = re.compile(r"[aeou]ing$|[aeiou]is[mt]$|i(?:um|ous)$|ia(?!l\b|n\b)|io(?!n|us)|eo(?!u)|iet")

YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}(?:s\b|\b)")
SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|hundred"
NUMBER = re.compile(
    r"[−-]?(?:[0-9][0-9,]*[0-9]|[0-9])(?:\.[0-9]+)?|[−-]?\.[0-9]+"
    rf"|\b(?:{SMALL}) (?:in|out of) (?:every )?(?:{SMALL})\b"
    r"|\b(?:half|a third|two thirds|a quarter|three quarters) of (?:them|those|people|patients|all)\b",
    re.IGNORECASE,
)
# In what research says, a count in words is a figure as well.
COUNT = re.compile(
    rf"\b(?:{SMALL}) (?:people|patients|clients|studies|trials|reviews|groups|centers|months|years|percent)\b",
    re.IGNORECASE,
)


def syllables(word):
    """How many syllables an English word has, near enough."""
    word = re.sub(r"[’']s?$|[^a-zéè]", "", word.lower())
    if len(word) <= 3:
        return 1
    count = len(VOWELS.findall(SILENT.sub("", word)))
    return max(1, count + len(SPLIT.findall(word)))


def plain(markdown):
    """Markdown without its marks, one line for each paragraph, heading and item."""
    text = content.NOTE.sub("", markdown)
    text = content.LINK.sub(r"\1", text)
    text = re.sub(r"^(?:#+|-|[0-9]+\.) ", "", text, flags=re.MULTILINE)
    return re.sub(r"\*+", "", text)


def paragraphs(markdown):
    """The text without its headings, each paragraph and each item of a list on its own."""
    return [line for line in markdown.splitlines() if line.strip() and not line.startswith("#")]


def sentences(markdown):
    found = []
    for line in paragraphs(markdown):
        # A point in a number ends nothing, and neither does one before a small letter.
        found += re.split(r"(?:(?<=[.?])|(?<=[.?][”)]))\s+(?=[“(]?[A-Z0-9])", plain(line))
    return [sentence for sentence in found if content.words(sentence)]


def grade(markdown):
    parts = sentences(markdown)
    words = [word for part in parts for word in content.WORD.findall(part)]
    if not words:
        return 0
    count = sum(map(syllables, words))
    return SENTENCE * len(words) / len(parts) + SYLLABLE * count / len(words) - BASE


def numbers(text, printed, counts=False):
    """The numbers in a text that none of the printed figures explains."""
    text = plain(text)
    for figure in sorted(printed, key=len, reverse=True):
        # As it stands, and not as a part of a longer number.
        text = re.sub(rf"(?<![\w.,]){re.escape(figure)}(?![\w]|[.,][0-9])", " … ", text)
    text = YEAR.sub(" ", text)
    return NUMBER.findall(text) + (COUNT.findall(text) if counts else [])
