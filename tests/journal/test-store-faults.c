/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

/* Disks that fail at any step of a save, and file systems that cannot do what we ask for. */

static const int numbers[] = { EIO,    ENOSPC, EDQUOT,  EROFS,  EACCES, EPERM,
                               EINVAL, ENOSYS, ENOTSUP, ESTALE, ENOENT };

/* Whether some file in @folder, or one level below, is a record that says @text. */
static gboolean
holds_text (LmTestStore *test, const char *folder, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (dir != NULL && !found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) file = NULL, payload = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          found = holds_text (test, path, text);
          continue;
        }
      file = lm_test_read (path);
      payload = lm_vault_open (test->opened->vault, LM_SEAL_ENTRY, file, NULL, NULL);
      found = payload != NULL && g_strstr_len (g_bytes_get_data (payload, NULL),
                                               (gssize) g_bytes_get_size (payload),
                                               text) != NULL;
    }
  return found;
}

/* Everything that can be asked after a save that may have failed: nothing that was there before is
 * lost, what was called saved is there, and every file that is a record opens. */
static void
assert_nothing_lost (LmTestStore *test, const LmId *id, gboolean had_old, gboolean saved)
{
  g_autofree char *versions = g_build_filename (test->local, "versions", NULL);
  g_autoptr (LmTestLoaded) loaded = NULL;
  LmRecord *record;

  if (had_old)
    g_assert_true (holds_text (test, test->entries, "old text") ||
                   holds_text (test, versions, "old text"));
  if (saved)
    g_assert_true (holds_text (test, versions, "new text"));
  loaded = lm_test_load (test->store);
  for (guint i = 0; i < loaded->problems->len; i++)
    g_assert_no_error (((LmProblem *) loaded->problems->pdata[i])->error);
  record = lm_test_find (loaded, id);
  if (had_old || saved)
    g_assert_nonnull (record);
  if (saved)
    lm_test_assert_text (record, "new text");
}

/* Saves with the one fault. Returns whether that call was reached. */
static gboolean
save_with_fault (
    LmTestStore *test, guint number, gboolean had_old, LmFault fault, guint nth, int code)
{
  LmId id = lm_test_id (number);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) base = NULL, saved = NULL;
  g_autoptr (LmContent) content = lm_test_content ("new text");
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GError) error = NULL;
  gboolean reached;

  if (had_old)
    {
      base = lm_test_save (test->store, &id, "old text", NULL, NULL);
      before = lm_test_get (test, name);
    }
  lm_fault_set (fault, nth, code);
  saved = lm_store_save (test->store, &id, content, base, NULL, &error);
  reached = lm_fault_clear ();
  g_assert_cmpint (saved != NULL, ==, error == NULL);
  if (error != NULL)
    g_assert_true (error->domain == LM_STORE_ERROR);
  if (!reached)
    g_assert_no_error (error);
  assert_nothing_lost (test, &id, had_old, saved != NULL);
  /* Nothing is left lying about, unless it could not be removed, or is the only copy of another
   * text. */
  if (fault != LM_FAULT_UNLINKAT && !had_old)
    g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
  lm_test_store_reopen (test);
  assert_nothing_lost (test, &id, had_old, saved != NULL);
  g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
  return reached;
}

static void
run_all (LmTestStore *test, gboolean had_old)
{
  guint number = 0, tried = 0;

  for (guint fault = 0; fault < LM_N_FAULTS; fault++)
    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        gboolean reached = TRUE;

        for (guint nth = 1; reached; nth++)
          {
            reached = save_with_fault (test, number, had_old, (LmFault) fault, nth, numbers[i]);
            tried += reached;
            /* So that loading stays quick. */
            {
              LmId id = lm_test_id (number++);
              g_autofree char *name = lm_test_file_name (&id),
                              *path = g_build_filename (test->entries, name, NULL);

              g_unlink (path);
            }
          }
      }
  g_test_message ("%u faults", tried);
  g_assert_cmpuint (tried, >, 100);
}

