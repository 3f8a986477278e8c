/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-saves.h"
#include "lm-test-journal.h"

/* Saving: what is replaced is kept, what somebody else wrote is never lost. */

static char *
version_path (LmTestStore *test, LmRecord *record)
{
  g_autofree char *name = lm_test_file_name (&record->hash);

  return g_build_filename (test->local, "versions", lm_id_format (&record->id).digits, name, NULL);
}

static guint
count_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (id).digits, NULL);

  return lm_test_count (path, "");
}

/* The version is the file as it was, to the byte. */
static void
assert_version (LmTestStore *test, LmRecord *record, GBytes *file)
{
  g_autofree char *path = version_path (test, record);
  g_autoptr (GBytes) version = lm_test_read (path);

  g_assert_true (g_bytes_equal (version, file));
}

static void
test_bookkeeping (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL), second = NULL;
  g_autoptr (GDateTime) later = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00+01:00", NULL);
  g_autoptr (LmContent) content = NULL;
  gint64 revision = 0;

  lm_clock_set (test->clock, later);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  g_assert_cmpint (lm_saves_sum (first->saves), ==, 1);
  g_assert_cmpint (lm_saves_sum (second->saves), ==, 2);
  g_assert_cmpint (lm_saves_compare (second->saves, first->saves), ==, LM_SAVES_NEWER);
  content = lm_record_content (second);
  g_assert_true (lm_json_get_integer (lm_content_json (content), "revision", &revision));
  g_assert_cmpint (revision, ==, 2);
  g_assert_cmpstr (lm_content_get_string (content, "device"),
                   ==,
                   lm_id_format (lm_store_device (test->store)).digits);
  g_assert_cmpstr (lm_content_get_string (content, "modified"), ==, "2026-11-24T08:00:00+01:00");
  g_assert_cmpstr (lm_content_get_string (content, "created"), ==, "2026-11-23T20:00:00+01:00");
}

/* Both the new file and the one that it replaces are among the versions; nothing else stays. */
static void
test_versions (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL), second = NULL;
  g_autoptr (GBytes) first_file = lm_test_get (test, name), second_file = NULL;
  gboolean conflict = TRUE;

  assert_version (test, first, first_file);
  second = lm_test_save (test->store, &id, "two", first, &conflict);
  second_file = lm_test_get (test, name);
  g_assert_false (conflict);
  assert_version (test, first, first_file);
  assert_version (test, second, second_file);
  g_assert_cmpuint (count_versions (test, &id), ==, 2);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
}

/* One that came from another computer is kept too, before it goes. */
static void
test_version_of_displaced (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "from elsewhere", &device, 3);
  g_autoptr (LmRecord) base = NULL, saved = NULL;
  gboolean conflict = TRUE;

  lm_test_put (test, name, file);
  base = lm_store_read (test->store, &id, NULL);
  g_assert_cmpuint (count_versions (test, &id), ==, 0);
  saved = lm_test_save (test->store, &id, "from elsewhere, and more", base, &conflict);
  g_assert_false (conflict);
  g_assert_cmpint (lm_saves_sum (saved->saves), ==, 4);
  assert_version (test, base, file);
  g_assert_cmpuint (count_versions (test, &id), ==, 2);
}

/* Without its version, nothing is saved: the old file stays as it is. */
static void
test_no_version_no_save (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), new_id = lm_test_id (2);
  g_autofree char *name = lm_test_file_name (&id), *new_name = lm_test_file_name (&new_id);
  g_autofree char *versions =
      g_build_filename (test->local, "versions", lm_id_format (&id).digits, NULL);
  g_autofree char *away = g_build_filename (test->local, "away", NULL);
  g_autofree char *new_versions =
      g_build_filename (test->local, "versions", lm_id_format (&new_id).digits, NULL);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (GBytes) before = lm_test_get (test, name), after = NULL,
                     text = lm_test_bytes ("in the way");
  g_autoptr (LmContent) content = lm_test_content ("two");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (versions, away), ==, 0);
  lm_test_write (versions, text);
  lm_test_write (new_versions, text);
  g_assert_null (lm_store_save (test->store, &id, content, first, NULL, &error));
  g_assert_true (error->domain == LM_STORE_ERROR);
  g_clear_error (&error);
  g_assert_null (lm_store_save (test->store, &new_id, content, NULL, NULL, &error));
  g_assert_true (error->domain == LM_STORE_ERROR);
  after = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
}

