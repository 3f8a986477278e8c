/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-vault.h"

/* lm_test_keys () as the format wants them to stand in a box. */
static const char known[] =
    "{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":1,"
    "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn8=\"},"
    "{\"key\":\"808182838485868788898a8b8c8d8e8f\",\"generation\":2,"
    "\"secret\":\"oKGio6SlpqeoqaqrrK2ur7CxsrO0tba3uLm6u7y9vr8=\"}]}";

static LmMasterKeys *
read_bytes (const char *text, gsize length)
{
  g_autoptr (LmSecret) secret = lm_secret_new (length);
  g_autoptr (GError) error = NULL;
  LmMasterKeys *keys;

  memcpy (lm_secret_bytes (secret), text, length);
  keys = lm_master_keys_read (secret, &error);
  if (keys == NULL)
    g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
  return keys;
}

static void
assert_refused (const char *text)
{
  g_autoptr (LmMasterKeys) keys = read_bytes (text, strlen (text));

  if (keys != NULL)
    g_error ("taken: %s", text);
}

static void
assert_writes (LmMasterKeys *keys, const char *text, gsize length)
{
  g_autoptr (LmSecret) written = lm_master_keys_write (keys);

  g_assert_cmpmem (lm_secret_peek (written), lm_secret_length (written), text, length);
}

static void
test_known (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  g_autoptr (LmMasterKeys) again = read_bytes (known, strlen (known));

  assert_writes (keys, known, strlen (known));
  g_assert_nonnull (again);
  g_assert_cmpuint (lm_master_keys_size (again), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LmMasterKey *a = lm_master_keys_get (keys, i), *b = lm_master_keys_get (again, i);

      g_assert_true (lm_id_equal (&a->id, &b->id));
      g_assert_cmpuint (a->generation, ==, b->generation);
      g_assert_true (lm_secret_equal (a->secret, b->secret));
    }
}

static void
test_round_trip (void)
{
  for (guint n = 1; n <= 30; n++)
    {
      g_autoptr (LmMasterKeys) keys = lm_master_keys_new (), again = NULL;
      g_autoptr (LmSecret) text = NULL;

      for (guint i = 0; i < n; i++)
        lm_master_keys_add_new (keys);
      g_assert_cmpuint (lm_master_keys_current (keys)->generation, ==, n);
      text = lm_master_keys_write (keys);
      again = lm_master_keys_read (text, NULL);
      g_assert_nonnull (again);
      g_assert_cmpuint (lm_master_keys_size (again), ==, n);
      assert_writes (again, (const char *) lm_secret_peek (text), lm_secret_length (text));
    }
}

static void
test_generations (void)
{
  static const char *const good[] = { "1", "9", "10", "4294967295" };
  static const char *const bad[] = { "0",
                                     "01",
                                     "-1",
                                     "+1",
                                     "1.0",
                                     "1e1",
                                     "4294967296",
                                     "9999999999",
                                     "10000000000",
                                     "18446744073709551617",
                                     "",
                                     " 1",
                                     "\"1\"",
                                     "x" };

  for (guint i = 0; i < G_N_ELEMENTS (good) + G_N_ELEMENTS (bad); i++)
    {
      gboolean is_good = i < G_N_ELEMENTS (good);
      g_autofree char *text = g_strdup_printf (
          "{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":%s,"
          "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn8=\"}]}",
          is_good ? good[i] : bad[i - G_N_ELEMENTS (good)]);
      g_autoptr (LmMasterKeys) keys = read_bytes (text, strlen (text));

      g_assert_cmpint (keys != NULL, ==, is_good);
      if (is_good)
        assert_writes (keys, text, strlen (text));
    }
}

static void
add (LmMasterKeys *keys, guint id_number, guint32 generation)
{
  g_autoptr (LmSecret) secret = lm_secret_new_random (LM_KEY_BYTES);
  LmId id = lm_test_id (id_number);

  lm_master_keys_add (keys, &id, generation, secret);
}

static void
assert_current (LmMasterKeys *keys, guint id_number)
{
  LmId id = lm_test_id (id_number);

  g_assert_true (lm_id_equal (&lm_master_keys_current (keys)->id, &id));
}

/* The highest generation wherever it stands; of two such the smaller id. */
static void
test_current (void)
{
  g_autoptr (LmMasterKeys) keys = lm_master_keys_new ();

  g_assert_null (lm_master_keys_current (keys));
  add (keys, 5, 2);
  assert_current (keys, 5);
  add (keys, 1, 1);
  assert_current (keys, 5);
  add (keys, 9, 2);
  assert_current (keys, 5);
  add (keys, 3, 2);
  assert_current (keys, 3);
  add (keys, 200, G_MAXUINT32);
  assert_current (keys, 200);
}

