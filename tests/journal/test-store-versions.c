/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "lm-test-journal.h"

/* What this computer keeps of earlier states: listed, read, brought back, and thinned only where
 * nothing hangs on it. */

static GPtrArray *
list (LmTestStore *test, const LmId *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *versions = lm_store_list_versions (test->store, id, NULL, &error);

  g_assert_no_error (error);
  return versions;
}

static void
assert_count (LmTestStore *test, const LmId *id, guint count)
{
  g_autoptr (GPtrArray) versions = list (test, id);

  g_assert_cmpuint (versions->len, ==, count);
}

/* The app is used on the next days too. */
static void
use_for (LmTestStore *test, int n_days)
{
  for (int i = 0; i < n_days; i++)
    {
      g_autoptr (GDateTime) now = lm_clock_now (test->clock);
      g_autoptr (GDateTime) next = g_date_time_add_days (now, 1);

      lm_clock_set (test->clock, next);
      g_assert_true (lm_store_write_seen (test->store, NULL));
    }
}

static void
pass (LmTestStore *test, int seconds)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) next = g_date_time_add_seconds (now, seconds);

  lm_clock_set (test->clock, next);
}

/* @n states of one entry, a second apart. */
static LmRecord *
save_some (LmTestStore *test, const LmId *id, guint n, LmRecord *base)
{
  LmRecord *record = base != NULL ? lm_record_ref (base) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("state %u", i);
      LmRecord *next = lm_test_save (test->store, id, text, record, NULL);

      g_clear_pointer (&record, lm_record_unref);
      record = next;
      pass (test, 1);
    }
  return record;
}

static guint
thin (LmTestStore *test, const LmId *id)
{
  g_autoptr (GError) error = NULL;
  guint removed = 99;

  g_assert_true (lm_store_thin_versions (test->store, id, &removed, &error));
  g_assert_no_error (error);
  return removed;
}

static void
test_list (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  assert_count (test, &id, 0);
  record = save_some (test, &id, 4, NULL);
  versions = list (test, &id);
  g_assert_cmpuint (versions->len, ==, 4);
  lm_test_assert_text (versions->pdata[0], "state 3");
  lm_test_assert_text (versions->pdata[3], "state 0");
  g_assert_true (lm_id_equal (&((LmRecord *) versions->pdata[0])->hash, &record->hash));
}

/* Of another record, renamed, or broken: named, and never shown as a version. */
static void
test_strange (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) record = save_some (test, &id, 1, NULL);
  g_autoptr (GBytes) foreign = lm_test_entry (&other, "{\"kind\":\"entry\"}");
  g_autoptr (GBytes) broken = lm_test_bytes ("{}");
  g_autofree char *folder =
      g_build_filename (test->local, "versions", lm_id_format (&id).digits, NULL);
  g_autofree char *path = g_build_filename (folder, "00000000000000000000000000000000.json", NULL);
  g_autofree char *broken_path =
      g_build_filename (folder, "00000000000000000000000000000001.json", NULL);
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  g_autoptr (GPtrArray) versions = NULL;
  LmId zero = { 0 };

  lm_test_write (path, foreign);
  lm_test_write (broken_path, broken);
  versions = lm_store_list_versions (test->store, &id, problems, NULL);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_null (lm_store_read_version (test->store, &id, &zero, NULL));
}

