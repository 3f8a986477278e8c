/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "lm-test-journal.h"
#include "vault/lm-passphrase.h"
#include "vault/lm-recovery-code.h"

#define OLD_SLOT "101112131415161718191a1b1c1d1e1f.json"

static LmSecret *
words (const char *text)
{
  g_autoptr (LmSecret) typed = lm_secret_new_taking (g_strdup (text));

  return lm_passphrase_normalize (typed, NULL);
}

static LmSecret *
old_words (void)
{
  return words ("Grüße aus Łódź");
}

static LmRekey *
prepare (LmTestStore *test, LmRekeyKind what, const char *passphrase, GError **error)
{
  g_autoptr (LmSecret) present = old_words ();
  g_autoptr (LmSecret) fresh = passphrase != NULL ? words (passphrase) : NULL;

  return lm_rekey_new (test->path,
                       what,
                       LM_KEY_SLOT_PASSPHRASE,
                       present,
                       fresh,
                       lm_kdf_cost_minimal (),
                       error);
}

static LmRekey *
prepare_good (LmTestStore *test, LmRekeyKind what)
{
  g_autoptr (GError) error = NULL;
  LmRekey *rekey = prepare (test, what, what == LM_REKEY_CODE ? NULL : "new words", &error);

  g_assert_no_error (error);
  return rekey;
}

static void
write_good (LmTestStore *test, LmRekey *rekey)
{
  g_autoptr (GError) error = NULL;

  if (!lm_rekey_write (rekey, test->store, &error))
    g_assert_no_error (error);
}

static void
commit_good (LmTestStore *test, LmRekey *rekey)
{
  g_autoptr (GError) error = NULL;

  if (!lm_rekey_commit (rekey, test->store, &error))
    g_assert_no_error (error);
}

static void
reseal_all (LmStore *store)
{
  LmResealProgress progress;
  g_autoptr (GError) error = NULL;

  do
    if (!lm_store_reseal (store, 5, &progress, &error))
      g_assert_no_error (error);
  while (!progress.finished);
}

static char *
slot_path (LmTestStore *test, const char *name)
{
  return g_build_filename (test->path, "keys", name, NULL);
}

static GBytes *
read_slot (LmTestStore *test, const char *name)
{
  g_autofree char *path = slot_path (test, name);

  return lm_test_read (path);
}

static void
put_slot (LmTestStore *test, const char *name, GBytes *file)
{
  g_autofree char *path = slot_path (test, name);

  lm_test_write (path, file);
}

static LmOpened *
unlock (LmTestStore *test, LmKeySlotKind kind, LmSecret *secret, GError **error)
{
  g_autoptr (LmFolder) folder = lm_folder_read (test->path, error);

  return folder != NULL ? lm_folder_unlock (folder, kind, secret, NULL, error) : NULL;
}

static void
assert_opens (LmTestStore *test, LmKeySlotKind kind, LmSecret *secret, gboolean expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmOpened) opened = unlock (test, kind, secret, &error);

  if (expected)
    g_assert_no_error (error);
  else
    g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
}

/* As after the next start, opened by @secret. */
static void
reopen_by (LmTestStore *test, LmSecret *secret)
{
  g_autoptr (GError) error = NULL;

  lm_test_store_close (test);
  lm_folder_unref (test->folder);
  lm_opened_free (test->opened);
  test->folder = lm_folder_read (test->path, &error);
  g_assert_no_error (error);
  test->opened = lm_folder_unlock (test->folder, LM_KEY_SLOT_PASSPHRASE, secret, NULL, &error);
  g_assert_no_error (error);
  test->store = lm_test_store_open (test);
}

static guint
count_problems (LmTestStore *test, int code)
{
  g_autoptr (LmFolder) folder = lm_folder_read (test->path, NULL);
  GPtrArray *problems = lm_folder_problems (folder);
  guint n = 0;

  for (guint i = 0; i < problems->len; i++)
    n += g_error_matches (((LmProblem *) problems->pdata[i])->error, LM_VAULT_ERROR, code);
  return n;
}

