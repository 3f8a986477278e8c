/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-local.h"
#include "journal/lm-retired.h"
#include "lm-test-journal.h"

/* Ways into a journal. Each try takes a key derivation, so there are few of them here. */

#define OWN_KEY "101112131415161718191a1b1c1d1e1f.json"

static void
put_key (const char *path, const char *name, GBytes *bytes)
{
  g_autofree char *file = g_build_filename (path, "keys", name, NULL);

  lm_test_write (file, bytes);
}

static LmFolder *
read_folder (const char *path)
{
  g_autoptr (GError) error = NULL;
  LmFolder *folder = lm_folder_read (path, &error);

  g_assert_no_error (error);
  return folder;
}

static LmSecret *
passphrase (void)
{
  return lm_secret_new_taking (g_strdup ("Grüße aus Łódź"));
}

static LmSecret *
code (void)
{
  static const guint8 bytes[] = { 0xde, 0xad, 0xbe, 0xef, 0x00, 0x11, 0x22, 0x33,
                                  0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb };
  LmSecret *secret = lm_secret_new (sizeof bytes);

  memcpy (lm_secret_bytes (secret), bytes, sizeof bytes);
  return secret;
}

static void
assert_unlocks (LmFolder *folder, LmKeySlotKind kind, LmSecret *secret, guint32 generation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmOpened) opened = lm_folder_unlock (folder, kind, secret, NULL, &error), again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (lm_vault_generation (opened->vault), ==, generation);
  /* What the keyring will keep opens the same slot without a derivation. */
  again = lm_folder_unlock_derived (folder, &opened->slot, opened->derived, &error);
  g_assert_no_error (error);
}

static void
assert_refused (LmFolder *folder, LmKeySlotKind kind, LmSecret *secret, LmVaultError expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmOpened) opened = lm_folder_unlock (folder, kind, secret, NULL, &error);

  g_assert_null (opened);
  g_assert_error (error, LM_VAULT_ERROR, (int) expected);
}

/* A journal with the passphrase's slot and the recovery code's. */
static char *
make_journal (void)
{
  char *path = lm_test_make_journal ("journal");
  g_autoptr (GBytes) recovery = lm_test_bytes (lm_test_recovery_slot);

  put_key (path, "recovery.json", recovery);
  return path;
}

static void
test_both_ways (void)
{
  g_autofree char *path = make_journal ();
  g_autoptr (LmFolder) folder = read_folder (path);
  g_autoptr (LmSecret) a = passphrase (), b = code (),
                       wrong = lm_secret_new_taking (g_strdup ("Grüße"));

  assert_unlocks (folder, LM_KEY_SLOT_PASSPHRASE, a, 2);
  assert_unlocks (folder, LM_KEY_SLOT_RECOVERY, b, 2);
  assert_refused (folder, LM_KEY_SLOT_PASSPHRASE, wrong, LM_VAULT_ERROR_WRONG_SECRET);
  assert_refused (folder, LM_KEY_SLOT_RECOVERY, a, LM_VAULT_ERROR_WRONG_SECRET);
}

/* The passphrase's file is broken: that is said, rather than "wrong", and the code still opens. */
static void
test_damaged_slot (void)
{
  g_autofree char *path = make_journal ();
  g_autoptr (GBytes) good = lm_test_bytes (lm_test_passphrase_slot),
                     cut = lm_test_slice (good, 300);
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmSecret) a = passphrase (), b = code ();
  g_autoptr (GError) error = NULL;

  put_key (path, OWN_KEY, cut);
  folder = read_folder (path);
  g_assert_cmpuint (lm_folder_problems (folder)->len, ==, 1);
  g_assert_cmpstr (((LmProblem *) lm_folder_problems (folder)->pdata[0])->file,
                   ==,
                   "keys/" OWN_KEY);
  g_assert_null (lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, a, NULL, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, OWN_KEY));
  assert_unlocks (folder, LM_KEY_SLOT_RECOVERY, b, 2);
}

