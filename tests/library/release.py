# SPDX-License-Identifier: GPL-3.0-or-later
"""What must be fresh on the day of a release: ./dev lint --release runs this. The build and the tests never do."""

import datetime
import sys

import content

# As in src/library/lm-helplines.c.
MONTHS_TO_KEEP = 12


def is_old(checked, today):
    """Whether numbers checked in a month, "YYYY-MM", are older than they may be on a date."""
    year, month = map(int, checked.split("-"))
    return today.year * 12 + today.month - year * 12 - month > MONTHS_TO_KEEP


def complaints(today):
    checked = content.load(content.LIBRARY / "help.json")["checked"]
    if is_old(checked, today):
        return [f"resources/library/help.json: the numbers were checked in {checked}; call or look up each one again"]
    return []


def main():
    found = complaints(datetime.date.fromisoformat(sys.argv[1]) if sys.argv[1:] else datetime.date.today())
    for complaint in found:
        print(f"release: {complaint}", file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