static void
test_passphrase (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words (), fresh = words ("new words");
  g_autoptr (LmRekey) rekey = prepare_good (test, LM_REKEY_PASSPHRASE);
  g_autoptr (GBytes) slot = read_slot (test, OLD_SLOT);
  g_autofree char *path = slot_path (test, OLD_SLOT);
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = NULL;

  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, fresh, FALSE);
  write_good (test, rekey);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, TRUE);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, fresh, TRUE);
  commit_good (test, rekey);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, FALSE);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, fresh, TRUE);
  saved = lm_test_save (test->store, &id, "still saved", NULL, NULL);

  /* It comes back, under another name too: it is told of and not tried. */
  put_slot (test, OLD_SLOT, slot);
  put_slot (test, "old (conflicted copy).json", slot);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, FALSE);
  g_assert_cmpuint (count_problems (test, LM_VAULT_ERROR_RETIRED_SLOT), ==, 2);
  reopen_by (test, fresh);
  g_assert_false (lm_store_is_read_only (test->store));
  (void) path;
}

/* Somebody's own backup, brought back whole, has nothing but the slot that was given up. */
static void
test_only_retired (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words ();
  g_autoptr (LmRekey) rekey = prepare_good (test, LM_REKEY_PASSPHRASE);
  g_autoptr (GBytes) slot = read_slot (test, OLD_SLOT);
  g_autofree char *keys = g_build_filename (test->path, "keys", NULL);
  g_autofree char *name = NULL, *path = NULL;

  write_good (test, rekey);
  commit_good (test, rekey);
  name = lm_test_one_name (keys, "", ".json");
  path = slot_path (test, name);
  g_assert_cmpint (g_unlink (path), ==, 0);
  put_slot (test, OLD_SLOT, slot);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, TRUE);
  g_assert_cmpuint (count_problems (test, LM_VAULT_ERROR_RETIRED_SLOT), ==, 1);
}

static void
test_code (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words ();
  g_autoptr (LmRekey) first = prepare_good (test, LM_REKEY_CODE), second = NULL;
  g_autoptr (LmSecret) code = lm_recovery_code_parse (lm_rekey_code (first), NULL), next = NULL;

  write_good (test, first);
  commit_good (test, first);
  assert_opens (test, LM_KEY_SLOT_RECOVERY, code, TRUE);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, TRUE);
  second = prepare_good (test, LM_REKEY_CODE);
  next = lm_recovery_code_parse (lm_rekey_code (second), NULL);
  write_good (test, second);
  assert_opens (test, LM_KEY_SLOT_RECOVERY, code, TRUE);
  assert_opens (test, LM_KEY_SLOT_RECOVERY, next, TRUE);
  commit_good (test, second);
  assert_opens (test, LM_KEY_SLOT_RECOVERY, code, FALSE);
  assert_opens (test, LM_KEY_SLOT_RECOVERY, next, TRUE);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, TRUE);
}