static void
test_read (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) first = save_some (test, &id, 1, NULL);
  g_autoptr (LmRecord) second = save_some (test, &id, 1, first);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmRecord) read = lm_store_read_version (test->store, &id, &first->hash, &error);

  g_assert_no_error (error);
  lm_test_assert_text (read, "state 0");
  g_assert_null (lm_store_read_version (test->store, &other, &first->hash, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
}

/* Two with equal counts: a save that failed at the last step, and the one that followed. */
static void
test_equal_counts (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = save_some (test, &id, 1, NULL);
  g_autoptr (LmRecord) second = NULL;
  g_autoptr (LmRecord) failed = NULL;
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"entry\",\"saves\":{\"%s\":2},"
                       "\"modified\":\"2026-11-23T21:04:12+01:00\",\"text\":\"failed\"}",
                       lm_id_format (lm_store_device (test->store)).digits);
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);
  g_autoptr (GBytes) file = lm_test_entry (&id, payload);
  LmId hash = lm_vault_hash (bytes);
  g_autofree char *path = g_strdup_printf ("%s/versions/%s/%s.json",
                                           test->local,
                                           lm_id_format (&id).digits,
                                           lm_id_format (&hash).digits);
  g_autoptr (GPtrArray) versions = NULL;

  lm_test_write (path, file);
  pass (test, 1);
  second = lm_test_save (test->store, &id, "kept", first, NULL);
  versions = list (test, &id);
  g_assert_cmpuint (versions->len, ==, 3);
  lm_test_assert_text (versions->pdata[0], "kept");
  lm_test_assert_text (versions->pdata[1], "failed");
  /* The failed one is no step on the way to what is there. */
  use_for (test, 10);
  g_assert_cmpuint (thin (test, &id), ==, 1);
  failed = lm_store_read_version (test->store, &id, &hash, NULL);
  lm_test_assert_text (failed, "failed");
}

static void
test_restore (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmContent) content = lm_test_content ("one");
  g_autoptr (LmRecord) first = NULL;
  g_autoptr (LmRecord) second = NULL;
  g_autoptr (LmRecord) third = NULL;
  g_autoptr (LmRecord) fourth = NULL;
  g_autoptr (LmRecord) before = NULL;
  g_autoptr (LmContent) restored = NULL;
  g_autoptr (JsonObject) deep = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (deep, "new", "from a newer version");
  json_object_set_object_member (lm_content_json (content), "unknown", json_object_ref (deep));
  first = lm_store_save (test->store, &id, content, NULL, NULL, NULL);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  third = lm_store_restore_version (test->store, &id, &first->hash, &before, &error);
  g_assert_no_error (error);
  lm_test_assert_text (third, "one");
  g_assert_true (lm_id_equal (&before->hash, &second->hash));
  restored = lm_record_content (third);
  g_assert_cmpstr (
      lm_json_get_string (lm_json_get_object (lm_content_json (restored), "unknown"), "new"),
      ==,
      "from a newer version");
  /* And undone. */
  fourth = lm_store_restore_version (test->store, &id, &before->hash, NULL, &error);
  lm_test_assert_text (fourth, "two");
  assert_count (test, &id, 4);
}

/* What is not there, and what no version can take the place of. */
static void
test_restore_refused (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), none = lm_test_id (2), other = lm_test_id (3), hash = lm_test_id (4);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *newer_name = lm_test_file_name (&other);
  g_autoptr (GBytes) gone = lm_test_entry (&id, "{\"kind\":\"gone\",\"saves\":{}}");
  g_autoptr (GBytes) newer = lm_test_entry (&other, "{\"kind\":\"dream-of-2040\"}");
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "two", first, NULL);
  g_autoptr (GError) absent = NULL, unknown = NULL, kind = NULL, strange = NULL;

  g_assert_null (lm_store_restore_version (test->store, &none, &first->hash, NULL, &absent));
  g_assert_error (absent, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_null (lm_store_restore_version (test->store, &id, &hash, NULL, &unknown));
  g_assert_error (unknown, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  lm_test_put (test, name, gone);
  g_assert_null (lm_store_restore_version (test->store, &id, &first->hash, NULL, &kind));
  g_assert_true (kind->domain == LM_STORE_ERROR);
  lm_test_put (test, newer_name, newer);
  g_assert_null (lm_store_restore_version (test->store, &other, &first->hash, NULL, &strange));
  g_assert_nonnull (strange);
}

/* Whether it is in the trash is of now, not of then. */
static void
test_restore_in_trash (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmRecord) first = save_some (test, &id, 1, NULL);
  g_autoptr (LmContent) content = lm_record_content (first);
  g_autoptr (LmRecord) trashed = NULL;
  g_autoptr (LmRecord) back = NULL;
  g_autoptr (LmRecord) out = NULL;
  g_autoptr (LmRecord) again = NULL;
  g_autoptr (LmContent) untrashed = NULL;

  lm_content_set_deleted (content, now);
  trashed = lm_store_save (test->store, &id, content, first, NULL, NULL);
  back = lm_store_restore_version (test->store, &id, &first->hash, NULL, NULL);
  g_assert_true (back->deleted);
  untrashed = lm_record_content (back);
  lm_content_set_deleted (untrashed, NULL);
  out = lm_store_save (test->store, &id, untrashed, back, NULL, NULL);
  again = lm_store_restore_version (test->store, &id, &trashed->hash, NULL, NULL);
  g_assert_false (again->deleted);
}

