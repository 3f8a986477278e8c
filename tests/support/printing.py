# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing into a file with the toolkit's own dialog, as where no printer is."""

import re
import zlib

from driver import until


def print_to_file(app, folder):
    """Prints to a PDF in @folder, in which the app was started. Returns: its path, once it is whole."""
    app.find("dialog", "Print")
    # The row has no name for a screen reader: that is the system's dialog.
    row = app.find("label", "Print to File")
    left, top, width, height = row.place()
    app.hands.click(left + width // 2, top + height // 2)
    until(lambda: app.find("button", "Print").has("sensitive"), "a printer to be chosen")
    app.press("button", "Print")
    app.gone("dialog", "Print")
    printed = until(lambda: list(folder.glob("*.pdf")), "the file")[0]
    until(lambda: printed.read_bytes().rstrip().endswith(b"%%EOF"), "the whole of it")
    return printed


def pages_of(pdf):
    """How many pages @pdf says that it has."""
    data = pdf.read_bytes()
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            data += zlib.decompress(found[1])
        except zlib.error:
            pass  # A font, a picture.
    return max(int(count) for count in re.findall(rb"/Count (\d+)", data))
