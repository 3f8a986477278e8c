/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-base64.h"

/* g_base64_decode () passes over what it does not know, so that many texts mean the same bytes, and
 * libsodium's decoder takes its time on purpose. What is decoded here is public: ciphertext, salts,
 * nonces. Hence a table, and one text for each value. */

/* Values have six bits. */
#define BAD 0x80

static guint8
value_of (char c)
{
  if (c >= 'A' && c <= 'Z')
    return (guint8) (c - 'A');
  if (c >= 'a' && c <= 'z')
    return (guint8) (c - 'a' + 26);
  if (c >= '0' && c <= '9')
    return (guint8) (c - '0' + 52);
  return c == '+' ? 62 : c == '/' ? 63 : BAD;
}

static const guint8 *
values (void)
{
  static guint8 table[256];
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < 256; i++)
        table[i] = value_of ((char) i);
      g_once_init_leave (&ready, 1);
    }
  return table;
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
  const guint8 *table = values ();
  const guchar *at = (const guchar *) text;
  gsize pad = 0, whole;
  guint8 *to = bytes;
  guint8 bad = 0;

  *n_bytes = 0;
  if (length % 4 != 0)
    return FALSE;
  while (pad < 2 && length > pad && text[length - 1 - pad] == '=')
    pad++;
  whole = (length - pad) / 4;
  for (gsize i = 0; i < whole; i++, at += 4, to += 3)
    {
      guint8 a = table[at[0]], b = table[at[1]], c = table[at[2]], d = table[at[3]];

      bad |= a | b | c | d;
      to[0] = (guint8) (a << 2 | b >> 4);
      to[1] = (guint8) (b << 4 | c >> 2);
      to[2] = (guint8) (c << 6 | d);
    }
  if (pad > 0)
    {
      guint8 a = table[at[0]], b = table[at[1]], c = pad == 1 ? table[at[2]] : 0;

      bad |= a | b | c;
      /* What would be left over for the next byte. */
      if (((pad == 1 ? c << 6 : b << 4) & 0xff) != 0)
        return FALSE;
      *to++ = (guint8) (a << 2 | b >> 4);
      if (pad == 1)
        *to++ = (guint8) (b << 4 | c >> 2);
    }
  if ((bad & BAD) != 0)
    return FALSE;
  *n_bytes = (gsize) (to - bytes);
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
