/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "base/lm-fold.h"
#include "base/lm-hardening.h"
#include "journal/lm-saves.h"
#include "lm-test-journal.h"

/* Opening, loading, reading. */

static void
assert_same (LmRecord *a, LmRecord *b)
{
  g_autoptr (GBytes) one = lm_record_payload (a), other = lm_record_payload (b);

  g_assert_true (g_bytes_equal (one, other));
}

static void
test_empty (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_cmpuint (loaded->problems->len, ==, 0);
  g_assert_cmpuint (loaded->batches, ==, 0);
  g_assert_false (lm_store_is_read_only (test->store));
  g_assert_false (lm_store_is_shared (test->store));
}

/* What was saved comes back to the byte, also after the app was started again. */
static void
test_round_trip (LmTestStore *test, gconstpointer data)
{
  static const char *const texts[] = { "plain", "Grüße 😀\n\nשלום \"quoted\" \\ \t end", "" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      LmId id = lm_test_id (i);
      g_autoptr (LmRecord) record = lm_test_save (test->store, &id, texts[i], NULL, NULL),
                           read = NULL;
      g_autoptr (GError) error = NULL;

      lm_test_assert_text (record, texts[i]);
      lm_test_store_reopen (test);
      read = lm_store_read (test->store, &id, &error);
      g_assert_no_error (error);
      assert_same (read, record);
      g_assert_true (lm_id_equal (&read->hash, &record->hash));
      {
        g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

        g_assert_cmpuint (loaded->records->len, ==, i + 1);
        g_assert_cmpuint (loaded->problems->len, ==, 0);
        assert_same (lm_test_find (loaded, &id), record);
      }
    }
}

/* As another computer writes it. */
static void
test_foreign_writer (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "from elsewhere", &device, 3);
  g_autoptr (LmRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  lm_test_put (test, name, file);
  read = lm_store_read (test->store, &id, &error);
  g_assert_no_error (error);
  lm_test_assert_text (read, "from elsewhere");
  g_assert_cmpint (lm_saves_sum (read->saves), ==, 3);
}

static void
set_time (LmTestStore *test, const char *name, gint64 seconds)
{
  g_autofree char *path = g_build_filename (test->entries, name, NULL);
  const struct timespec times[] = { { seconds, 0 }, { seconds, 0 } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
put_at (LmTestStore *test, guint i, gint64 seconds)
{
  LmId id = lm_test_id (i), device = lm_test_id (5000);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "text", &device, 1);

  lm_test_put (test, name, file);
  set_time (test, name, seconds);
}

/* What changed last comes first, wherever its name stands; so many that their times are asked for
 * by more than one thread. */
static void
test_newest_first (LmTestStore *test, gconstpointer data)
{
  static const guint counts[] = { 5, 1201 };

  for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      guint n = counts[k];
      g_autoptr (LmTestLoaded) loaded = NULL;

      for (guint i = 0; i < n; i++)
        put_at (test, i * 273 % n, 1000000 - i);
      lm_test_store_reopen (test);
      loaded = lm_test_load (test->store);
      g_assert_cmpuint (loaded->records->len, ==, n);
      for (guint i = 0; i < n; i++)
        {
          LmId id = lm_test_id (i * 273 % n);
          LmRecord *record = loaded->records->pdata[i];

          g_assert_true (lm_id_equal (&record->id, &id));
        }
    }
}

/* Times say nothing about which of two files is the record's own. */
static void
test_own_file_before_others (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (7), device = lm_test_id (5000);
  g_autofree char *name = lm_test_file_name (&id), *inner = g_strdup_printf ("ab/%s", name);
  g_autofree char *folder = g_build_filename (test->entries, "ab", NULL);
  g_autoptr (GBytes) own = lm_test_entry_saved (&id, "own", &device, 1);
  g_autoptr (GBytes) other = lm_test_entry_saved (&id, "other", &device, 1);
  g_autoptr (LmTestLoaded) loaded = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  lm_test_put (test, name, own);
  lm_test_put (test, inner, other);
  set_time (test, name, 1000);
  set_time (test, inner, 2000);
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, 1);
  lm_test_assert_text (loaded->records->pdata[0], "own");
  g_assert_cmpuint (loaded->problems->len, ==, 1);
}

static void
take_records (GPtrArray *records, guint n_files, gpointer data)
{
  g_ptr_array_extend_and_steal (data, records);
}

