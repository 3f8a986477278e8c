/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-secret.h"

/* The one type that owns secrets. Everything else passes references to it around, so that there is
 * one place to look at when asking where a key can be in memory. */

struct _LmSecret
{
  gatomicrefcount ref_count;
  guint8 *bytes; /* sodium_malloc () */
  gsize length;
};

/**
 * lm_secret_new:
 * @length: in bytes
 *
 * Returns: (transfer full): a secret of @length zero bytes, to be filled in place
 */
LmSecret *
lm_secret_new (gsize length)
{
  LmSecret *secret = g_new (LmSecret, 1);

  g_atomic_ref_count_init (&secret->ref_count);
  secret->length = length;
  /* Locking may fail silently where the limit is low; the memory is fenced and zeroed all the same.
   */
  secret->bytes = sodium_malloc (MAX (length, 1));
  if (secret->bytes == NULL)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes of locked memory", length);
  sodium_memzero (secret->bytes, MAX (length, 1));
  return secret;
}

/* Returns: (transfer full): @length random bytes */
LmSecret *
lm_secret_new_random (gsize length)
{
  LmSecret *secret = lm_secret_new (length);

  randombytes_buf (secret->bytes, length);
  return secret;
}

/**
 * lm_secret_new_taking:
 * @text: (transfer full): text from an interface that knows only ordinary memory
 *
 * Moves @text into a secret; the ordinary memory is zeroed and freed at once.
 *
 * Returns: (transfer full): the bytes of @text without its NUL
 */
LmSecret *
lm_secret_new_taking (char *text)
{
  gsize length = strlen (text);
  LmSecret *secret = lm_secret_new (length);

  memcpy (secret->bytes, text, length);
  sodium_memzero (text, length);
  g_free (text);
  return secret;
}

LmSecret *
lm_secret_ref (LmSecret *secret)
{
  g_atomic_ref_count_inc (&secret->ref_count);
  return secret;
}

void
lm_secret_unref (LmSecret *secret)
{
  if (!g_atomic_ref_count_dec (&secret->ref_count))
    return;
  sodium_free (secret->bytes); /* zeroes first */
  g_free (secret);
}

/* To be written in place, by whoever made the secret and before anybody else has it. */
guint8 *
lm_secret_bytes (LmSecret *secret)
{
  return secret->bytes;
}

const guint8 *
lm_secret_peek (const LmSecret *secret)
{
  return secret->bytes;
}

gsize
lm_secret_length (const LmSecret *secret)
{
  return secret->length;
}

/* Keeps the first @length bytes and zeroes the rest. */
void
lm_secret_shorten (LmSecret *secret, gsize length)
{
  g_return_if_fail (length <= secret->length);

  sodium_memzero (secret->bytes + length, secret->length - length);
  secret->length = length;
}

/* In constant time for secrets of one length. */
gboolean
lm_secret_equal (const LmSecret *a, const LmSecret *b)
{
  return a->length == b->length && sodium_memcmp (a->bytes, b->bytes, a->length) == 0;
}