static void
assert_conflict_kept (LmTestStore *test, const LmId *id, GBytes *other)
{
  g_autofree char *prefix = g_strdup_printf ("%s.conflict-", lm_id_format (id).digits);
  g_autofree char *name = lm_test_one_name (test->entries, prefix, ".json");
  g_autoptr (GBytes) kept = NULL;

  g_assert_nonnull (name);
  kept = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (kept, other));
  g_assert_cmpuint (lm_test_count (test->entries, ".part"), ==, 0);
}

/* Another program changed the file between loading and saving: both texts are there. */
static void
test_conflict (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  LmStore *other = lm_test_store_open (test);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "base", NULL, NULL);
  g_autoptr (LmRecord) theirs = NULL, ours = NULL, read = NULL;
  g_autoptr (GBytes) their_file = NULL;
  gboolean conflict = TRUE;

  theirs = lm_test_save (other, &id, "theirs", base, &conflict);
  g_assert_false (conflict);
  their_file = lm_test_get (test, name);
  ours = lm_test_save (test->store, &id, "ours", base, &conflict);
  g_assert_true (conflict);
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "ours");
  assert_conflict_kept (test, &id, their_file);
  assert_version (test, theirs, their_file);
  {
    g_autoptr (LmTestLoaded) loaded = lm_test_load (test->store);

    lm_test_assert_text (lm_test_find (loaded, &id), "ours");
    g_assert_cmpuint (loaded->problems->len, ==, 1);
    g_assert_null (((LmProblem *) loaded->problems->pdata[0])->error);
  }
  lm_store_close (other, NULL);
}

/* A new record whose id has a file already, as when a file arrived late. */
static void
test_conflict_new (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GBytes) file = lm_test_entry_saved (&id, "was there", &device, 3);
  g_autoptr (LmRecord) saved = NULL, read = NULL;
  gboolean conflict = FALSE;

  lm_test_put (test, name, file);
  saved = lm_test_save (test->store, &id, "new", NULL, &conflict);
  g_assert_true (conflict);
  assert_conflict_kept (test, &id, file);
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "new");
}

/* Another file, whatever it is, stays to the byte: cut off, zeros, of a newer version, a link. */
static void
test_conflict_damaged (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id),
                  *path = g_build_filename (test->entries, name, NULL);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "base", NULL, NULL), saved = NULL;
  g_autoptr (GBytes) good = lm_test_entry_saved (&id, "text", &device, 9),
                     cut = lm_test_slice (good, 1000);
  gboolean conflict = FALSE;

  lm_test_write (path, cut);
  saved = lm_test_save (test->store, &id, "saved", base, &conflict);
  g_assert_true (conflict);
  assert_conflict_kept (test, &id, cut);
}

static void
test_conflict_link (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id),
                  *path = g_build_filename (test->entries, name, NULL);
  g_autofree char *outside = lm_test_path ("outside");
  g_autoptr (GBytes) text = lm_test_bytes ("not ours"), after = NULL;
  g_autoptr (LmRecord) saved = NULL, read = NULL;
  gboolean conflict = FALSE;

  lm_test_write (outside, text);
  g_assert_cmpint (symlink (outside, path), ==, 0);
  saved = lm_test_save (test->store, &id, "saved", NULL, &conflict);
  g_assert_true (conflict);
  after = lm_test_read (outside);
  g_assert_true (g_bytes_equal (after, text));
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "saved");
}

/* The file was taken away meanwhile: what is saved is there again. */
static void
test_removed (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id),
                  *path = g_build_filename (test->entries, name, NULL);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "base", NULL, NULL), saved = NULL,
                       read = NULL;
  gboolean conflict = TRUE;

  g_assert_cmpint (g_unlink (path), ==, 0);
  saved = lm_test_save (test->store, &id, "saved", base, &conflict);
  g_assert_false (conflict);
  read = lm_store_read (test->store, &id, NULL);
  lm_test_assert_text (read, "saved");
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
}

/* The same state on disk, sealed anew by another computer: no conflict, for the text is the same.
 */
static void
test_resealed (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "base", NULL, NULL), saved = NULL;
  g_autoptr (GBytes) payload = lm_record_payload (base);
  g_autoptr (GBytes) resealed =
      lm_vault_seal (test->opened->vault, LM_SEAL_ENTRY, &id, payload, NULL);
  gboolean conflict = TRUE;

  lm_test_put (test, name, resealed);
  saved = lm_test_save (test->store, &id, "saved", base, &conflict);
  g_assert_false (conflict);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
}

