/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <stdlib.h>

/* In the place of libsodium's fenced memory, each piece of which costs some system calls, for a
 * program that links this file and makes very many secrets. The address sanitizer knows this memory
 * to the byte. */

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