static void
test_unite (void)
{
  g_autoptr (LmMasterKeys) a = lm_test_keys (1), b = lm_test_keys (2);

  add (a, 7, 1);
  lm_master_keys_unite (a, b);
  g_assert_cmpuint (lm_master_keys_size (a), ==, 3);
  g_assert_cmpuint (lm_master_keys_size (b), ==, 2);
  g_assert_true (lm_id_equal (&lm_master_keys_current (a)->id, &lm_master_keys_current (b)->id));
  lm_master_keys_unite (a, b);
  g_assert_cmpuint (lm_master_keys_size (a), ==, 3);
  lm_master_keys_unite (b, a);
  g_assert_cmpuint (lm_master_keys_size (b), ==, 3);
}

static void
test_truncated (void)
{
  for (gsize n = 0; n < strlen (known); n++)
    {
      g_autoptr (LmMasterKeys) keys = read_bytes (known, n);

      g_assert_null (keys);
    }
}

/* Every byte of a list of one, and the comma between two, changed into every other: refused, or the
 * one text of other keys. */
static void
test_every_byte (void)
{
  gsize comma = (gsize) (strstr (known, "},{") + 1 - known), length = strlen (known);
  g_autofree char *one = g_strdup_printf ("%.*s]}", (int) comma, known);
  g_autofree char *two = g_strdup (known);
  guint taken = 0;

  for (gsize place = 0; place <= strlen (one); place++)
    for (guint c = 0; c < 256; c++)
      {
        gboolean is_comma = place == strlen (one);
        char *text = is_comma ? two : one, *at = is_comma ? two + comma : one + place, kept = *at;
        g_autoptr (LmMasterKeys) keys = NULL;

        if ((char) c == kept)
          continue;
        *at = (char) c;
        keys = read_bytes (text, is_comma ? length : comma + 2);
        if (keys != NULL)
          {
            assert_writes (keys, text, comma + 2);
            taken++;
          }
        *at = kept;
      }
  /* An id of 32 digits, a generation of one, 42 characters and the last one of a secret. */
  g_assert_cmpuint (taken, ==, 32 * 15 + 8 + 42 * 63 + 15);
}

static void
test_inserted (void)
{
  static const char *const parts[] = { " ", "\n", "\t", "\\", "\"", ",", "\0" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (gsize place = 0; place <= strlen (known); place++)
      {
        g_autoptr (GString) text = g_string_new (known);
        g_autoptr (LmMasterKeys) keys = NULL;

        g_string_insert_len (text, (gssize) place, parts[i], 1);
        keys = read_bytes (text->str, text->len);
        g_assert_null (keys);
      }
}

static void
test_other_forms (void)
{
  assert_refused ("");
  assert_refused ("{}");
  assert_refused ("{\"keys\":[]}");
  assert_refused ("{\"keys\":[{}]}");
  /* Another order, a further key, a secret of 31 or 33 bytes, a secret that is not canonical. */
  assert_refused ("{\"keys\":[{\"generation\":1,\"key\":\"505152535455565758595a5b5c5d5e5f\","
                  "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn8=\"}]}");
  assert_refused ("{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":1,"
                  "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn8=\",\"x\":1}]}");
  assert_refused ("{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":1,"
                  "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fg==\"}]}");
  assert_refused ("{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":1,"
                  "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+A\"}]}");
  assert_refused ("{\"keys\":[{\"key\":\"505152535455565758595a5b5c5d5e5f\",\"generation\":1,"
                  "\"secret\":\"YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn9=\"}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/master-keys/known", test_known);
  g_test_add_func ("/vault/master-keys/round-trip", test_round_trip);
  g_test_add_func ("/vault/master-keys/generations", test_generations);
  g_test_add_func ("/vault/master-keys/current", test_current);
  g_test_add_func ("/vault/master-keys/unite", test_unite);
  g_test_add_func ("/vault/master-keys/truncated", test_truncated);
  g_test_add_func ("/vault/master-keys/every-byte", test_every_byte);
  g_test_add_func ("/vault/master-keys/inserted", test_inserted);
  g_test_add_func ("/vault/master-keys/other-forms", test_other_forms);
  return g_test_run ();
}