/* What was read to be searched says the same as what was not, also where a copy stands for it. */
static void
test_searchable (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  LmId person = lm_test_id (2000), device = lm_test_id (5000);
  g_autofree char *person_name = lm_test_file_name (&person);
  g_autoptr (GBytes) anna = lm_test_entry (&person, "{\"kind\":\"person\",\"name\":\"Anna\"}");

  for (guint i = 0; i < 300; i++)
    {
      LmId id = lm_test_id (i);
      g_autofree char *own = lm_test_file_name (&id);
      g_autofree char *name = i % 7 == 0 ? g_strdup_printf ("copy %u.json", i) : g_strdup (own);
      g_autofree char *text = g_strdup_printf ("GRÜSSE %u", i);
      g_autoptr (GBytes) file = lm_test_entry_saved (&id, text, &device, 1);

      lm_test_put (test, name, file);
    }
  lm_test_put (test, person_name, anna);
  g_assert_true (lm_store_load (test->store, TRUE, take_records, records, &problems, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 301);
  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];
      g_autoptr (LmRecord) plain = NULL;
      g_autoptr (GBytes) payload = lm_record_payload (record);
      g_autofree char *text = lm_record_text (record), *folded = lm_fold (text);
      LmId hash = lm_vault_hash (payload);

      g_assert_true (lm_id_equal (&hash, &record->hash));
      plain = lm_record_read (&record->id, payload, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (lm_record_folded (record), ==, folded);
      g_assert_cmpstr (lm_record_folded (plain), ==, folded);
    }
}

static void
test_batches (LmTestStore *test, gconstpointer data)
{
  const guint n = 600;
  g_autoptr (LmTestLoaded) loaded = NULL;
  LmId device = lm_test_id (5000);

  for (guint i = 0; i < n; i++)
    {
      LmId id = lm_test_id (i);
      g_autofree char *name = lm_test_file_name (&id), *text = g_strdup_printf ("text %u", i);
      g_autoptr (GBytes) file = lm_test_entry_saved (&id, text, &device, 1);

      lm_test_put (test, name, file);
    }
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, n);
  g_assert_cmpuint (loaded->batches, >=, 2);
  for (guint i = 0; i < n; i += 37)
    {
      LmId id = lm_test_id (i);
      g_autofree char *text = g_strdup_printf ("text %u", i);

      lm_test_assert_text (lm_test_find (loaded, &id), text);
    }
}

static void
keep_nothing (GPtrArray *records, guint n_files, gpointer data)
{
  g_ptr_array_unref (records);
}

static void
test_cancelled (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = lm_test_save (test->store, &id, "text", NULL, NULL);

  g_cancellable_cancel (cancellable);
  g_assert_false (
      lm_store_load (test->store, FALSE, keep_nothing, NULL, &problems, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (problems);
}

/* Only what is a record by its name is looked at. */
static void
test_ignored (LmTestStore *test, gconstpointer data)
{
  static const char *const names[] = { ".hidden.json",
                                       ".~x.part",
                                       "x.part",
                                       "notes.txt",
                                       "x.json.tmp",
                                       "x.JSON",
                                       ".syncthing.x.json.tmp",
                                       "x.json~",
                                       "abc/x.json",
                                       "AB/x.json",
                                       "zz/x.json",
                                       "ab/cd/x.json",
                                       "ab/.x.json",
                                       "ab/x.txt",
                                       ".ab/x.json" };
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "text", &device, 1);
  g_autoptr (LmTestLoaded) loaded = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    lm_test_put (test, names[i], file);
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, 0);
  g_assert_cmpuint (loaded->problems->len, ==, 0);
}

static void
test_shards (LmTestStore *test, gconstpointer data)
{
  LmId a = lm_test_id (1), b = lm_test_id (2), device = lm_test_id (50);
  g_autofree char *name_a = lm_test_file_name (&a), *name_b = lm_test_file_name (&b);
  g_autofree char *shard_a = g_strdup_printf ("00/%s", name_a),
                  *shard_b = g_strdup_printf ("ff/%s", name_b);
  g_autoptr (GBytes) file_a = lm_test_entry_saved (&a, "in one", &device, 1),
                     file_b = lm_test_entry_saved (&b, "in another", &device, 1);
  g_autoptr (GBytes) damaged = lm_test_slice (file_a, 100);
  g_autoptr (LmTestLoaded) loaded = NULL;

  lm_test_put (test, shard_a, file_a);
  lm_test_put (test, shard_b, file_b);
  lm_test_put (test, "a0/damaged.json", damaged);
  loaded = lm_test_load (test->store);
  g_assert_cmpuint (loaded->records->len, ==, 2);
  lm_test_assert_text (lm_test_find (loaded, &a), "in one");
  lm_test_assert_text (lm_test_find (loaded, &b), "in another");
  g_assert_cmpuint (loaded->problems->len, ==, 1);
  g_assert_nonnull (lm_test_find_problem (loaded, "entries/a0/damaged.json"));
}

