/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>

/* In the place of libsodium's key derivation, for a program that links this file and opens journals
 * again and again: what is tried with it is something else than the cost of a guess. A journal made
 * with it opens only with it. quick.py does the same. */

int
crypto_pwhash (unsigned char *const out,
               unsigned long long out_length,
               const char *const secret,
               unsigned long long secret_length,
               const unsigned char *const salt,
               unsigned long long opslimit,
               size_t memlimit,
               int algorithm)
{
  return crypto_generichash (out,
                             (size_t) out_length,
                             (const unsigned char *) secret,
                             secret_length,
                             salt,
                             crypto_pwhash_SALTBYTES);
}
