/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-restore.h"
#include "journal/lm-saves.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

/* One snapshot of the test's journal, opened. */
typedef struct
{
  char *name;
  int folder;
  GPtrArray *records;
} Past;

static Past *
take_snapshot (LmTestStore *test)
{
  LmId journal = lm_test_journal ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&journal, &error);
  Past *past = g_new0 (Past, 1);

  past->name = lm_snapshot_make (snapshots, test->path, test->clock, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  past->folder = lm_snapshots_open_one (snapshots, past->name, &error);
  g_assert_no_error (error);
  past->records = lm_snapshot_load (past->folder, test->opened->vault, NULL, NULL, &error);
  g_assert_no_error (error);
  return past;
}

static void
past_free (Past *past)
{
  g_free (past->name);
  close (past->folder);
  g_ptr_array_unref (past->records);
  g_free (past);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Past, past_free)

static LmRecord *
find (Past *past, const LmId *id)
{
  for (guint i = 0; i < past->records->len; i++)
    if (lm_id_equal (&((LmRecord *) past->records->pdata[i])->id, id))
      return past->records->pdata[i];
  return NULL;
}

static guint
count_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (id).digits, NULL);

  return lm_test_count (path, ".json");
}

static void
test_over (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "now", first, NULL);
  g_autoptr (LmRecord) restored = NULL, before = NULL, again = NULL, read = NULL;
  g_autoptr (GError) error = NULL;
  LmRestored what;

  g_assert_true (lm_restore_differs (find (past, &id), second));
  restored = lm_restore_one (test->store, past->folder, find (past, &id), &what, &before, &error);
  g_assert_no_error (error);
  g_assert_cmpint (what, ==, LM_RESTORED_OVER);
  lm_test_assert_text (before, "now");
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "then");
  /* Newer than both for every other computer, and both are kept. */
  g_assert_cmpint (lm_saves_compare (read->saves, second->saves), ==, LM_SAVES_NEWER);
  g_assert_cmpuint (count_versions (test, &id), ==, 3);
  /* Once more: nothing to do. */
  g_assert_false (lm_restore_differs (find (past, &id), read));
  again = lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (what, ==, LM_RESTORED_SAME);
  g_assert_cmpuint (count_versions (test, &id), ==, 3);
}

static void
test_back (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id),
                  *path = g_build_filename (test->entries, name, NULL);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autoptr (LmRecord) restored = NULL;
  g_autoptr (GError) error = NULL;
  LmRestored what;

  g_assert_cmpint (g_unlink (path), ==, 0);
  restored = lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (what, ==, LM_RESTORED_BACK);
  g_assert_true (lm_id_equal (&restored->id, &id));
  g_assert_cmpint (lm_saves_compare (restored->saves, first->saves), ==, LM_SAVES_NEWER);
}

/* The file in its place is damaged: that one is put aside, byte for byte. */
static void
test_damaged (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id), *aside = NULL,
                  *prefix = g_strdup_printf ("%s.conflict-", lm_id_format (&id).digits);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autoptr (LmRecord) restored = NULL;
  g_autoptr (GBytes) damaged = lm_test_bytes ("\0\0\0\0 not json"), kept = NULL;
  g_autoptr (GError) error = NULL;
  LmRestored what;

  lm_test_put (test, name, damaged);
  restored = lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (what, ==, LM_RESTORED_OVER);
  lm_test_assert_text (restored, "then");
  aside = lm_test_one_name (test->entries, prefix, ".json");
  g_assert_nonnull (aside);
  kept = lm_test_get (test, aside);
  g_assert_true (g_bytes_equal (kept, damaged));
}

/* Deleted for good: the id stays so, the text comes back as a copy. */
static void
test_gone (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (500);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"gone\",\"saves\":{\"%s\":9}}", lm_id_format (&device).digits);
  g_autoptr (GBytes) gone = lm_test_entry (&id, payload);
  g_autoptr (LmRecord) restored = NULL, still = NULL;
  g_autoptr (GError) error = NULL;
  LmRestored what;

  lm_test_put (test, name, gone);
  restored = lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (what, ==, LM_RESTORED_COPY);
  g_assert_false (lm_id_equal (&restored->id, &id));
  lm_test_assert_text (restored, "then");
  still = lm_store_read (test->store, &id, NULL);
  g_assert_cmpint (still->kind, ==, LM_RECORD_GONE);
}

