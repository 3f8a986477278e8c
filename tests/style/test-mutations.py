# SPDX-License-Identifier: GPL-3.0-or-later
"""Each way in which ./dev mutate breaks the core still stands in the source: one that does not breaks nothing, unnoticed."""

import os
import pathlib
import sys
import unittest

import tap

SOURCE = pathlib.Path(os.environ["LEITMOTIF_SOURCE"])
sys.path.insert(0, str(SOURCE / "tests" / "mutate"))

import mutate  # noqa: E402


class MutationsTest(unittest.TestCase):
    def test_each_applies(self):
        stale = [name for name, path, old, new, _ in mutate.MUTATIONS
                 if mutate.mutate((SOURCE / path).read_text(), old, new) in (None, (SOURCE / path).read_text())]
        self.assertEqual(stale, [])
        self.assertGreater(len(mutate.MUTATIONS), 50)


if __name__ == "__main__":
    tap.main()
