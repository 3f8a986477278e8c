/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-id.h"

/* The name of everything in a journal: random, so that two computers never choose the same, and
 * without meaning, so that a file name tells nothing. */

/**
 * lm_id_new_random:
 *
 * Returns: a fresh id from the system's random source.
 */
LmId
lm_id_new_random (void)
{
  LmId id;

  randombytes_buf (id.bytes, sizeof id.bytes);
  return id;
}

static guint8
value_of (char c)
{
  if (c >= '0' && c <= '9')
    return (guint8) (c - '0');
  return c >= 'a' && c <= 'f' ? (guint8) (c - 'a' + 10) : 0xff;
}

/**
 * lm_id_parse:
 * @text: what should be an id
 * @length: its length in bytes, or -1 if it ends with NUL
 * @id: (out caller-allocates): the id
 *
 * Reads exactly 32 lower-case hex digits; anything else is refused, so that what was parsed is
 * safe as part of a path.
 *
 * Returns: whether @text is an id
 */
gboolean
lm_id_parse (const char *text, gssize length, LmId *id)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  LmId parsed;

  if (n != LM_ID_DIGITS)
    return FALSE;
  for (gsize i = 0; i < LM_ID_BYTES; i++)
    {
      guint8 high = value_of (text[2 * i]), low = value_of (text[2 * i + 1]);

      if ((high | low) > 0xf)
        return FALSE;
      parsed.bytes[i] = (guint8) (high << 4 | low);
    }
  *id = parsed;
  return TRUE;
}

/**
 * lm_id_format:
 * @id: an id
 *
 * Returns: the id as 32 lower-case hex digits, by value
 */
LmIdText
lm_id_format (const LmId *id)
{
  LmIdText text;

  sodium_bin2hex (text.digits, sizeof text.digits, id->bytes, sizeof id->bytes);
  return text;
}

/* Returns: (transfer full): the id as 32 lower-case hex digits */
char *
lm_id_to_string (const LmId *id)
{
  return g_strdup (lm_id_format (id).digits);
}

/* Whether every bit is zero, as in an id that was never set. */
gboolean
lm_id_is_null (const LmId *id)
{
  return sodium_is_zero (id->bytes, sizeof id->bytes);
}

/* For hash tables and sorting: ids are public, these need not take constant time. */

gboolean
lm_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LmId)) == 0;
}

guint
lm_id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, id, sizeof hash);
  return hash;
}

int
lm_id_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LmId));
}

/* Returns: (transfer full): free it with g_free () */
LmId *
lm_id_copy (const LmId *id)
{
  return g_memdup2 (id, sizeof *id);
}
