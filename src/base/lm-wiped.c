/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>

#include "base/lm-wiped.h"

/* What a person wrote, as bytes: nothing of it is left in memory that was given back. */

typedef struct
{
  guint8 *bytes;
  gsize length;
} Wiped;

/* Frees @bytes and leaves nothing of the first @length in their place. */
void
lm_wiped_free (guint8 *bytes, gsize length)
{
  sodium_memzero (bytes, length);
  g_free (bytes);
}

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  lm_wiped_free (wiped->bytes, wiped->length);
  g_free (wiped);
}

/**
 * lm_wiped_bytes_take:
 * @bytes: (transfer full) (array length=length): of g_malloc ()
 *
 * Returns: (transfer full): @bytes, wiped when the last reference goes
 */
GBytes *
lm_wiped_bytes_take (guint8 *bytes, gsize length)
{
  Wiped *wiped = g_new (Wiped, 1);

  *wiped = (Wiped) { bytes, length };
  return g_bytes_new_with_free_func (bytes, length, wiped_free, wiped);
}