static void
test_thin (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_some (test, &id, 5, NULL);
  g_autoptr (LmRecord) next = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  g_assert_cmpuint (thin (test, &id), ==, 0);
  use_for (test, 2);
  /* The newest is the one of its hour, the others went. */
  g_assert_cmpuint (thin (test, &id), ==, 4);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  next = save_some (test, &id, 3, record);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  versions = list (test, &id);
  g_assert_cmpuint (versions->len, ==, 4);
  lm_test_assert_text (versions->pdata[3], "state 4");
}

/* Without days of use nothing is old, whatever the clock says. */
static void
test_thin_clock (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_some (test, &id, 5, NULL);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) ahead = g_date_time_add_years (now, 20);
  g_autoptr (GDateTime) back = g_date_time_add_years (now, -20);

  for (int i = 0; i < 40; i++)
    {
      lm_clock_set (test->clock, ahead);
      lm_test_store_reopen (test);
      g_assert_cmpuint (thin (test, &id), ==, 0);
      lm_clock_set (test->clock, back);
      lm_test_store_reopen (test);
      g_assert_cmpuint (thin (test, &id), ==, 0);
    }
  assert_count (test, &id, 5);
}

static void
test_thin_draft (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (9);
  g_autoptr (LmRecord) base = save_some (test, &id, 2, NULL);
  g_autoptr (LmRecord) record = save_some (test, &id, 3, base);
  g_autoptr (LmContent) draft = lm_test_content ("a draft");
  g_autofree char *name = lm_test_file_name (&other);
  g_autofree char *path = g_build_filename (test->local, "drafts", name, NULL);
  g_autoptr (GBytes) broken = lm_test_bytes ("{");
  g_autoptr (LmRecord) kept = NULL;

  use_for (test, 2);
  /* Somebody's draft that cannot be opened: perhaps of this entry. */
  lm_test_write (path, broken);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_true (lm_store_save_draft (test->store, &id, draft, base, NULL));
  g_assert_cmpuint (thin (test, &id), ==, 3);
  kept = lm_store_read_version (test->store, &id, &base->hash, NULL);
  g_assert_nonnull (kept);
}

/* A copy from another computer waits for the person, or a file is still arriving. */
static void
test_thin_conflict (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), device = lm_test_id (7);
  g_autoptr (LmRecord) record = save_some (test, &id, 5, NULL);
  g_autoptr (GBytes) copy = lm_test_entry_saved (&id, "theirs", &device, 3);
  g_autoptr (GBytes) part = lm_test_slice (copy, g_bytes_get_size (copy) / 2);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *path = g_build_filename (test->entries, "elsewhere.json", NULL);
  g_autofree char *own = g_build_filename (test->entries, name, NULL);

  use_for (test, 2);
  lm_test_put (test, "elsewhere.json", copy);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  lm_test_put (test, "elsewhere.json", part);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  g_assert_cmpint (g_rename (path, own), ==, 0);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  g_assert_cmpint (g_unlink (own), ==, 0);
  g_assert_cmpuint (thin (test, &id), ==, 0);
  assert_count (test, &id, 5);
}