static void
test_new (LmTestStore *test, gconstpointer data)
{
  run_all (test, FALSE);
}

static void
test_existing (LmTestStore *test, gconstpointer data)
{
  run_all (test, TRUE);
}

/* A failed fsync is an answer: it is never called saved, unless the file was written once more. */
static void
test_fsync (LmTestStore *test, gconstpointer data)
{
  static const int codes[] = { EIO, ENOSPC, EROFS };
  static const int expected[] = { LM_STORE_ERROR_IO,
                                  LM_STORE_ERROR_NO_SPACE,
                                  LM_STORE_ERROR_READ_ONLY };
  guint once_more = 0;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    for (guint nth = 1;; nth++)
      {
        LmId id = lm_test_id (100 * i + nth);
        g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "old text", NULL, NULL),
                             saved = NULL;
        g_autoptr (LmContent) content = lm_test_content ("new text");
        g_autoptr (GError) error = NULL;

        lm_fault_set (LM_FAULT_FSYNC, nth, codes[i]);
        saved = lm_store_save (test->store, &id, content, base, NULL, &error);
        if (!lm_fault_clear ())
          {
            g_assert_cmpuint (nth, >, 4);
            break;
          }
        if (codes[i] != EIO)
          g_assert_error (error, LM_STORE_ERROR, expected[i]);
        once_more += saved != NULL;
      }
  /* The file of the version and the file itself: after EIO they are written once more from memory.
   * Folders are not, and are asked only once. */
  g_assert_cmpuint (once_more, ==, 2);
}

static guint
find_call (GPtrArray *calls, guint from, const char *prefix, const char *suffix)
{
  for (guint i = from; i < calls->len; i++)
    if (g_str_has_prefix (calls->pdata[i], prefix) && g_str_has_suffix (calls->pdata[i], suffix))
      return i;
  for (guint i = 0; i < calls->len; i++)
    g_printerr ("%u: %s\n", i, (char *) calls->pdata[i]);
  g_error ("there is no “%s…%s” from %u on", prefix, suffix, from);
}

/* Each step after the one that it rests on: a power cut between any two loses nothing. */
static void
test_order (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id),
                  *own = g_strdup_printf ("renameat2 entries/%s", name);
  g_autofree char *versions = g_strdup_printf ("fsync %s", lm_id_format (&id).digits);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "old text", &device, 3);
  g_autoptr (LmRecord) base = NULL, saved = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  guint at;

  lm_test_put (test, name, file);
  base = lm_store_read (test->store, &id, NULL);
  lm_fault_begin_notes ();
  saved = lm_test_save (test->store, &id, "new text", base, NULL);
  calls = lm_fault_end_notes ();
  /* The version of what is saved: its file, its name, its folder, and the folder of that. */
  at = find_call (calls, 0, "fsync versions", "");
  at = find_call (calls, at, "fsync .~", ".part");
  at = find_call (calls, at, "renameat ", ".json");
  at = find_call (calls, at, versions, "");
  /* The new file, and its exchange with the old one. */
  at = find_call (calls, at, "fsync .~", ".part");
  at = find_call (calls, at, own, "");
  /* The version of the old one, the folder, and only then it goes. */
  at = find_call (calls, at, "fsync .~", ".part");
  at = find_call (calls, at, "renameat ", ".json");
  at = find_call (calls, at, versions, "");
  at = find_call (calls, at, "fsync entries", "");
  find_call (calls, at, "unlinkat entries/.~", ".part");
  for (guint i = 0; i < at; i++)
    g_assert_false (g_str_has_prefix (calls->pdata[i], "unlinkat"));
}

