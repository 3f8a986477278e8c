/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "lm-test-vault.h"
#include "vault/lm-key-slot.h"

static LmKeySlot *
read_slot (const char *text)
{
  g_autoptr (GBytes) file = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmKeySlot *slot = lm_key_slot_read (file, &error);

  g_assert_no_error (error);
  return slot;
}

static void
assert_refused (GBytes *file, LmVaultError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, &error);

  g_assert_null (slot);
  if (!g_error_matches (error, LM_VAULT_ERROR, (int) code))
    g_error ("%s, in: %s", error->message, (const char *) g_bytes_get_data (file, NULL));
}

/* The passphrase's file with @new_text for @old. */
static void
assert_change_refused (const char *old, const char *new_text, LmVaultError code)
{
  g_autoptr (GBytes) file = lm_test_bytes (lm_test_passphrase_slot);
  g_autoptr (GBytes) changed = lm_test_replace (file, old, new_text);

  assert_refused (changed, code);
}

static void
assert_is_test_keys (LmMasterKeys *keys)
{
  g_autoptr (LmMasterKeys) expected = lm_test_keys (2);
  g_autoptr (LmSecret) a = lm_master_keys_write (keys), b = lm_master_keys_write (expected);

  g_assert_true (lm_secret_equal (a, b));
}

static void
test_known_passphrase (void)
{
  g_autoptr (LmKeySlot) slot = read_slot (lm_test_passphrase_slot);
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("Grüße aus Łódź"));
  g_autoptr (LmSecret) derived = NULL;
  g_autoptr (LmMasterKeys) keys = NULL;
  g_autoptr (GBytes) written = lm_key_slot_write (slot);
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal ();

  g_assert_true (lm_id_equal (lm_key_slot_journal (slot), &journal));
  g_assert_cmpstr (lm_id_format (lm_key_slot_id (slot)).digits,
                   ==,
                   "101112131415161718191a1b1c1d1e1f");
  g_assert_cmpint (lm_key_slot_kind (slot), ==, LM_KEY_SLOT_PASSPHRASE);
  derived = lm_key_slot_derive (slot, secret, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < lm_secret_length (derived); i++)
    g_string_append_printf (hex, "%02x", lm_secret_peek (derived)[i]);
  g_assert_cmpstr (hex->str, ==, lm_test_passphrase_derived);
  keys = lm_key_slot_open (slot, derived, &error);
  g_assert_no_error (error);
  assert_is_test_keys (keys);
  g_assert_cmpmem (g_bytes_get_data (written, NULL),
                   g_bytes_get_size (written),
                   lm_test_passphrase_slot,
                   strlen (lm_test_passphrase_slot));
}

static void
test_known_recovery (void)
{
  static const guint8 code[] = { 0xde, 0xad, 0xbe, 0xef, 0x00, 0x11, 0x22, 0x33,
                                 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb };
  g_autoptr (LmKeySlot) slot = read_slot (lm_test_recovery_slot);
  g_autoptr (LmSecret) secret = lm_secret_new (sizeof code);
  g_autoptr (LmSecret) derived = NULL;
  g_autoptr (LmMasterKeys) keys = NULL;
  g_autoptr (GBytes) written = lm_key_slot_write (slot);
  g_autoptr (GError) error = NULL;

  memcpy (lm_secret_bytes (secret), code, sizeof code);
  g_assert_cmpint (lm_key_slot_kind (slot), ==, LM_KEY_SLOT_RECOVERY);
  derived = lm_key_slot_derive (slot, secret, &error);
  g_assert_no_error (error);
  keys = lm_key_slot_open (slot, derived, &error);
  g_assert_no_error (error);
  assert_is_test_keys (keys);
  g_assert_cmpmem (g_bytes_get_data (written, NULL),
                   g_bytes_get_size (written),
                   lm_test_recovery_slot,
                   strlen (lm_test_recovery_slot));
}

