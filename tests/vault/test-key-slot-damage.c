/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "lm-test-vault.h"
#include "vault/lm-key-slot.h"

/* A key file that was damaged, or changed by somebody who can write into the folder. What was
 * derived is kept from the making of the slot, so that no try takes the time of Argon2id. */

typedef struct
{
  GBytes *file;
  LmSecret *derived;
  LmSecret *keys; /* as they were written */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("open sesame"));
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal ();
  g_autoptr (LmKeySlot) slot = lm_key_slot_create (&journal,
                                                   LM_KEY_SLOT_PASSPHRASE,
                                                   secret,
                                                   lm_kdf_cost_minimal (),
                                                   keys,
                                                   &fixture->derived,
                                                   &error);

  g_assert_no_error (error);
  fixture->file = lm_key_slot_write (slot);
  fixture->keys = lm_master_keys_write (keys);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_bytes_unref (fixture->file);
  lm_secret_unref (fixture->derived);
  lm_secret_unref (fixture->keys);
}

/* Whether @file opens; then it must give the very same keys. */
static gboolean
opens (Fixture *fixture, GBytes *file, GError **error)
{
  g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, error);
  g_autoptr (LmMasterKeys) keys =
      slot != NULL ? lm_key_slot_open (slot, fixture->derived, error) : NULL;
  g_autoptr (LmSecret) text = NULL;

  if (keys == NULL)
    return FALSE;
  text = lm_master_keys_write (keys);
  g_assert_true (lm_secret_equal (text, fixture->keys));
  return TRUE;
}

static void
assert_code (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == LM_VAULT_ERROR);
  switch ((LmVaultError) error->code)
    {
    case LM_VAULT_ERROR_WRONG_SECRET:
    case LM_VAULT_ERROR_DAMAGED:
    case LM_VAULT_ERROR_NOT_OURS:
    case LM_VAULT_ERROR_TOO_NEW:
    case LM_VAULT_ERROR_UNSUPPORTED:
    case LM_VAULT_ERROR_COST:
      break;
    case LM_VAULT_ERROR_NO_MEMORY:
    case LM_VAULT_ERROR_WAITING_FOR_KEY:
    case LM_VAULT_ERROR_TOO_LARGE:
    case LM_VAULT_ERROR_PASSPHRASE:
    case LM_VAULT_ERROR_CODE_FORM:
    case LM_VAULT_ERROR_CODE_CHECKSUM:
    case LM_VAULT_ERROR_RETIRED_KEY:
    case LM_VAULT_ERROR_RETIRED_SLOT:
    case LM_VAULT_ERROR_SAME_PASSPHRASE:
    case LM_VAULT_ERROR_MANY_SLOTS:
    default:
      g_error ("unexpected: %s", error->message);
    }
}

static void
test_unchanged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (opens (fixture, fixture->file, &error));
  g_assert_no_error (error);
}

static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree guint8 *bytes =
      g_memdup2 (g_bytes_get_data (fixture->file, &length), g_bytes_get_size (fixture->file));
  guint opened = 0;

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) changed = NULL;

      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      changed = g_bytes_new (bytes, length);
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      if (opens (fixture, changed, &error))
        opened++;
      else
        assert_code (error);
    }
  /* No bit in the file is without meaning. */
  g_assert_cmpuint (opened, ==, 0);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);

  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) begin = lm_test_slice (fixture->file, n);

      /* Without the line's end it is still whole. */
      g_assert_cmpint (opens (fixture, begin, &error), ==, n == length - 1);
      if (n < length - 1)
        g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
    }
}

static char *
read_member (Fixture *fixture, const char *name)
{
  gsize length;
  const char *text = g_bytes_get_data (fixture->file, &length);
  g_autoptr (JsonObject) root = lm_json_parse (text, length, NULL);
  JsonObject *kdf = lm_json_get_object (root, "kdf");

  return g_strdup (lm_json_get_string (g_str_equal (name, "salt") ? kdf : root, name));
}

/* Each value that stands outside the box is bound to it: a file that is good as such, with one of
 * them from somewhere else, does not open with the very same derived key. */
