# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the memory of a running process: everything that it could have written to, locked pages too."""

import re


def regions(pid):
    with open(f"/proc/{pid}/maps", encoding="ascii", errors="replace") as maps:
        for line in maps:
            start, end, mode, _, _, inode, *_ = re.split("[- ]", line.strip() + " ", maxsplit=6)
            start, end = int(start, 16), int(end, 16)
            # What is mapped from a file to be read is the file; what is reserved for later, by the megabyte, is empty.
            reserved = mode == "---p" and end - start > 1 << 20
            if not reserved and ("w" in mode or inode == "0") and "[v" not in line:
                yield start, end


def count(pid, needles):
    """How often each of the byte strings is in the process's memory, as a dictionary."""
    found = {needle: 0 for needle in needles}
    longest = max(map(len, needles))
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for start, end in regions(pid):
            tail = b""
            while start < end:
                try:
                    memory.seek(start)
                    part = memory.read(min(end - start, 1 << 24))
                except (OSError, ValueError, OverflowError):
                    break  # a device, or a page beyond a file's end
                if not part:
                    break
                whole = tail + part
                for needle in needles:
                    found[needle] += whole.count(needle)
                    found[needle] -= tail.count(needle)
                tail = whole[-(longest - 1):]
                start += len(part)
    return found


def texts(words):
    """Words as programs keep them: UTF-8, UTF-16 and UTF-32."""
    return [form for word in words for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-32-le"))]