static void
test_create (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2), opened = NULL;
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("open sesame"));
  g_autoptr (LmSecret) derived = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_id (3);
  g_autoptr (LmKeySlot) slot = lm_key_slot_create (&journal,
                                                   LM_KEY_SLOT_RECOVERY,
                                                   secret,
                                                   lm_kdf_cost_minimal (),
                                                   keys,
                                                   &derived,
                                                   &error);
  g_autoptr (LmKeySlot) read = NULL;
  g_autoptr (GBytes) file = NULL;

  g_assert_no_error (error);
  g_assert_false (lm_id_is_null (lm_key_slot_id (slot)));
  file = lm_key_slot_write (slot);
  read = lm_key_slot_read (file, &error);
  g_assert_no_error (error);
  g_assert_true (lm_id_equal (lm_key_slot_journal (read), &journal));
  g_assert_cmpint (lm_key_slot_kind (read), ==, LM_KEY_SLOT_RECOVERY);
  again = lm_key_slot_derive (read, secret, &error);
  g_assert_true (lm_secret_equal (derived, again));
  opened = lm_key_slot_open (read, again, &error);
  g_assert_no_error (error);
  assert_is_test_keys (opened);
}

static JsonObject *
create_root (LmMasterKeys *keys, LmSecret *secret)
{
  LmId journal = lm_test_journal ();
  g_autoptr (LmKeySlot) slot = lm_key_slot_create (&journal,
                                                   LM_KEY_SLOT_PASSPHRASE,
                                                   secret,
                                                   lm_kdf_cost_minimal (),
                                                   keys,
                                                   NULL,
                                                   NULL);
  g_autoptr (GBytes) file = lm_key_slot_write (slot);

  return lm_json_parse (g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL);
}

/* Salt, nonce and slot id are fresh each time: else two journals could be told to share a
 * passphrase. */
static void
test_create_fresh (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (1);
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("x"));
  static const char *const members[] = { "slot", "nonce", "box", "commit" };
  g_autoptr (JsonObject) a = create_root (keys, secret), b = create_root (keys, secret);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_cmpstr (lm_json_get_string (a, members[i]), !=, lm_json_get_string (b, members[i]));
  g_assert_cmpstr (lm_json_get_string (lm_json_get_object (a, "kdf"), "salt"),
                   !=,
                   lm_json_get_string (lm_json_get_object (b, "kdf"), "salt"));
}

static void
test_wrong_secret (void)
{
  g_autoptr (LmKeySlot) slot = read_slot (lm_test_passphrase_slot);

  for (gsize length = 0; length <= 128; length += 32)
    {
      g_autoptr (LmSecret) derived = lm_secret_new (length);
      g_autoptr (LmMasterKeys) keys = NULL;
      g_autoptr (GError) error = NULL;

      keys = lm_key_slot_open (slot, derived, &error);
      g_assert_null (keys);
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
    }
}

static void
test_create_cost_refused (void)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (1);
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("x"));
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal ();
  g_autoptr (LmKeySlot) slot = lm_key_slot_create (&journal,
                                                   LM_KEY_SLOT_PASSPHRASE,
                                                   secret,
                                                   (LmKdfCost) { 1, 65536 },
                                                   keys,
                                                   NULL,
                                                   &error);

  g_assert_null (slot);
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_COST);
}

