/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "journal/lm-snapshot.h"
#include "lm-test-attachment.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"
#include "vault/lm-passphrase.h"

/* A change of the ways in, killed before each of its system calls. Whenever that is: an old or a
 * new secret opens the journal, no payload has changed, and after going on everything is under the
 * new key and opens by the new secret alone. */

#define ATTACHMENT "a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0"
/* Every call is tried if LEITMOTIF_PROOF is set, else each that is so far from the last. */
#define STEP  7
#define DRAFT 77

static void
run (const char *command, const char *a, const char *b)
{
  const char *const arguments[] = { command,
                                    g_str_equal (command, "cp") ? "-a" : "-rf",
                                    a,
                                    b,
                                    NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL,
                (char **) arguments,
                NULL,
                G_SPAWN_SEARCH_PATH,
                NULL,
                NULL,
                NULL,
                NULL,
                &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
put_path (const char *folder, const char *below, const char *name, GBytes *file)
{
  g_autofree char *path = g_build_filename (folder, below, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  lm_test_write (path, file);
}

/* Something of everything that can be in a journal and beside it. */
static void
fill (LmTestStore *test)
{
  g_autoptr (LmContent) draft = lm_test_content ("half a sentence");
  g_autoptr (GBytes) plain = lm_test_attachment_text (70000), attachment = NULL, damaged = NULL;
  g_autoptr (LmSnapshots) snapshots = NULL;
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_journal (), id, draft_id = lm_test_id (DRAFT);

  g_assert_true (lm_id_parse (ATTACHMENT, -1, &id));
  attachment = lm_test_attachment_seal (test->opened->vault, &id, plain);
  put_path (test->path, "attachments", ATTACHMENT ".bin", attachment);
  for (guint i = 1; i <= 2; i++)
    {
      LmId entry = lm_test_id (i);
      g_autoptr (LmRecord) first = lm_test_save (test->store, &entry, "first", NULL, NULL);
      g_autoptr (LmRecord) second = lm_test_save (test->store, &entry, "second", first, NULL);
      g_autofree char *name = lm_test_file_name (&entry);
      g_autofree char *copy = g_strdup_printf ("%.6s.sync-conflict.json", name);
      g_autoptr (GBytes) file = lm_test_get (test, name);

      if (i == 1)
        lm_test_put (test, copy, file);
      else
        {
          LmId shard_id = lm_test_id (9);
          g_autoptr (GBytes) sharded =
              lm_test_entry (&shard_id, "{\"kind\":\"entry\",\"text\":\"x\"}");
          g_autofree char *shard_name = lm_test_file_name (&shard_id);
          g_autofree char *shard = g_build_filename ("ab", shard_name, NULL);

          lm_test_put (test, shard, sharded);
        }
    }
  damaged = lm_test_bytes ("{\"format\":\"leitmotif-entry\",");
  lm_test_put (test, "ffffffffffffffffffffffffffffffff.json", damaged);
  g_assert_true (lm_store_save_draft (test->store, &draft_id, draft, NULL, &error));
  g_assert_no_error (error);
  snapshots = lm_snapshots_open (&journal, &error);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *name =
          lm_snapshot_make (snapshots, test->path, test->clock, NULL, NULL, NULL, &error);

      g_autoptr (GDateTime) now = lm_clock_now (test->clock);
      g_autoptr (GDateTime) later = g_date_time_add_hours (now, 1);

      g_assert_no_error (error);
      lm_clock_set (test->clock, later);
    }
}

/* Every payload, by the file's path. */
typedef struct
{
  LmVault *vault;
  GHashTable *payloads; /* path → GBytes */
  gboolean only_current;
  const char *without; /* a snapshot's name */
} Look;

static void
look_at (Look *look, const char *root, const char *below)
{
  g_autofree char *path = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (below, name, NULL);
      g_autofree char *file_path = g_build_filename (root, inner, NULL);
      g_autoptr (GBytes) file = NULL, payload = NULL;
      gboolean retired = FALSE, draft = strstr (inner, "drafts") != NULL;
      LmAttachmentHead head;
      gsize length;
      const guint8 *bytes;

      if (g_file_test (file_path, G_FILE_TEST_IS_DIR))
        {
          look_at (look, root, inner);
          continue;
        }
      file = lm_test_read (file_path);
      bytes = g_bytes_get_data (file, &length);
      if (lm_attachment_read_head (bytes, MIN (length, LM_ATTACHMENT_HEAD_BYTES), &head, NULL))
        {
          payload =
              lm_test_attachment_open (look->vault, &head.id, file, LM_ATTACHMENT_PADDED, NULL);
          retired = !lm_vault_is_current (look->vault, &head.key);
        }
      else
        payload = lm_vault_open_any (look->vault,
                                     g_str_has_suffix (inner, "seen.json") ? LM_SEAL_SEEN
                                     : draft                               ? LM_SEAL_DRAFT
                                                                           : LM_SEAL_ENTRY,
                                     file,
                                     NULL,
                                     &retired,
                                     NULL);
      if (payload == NULL)
        continue;
      if (look->only_current && retired)
        g_error ("%s is under a retired key", file_path);
      if (look->only_current && strstr (inner, ".part") != NULL)
        g_error ("%s is left over", file_path);
      if (!g_str_has_suffix (inner, "seen.json") && strstr (inner, ".part") == NULL)
        g_hash_table_insert (look->payloads, g_strdup (file_path), g_steal_pointer (&payload));
    }
}

static GHashTable *
payloads (LmTestStore *test, LmVault *vault, gboolean only_current)
{
  Look look = {
    vault,
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref),
    only_current,
    NULL
  };

  look_at (&look, test->path, "");
  look_at (&look, test->local, "");
  return look.payloads;
}