static void
test_no_slot_of_kind (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (LmFolder) folder = read_folder (path);
  g_autoptr (LmSecret) b = code ();

  lm_test_assert_quick (
      10,
      assert_refused (folder, LM_KEY_SLOT_RECOVERY, b, LM_VAULT_ERROR_WRONG_SECRET));
}

/* Sync tools rename: the file's name means nothing, and a copy is not tried twice. */
static void
test_renamed (void)
{
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *own = g_build_filename (path, "keys", OWN_KEY, NULL);
  g_autoptr (GBytes) good = lm_test_bytes (lm_test_passphrase_slot);
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmSecret) a = passphrase (), wrong = lm_secret_new_taking (g_strdup ("wrong"));
  gint64 begin, one, many;

  g_assert_cmpint (g_unlink (own), ==, 0);
  put_key (path, "a.json", good);
  folder = read_folder (path);
  assert_unlocks (folder, LM_KEY_SLOT_PASSPHRASE, a, 2);
  begin = g_get_monotonic_time ();
  assert_refused (folder, LM_KEY_SLOT_PASSPHRASE, wrong, LM_VAULT_ERROR_WRONG_SECRET);
  one = g_get_monotonic_time () - begin;
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("a (conflicted copy %u).json", i);

      put_key (path, name, good);
    }
  g_clear_pointer (&folder, lm_folder_unref);
  folder = read_folder (path);
  g_assert_cmpuint (lm_folder_problems (folder)->len, ==, 0);
  begin = g_get_monotonic_time ();
  assert_refused (folder, LM_KEY_SLOT_PASSPHRASE, wrong, LM_VAULT_ERROR_WRONG_SECRET);
  many = g_get_monotonic_time () - begin;
  /* Thirty tries would take thirty times as long. */
  g_assert_cmpint (many, <, 8 * one + G_USEC_PER_SEC / 2);
}

/* @n slots of this journal that do not open, named so that they come first. */
static void
put_hostile (const char *path, guint n)
{
  g_autoptr (GBytes) good = lm_test_bytes (lm_test_passphrase_slot);

  for (guint i = 0; i < n; i++)
    {
      LmId id = lm_test_id (i);
      g_autoptr (GBytes) other =
          lm_test_replace (good, "101112131415161718191a1b1c1d1e1f", lm_id_format (&id).digits);
      g_autofree char *name = g_strdup_printf ("0%u.json", i);

      put_key (path, name, other);
    }
}

static void
test_tries (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (LmFolder) seven = NULL, eight = NULL;
  g_autoptr (LmSecret) a = passphrase ();

  put_hostile (path, 7);
  seven = read_folder (path);
  assert_unlocks (seven, LM_KEY_SLOT_PASSPHRASE, a, 2);
  put_hostile (path, 8);
  eight = read_folder (path);
  assert_refused (eight, LM_KEY_SLOT_PASSPHRASE, a, LM_VAULT_ERROR_MANY_SLOTS);
  g_assert_cmpuint (lm_folder_problems (eight)->len, ==, 1);
  g_assert_cmpstr (((LmProblem *) lm_folder_problems (eight)->pdata[0])->file, ==, "keys/" OWN_KEY);
  g_assert_error (((LmProblem *) lm_folder_problems (eight)->pdata[0])->error,
                  LM_VAULT_ERROR,
                  LM_VAULT_ERROR_MANY_SLOTS);
}