static void
test_bound (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *old, *new_text;
  } changes[] = {
    { "journal", NULL, "000102030405060708090a0b0c0d0e10" },
    { "slot", NULL, "00000000000000000000000000000001" },
    { "salt", NULL, "AAAAAAAAAAAAAAAAAAAAAA==" },
    { "nonce", NULL, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
    { "commit", NULL, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
    { "box", NULL, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
    { "kind", "\"passphrase\"", "\"recovery\"" },
    { "opslimit", "\"opslimit\":2", "\"opslimit\":3" },
    { "memlimit", "\"memlimit_kib\":65536", "\"memlimit_kib\":65537" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *value =
          changes[i].old == NULL ? read_member (fixture, changes[i].name) : NULL;
      g_autoptr (GBytes) changed = lm_test_replace (fixture->file,
                                                    value != NULL ? value : changes[i].old,
                                                    changes[i].new_text);
      g_autoptr (GError) error = NULL;

      g_assert_false (opens (fixture, changed, &error));
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
    }
}

/* A box without room for a tag and at least one byte is none. */
static void
test_short_box (Fixture *fixture, gconstpointer data)
{
  g_autofree char *box = read_member (fixture, "box");
  g_autoptr (GBytes) short_box = lm_test_replace (fixture->file, box, "AAAAAAAAAAAAAAAAAAAAAA==");
  g_autoptr (GBytes) empty_box = lm_test_replace (fixture->file, box, "");
  g_autoptr (GError) error = NULL;

  g_assert_false (opens (fixture, short_box, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (opens (fixture, empty_box, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
}

static void
assert_quickly_refused (GBytes *file, LmVaultError code)
{
  lm_test_assert_quick (10, {
    g_autoptr (GError) error = NULL;
    g_autoptr (LmKeySlot) slot = lm_key_slot_read (file, &error);

    g_assert_null (slot);
    g_assert_error (error, LM_VAULT_ERROR, (int) code);
  });
}

static void
test_hostile_cost (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *opslimit, *memlimit;
    LmVaultError code;
  } costs[] = {
    { "1", "65536", LM_VAULT_ERROR_COST },
    { "0", "65536", LM_VAULT_ERROR_COST },
    { "2", "65535", LM_VAULT_ERROR_COST },
    { "17", "65536", LM_VAULT_ERROR_COST },
    { "9007199254740991", "65536", LM_VAULT_ERROR_COST },
    { "4294967298", "65536", LM_VAULT_ERROR_COST },
    { "2", "1048577", LM_VAULT_ERROR_COST },
    { "2", "1099511627776", LM_VAULT_ERROR_COST },
    { "2", "9007199254740991", LM_VAULT_ERROR_COST },
    { "2", "4295032832", LM_VAULT_ERROR_COST },
    { "16", "1048576", LM_VAULT_ERROR_COST },
    { "-1", "65536", LM_VAULT_ERROR_DAMAGED },
    { "2", "-65536", LM_VAULT_ERROR_DAMAGED },
    { "\"2\"", "65536", LM_VAULT_ERROR_DAMAGED },
    { "2", "\"65536\"", LM_VAULT_ERROR_DAMAGED },
    { "2", "null", LM_VAULT_ERROR_DAMAGED },
    { "2", "[65536]", LM_VAULT_ERROR_DAMAGED },
    { "2.0", "65536", LM_VAULT_ERROR_DAMAGED },
    { "2e0", "65536", LM_VAULT_ERROR_DAMAGED },
    { "2", "18446744073709617152", LM_VAULT_ERROR_DAMAGED },
    { "2,\"opslimit\":3", "65536", LM_VAULT_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      g_autofree char *cost = g_strdup_printf ("\"opslimit\":%s,\"memlimit_kib\":%s",
                                               costs[i].opslimit,
                                               costs[i].memlimit);
      g_autoptr (GBytes) file =
          lm_test_replace (fixture->file, "\"opslimit\":2,\"memlimit_kib\":65536", cost);

      assert_quickly_refused (file, costs[i].code);
    }
}

static void
test_hostile_size (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file), room = LM_KEY_SLOT_BYTES_MAX - length;
  g_autofree char *space = g_strnfill (room + 1, ' ');
  g_autofree char *nested = g_strnfill (LM_KEY_SLOT_BYTES_MAX, '[');
  g_autofree char *many = g_strnfill (40 * 1024 * 1024, 'A');
  g_autoptr (GBytes) largest = lm_test_append (fixture->file, space, room);
  g_autoptr (GBytes) too_large = lm_test_append (fixture->file, space, room + 1);
  g_autoptr (GBytes) brackets = g_bytes_new (nested, LM_KEY_SLOT_BYTES_MAX);
  g_autoptr (GBytes) huge = g_bytes_new (many, 40 * 1024 * 1024);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (opens (fixture, largest, &error));
  assert_quickly_refused (too_large, LM_VAULT_ERROR_TOO_LARGE);
  assert_quickly_refused (huge, LM_VAULT_ERROR_TOO_LARGE);
  assert_quickly_refused (brackets, LM_VAULT_ERROR_DAMAGED);
  assert_quickly_refused (empty, LM_VAULT_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
#define ADD(name, func)                                                                            \
  g_test_add ("/vault/key-slot-damage/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  ADD ("unchanged", test_unchanged);
  ADD ("every-bit", test_every_bit);
  ADD ("truncated", test_truncated);
  ADD ("bound", test_bound);
  ADD ("short-box", test_short_box);
  ADD ("hostile-cost", test_hostile_cost);
  ADD ("hostile-size", test_hostile_size);
  return g_test_run ();
}