/* What is on disk now is another computer's: the newest of this one stays, though it is older. */
static void
test_thin_own (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_some (test, &id, 2, NULL);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"entry\",\"device\":\"%s\",\"saves\":{\"%s\":2,\"%s\":4},"
                       "\"modified\":\"2026-11-23T21:50:00+01:00\",\"text\":\"x\"}",
                       "00000000000000000000000000000007",
                       lm_id_format (lm_store_device (test->store)).digits,
                       "00000000000000000000000000000007");
  g_autoptr (GBytes) theirs = lm_test_entry (&id, payload);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (LmRecord) present = NULL;
  g_autoptr (LmRecord) kept = NULL;
  g_autofree char *path = NULL;

  lm_test_put (test, name, theirs);
  present = lm_store_read (test->store, &id, NULL);
  path = g_strdup_printf ("%s/versions/%s/%s.json",
                          test->local,
                          lm_id_format (&id).digits,
                          lm_id_format (&present->hash).digits);
  lm_test_write (path, theirs);
  use_for (test, 2);
  versions = list (test, &id);
  g_assert_cmpuint (versions->len, ==, 3);
  lm_test_assert_text (versions->pdata[0], "x");
  g_assert_cmpuint (thin (test, &id), ==, 1);
  kept = lm_store_read_version (test->store, &id, &record->hash, NULL);
  lm_test_assert_text (kept, "state 1");
}

static void
test_thin_shared (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_some (test, &id, 5, NULL);
  LmStore *second;
  guint removed;

  use_for (test, 2);
  second = lm_test_store_open (test);
  g_assert_true (lm_store_is_shared (second));
  g_assert_true (lm_store_thin_versions (second, &id, &removed, NULL));
  g_assert_cmpuint (removed, ==, 0);
  lm_store_close (second, NULL);
  assert_count (test, &id, 5);
}

/* A version that was damaged on the disk is written again, by the same save. */
static void
test_damaged (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) record = save_some (test, &id, 1, NULL);
  g_autoptr (GBytes) broken = lm_test_bytes ("");
  g_autofree char *file = g_strdup_printf ("versions/%s/%s.json",
                                           lm_id_format (&id).digits,
                                           lm_id_format (&record->hash).digits);
  g_autofree char *path = g_build_filename (test->local, file, NULL);
  g_autoptr (LmRecord) next = NULL;
  g_autoptr (LmRecord) kept = NULL;

  lm_test_write (path, broken);
  next = lm_test_save (test->store, &id, "next", record, NULL);
  kept = lm_store_read_version (test->store, &id, &record->hash, NULL);
  lm_test_assert_text (kept, "state 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-versions/list", test_list);
  LM_TEST_STORE_ADD ("/journal/store-versions/strange", test_strange);
  LM_TEST_STORE_ADD ("/journal/store-versions/read", test_read);
  LM_TEST_STORE_ADD ("/journal/store-versions/equal-counts", test_equal_counts);
  LM_TEST_STORE_ADD ("/journal/store-versions/restore", test_restore);
  LM_TEST_STORE_ADD ("/journal/store-versions/restore-refused", test_restore_refused);
  LM_TEST_STORE_ADD ("/journal/store-versions/restore-in-trash", test_restore_in_trash);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin", test_thin);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin-clock", test_thin_clock);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin-draft", test_thin_draft);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin-conflict", test_thin_conflict);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin-own", test_thin_own);
  LM_TEST_STORE_ADD ("/journal/store-versions/thin-shared", test_thin_shared);
  LM_TEST_STORE_ADD ("/journal/store-versions/damaged", test_damaged);
  return g_test_run ();
}