static void
test_cancel (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words (), fresh = words ("new words");
  const LmRekeyKind kinds[] = { LM_REKEY_PASSPHRASE, LM_REKEY_CODE, LM_REKEY_ROTATE };
  g_autofree char *keys = g_build_filename (test->path, "keys", NULL);
  g_autofree char *snapshots = g_build_filename (test->local, "snapshots", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (LmRekey) rekey = prepare_good (test, kinds[i]);
      g_autoptr (GError) error = NULL;

      write_good (test, rekey);
      g_assert_cmpuint (lm_test_count (keys, ".json"), ==, kinds[i] == LM_REKEY_ROTATE ? 3 : 2);
      g_assert_true (lm_rekey_cancel (rekey, test->store, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (lm_test_count (keys, ".json"), ==, 1);
      assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, TRUE);
      assert_opens (test, LM_KEY_SLOT_PASSPHRASE, fresh, FALSE);
      g_assert_cmpint (lm_store_reseal_state (test->store), !=, LM_RESEAL_ELSEWHERE);
    }
  g_assert_cmpuint (lm_test_count (snapshots, "Z"), ==, 0);
}

static void
test_refused (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) wrong = words ("not this one"), fresh = words ("new words");
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRekey) rekey = NULL;
  g_autofree char *keys = g_build_filename (test->path, "keys", NULL);
  LmStore *beside;

  g_assert_null (prepare (test, LM_REKEY_PASSPHRASE, "Grüße aus Łódź", &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_SAME_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (lm_rekey_new (test->path,
                               LM_REKEY_PASSPHRASE,
                               LM_KEY_SLOT_PASSPHRASE,
                               wrong,
                               fresh,
                               lm_kdf_cost_minimal (),
                               &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
  g_clear_error (&error);

  /* Not from beside the one that has the lock; and a new key only where nobody is beside us. */
  beside = lm_test_store_open (test);
  rekey = prepare_good (test, LM_REKEY_ROTATE);
  g_assert_false (lm_rekey_write (rekey, beside, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (lm_rekey_write (rekey, test->store, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY);
  lm_store_close (beside, NULL);
  g_assert_cmpuint (lm_test_count (keys, ".json"), ==, 1);
}

/* By the recovery code too: whoever knows the old passphrase would get the new key. For a change of
 * the passphrase alone nobody gets what they did not have, and one who has forgotten it may happen
 * on it. */
static void
test_refused_by_code (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmRekey) made = prepare_good (test, LM_REKEY_CODE), same = NULL, other = NULL;
  g_autoptr (LmSecret) code = lm_recovery_code_parse (lm_rekey_code (made), NULL);
  g_autoptr (LmSecret) old = old_words ();
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (lm_rekey_derived (made));
  write_good (test, made);
  commit_good (test, made);
  g_assert_nonnull (lm_rekey_opened (made));
  g_assert_null (lm_rekey_new (test->path,
                               LM_REKEY_ROTATE,
                               LM_KEY_SLOT_RECOVERY,
                               code,
                               old,
                               lm_kdf_cost_minimal (),
                               &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_SAME_PASSPHRASE);
  g_clear_error (&error);
  same = lm_rekey_new (test->path,
                       LM_REKEY_PASSPHRASE,
                       LM_KEY_SLOT_RECOVERY,
                       code,
                       old,
                       lm_kdf_cost_minimal (),
                       &error);
  g_assert_no_error (error);
  g_assert_nonnull (same);
}

/* A slot that may hold a key that is not here is nobody's to remove. */
static void
test_left (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  g_autoptr (LmSecret) other = words ("of another computer"), derived = NULL;
  g_autoptr (LmKeySlot) slot = NULL;
  g_autoptr (LmRekey) rekey = NULL;
  g_autoptr (GBytes) file = NULL;
  LmId journal = lm_test_journal ();

  lm_master_keys_add_new (keys);
  slot = lm_key_slot_create (&journal,
                             LM_KEY_SLOT_PASSPHRASE,
                             other,
                             lm_kdf_cost_minimal (),
                             keys,
                             &derived,
                             NULL);
  g_assert_cmpuint (lm_key_slot_n_keys (slot), ==, 3);
  file = lm_key_slot_write (slot);
  put_slot (test, "newer.json", file);
  rekey = prepare_good (test, LM_REKEY_PASSPHRASE);
  write_good (test, rekey);
  commit_good (test, rekey);
  g_assert_cmpuint (lm_rekey_n_left (rekey), ==, 1);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, other, TRUE);
}

static LmVault *
old_vault (void)
{
  return lm_test_vault (2);
}

static GBytes *
seal_old (const LmId *id, const char *payload)
{
  g_autoptr (LmVault) vault = old_vault ();
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);

  return lm_vault_seal (vault, LM_SEAL_ENTRY, id, bytes, NULL);
}

static void
rotate (LmTestStore *test)
{
  g_autoptr (LmRekey) rekey = prepare_good (test, LM_REKEY_ROTATE);

  write_good (test, rekey);
  commit_good (test, rekey);
  reseal_all (test->store);
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NOTHING);
}

/* Who knows the old passphrase can make files with the old key. They replace nothing. */
static void
test_retired_key (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) fresh = words ("new words");
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autofree char *name = lm_test_file_name (&id), *other_name = lm_test_file_name (&other);
  g_autofree char *path = g_build_filename ("entries", name, NULL);
  g_autofree char *other_path = g_build_filename ("entries", other_name, NULL);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "old text", NULL, NULL);
  g_autoptr (GBytes) first_file = lm_test_get (test, name);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "my text", first, NULL);
  g_autoptr (GBytes) same = lm_test_get (test, name), now = NULL;
  g_autoptr (GBytes) forged = seal_old (&id, "{\"kind\":\"entry\",\"text\":\"forged\"}");
  g_autoptr (GBytes) strange = seal_old (&other, "{\"kind\":\"entry\",\"text\":\"strange\"}");

  rotate (test);
  reopen_by (test, fresh);
  lm_test_put (test, name, forged);
  lm_test_put (test, other_name, strange);
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

    g_assert_cmpuint (loaded->records->len, ==, 0);
    g_assert_error (lm_test_find_problem (loaded, path)->error,
                    LM_VAULT_ERROR,
                    LM_VAULT_ERROR_RETIRED_KEY);
    g_assert_error (lm_test_find_problem (loaded, other_path)->error,
                    LM_VAULT_ERROR,
                    LM_VAULT_ERROR_RETIRED_KEY);
    g_assert_true (lm_id_equal (&lm_test_find_problem (loaded, path)->id, &id));
  }
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NOTHING);
  now = lm_test_get (test, other_name);
  g_assert_true (g_bytes_equal (now, strange));
  /* Nor an older state of ours in the place of the newest. */
  lm_test_put (test, name, first_file);
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

    g_assert_null (lm_test_find (loaded, &id));
  }
  /* What was seen is known again, and gets its new key. */
  lm_test_put (test, name, same);
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

    lm_test_assert_text (lm_test_find (loaded, &id), "my text");
  }
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NEEDED);
  reseal_all (test->store);
  g_clear_pointer (&now, g_bytes_unref);
  now = lm_test_get (test, name);
  g_assert_false (g_bytes_equal (now, same));
}