/* Nobody is shut out by slots that somebody else put there: the one that opened before is first. */
static void
test_known_first (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmSecret) a = passphrase ();
  LmId journal = lm_test_journal (), slot;
  g_autofree char *local = lm_local_path (&journal);

  g_assert_true (lm_id_parse (OWN_KEY, LM_ID_DIGITS, &slot));
  g_assert_cmpint (g_mkdir_with_parents (local, 0700), ==, 0);
  g_assert_true (lm_known_slots_add (&journal, &slot, NULL));
  g_assert_true (lm_known_slots_add (&journal, &slot, NULL));
  put_hostile (path, 10);
  folder = read_folder (path);
  assert_unlocks (folder, LM_KEY_SLOT_PASSPHRASE, a, 2);
  g_assert_cmpuint (lm_folder_problems (folder)->len, ==, 3);
}

/* Those of the other kind do not count. */
static void
test_tries_of_kind (void)
{
  g_autofree char *path = make_journal ();
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmSecret) b = code ();

  put_hostile (path, 9);
  folder = read_folder (path);
  assert_unlocks (folder, LM_KEY_SLOT_RECOVERY, b, 2);
}

static LmKeySlot *
put_slot (const char *path, const char *name, guint n_keys)
{
  LmId journal = lm_test_journal ();
  g_autoptr (LmMasterKeys) keys = lm_test_keys (n_keys);
  g_autoptr (LmSecret) secret = passphrase ();
  LmKeySlot *slot = lm_key_slot_create (&journal,
                                        LM_KEY_SLOT_PASSPHRASE,
                                        secret,
                                        lm_kdf_cost_minimal (),
                                        keys,
                                        NULL,
                                        NULL);
  g_autoptr (GBytes) file = lm_key_slot_write (slot);

  put_key (path, name, file);
  return slot;
}

/* After a rotation elsewhere, an old slot that came back knows less: the lists are united. */
static void
test_united (void)
{
  g_autofree char *path = lm_test_make_journal ("journal"),
                  *own = g_build_filename (path, "keys", OWN_KEY, NULL);
  g_autoptr (LmKeySlot) old_slot = NULL, new_slot = NULL, old_again = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (LmSecret) a = passphrase ();

  g_assert_cmpint (g_unlink (own), ==, 0);
  old_slot = put_slot (path, "a.json", 1);
  new_slot = put_slot (path, "b.json", 2);
  old_again = put_slot (path, "c.json", 1);
  folder = read_folder (path);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (LmOpened) opened =
        lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, a, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (lm_vault_generation (opened->vault), ==, 2);
  }
}

static void
test_cancelled (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (LmFolder) folder = read_folder (path);
  g_autoptr (LmSecret) a = passphrase ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (lm_folder_unlock (folder, LM_KEY_SLOT_PASSPHRASE, a, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_derived (void)
{
  g_autofree char *path = lm_test_make_journal ("journal");
  g_autoptr (LmFolder) folder = read_folder (path);
  g_autoptr (LmSecret) wrong = lm_secret_new (64), short_one = lm_secret_new (32);
  LmId slot, other = lm_test_id (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_id_parse ("101112131415161718191a1b1c1d1e1f", -1, &slot));
  g_assert_null (lm_folder_unlock_derived (folder, &slot, wrong, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
  g_clear_error (&error);
  g_assert_null (lm_folder_unlock_derived (folder, &slot, short_one, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
  g_clear_error (&error);
  g_assert_null (lm_folder_unlock_derived (folder, &other, wrong, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/journal/unlock/both-ways", test_both_ways);
  g_test_add_func ("/journal/unlock/damaged-slot", test_damaged_slot);
  g_test_add_func ("/journal/unlock/no-slot-of-kind", test_no_slot_of_kind);
  g_test_add_func ("/journal/unlock/renamed", test_renamed);
  g_test_add_func ("/journal/unlock/tries", test_tries);
  g_test_add_func ("/journal/unlock/known-first", test_known_first);
  g_test_add_func ("/journal/unlock/tries-of-kind", test_tries_of_kind);
  g_test_add_func ("/journal/unlock/united", test_united);
  g_test_add_func ("/journal/unlock/cancelled", test_cancelled);
  g_test_add_func ("/journal/unlock/derived", test_derived);
  return g_test_run ();
}
