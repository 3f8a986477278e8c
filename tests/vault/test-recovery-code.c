/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test.h"
#include "vault/lm-recovery-code.h"
#include "vault/lm-vault-error.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* By hand from the format's text, in Python:
 * h = hashlib.blake2b (b"leitmotif recovery" + b, digest_size=32).digest ()
 * n = int.from_bytes (b, "big") << 12 | h[0] << 4 | h[1] >> 4
 * "".join (alphabet[n >> 5 * (27 - i) & 31] for i in range (28)) */
static const struct
{
  guint8 bytes[LM_RECOVERY_CODE_BYTES];
  const char *code;
} known[] = {
  { { 0 }, "0000-0000-0000-0000-0000-0000-01YJ" },
  { { 0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff },
    "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZY59" },
  { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
    "000G-40R4-0M30-E209-185G-R38E-1YS1" },
  { { 0xde,
      0xad,
      0xbe,
      0xef,
      0x00,
      0x11,
      0x22,
      0x33,
      0x44,
      0x55,
      0x66,
      0x77,
      0x88,
      0x99,
      0xaa,
      0xbb },
    "VTPV-XVR0-24H3-6H2N-CSVR-H6DA-QE7A" },
};

static LmSecret *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (LmSecret) typed = lm_secret_new (length);

  memcpy (lm_secret_bytes (typed), text, length);
  return lm_recovery_code_parse (typed, error);
}

static void
assert_parses (const char *text, const guint8 *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) parsed = parse (text, strlen (text), &error);

  if (parsed == NULL)
    g_error ("“%s”: %s", text, error->message);
  g_assert_cmpmem (lm_secret_peek (parsed),
                   lm_secret_length (parsed),
                   bytes,
                   LM_RECOVERY_CODE_BYTES);
}

static void
assert_refused (const char *text, gsize length, LmVaultError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) parsed = parse (text, length, &error);

  if (parsed != NULL)
    g_error ("“%s” was taken", text);
  if (!g_error_matches (error, LM_VAULT_ERROR, (int) code))
    g_error ("“%s”: %s", text, error->message);
}

static LmSecret *
format (const guint8 *bytes)
{
  g_autoptr (LmSecret) secret = lm_secret_new (LM_RECOVERY_CODE_BYTES);

  memcpy (lm_secret_bytes (secret), bytes, LM_RECOVERY_CODE_BYTES);
  return lm_recovery_code_format (secret);
}

static void
test_known (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (LmSecret) code = format (known[i].bytes);

      g_assert_cmpmem (lm_secret_peek (code),
                       lm_secret_length (code),
                       known[i].code,
                       LM_RECOVERY_CODE_LENGTH);
      /* There is a NUL behind it, for printing. */
      g_assert_cmpuint (lm_secret_peek (code)[LM_RECOVERY_CODE_LENGTH], ==, 0);
      assert_parses (known[i].code, known[i].bytes);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (guint i = 0; i < 1000; i++)
    {
      guint8 bytes[LM_RECOVERY_CODE_BYTES];
      g_autoptr (LmSecret) code = NULL;
      const char *text;

      lm_test_random (rand, bytes, sizeof bytes);
      code = format (bytes);
      text = (const char *) lm_secret_peek (code);
      g_assert_cmpuint (lm_secret_length (code), ==, LM_RECOVERY_CODE_LENGTH);
      for (guint k = 0; k < LM_RECOVERY_CODE_LENGTH; k++)
        g_assert_true (k % 5 == 4 ? text[k] == '-' : strchr (alphabet, text[k]) != NULL);
      assert_parses (text, bytes);
    }
}

/* The code with @separator for the hyphens. */
static void
assert_separator (const char *separator)
{
  g_auto (GStrv) groups = g_strsplit (known[3].code, "-", -1);
  g_autofree char *joined = g_strjoinv (separator, groups);
  g_autofree char *around = g_strconcat (separator, joined, separator, NULL);

  assert_parses (joined, known[3].bytes);
  assert_parses (around, known[3].bytes);
}

static void
test_separators (void)
{
  static const char *const separators[] = {
    "",       " ",      "--",     "  ",     "\t",     "\n",       "\r\n",   " - ",
    "\u00a0", "\u2002", "\u2003", "\u2009", "\u202f", "\u3000",   "\u2028", "\u2029",
    "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015",   "\u2212", "\u058a",
    "\u2e3a", "\u301c", "\ufe58", "\ufe63", "\uff0d", " \u2013 ",
  };
  g_autoptr (GString) every = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    assert_separator (separators[i]);
  for (const char *at = known[3].code; *at != '\0'; at++)
    g_string_append_printf (every, "%c ", *at);
  assert_parses (every->str, known[3].bytes);
}

static void
test_case (void)
{
  g_autofree char *lower = g_ascii_strdown (known[3].code, -1);
  g_autofree char *mixed = g_strdup (known[3].code);

  for (guint i = 0; mixed[i] != '\0'; i += 2)
    mixed[i] = g_ascii_tolower (mixed[i]);
  assert_parses (lower, known[3].bytes);
  assert_parses (mixed, known[3].bytes);
}

