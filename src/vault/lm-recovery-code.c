/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"

/* The way in that is written on paper: 128 random bits and a checksum of 12 bits, so that a slip of
 * the pen is told apart from a wrong code, in Crockford's base32, which has no letters that are
 * easily taken for one another. */

#define CHARACTERS  28
#define TOTAL_BYTES 18 /* 140 bits, and four to spare */

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Puts the checksum behind the random bytes: eight bits, then the high four of the next byte. */
static void
append_checksum (guint8 code[TOTAL_BYTES])
{
  static const char label[] = "leitmotif recovery";
  guint8 hash[32];
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *) label, strlen (label));
  crypto_generichash_update (&state, code, LM_RECOVERY_CODE_BYTES);
  crypto_generichash_final (&state, hash, sizeof hash);
  code[LM_RECOVERY_CODE_BYTES] = hash[0];
  code[LM_RECOVERY_CODE_BYTES + 1] = hash[1] & 0xf0;
  sodium_memzero (&state, sizeof state);
}

/**
 * lm_recovery_code_format:
 * @bytes: 16 random bytes
 *
 * Returns: (transfer full): the code as people write it, "XXXX-XXXX-…", followed by a NUL that
 *   lm_secret_length () does not count
 */
LmSecret *
lm_recovery_code_format (const LmSecret *bytes)
{
  g_autoptr (LmSecret) code = lm_secret_new (TOTAL_BYTES);
  g_autoptr (LmSecret) text = lm_secret_new (LM_RECOVERY_CODE_LENGTH + 1);
  guint8 *c = lm_secret_bytes (code);
  char *at = (char *) lm_secret_bytes (text);

  g_return_val_if_fail (lm_secret_length (bytes) == LM_RECOVERY_CODE_BYTES, NULL);
  memcpy (c, lm_secret_peek (bytes), LM_RECOVERY_CODE_BYTES);
  append_checksum (c);
  for (guint i = 0; i < CHARACTERS; i++)
    {
      guint bit = i * 5;
      guint window = (guint) c[bit / 8] << 8 | (bit / 8 + 1 < TOTAL_BYTES ? c[bit / 8 + 1] : 0);

      if (i > 0 && i % 4 == 0)
        *at++ = '-';
      *at++ = alphabet[window >> (11 - bit % 8) & 31];
    }
  lm_secret_shorten (text, LM_RECOVERY_CODE_LENGTH);
  return g_steal_pointer (&text);
}

/* The value of a character; -1 for a space or dash, -2 for what cannot be in a code. */
static int
value_of (gunichar c)
{
  const char *found;

  if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
      c == 0x2212 /* minus sign */)
    return -1;
  if (c >= 0x80 || c == 0)
    return -2;
  c = (gunichar) g_ascii_toupper ((char) c);
  if (c == 'O')
    c = '0';
  if (c == 'I' || c == 'L')
    c = '1';
  found = strchr (alphabet, (char) c);
  return found != NULL ? (int) (found - alphabet) : -2;
}

static LmSecret *
refuse (GError **error, LmVaultError code, const char *why)
{
  g_set_error_literal (error, LM_VAULT_ERROR, (int) code, why);
  return NULL;
}

/**
 * lm_recovery_code_parse:
 * @typed: what somebody typed, in UTF-8
 * @error: %LM_VAULT_ERROR_CODE_FORM or %LM_VAULT_ERROR_CODE_CHECKSUM
 *
 * Letter case, spaces and dashes do not matter; O is read as 0, I and L as 1.
 *
 * Returns: (transfer full): the 16 bytes
 */
LmSecret *
lm_recovery_code_parse (const LmSecret *typed, GError **error)
{
  g_autoptr (LmSecret) code = lm_secret_new (TOTAL_BYTES);
  g_autoptr (LmSecret) expected = lm_secret_new (TOTAL_BYTES);
  const char *text = (const char *) lm_secret_peek (typed);
  const char *end = text + lm_secret_length (typed);
  guint8 *c = lm_secret_bytes (code);
  guint n = 0;

  if (!g_utf8_validate_len (text, lm_secret_length (typed), NULL))
    return refuse (error, LM_VAULT_ERROR_CODE_FORM, "the recovery code is not text");
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      int value = value_of (g_utf8_get_char (at));
      guint bit = n * 5, window;

      if (value == -1)
        continue;
      if (value < 0)
        return refuse (error, LM_VAULT_ERROR_CODE_FORM, "a character that no recovery code has");
      if (++n > CHARACTERS)
        return refuse (error, LM_VAULT_ERROR_CODE_FORM, "longer than a recovery code");
      window = (guint) value << (11 - bit % 8);
      c[bit / 8] |= (guint8) (window >> 8);
      if (bit / 8 + 1 < TOTAL_BYTES)
        c[bit / 8 + 1] |= (guint8) window;
    }
  if (n < CHARACTERS)
    return refuse (error, LM_VAULT_ERROR_CODE_FORM, "shorter than a recovery code");

  memcpy (lm_secret_bytes (expected), c, TOTAL_BYTES);
  append_checksum (lm_secret_bytes (expected));
  if (!lm_secret_equal (code, expected))
    return refuse (error, LM_VAULT_ERROR_CODE_CHECKSUM, "the recovery code is mistyped");
  lm_secret_shorten (code, LM_RECOVERY_CODE_BYTES);
  return g_steal_pointer (&code);
}
