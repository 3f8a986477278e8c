# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the programs are that a test runs: as people get them, or, for most tests, those of tests/quick/ that derive keys at no
cost. Whoever opens the journals of those has to derive keys as they do."""

import hashlib
import os
import pathlib

from nacl import bindings

QUICK = pathlib.Path(os.environ["LEITMOTIF_BUILD"], "tests", "quick")
IS_QUICK = pathlib.Path(os.environ.get("LEITMOTIF_PROGRAMS", ".")).resolve() == QUICK.resolve()


def program(folder, name):
    """The program's path: below src/, in the folder, unless the test has others."""
    return str(QUICK / name if IS_QUICK else pathlib.Path(os.environ["LEITMOTIF_BUILD"], "src", folder, name))


def derive(secret, salt, opslimit, memlimit_kib):
    """The 64 bytes that a passphrase gives. As lm-test-quick-kdf.c does."""
    if IS_QUICK:
        return hashlib.blake2b(secret, digest_size=64, key=salt).digest()
    return bindings.crypto_pwhash_alg(64, secret, salt, opslimit, memlimit_kib * 1024, bindings.crypto_pwhash_ALG_ARGON2ID13)