static void
test_trash (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "text", NULL, NULL), deleted = NULL,
                       restored = NULL;
  g_autoptr (LmContent) content = lm_record_content (base);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmTestLoaded) loaded = NULL;

  lm_content_set_deleted (content, now);
  deleted = lm_store_save (test->store, &id, content, base, NULL, NULL);
  loaded = lm_test_load (test->store);
  g_assert_true (lm_test_find (loaded, &id)->deleted);
  lm_test_assert_text (lm_test_find (loaded, &id), "text");
  lm_content_set_deleted (content, NULL);
  restored = lm_store_save (test->store, &id, content, deleted, NULL, NULL);
  g_assert_false (restored->deleted);
  g_assert_cmpint (lm_saves_sum (restored->saves), ==, 3);
}

static void
test_too_large (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *text = g_strnfill (17 * 1024 * 1024, 'x');
  g_autoptr (LmContent) content = lm_test_content (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (lm_store_save (test->store, &id, content, NULL, NULL, &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_TOO_LARGE);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 0);
}

/* A disk that takes no changes: said at once, and what is typed is kept on this computer. */
static void
test_read_only (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmContent) content = lm_test_content ("text");
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      if (!lm_test_may_make_read_only ())
        {
          g_test_skip ("this system does not let a test mount a folder read-only");
          return;
        }
      lm_test_store_close (test);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  lm_test_store_close (test);
  g_assert_true (lm_test_make_read_only (test->path));
  test->store = lm_test_store_open (test);
  g_assert_true (lm_store_is_read_only (test->store));
  g_assert_null (lm_store_save (test->store, &id, content, NULL, NULL, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_true (lm_store_save_draft (test->store, &id, content, NULL, &error));
  g_assert_no_error (error);
}

/* In the journal first, among the versions behind that; what it replaced is there before. */
static void
test_version_behind (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id), *path = NULL;
  g_autoptr (LmRecord) first = NULL, second = NULL, third = NULL;
  g_autoptr (GBytes) unkept = NULL, file = NULL, last = NULL;
  g_autoptr (LmContent) content = lm_test_content ("one");
  g_autoptr (GError) error = NULL;
  gboolean conflict = TRUE;

  first = lm_store_save_first (test->store, &id, content, NULL, &conflict, &unkept, &error);
  g_assert_no_error (error);
  g_assert_false (conflict);
  file = lm_test_get (test, name);
  g_assert_true (g_bytes_equal (file, unkept));
  path = version_path (test, first);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (lm_store_keep_saved (test->store, first, unkept, &error));
  g_assert_no_error (error);
  assert_version (test, first, file);
  /* The program ended between the two: what is replaced is kept all the same. */
  lm_content_set_string (content, "text", "two");
  second = lm_store_save_first (test->store, &id, content, first, &conflict, &last, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
  third = lm_test_save (test->store, &id, "three", second, &conflict);
  g_assert_false (conflict);
  g_assert_cmpuint (count_versions (test, &id), ==, 3);
  assert_version (test, second, last);
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-save/bookkeeping", test_bookkeeping);
  LM_TEST_STORE_ADD ("/journal/store-save/versions", test_versions);
  LM_TEST_STORE_ADD ("/journal/store-save/version-of-displaced", test_version_of_displaced);
  LM_TEST_STORE_ADD ("/journal/store-save/no-version-no-save", test_no_version_no_save);
  LM_TEST_STORE_ADD ("/journal/store-save/conflict", test_conflict);
  LM_TEST_STORE_ADD ("/journal/store-save/conflict-new", test_conflict_new);
  LM_TEST_STORE_ADD ("/journal/store-save/conflict-damaged", test_conflict_damaged);
  LM_TEST_STORE_ADD ("/journal/store-save/conflict-link", test_conflict_link);
  LM_TEST_STORE_ADD ("/journal/store-save/removed", test_removed);
  LM_TEST_STORE_ADD ("/journal/store-save/resealed", test_resealed);
  LM_TEST_STORE_ADD ("/journal/store-save/version-behind", test_version_behind);
  LM_TEST_STORE_ADD ("/journal/store-save/trash", test_trash);
  LM_TEST_STORE_ADD ("/journal/store-save/too-large", test_too_large);
  LM_TEST_STORE_ADD ("/journal/store-save/read-only", test_read_only);
  return g_test_run ();
}