/* Settings are one computer's own, and what a newer version made is not understood. */
static void
test_not (LmTestStore *test, gconstpointer data)
{
  LmId settings = lm_test_id (1), other = lm_test_id (2);
  g_autofree char *name = lm_test_file_name (&settings), *other_name = lm_test_file_name (&other);
  g_autoptr (GBytes) file = lm_test_entry (&settings, "{\"kind\":\"settings\"}"),
                     newer = lm_test_entry (&other, "{\"kind\":\"dream-of-2040\"}");
  g_autoptr (Past) past = NULL;
  LmRestored what;

  lm_test_put (test, name, file);
  lm_test_put (test, other_name, newer);
  past = take_snapshot (test);
  g_assert_cmpuint (past->records->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LmRecord) record =
          lm_restore_one (test->store, past->folder, past->records->pdata[i], &what, NULL, NULL);

      g_assert_cmpint (what, ==, LM_RESTORED_NOT);
    }
}

/* One bad file does not hide the others; of copies the record's own file counts, else the newest.
 */
static void
test_load (LmTestStore *test, gconstpointer data)
{
  LmId a = lm_test_id (1), b = lm_test_id (2), device = lm_test_id (500);
  g_autofree char *own = lm_test_file_name (&a);
  g_autoptr (GBytes) one = lm_test_entry_saved (&a, "own", &device, 1),
                     two = lm_test_entry_saved (&a, "copy", &device, 2),
                     three = lm_test_entry_saved (&b, "older", &device, 1),
                     four = lm_test_entry_saved (&b, "newer", &device, 2),
                     bad = lm_test_bytes ("{");
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (Past) past = NULL;

  lm_test_put (test, own, one);
  lm_test_put (test, "0 copy.json", two);
  lm_test_put (test, "1 copy.json", four);
  lm_test_put (test, "ab/2 copy.json", three);
  lm_test_put (test, "bad.json", bad);
  past = take_snapshot (test);
  lm_test_assert_text (find (past, &a), "own");
  lm_test_assert_text (find (past, &b), "newer");
  records = lm_snapshot_load (past->folder, test->opened->vault, problems, NULL, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (((LmProblem *) problems->pdata[0])->file, ==, "entries/bad.json");
}

static void
test_attachments (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), picture = lm_test_id (7);
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (&picture).digits);
  g_autofree char *folder = g_build_filename (test->path, "attachments", NULL),
                  *path = g_build_filename (folder, name, NULL);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"entry\",\"text\":\"with a picture\","
                       "\"attachments\":[{\"id\":\"%s\"},{\"id\":\"../x\"}]}",
                       lm_id_format (&picture).digits);
  g_autofree char *own = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry (&id, payload), sealed = lm_test_bytes ("sealed"),
                     back = NULL;
  g_autofree char *entry = g_build_filename (test->entries, own, NULL);
  g_autoptr (Past) past = NULL;
  g_autoptr (LmRecord) restored = NULL;
  g_autoptr (GError) error = NULL;
  LmRestored what;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  lm_test_write (path, sealed);
  lm_test_put (test, own, file);
  past = take_snapshot (test);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_unlink (entry), ==, 0);
  restored = lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
  g_assert_no_error (error);
  back = lm_test_read (path);
  g_assert_true (g_bytes_equal (back, sealed));
  g_assert_cmpuint (lm_test_count (folder, ""), ==, 1);
}

/* An entry comes back only after what it shows: whatever fails, no entry is there without its
 * picture. */
static void
test_attachment_faults (LmTestStore *test, gconstpointer data)
{
  static const LmFault faults[] = { LM_FAULT_WRITE,     LM_FAULT_FSYNC,  LM_FAULT_RENAMEAT,
                                    LM_FAULT_RENAMEAT2, LM_FAULT_LINKAT, LM_FAULT_UNLINKAT,
                                    LM_FAULT_MKDIRAT };
  LmId id = lm_test_id (1), picture = lm_test_id (7);
  g_autofree char *name = g_strdup_printf ("%s.bin", lm_id_format (&picture).digits);
  g_autofree char *folder = g_build_filename (test->path, "attachments", NULL),
                  *path = g_build_filename (folder, name, NULL);
  g_autofree char *payload = g_strdup_printf (
      "{\"kind\":\"entry\",\"text\":\"with a picture\",\"attachments\":[{\"id\":\"%s\"},7,{}]}",
      lm_id_format (&picture).digits);
  g_autofree char *own = lm_test_file_name (&id);
  g_autofree char *entry = g_build_filename (test->entries, own, NULL);
  g_autoptr (GBytes) file = lm_test_entry (&id, payload), sealed = lm_test_bytes ("sealed");
  g_autoptr (Past) past = NULL;
  guint reached = 0;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  lm_test_write (path, sealed);
  lm_test_put (test, own, file);
  past = take_snapshot (test);
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint nth = 1;; nth++)
      {
        g_autoptr (LmRecord) restored = NULL;
        g_autoptr (GBytes) back = NULL;
        g_autoptr (GError) error = NULL;
        LmRestored what;

        g_unlink (path);
        g_rmdir (folder);
        g_unlink (entry);
        lm_fault_set (faults[f], nth, EIO);
        restored =
            lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
        if (!lm_fault_clear ())
          {
            g_assert_no_error (error);
            break;
          }
        reached++;
        g_assert_cmpint (restored != NULL, ==, error == NULL);
        if (g_file_test (entry, G_FILE_TEST_EXISTS))
          {
            back = lm_test_read (path);
            g_assert_true (g_bytes_equal (back, sealed));
          }
        else
          g_assert_nonnull (error);
      }
  g_assert_cmpuint (reached, >, 10);
}