static void
test_malformed (void)
{
  static const struct
  {
    const char *old, *new_text;
    LmVaultError code;
  } changes[] = {
    { "leitmotif-key", "leitmotif-entry", LM_VAULT_ERROR_NOT_OURS },
    { "\"format\":\"leitmotif-key\"", "\"format\":1", LM_VAULT_ERROR_NOT_OURS },
    { "\"version\":1", "\"version\":2", LM_VAULT_ERROR_TOO_NEW },
    { "\"version\":1", "\"version\":255", LM_VAULT_ERROR_TOO_NEW },
    { "\"version\":1", "\"version\":0", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":256", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":-1", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1", "\"version\":\"1\"", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1,", "", LM_VAULT_ERROR_DAMAGED },
    { "\"version\":1,", "\"version\":1,\"version\":1,", LM_VAULT_ERROR_DAMAGED },
    { "\"passphrase\"", "\"fingerprint\"", LM_VAULT_ERROR_UNSUPPORTED },
    { "\"passphrase\"", "1", LM_VAULT_ERROR_UNSUPPORTED },
    { "argon2id13", "argon2i13", LM_VAULT_ERROR_UNSUPPORTED },
    { "argon2id13", "scrypt", LM_VAULT_ERROR_UNSUPPORTED },
    { "000102030405060708090a0b0c0d0e0f",
      "000102030405060708090A0B0C0D0E0F",
      LM_VAULT_ERROR_DAMAGED },
    { "000102030405060708090a0b0c0d0e0f",
      "../../../../../../../../etc/sha",
      LM_VAULT_ERROR_DAMAGED },
    { "101112131415161718191a1b1c1d1e1f", "", LM_VAULT_ERROR_DAMAGED },
    { "ICEiIyQlJicoKSorLC0uLw==", "ICEiIyQlJicoKSorLC0uLx==", LM_VAULT_ERROR_DAMAGED },
    { "ICEiIyQlJicoKSorLC0uLw==", "ICEiIyQlJicoKSorLC0uLw", LM_VAULT_ERROR_DAMAGED },
    { "ICEiIyQlJicoKSorLC0uLw==", "ICEiIyQlJicoKSorLC0u", LM_VAULT_ERROR_DAMAGED },
    { "ICEiIyQlJicoKSorLC0uLw==", "ICEiIyQlJicoKSorLC0uLzA=", LM_VAULT_ERROR_DAMAGED },
    { "ICEiIyQlJicoKSorLC0uLw==", "", LM_VAULT_ERROR_DAMAGED },
    { "\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\"",
      "\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUY=\"",
      LM_VAULT_ERROR_DAMAGED },
    { "\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\"", "null", LM_VAULT_ERROR_DAMAGED },
    { "C+9nYqglbs6Z3KDTLgwEUdmbj8xiv2CemXItBi0KpV0=",
      "C+9nYqglbs6Z3KDTLgwEUdmbj8xiv2CemXItBi0KpV1=",
      LM_VAULT_ERROR_DAMAGED },
    { "\"commit\"", "\"commit2\"", LM_VAULT_ERROR_DAMAGED },
    { "\"box\"", "\"bax\"", LM_VAULT_ERROR_DAMAGED },
    { "\"kdf\":{", "\"kdf\":[],\"kdf2\":{", LM_VAULT_ERROR_UNSUPPORTED },
    { "}\n", "}{}", LM_VAULT_ERROR_DAMAGED },
    { "{\"format\"", "\xef\xbb\xbf{\"format\"", LM_VAULT_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    assert_change_refused (changes[i].old, changes[i].new_text, changes[i].code);
}

/* Another writer's form, and keys that a newer version may add, are read. */
static void
test_other_forms (void)
{
  g_autoptr (GBytes) file = lm_test_bytes (lm_test_passphrase_slot);
  g_autoptr (GBytes) spaced =
      lm_test_replace (file,
                       "\"version\":1,",
                       "\n  \"version\" : 1 ,\n  \"note\": {\"a\": [null]},\n");
  g_autoptr (GBytes) escaped =
      lm_test_replace (spaced, "\"leitmotif-key\"", "\"\\u006ceitmotif-key\"");
  g_autoptr (GError) error = NULL;
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (escaped, &error);
  g_autoptr (GBytes) written = NULL;

  g_assert_no_error (error);
  written = lm_key_slot_write (slot);
  g_assert_cmpmem (g_bytes_get_data (written, NULL),
                   g_bytes_get_size (written),
                   lm_test_passphrase_slot,
                   strlen (lm_test_passphrase_slot));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/key-slot/known-passphrase", test_known_passphrase);
  g_test_add_func ("/vault/key-slot/known-recovery", test_known_recovery);
  g_test_add_func ("/vault/key-slot/create", test_create);
  g_test_add_func ("/vault/key-slot/create-fresh", test_create_fresh);
  g_test_add_func ("/vault/key-slot/create-cost-refused", test_create_cost_refused);
  g_test_add_func ("/vault/key-slot/wrong-secret", test_wrong_secret);
  g_test_add_func ("/vault/key-slot/malformed", test_malformed);
  g_test_add_func ("/vault/key-slot/other-forms", test_other_forms);
  return g_test_run ();
}