/* Everything of @before is there; more may be, as a snapshot for safety. */
static void
assert_kept (GHashTable *before, GHashTable *after, gboolean exactly)
{
  GHashTableIter iter;
  gpointer path, payload;

  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &path, &payload))
    {
      GBytes *now = g_hash_table_lookup (after, path);

      if (now == NULL || !g_bytes_equal (now, payload))
        g_error ("%s: %s", (const char *) path, now == NULL ? "lost" : "changed");
    }
  if (!exactly)
    return;
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &path, &payload))
    /* What was left over of an entry is among the versions. */
    if (!g_hash_table_contains (before, path) && strstr (path, "/versions/") == NULL)
      g_error ("%s: is left over", (const char *) path);
}

static LmOpened *
open_by (LmTestStore *test, LmSecret *derived)
{
  g_autoptr (LmFolder) folder = lm_folder_read (test->path, NULL);

  g_assert_nonnull (folder);
  for (guint i = 0; i < lm_folder_n_slots (folder); i++)
    {
      LmOpened *opened = lm_folder_unlock_derived (folder,
                                                   lm_key_slot_id (lm_folder_get_slot (folder, i)),
                                                   derived,
                                                   NULL);

      if (opened != NULL)
        return opened;
    }
  return NULL;
}

static LmStore *
open_store (LmTestStore *test, LmOpened *opened)
{
  g_autoptr (LmFolder) folder = lm_folder_read (test->path, NULL);
  g_autoptr (GError) error = NULL;
  LmStore *store = lm_store_open (folder, opened, test->clock, &error);

  g_assert_no_error (error);
  return store;
}

static void
reseal_all (LmStore *store)
{
  LmResealProgress progress;
  g_autoptr (GError) error = NULL;

  do
    if (!lm_store_reseal (store, 3, &progress, &error))
      g_assert_no_error (error);
  while (!progress.finished);
}

static void
change (LmTestStore *test, LmRekey *rekey)
{
  g_autoptr (GError) error = NULL;
  LmStore *store = open_store (test, test->opened);

  if (!lm_rekey_write (rekey, store, &error))
    g_assert_no_error (error);
  if (!lm_rekey_commit (rekey, store, &error))
    g_assert_no_error (error);
  reseal_all (store);
  lm_store_close (store, NULL);
}

/* Snapshots open by the new slots only. */
static void
assert_snapshot_slots (LmTestStore *test, LmSecret *old, LmSecret *derived)
{
  g_autofree char *path = g_build_filename (test->local, "snapshots", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      LmTestStore snapshot = { .path = g_build_filename (path, name, NULL) };
      g_autoptr (LmOpened) by_old = open_by (&snapshot, old), by_new = open_by (&snapshot, derived);

      g_assert_null (by_old);
      g_assert_nonnull (by_new);
      g_free (snapshot.path);
      n++;
    }
  g_assert_cmpuint (n, ==, 2);
}

static void
assert_done (LmTestStore *test, GHashTable *before, LmRekey *rekey)
{
  g_autoptr (LmOpened) by_old = open_by (test, test->opened->derived);
  g_autoptr (LmOpened) opened = open_by (test, lm_rekey_derived (rekey));
  g_autoptr (GHashTable) after = NULL;

  g_assert_null (by_old);
  g_assert_nonnull (opened);
  after = payloads (test, opened->vault, TRUE);
  assert_kept (before, after, TRUE);
  assert_snapshot_slots (test, test->opened->derived, lm_rekey_derived (rekey));
}

