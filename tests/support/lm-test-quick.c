/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>

/* In the place of libsodium's key derivation and its fenced memory, for a program that links this
 * file: thousands of journals are opened, and what is tried here is files, not the cost of a guess.
 */

void *
sodium_malloc (size_t size)
{
  return malloc (size);
}

void
sodium_free (void *memory)
{
  free (memory);
}

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
