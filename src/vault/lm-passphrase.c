/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <sodium.h>
#include <zxcvbn.h>

#include "vault/lm-passphrase.h"
#include "vault/lm-vault-error.h"

/* Nobody guesses what is longer than this, whatever it says. */
#define GUESSED_BYTES_MAX 100

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, LM_VAULT_ERROR, LM_VAULT_ERROR_PASSPHRASE, why);
  return FALSE;
}

static gboolean
check (const char *text, gsize length, GError **error)
{
  if (length == 0)
    return refuse (error, "the passphrase is empty");
  if (length > LM_PASSPHRASE_BYTES_MAX)
    return refuse (error, "the passphrase is longer than 1024 bytes");
  if (!g_utf8_validate_len (text, length, NULL))
    return refuse (error, "the passphrase is not UTF-8");
  for (const char *at = text; at < text + length; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return refuse (error, "the passphrase has a control character");
  return TRUE;
}

/**
 * lm_passphrase_normalize:
 * @typed: a passphrase as it was typed or read
 * @error: %LM_VAULT_ERROR_PASSPHRASE
 *
 * Keyboards and systems write the same letter in different bytes; NFC makes them one.
 *
 * Returns: (transfer full): the passphrase in NFC, spaces kept, as the key derivation wants it
 */
LmSecret *
lm_passphrase_normalize (const LmSecret *typed, GError **error)
{
  g_autoptr (LmSecret) normal = NULL;
  char *text;

  if (!check ((const char *) lm_secret_peek (typed), lm_secret_length (typed), error))
    return NULL;
  /* GLib composes in ordinary memory; the result is zeroed right after, its scratch space is not.
   */
  text = g_utf8_normalize ((const char *) lm_secret_peek (typed),
                           (gssize) lm_secret_length (typed),
                           G_NORMALIZE_NFC);
  normal = lm_secret_new_taking (text);
  if (!check ((const char *) lm_secret_peek (normal), lm_secret_length (normal), error))
    return NULL;
  return g_steal_pointer (&normal);
}

/**
 * lm_passphrase_guesses:
 * @passphrase: in UTF-8
 *
 * By zxcvbn (Wheeler 2016): words, names, dates and keyboard runs count for little.
 *
 * Returns: the binary logarithm of the guesses that somebody who knows how people choose needs
 */
double
lm_passphrase_guesses (const LmSecret *passphrase)
{
  /* It wants a NUL at the end, and its time grows fast with the length. */
  gsize length = MIN (lm_secret_length (passphrase), GUESSED_BYTES_MAX);
  g_autoptr (LmSecret) text = lm_secret_new (length + 1);

  memcpy (lm_secret_bytes (text), lm_secret_peek (passphrase), length);
  return ZxcvbnMatch ((const char *) lm_secret_peek (text), NULL, NULL);
}