/* After a kill at any moment. */
static gboolean
assert_recovers (LmTestStore *test, GHashTable *before, LmRekey *rekey)
{
  g_autoptr (LmOpened) by_old = open_by (test, test->opened->derived);
  g_autoptr (LmOpened) by_new = open_by (test, lm_rekey_derived (rekey));
  LmOpened *opened = by_new != NULL ? by_new : by_old;
  g_autoptr (GHashTable) after = NULL;
  LmStore *store;

  g_assert_nonnull (opened);
  after = payloads (test, opened->vault, FALSE);
  assert_kept (before, after, FALSE);
  store = open_store (test, opened);
  g_assert_false (lm_store_is_read_only (store));
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (store);

    /* Nothing that was there is doubted. */
    g_assert_cmpuint (loaded->records->len, ==, 3);
    for (guint i = 0; i < loaded->problems->len; i++)
      g_assert_false (g_error_matches (((LmProblem *) loaded->problems->pdata[i])->error,
                                       LM_VAULT_ERROR,
                                       LM_VAULT_ERROR_RETIRED_KEY));
  }
  if (by_new == NULL)
    {
      lm_store_close (store, NULL);
      return FALSE;
    }
  if (by_old != NULL && lm_rekey_kind (rekey) != LM_REKEY_ROTATE)
    {
      /* Not yet committed: the person does it again. */
      lm_store_close (store, NULL);
      return FALSE;
    }
  reseal_all (store);
  g_assert_cmpint (lm_store_reseal_state (store), ==, LM_RESEAL_NOTHING);
  lm_store_close (store, NULL);
  assert_done (test, before, rekey);
  return TRUE;
}

static void
kill_everywhere (LmTestStore *test, LmRekeyKind what)
{
  g_autofree char *journal_copy = g_strconcat (test->path, ".copy", NULL);
  g_autofree char *local_copy = g_strconcat (test->local, ".copy", NULL);
  g_autoptr (LmSecret) typed = lm_secret_new_taking (g_strdup ("Grüße aus Łódź"));
  g_autoptr (LmSecret) fresh = lm_secret_new_taking (g_strdup ("something else"));
  g_autoptr (LmSecret) present = lm_passphrase_normalize (typed, NULL);
  g_autoptr (LmRekey) rekey = NULL;
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0, kills = 0, resumed = 0;
  int status = 0;

  fill (test);
  lm_test_store_reopen (test);
  reseal_all (test->store);
  lm_test_store_close (test);
  before = payloads (test, test->opened->vault, FALSE);
  g_assert_cmpuint (g_hash_table_size (before), >, 12);
  rekey = lm_rekey_new (test->path,
                        what,
                        LM_KEY_SLOT_PASSPHRASE,
                        present,
                        fresh,
                        lm_kdf_cost_minimal (),
                        &error);
  g_assert_no_error (error);
  run ("cp", test->path, journal_copy);
  run ("cp", test->local, local_copy);
  do
    {
      pid_t child = fork ();

      if (child == 0)
        {
          lm_fault_kill_at (n + 1);
          change (test, rekey);
          lm_test_leave (0);
        }
      kills++;
      n += g_getenv ("LEITMOTIF_PROOF") != NULL ? 1 : STEP;
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFEXITED (status) &&
                     (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == LM_FAULT_KILLED));
      if (WEXITSTATUS (status) == LM_FAULT_KILLED)
        resumed += assert_recovers (test, before, rekey);
      else
        assert_done (test, before, rekey);
      run ("rm", test->path, test->local);
      run ("cp", journal_copy, test->path);
      run ("cp", local_copy, test->local);
    }
  while (WEXITSTATUS (status) == LM_FAULT_KILLED);
  g_test_message ("killed %u times, went on %u times", kills - 1, resumed);
  g_assert_cmpuint (n, >, 20);
  run ("rm", journal_copy, local_copy);
}

static void
test_rotate (LmTestStore *test, gconstpointer data)
{
  kill_everywhere (test, LM_REKEY_ROTATE);
}

static void
test_passphrase (LmTestStore *test, gconstpointer data)
{
  kill_everywhere (test, LM_REKEY_PASSPHRASE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/rekey-kill/rotate", test_rotate);
  LM_TEST_STORE_ADD ("/journal/rekey-kill/passphrase", test_passphrase);
  return g_test_run ();
}
