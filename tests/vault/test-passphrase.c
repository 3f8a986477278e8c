/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-vault.h"
#include "vault/lm-key-slot.h"
#include "vault/lm-passphrase.h"

static LmSecret *
secret_of (const char *text, gsize length)
{
  LmSecret *secret = lm_secret_new (length);

  memcpy (lm_secret_bytes (secret), text, length);
  return secret;
}

static LmSecret *
normalize (const char *text)
{
  g_autoptr (LmSecret) typed = secret_of (text, strlen (text));
  g_autoptr (GError) error = NULL;
  LmSecret *normal = lm_passphrase_normalize (typed, &error);

  g_assert_no_error (error);
  return normal;
}

static void
assert_normal (const char *text, const char *expected)
{
  g_autoptr (LmSecret) normal = normalize (text);

  g_assert_cmpmem (lm_secret_peek (normal), lm_secret_length (normal), expected, strlen (expected));
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (LmSecret) typed = secret_of (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (lm_passphrase_normalize (typed, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_PASSPHRASE);
}

static void
test_nfc (void)
{
  assert_normal ("cafe\u0301", "caf\u00e9");
  assert_normal ("caf\u00e9", "caf\u00e9");
  assert_normal ("\u212b", "\u00c5");
  assert_normal ("a\u0323\u0307", "\u1ea1\u0307");
  assert_normal ("a\u0307\u0323", "\u1ea1\u0307");
  assert_normal ("\u1112\u1161\u11ab", "\ud55c");
  /* Compatibility forms stay: NFC, not NFKC. */
  assert_normal ("\ufb01\uff21\u00b2", "\ufb01\uff21\u00b2");
}

static void
test_kept (void)
{
  assert_normal (" ", " ");
  assert_normal ("  two  spaces  ", "  two  spaces  ");
  assert_normal ("MiXeD Case", "MiXeD Case");
  assert_normal ("\u00a0\u2003", "\u00a0\u2003");
  assert_normal ("😀\u200d", "😀\u200d");
}

static void
test_length (void)
{
  g_autofree char *text = g_strnfill (1100, 'x');

  assert_refused ("", 0);
  for (gsize n = 1; n <= 1024; n += n < 5 || n > 1019 ? 1 : 15)
    {
      g_autofree char *part = g_strndup (text, n);

      assert_normal (part, part);
    }
  assert_refused (text, 1025);
  assert_refused (text, 1100);
}

/* The limit is that of the normalized form, which can be longer. */
static void
test_length_after (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 341; i++)
    g_string_append (text, "\u0958"); /* becomes two characters, six bytes */
  assert_refused (text->str, text->len);
  g_string_truncate (text, 3 * 170);
  {
    g_autoptr (LmSecret) normal = normalize (text->str);

    g_assert_cmpuint (lm_secret_length (normal), ==, 6 * 170);
  }
}

static void
test_control_characters (void)
{
  for (guint c = 0; c < 0x20; c++)
    {
      const char text[] = { 'a', (char) c, 'b' };

      assert_refused (text, 3);
      assert_refused (text + 1, 1);
      assert_refused (text, 2);
    }
  assert_refused ("\x7f", 1);
  assert_refused ("a\xc2\x85", 3);
  assert_refused ("\xc2\x80", 2);
  assert_refused ("\xc2\x9f", 2);
}

static void
test_not_utf8 (void)
{
  static const char *const texts[] = {
    "\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "caf\xe9"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
}

/* What matters in the end: a slot that was made on one keyboard opens from another. */
static void
test_opens_same_slot (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (1);
  g_autoptr (LmSecret) composed = normalize ("na\u00efve caf\u00e9"),
                       decomposed = normalize ("nai\u0308ve cafe\u0301");
  g_autoptr (LmSecret) other = normalize ("naive cafe"), first = NULL, second = NULL, third = NULL;
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal ();
  g_autoptr (LmKeySlot) slot = lm_key_slot_create (&journal,
                                                   LM_KEY_SLOT_PASSPHRASE,
                                                   composed,
                                                   lm_kdf_cost_minimal (),
                                                   keys,
                                                   &first,
                                                   &error);
  g_autoptr (LmMasterKeys) opened = NULL, refused = NULL;

  g_assert_no_error (error);
  second = lm_key_slot_derive (slot, decomposed, &error);
  g_assert_no_error (error);
  g_assert_true (lm_secret_equal (first, second));
  opened = lm_key_slot_open (slot, second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lm_master_keys_size (opened), ==, 1);
  third = lm_key_slot_derive (slot, other, &error);
  g_assert_no_error (error);
  refused = lm_key_slot_open (slot, third, &error);
  g_assert_null (refused);
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
}

static double
guesses (const char *text)
{
  g_autoptr (LmSecret) secret = secret_of (text, strlen (text));

  return lm_passphrase_guesses (secret);
}

static void
test_guesses (void)
{
  g_autofree char *long_text = g_strnfill (1024, 'q');

  g_assert_cmpfloat (guesses (""), <=, 1);
  g_assert_cmpfloat (guesses ("password"), <, 12);
  g_assert_cmpfloat (guesses ("qwertyuiop"), <, 16);
  g_assert_cmpfloat (guesses ("tulip anvil moss prairie cobalt wren"), >, 55);
  g_assert_cmpfloat (guesses ("xK9#vQ2!mZ7$"), >, guesses ("password123"));
  /* Its time grows fast with the length; it must not be let loose on all of it. */
  lm_test_assert_quick (3000, guesses (long_text));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/passphrase/nfc", test_nfc);
  g_test_add_func ("/vault/passphrase/kept", test_kept);
  g_test_add_func ("/vault/passphrase/length", test_length);
  g_test_add_func ("/vault/passphrase/length-after", test_length_after);
  g_test_add_func ("/vault/passphrase/control-characters", test_control_characters);
  g_test_add_func ("/vault/passphrase/not-utf8", test_not_utf8);
  g_test_add_func ("/vault/passphrase/opens-same-slot", test_opens_same_slot);
  g_test_add_func ("/vault/passphrase/guesses", test_guesses);
  return g_test_run ();
}