static void
test_read_fails (LmTestStore *test, gconstpointer data)
{
  LmId absent = lm_test_id (1), swapped = lm_test_id (2), other = lm_test_id (3),
       device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&swapped);
  g_autoptr (GBytes) file = lm_test_entry_saved (&other, "text", &device, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (lm_store_read (test->store, &absent, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A good file under the name of another record. */
  lm_test_put (test, name, file);
  g_assert_null (lm_store_read (test->store, &swapped, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED);
}

static void
test_no_entries_folder (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lm_test_store_close (test);
  g_assert_cmpint (g_rmdir (test->entries), ==, 0);
  g_assert_null (lm_store_open (test->folder, test->opened, test->clock, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (test->entries, G_FILE_TEST_EXISTS));
}

/* The folder of this computer cannot be made. */
static void
test_no_local_folder (LmTestStore *test, gconstpointer data)
{
  g_autofree char *drafts = g_build_filename (test->local, "drafts", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("in the way");
  g_autoptr (GError) error = NULL;

  lm_test_store_close (test);
  g_assert_cmpint (g_rmdir (drafts), ==, 0);
  lm_test_write (drafts, text);
  g_assert_null (lm_store_open (test->folder, test->opened, test->clock, &error));
  g_assert_true (error->domain == LM_STORE_ERROR);
  g_assert_cmpint (g_unlink (drafts), ==, 0);
}

static void
test_device (LmTestStore *test, gconstpointer data)
{
  LmId first = *lm_store_device (test->store), id = lm_test_id (1);
  g_autoptr (LmRecord) record = lm_test_save (test->store, &id, "text", NULL, NULL);

  g_assert_true (lm_saves_count (record->saves, &first) > 0);
  lm_test_store_reopen (test);
  g_assert_true (lm_id_equal (&first, lm_store_device (test->store)));
}

/* A second program beside the first: it works, and leaves the tidying and "seen" to the other. */
static void
test_shared (LmTestStore *test, gconstpointer data)
{
  g_autofree char *seen = g_build_filename (test->local, "seen.json", NULL);
  LmStore *second = lm_test_store_open (test);
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_store_is_shared (second));
  g_assert_false (lm_store_is_shared (test->store));
  record = lm_test_save (second, &id, "from the second", NULL, NULL);
  g_assert_true (lm_store_write_seen (second, &error));
  g_assert_false (g_file_test (seen, G_FILE_TEST_EXISTS));
  g_assert_true (lm_store_close (second, &error));
  g_assert_false (g_file_test (seen, G_FILE_TEST_EXISTS));
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

    lm_test_assert_text (lm_test_find (loaded, &id), "from the second");
  }
  g_assert_true (lm_store_write_seen (test->store, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (seen, G_FILE_TEST_IS_REGULAR));
}

/* Whatever the umask, nobody else reads along. */
static void
assert_private (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  if ((info.st_mode & 0777) != (S_ISDIR (info.st_mode) ? 0700 : 0600))
    g_error ("%s has the mode %o", path, info.st_mode & 0777);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      assert_private (inside);
    }
}

static void
test_modes (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmContent) draft = lm_test_content ("draft");
  g_autoptr (LmRecord) first = NULL, second = NULL;
  mode_t before = umask (0);

  first = lm_test_save (test->store, &id, "one", NULL, NULL);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  g_assert_true (lm_store_save_draft (test->store, &id, draft, second, NULL));
  lm_test_store_close (test);
  umask (before);
  assert_private (test->entries);
  assert_private (test->local);
  g_assert_cmpuint (lm_test_count (test->local, ".json"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store/empty", test_empty);
  LM_TEST_STORE_ADD ("/journal/store/round-trip", test_round_trip);
  LM_TEST_STORE_ADD ("/journal/store/foreign-writer", test_foreign_writer);
  LM_TEST_STORE_ADD ("/journal/store/batches", test_batches);
  LM_TEST_STORE_ADD ("/journal/store/newest-first", test_newest_first);
  LM_TEST_STORE_ADD ("/journal/store/own-file-before-others", test_own_file_before_others);
  LM_TEST_STORE_ADD ("/journal/store/searchable", test_searchable);
  LM_TEST_STORE_ADD ("/journal/store/cancelled", test_cancelled);
  LM_TEST_STORE_ADD ("/journal/store/ignored", test_ignored);
  LM_TEST_STORE_ADD ("/journal/store/shards", test_shards);
  LM_TEST_STORE_ADD ("/journal/store/read-fails", test_read_fails);
  LM_TEST_STORE_ADD ("/journal/store/no-entries-folder", test_no_entries_folder);
  LM_TEST_STORE_ADD ("/journal/store/no-local-folder", test_no_local_folder);
  LM_TEST_STORE_ADD ("/journal/store/device", test_device);
  LM_TEST_STORE_ADD ("/journal/store/shared", test_shared);
  LM_TEST_STORE_ADD ("/journal/store/modes", test_modes);
  return g_test_run ();
}