/* The whole as a journal of its own, which opens with the same keys. */
static void
test_whole (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autofree char *path = lm_test_path ("restored"), *full = lm_test_make_folder ("full"),
                  *inside = g_build_filename (full, "note.txt", NULL);
  g_autoptr (GBytes) note = lm_test_bytes ("somebody's");
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autoptr (GError) error = NULL, stop = NULL, not_empty = NULL;
  g_autofree char *never = lm_test_path ("never");

  g_assert_true (lm_restore_whole (past->folder, path, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  folder = lm_folder_read (path, &error);
  g_assert_no_error (error);
  lm_test_write (inside, note);
  g_assert_false (lm_restore_whole (past->folder, full, NULL, NULL, NULL, &not_empty));
  g_assert_error (not_empty, LM_STORE_ERROR, LM_STORE_ERROR_NOT_EMPTY);
  g_cancellable_cancel (stopped);
  g_assert_false (lm_restore_whole (past->folder, never, NULL, NULL, stopped, &stop));
  g_assert_error (stop, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_access (never, F_OK), !=, 0);
}

/* Whatever fails while restoring: the present state is there, or the past one, and both are kept.
 */
static void
test_faults (LmTestStore *test, gconstpointer data)
{
  const LmFault faults[] = { LM_FAULT_FALLOCATE, LM_FAULT_WRITE,     LM_FAULT_FSYNC,
                             LM_FAULT_RENAMEAT,  LM_FAULT_RENAMEAT2, LM_FAULT_MKDIRAT };
  const int codes[] = { EIO, ENOSPC, EROFS, EACCES };
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "then", NULL, NULL);
  g_autoptr (Past) past = take_snapshot (test);
  g_autoptr (LmRecord) present = lm_test_save (test->store, &id, "now", first, NULL);
  guint cases = 0;

  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint c = 0; c < G_N_ELEMENTS (codes); c++)
      for (guint nth = 1;; nth++)
        {
          g_autoptr (LmRecord) restored = NULL, read = NULL, next = NULL;
          g_autoptr (LmContent) content = NULL;
          g_autoptr (GError) error = NULL;
          LmRestored what;
          gboolean reached;

          lm_fault_set (faults[f], nth, codes[c]);
          restored =
              lm_restore_one (test->store, past->folder, find (past, &id), &what, NULL, &error);
          reached = lm_fault_clear ();
          read = lm_store_read (test->store, &id, NULL);
          g_assert_nonnull (read);
          content = lm_record_content (read);
          if (restored != NULL)
            g_assert_cmpstr (lm_content_get_string (content, "text"), ==, "then");
          else
            g_assert_nonnull (error);
          g_assert_cmpuint (count_versions (test, &id), >=, 2);
          next = lm_test_save (test->store, &id, "now", read, NULL);
          if (!reached)
            break;
          cases++;
        }
  g_assert_cmpuint (cases, >=, 40);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/restore/over", test_over);
  LM_TEST_STORE_ADD ("/journal/restore/back", test_back);
  LM_TEST_STORE_ADD ("/journal/restore/damaged", test_damaged);
  LM_TEST_STORE_ADD ("/journal/restore/gone", test_gone);
  LM_TEST_STORE_ADD ("/journal/restore/not", test_not);
  LM_TEST_STORE_ADD ("/journal/restore/load", test_load);
  LM_TEST_STORE_ADD ("/journal/restore/attachments", test_attachments);
  LM_TEST_STORE_ADD ("/journal/restore/attachment-faults", test_attachment_faults);
  LM_TEST_STORE_ADD ("/journal/restore/whole", test_whole);
  LM_TEST_STORE_ADD ("/journal/restore/faults", test_faults);
  return g_test_run ();
}