/* The key files of before the rotation, and nothing else: what is here is not touched. */
static void
test_outdated (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words ();
  g_autoptr (GBytes) slot = read_slot (test, OLD_SLOT), seen = NULL, left = NULL;
  g_autofree char *keys = g_build_filename (test->path, "keys", NULL);
  g_autofree char *seen_path = g_build_filename (test->local, "seen.json", NULL);
  g_autofree char *command = g_strdup_printf ("sh -c 'rm \"%s\"/*'", keys);
  g_autoptr (LmContent) content = lm_test_content ("more");
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "my text", NULL, NULL), more = NULL;

  rotate (test);
  lm_test_store_close (test);
  seen = lm_test_read (seen_path);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  put_slot (test, OLD_SLOT, slot);
  reopen_by (test, old);
  g_assert_true (lm_store_is_outdated (test->store));
  g_assert_true (lm_store_is_read_only (test->store));
  more = lm_store_save (test->store, &other, content, NULL, NULL, &error);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_OLD_KEYS);
  lm_test_store_close (test);
  left = lm_test_read (seen_path);
  g_assert_true (g_bytes_equal (seen, left));
}

/* Broken off while both ways in stood, and then opened by the old one. */
static void
test_elsewhere (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words (), fresh = words ("new words");
  g_autoptr (LmRekey) broken = prepare_good (test, LM_REKEY_ROTATE), again = NULL;

  write_good (test, broken);
  reopen_by (test, old);
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_ELSEWHERE);
  /* It can be begun anew: what the first one left goes. */
  again = prepare (test, LM_REKEY_ROTATE, "still other words", NULL);
  write_good (test, again);
  commit_good (test, again);
  g_assert_cmpuint (lm_rekey_n_left (again), ==, 0);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, FALSE);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, fresh, FALSE);
  reseal_all (test->store);
}

/* By the new one, it goes on. */
static void
test_goes_on (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSecret) old = old_words (), fresh = words ("new words");
  g_autoptr (LmRekey) broken = prepare_good (test, LM_REKEY_ROTATE);
  g_autoptr (GError) error = NULL;

  write_good (test, broken);
  reopen_by (test, fresh);
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NEEDED);
  g_assert_true (lm_store_code_is_untold (test->store));
  reseal_all (test->store);
  assert_opens (test, LM_KEY_SLOT_PASSPHRASE, old, FALSE);
  reopen_by (test, fresh);
  g_assert_cmpint (lm_store_reseal_state (test->store), ==, LM_RESEAL_NOTHING);
  g_assert_true (lm_store_code_is_untold (test->store));
  g_assert_true (lm_store_code_told (test->store, &error));
  g_assert_false (lm_store_code_is_untold (test->store));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/rekey/passphrase", test_passphrase);
  LM_TEST_STORE_ADD ("/journal/rekey/only-retired", test_only_retired);
  LM_TEST_STORE_ADD ("/journal/rekey/code", test_code);
  LM_TEST_STORE_ADD ("/journal/rekey/cancel", test_cancel);
  LM_TEST_STORE_ADD ("/journal/rekey/refused", test_refused);
  LM_TEST_STORE_ADD ("/journal/rekey/refused-by-code", test_refused_by_code);
  LM_TEST_STORE_ADD ("/journal/rekey/left", test_left);
  LM_TEST_STORE_ADD ("/journal/rekey/retired-key", test_retired_key);
  LM_TEST_STORE_ADD ("/journal/rekey/outdated", test_outdated);
  LM_TEST_STORE_ADD ("/journal/rekey/elsewhere", test_elsewhere);
  LM_TEST_STORE_ADD ("/journal/rekey/goes-on", test_goes_on);
  return g_test_run ();
}