static void
test_lookalikes (void)
{
  static const char zeros[] = "0Oo", ones[] = "1IiLl";
  g_autofree char *text = g_strdup (known[2].code);

  for (guint round = 0; round < 5; round++)
    {
      for (guint i = 0; text[i] != '\0'; i++)
        if (known[2].code[i] == '0')
          text[i] = zeros[(round + i) % 3];
        else if (known[2].code[i] == '1')
          text[i] = ones[(round + i) % 5];
      assert_parses (text, known[2].bytes);
    }
}

/* Any character that is not in the alphabet, whatever a keyboard may give. */
static void
test_other_characters (void)
{
  static const char *const others[] = { "U", "u", "ä",  "é",      "０",     "Ａ", "ı",
                                        "İ", "К", "😀", "\u200b", "\u0301", "_",  "\u00ad" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = g_strconcat (others[i], known[3].code + 1, NULL);
      g_autofree char *more = g_strconcat (known[3].code, others[i], NULL);

      assert_refused (text, strlen (text), LM_VAULT_ERROR_CODE_FORM);
      assert_refused (more, strlen (more), LM_VAULT_ERROR_CODE_FORM);
    }
  for (guint c = 0; c < 0x80; c++)
    {
      g_autofree char *text = g_strdup (known[3].code);

      if (g_ascii_isalnum (c) || g_ascii_isspace (c) || c == '-')
        continue;
      text[7] = (char) c;
      assert_refused (text, LM_RECOVERY_CODE_LENGTH, LM_VAULT_ERROR_CODE_FORM);
    }
  assert_refused ("\xff", 1, LM_VAULT_ERROR_CODE_FORM);
  assert_refused ("VTPV\0", 5, LM_VAULT_ERROR_CODE_FORM);
}

static void
test_length (void)
{
  g_autofree char *more = g_strconcat (known[3].code, "0", NULL);
  g_autofree char *twice = g_strconcat (known[3].code, known[3].code, NULL);

  for (gsize n = 0; n < LM_RECOVERY_CODE_LENGTH; n++)
    assert_refused (known[3].code, n, LM_VAULT_ERROR_CODE_FORM);
  assert_refused (more, strlen (more), LM_VAULT_ERROR_CODE_FORM);
  assert_refused (twice, strlen (twice), LM_VAULT_ERROR_CODE_FORM);
}

/* One mistyped character: told by the checksum. Its twelve bits let one in 4096 slip, which then is
 * a wrong code; where the slip is in the checksum itself, none. */
static void
test_every_change (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint tried = 0, slipped = 0;

  for (guint i = 0; i < 40; i++)
    {
      guint8 bytes[LM_RECOVERY_CODE_BYTES];
      g_autoptr (LmSecret) code = NULL;
      g_autofree char *text = NULL;

      lm_test_random (rand, bytes, sizeof bytes);
      code = format (bytes);
      text = g_strdup ((const char *) lm_secret_peek (code));
      for (guint place = 0; text[place] != '\0'; place++)
        for (guint k = 0; k < 32; k++)
          {
            g_autoptr (LmSecret) parsed = NULL;
            g_autoptr (GError) error = NULL;
            char kept = text[place];

            if (kept == '-' || kept == alphabet[k])
              continue;
            text[place] = alphabet[k];
            parsed = parse (text, strlen (text), &error);
            text[place] = kept;
            tried++;
            if (parsed == NULL)
              {
                g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_CODE_CHECKSUM);
                continue;
              }
            slipped++;
            g_assert_cmpuint (place, <, LM_RECOVERY_CODE_LENGTH - 2);
            g_assert_true (memcmp (lm_secret_peek (parsed), bytes, sizeof bytes) != 0);
          }
    }
  g_test_message ("%u of %u slipped", slipped, tried);
  g_assert_cmpuint (tried, ==, 40 * 28 * 31);
  g_assert_cmpuint (slipped, <=, tried / 4096 + 9); /* 8, and three standard deviations */
}

/* Two neighbours in the wrong order. */
static void
test_transposed (void)
{
  for (guint i = 0; i + 1 < LM_RECOVERY_CODE_LENGTH; i++)
    {
      g_autofree char *text = g_strdup (known[3].code);
      char kept = text[i];

      if (kept == '-' || text[i + 1] == '-' || kept == text[i + 1])
        continue;
      text[i] = text[i + 1];
      text[i + 1] = kept;
      assert_refused (text, LM_RECOVERY_CODE_LENGTH, LM_VAULT_ERROR_CODE_CHECKSUM);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/recovery-code/known", test_known);
  g_test_add_func ("/vault/recovery-code/round-trip", test_round_trip);
  g_test_add_func ("/vault/recovery-code/separators", test_separators);
  g_test_add_func ("/vault/recovery-code/case", test_case);
  g_test_add_func ("/vault/recovery-code/lookalikes", test_lookalikes);
  g_test_add_func ("/vault/recovery-code/other-characters", test_other_characters);
  g_test_add_func ("/vault/recovery-code/length", test_length);
  g_test_add_func ("/vault/recovery-code/every-change", test_every_change);
  g_test_add_func ("/vault/recovery-code/transposed", test_transposed);
  return g_test_run ();
}