/* A file system that cannot exchange names, and one whose folders cannot be synced. */
static void
assert_saves_plainly (LmTestStore *test, LmFault fault, int code)
{
  LmId id = lm_test_id ((guint) code), gone_id = lm_test_id (1000 + (guint) code),
       device = lm_test_id (500);
  g_autofree char *name = lm_test_file_name (&id), *gone_name = lm_test_file_name (&gone_id);
  g_autofree char *gone_path = g_build_filename (test->entries, gone_name, NULL),
                  *prefix = g_strdup_printf ("%s.conflict-", lm_id_format (&id).digits);
  g_autofree char *conflict_name = NULL;
  g_autoptr (LmRecord) first = NULL, second = NULL, third = NULL, gone = NULL, again = NULL,
                       read = NULL;
  g_autoptr (GBytes) theirs = lm_test_entry_saved (&id, "theirs", &device, 7), kept = NULL;
  gboolean conflict = TRUE;

  lm_fault_set_always (fault, code);
  first = lm_test_save (test->store, &id, "first", NULL, &conflict);
  g_assert_false (conflict);
  second = lm_test_save (test->store, &id, "second", first, &conflict);
  g_assert_false (conflict);
  lm_test_put (test, name, theirs);
  third = lm_test_save (test->store, &id, "third", second, &conflict);
  g_assert_true (conflict);
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "third");
  conflict_name = lm_test_one_name (test->entries, prefix, ".json");
  kept = lm_test_get (test, conflict_name);
  g_assert_true (g_bytes_equal (kept, theirs));
  /* Taken away meanwhile. */
  gone = lm_test_save (test->store, &gone_id, "gone", NULL, NULL);
  g_assert_cmpint (g_unlink (gone_path), ==, 0);
  again = lm_test_save (test->store, &gone_id, "again", gone, &conflict);
  g_assert_false (conflict);
  g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
  g_assert_true (lm_fault_clear ());
}

static void
test_no_exchange (LmTestStore *test, gconstpointer data)
{
  assert_saves_plainly (test, LM_FAULT_RENAMEAT2, EINVAL);
  assert_saves_plainly (test, LM_FAULT_RENAMEAT2, ENOSYS);
  assert_saves_plainly (test, LM_FAULT_RENAMEAT2, ENOTSUP);
  assert_saves_plainly (test, LM_FAULT_RENAMEAT2, EPERM);
}

static void
test_no_fallocate (LmTestStore *test, gconstpointer data)
{
  assert_saves_plainly (test, LM_FAULT_FALLOCATE, EOPNOTSUPP);
}

/* Where every file passes for a link, files are read all the same, and links are not. */
static void
test_like_a_portal (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *link = lm_test_file_name (&other);
  g_autofree char *link_file = g_build_filename (LM_FOLDER_ENTRIES, link, NULL);
  g_autofree char *link_path = g_build_filename (test->entries, link, NULL);
  g_autoptr (LmRecord) saved = NULL, read = NULL, linked = NULL;
  g_autoptr (LmTestLoaded) loaded = NULL;
  g_autoptr (GError) error = NULL;

  saved = lm_test_save (test->store, &id, "old text", NULL, NULL);
  g_assert_cmpint (symlink (name, link_path), ==, 0);
  lm_fault_set_like_portal (TRUE);
  lm_test_store_reopen (test);
  read = lm_store_read (test->store, &id, &error);
  g_assert_no_error (error);
  lm_test_assert_text (read, "old text");
  linked = lm_store_read (test->store, &other, &error);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED);
  g_assert_null (linked);
  loaded = lm_test_load (test->store);
  lm_fault_set_like_portal (FALSE);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  g_assert_nonnull (lm_test_find_problem (loaded, link_file));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-faults/new", test_new);
  LM_TEST_STORE_ADD ("/journal/store-faults/existing", test_existing);
  LM_TEST_STORE_ADD ("/journal/store-faults/fsync", test_fsync);
  LM_TEST_STORE_ADD ("/journal/store-faults/order", test_order);
  LM_TEST_STORE_ADD ("/journal/store-faults/no-exchange", test_no_exchange);
  LM_TEST_STORE_ADD ("/journal/store-faults/no-fallocate", test_no_fallocate);
  LM_TEST_STORE_ADD ("/journal/store-faults/like-a-portal", test_like_a_portal);
  return g_test_run ();
}
