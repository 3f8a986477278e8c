/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-base64.h"

/* g_base64_decode () passes over what it does not know, so that many texts mean the same bytes, and
 * libsodium's decoder takes its time on purpose. What is decoded here is public: ciphertext, salts,
 * nonces. Hence a table, and one text for each value. */

/* In the byte that four characters leave empty. */
#define BAD GUINT32_TO_LE (0xff000000)

/* What a character is worth at each of four places, as it lies in memory: the bytes of four
 * characters are all of theirs together. */
typedef guint32 Table[4][256];

static guint32
value_of (char c)
{
  if (c >= 'A' && c <= 'Z')
    return (guint32) (c - 'A');
  if (c >= 'a' && c <= 'z')
    return (guint32) (c - 'a' + 26);
  if (c >= '0' && c <= '9')
    return (guint32) (c - '0' + 52);
  return c == '+' ? 62 : c == '/' ? 63 : G_MAXUINT32;
}

static const Table *
values (void)
{
  static Table table;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint place = 0; place < 4; place++)
        for (guint i = 0; i < 256; i++)
          {
            guint32 value = value_of ((char) i);
            guint32 bits = value << (18 - 6 * place); /* the first byte above the others */

            table[place][i] =
                value == G_MAXUINT32
                    ? BAD
                    : GUINT32_TO_LE ((bits & 0xff) << 16 | (bits & 0xff00) | bits >> 16);
          }
      g_once_init_leave (&ready, 1);
    }
  return (const Table *) &table;
}

static guint32
value_of_four (const Table *table, const char *text)
{
  const guchar *at = (const guchar *) text;

  return (*table)[0][at[0]] | (*table)[1][at[1]] | (*table)[2][at[2]] | (*table)[3][at[3]];
}

/**
 * lm_base64_decode:
 * @text: standard base64 with padding
 * @length: characters in @text
 * @bytes: (out caller-allocates): LM_BASE64_ROOM (@length) bytes
 * @n_bytes: (out): how many were written
 *
 * Decodes public data. Only the canonical form is taken: no white space, no missing padding, no
 * stray bits before the padding.
 *
 * Returns: whether @text was canonical base64
 */
gboolean
lm_base64_decode (const char *text, gsize length, guint8 *bytes, gsize *n_bytes)
{
  const Table *table = values ();
  guint8 *to = bytes, end[4];
  char last[4];
  gsize pad = 0;
  guint32 bits, all = 0;

  *n_bytes = 0;
  if (length == 0 || length % 4 != 0)
    return length == 0;
  for (; length > 4; length -= 4, text += 4, to += 3)
    {
      bits = value_of_four (table, text);
      all |= bits;
      /* Of its fourth byte the next four take care. */
      memcpy (to, &bits, sizeof bits);
    }
  memcpy (last, text, sizeof last);
  for (; pad < 2 && last[3 - pad] == '='; pad++)
    last[3 - pad] = 'A';
  bits = value_of_four (table, last);
  memcpy (end, &bits, sizeof end);
  if (((all | bits) & BAD) != 0 || (pad > 0 && end[2] != 0) || (pad > 1 && end[1] != 0))
    return FALSE;
  memcpy (to, end, 3 - pad);
  *n_bytes = (gsize) (to - bytes) + 3 - pad;
  return TRUE;
}

/* As lm_base64_decode (), for a value of known size: exactly @n_bytes or nothing. */
gboolean
lm_base64_decode_exact (const char *text, guint8 *bytes, gsize n_bytes)
{
  gsize length = strlen (text), n;
  g_autofree guint8 *room = NULL;

  if (length != (n_bytes + 2) / 3 * 4)
    return FALSE;
  room = g_malloc (LM_BASE64_ROOM (length));
  if (!lm_base64_decode (text, length, room, &n) || n != n_bytes)
    return FALSE;
  memcpy (bytes, room, n);
  return TRUE;
}
