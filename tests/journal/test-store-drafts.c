/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-saves.h"
#include "lm-test-journal.h"

/* What was being typed: nothing of it is dropped unless the very same is safe elsewhere. */

static char *
draft_path (LmTestStore *test, const LmId *id)
{
  g_autofree char *name = lm_test_file_name (id);

  return g_build_filename (test->local, "drafts", name, NULL);
}

static gboolean
has_draft (LmTestStore *test, const LmId *id)
{
  g_autofree char *path = draft_path (test, id);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static void
save_draft (LmTestStore *test, const LmId *id, const char *text, LmRecord *base)
{
  g_autoptr (LmContent) content = base != NULL ? lm_record_content (base) : lm_test_content (text);
  g_autoptr (GError) error = NULL;

  lm_content_set_string (content, "text", text);
  g_assert_true (lm_store_save_draft (test->store, id, content, base, &error));
  g_assert_no_error (error);
  /* What is being typed on does not change by being kept. */
  g_assert_false (json_object_has_member (lm_content_json (content), "base"));
}

static GPtrArray *
list (LmTestStore *test, guint n_problems)
{
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  GPtrArray *drafts = lm_store_list_drafts (test->store, problems);

  g_assert_cmpuint (problems->len, ==, n_problems);
  return drafts;
}

static void
assert_offered (LmTestStore *test, const LmId *id, const char *text, LmRecord *base)
{
  g_autoptr (GPtrArray) drafts = list (test, 0);
  LmDraftFile *draft;

  g_assert_cmpuint (drafts->len, ==, 1);
  draft = drafts->pdata[0];
  g_assert_true (lm_id_equal (&draft->record->id, id));
  lm_test_assert_text (draft->record, text);
  g_assert_cmpint (draft->has_base, ==, base != NULL);
  if (base != NULL)
    g_assert_true (lm_id_equal (&draft->base, &base->hash));
  g_assert_true (has_draft (test, id));
}

static void
assert_none_offered (LmTestStore *test)
{
  g_autoptr (GPtrArray) drafts = list (test, 0);

  g_assert_cmpuint (drafts->len, ==, 0);
}

static void
test_new (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *path = draft_path (test, &id);
  g_autoptr (GBytes) file = NULL;

  assert_none_offered (test);
  save_draft (test, &id, "half a sen", NULL);
  save_draft (test, &id, "half a sentence 😀", NULL);
  lm_test_store_reopen (test);
  assert_offered (test, &id, "half a sentence 😀", NULL);
  file = lm_test_read (path);
  g_assert_null (
      g_strstr_len (g_bytes_get_data (file, NULL), (gssize) g_bytes_get_size (file), "sentence"));
  g_assert_cmpuint (lm_test_count (test->entries, ""), ==, 0);
}

static void
test_of_saved (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) base = lm_test_save (test->store, &id, "saved", NULL, NULL);

  save_draft (test, &id, "saved, and more", base);
  lm_test_store_reopen (test);
  assert_offered (test, &id, "saved, and more", base);
}

/* The same text was saved after all: nothing is asked. */
static void
test_saved_after (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = NULL, second = NULL;

  save_draft (test, &id, "one", NULL);
  first = lm_test_save (test->store, &id, "one", NULL, NULL);
  assert_none_offered (test);
  g_assert_false (has_draft (test, &id));
  save_draft (test, &id, "two", first);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  assert_none_offered (test);
  g_assert_false (has_draft (test, &id));
}

/* It is in an older version here, however often the record was saved since. */
static void
test_in_version (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "two", first, NULL);
  g_autoptr (LmRecord) third = lm_test_save (test->store, &id, "three", second, NULL);

  save_draft (test, &id, "two", first);
  assert_none_offered (test);
  g_assert_false (has_draft (test, &id));
}

/* lm_store_save () keeps a version before the entry is written. If that fails, the text is nowhere
 * to be seen but in the draft. */
static void
test_failed_save (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *path = g_build_filename (test->entries, name, NULL);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL), second = NULL,
                       other = NULL;
  g_autoptr (GBytes) before = lm_test_get (test, name);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;
  gboolean kept = FALSE;

  save_draft (test, &id, "two", first);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  lm_test_put (test, name, before);
  assert_offered (test, &id, "two", first);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_offered (test, &id, "two", first);
  /* Saved once more, and another text: now it is an earlier version, and need not be offered. */
  lm_test_put (test, name, before);
  other = lm_test_save (test->store, &id, "three", first, NULL);
  g_assert_cmpint (lm_saves_compare (second->saves, other->saves), ==, LM_SAVES_OLDER);
  versions = lm_store_list_versions (test->store, &id, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < versions->len; i++)
    kept = kept || lm_id_equal (&((LmRecord *) versions->pdata[i])->hash, &second->hash);
  g_assert_true (kept);
}

static LmRecord *
save_first (LmTestStore *test, const LmId *id, const char *text, GBytes **unkept)
{
  g_autoptr (LmContent) content = lm_test_content (text);
  g_autoptr (GError) error = NULL;
  LmRecord *record = lm_store_save_first (test->store, id, content, NULL, NULL, unkept, &error);

  g_assert_no_error (error);
  return record;
}

static guint
count_versions (LmTestStore *test, const LmId *id)
{
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (id).digits, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? lm_test_count (path, "") : 0;
}

/* The program ended when the text was in the journal, and its version was not kept yet. */
static void
test_version_behind (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (GBytes) unkept = NULL;
  g_autoptr (LmRecord) record = NULL, version = NULL;

  save_draft (test, &id, "one", NULL);
  record = save_first (test, &id, "one", &unkept);
  g_assert_cmpuint (count_versions (test, &id), ==, 0);
  lm_test_store_reopen (test);
  assert_none_offered (test);
  g_assert_false (has_draft (test, &id));
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
  version = lm_store_read_version (test->store, &id, &record->hash, NULL);
  lm_test_assert_text (version, "one");
}

/* As long as there can be no version, the draft stays. */
static void
test_no_version (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (&id).digits, NULL);
  g_autoptr (GBytes) unkept = NULL, text = lm_test_bytes ("in the way");
  g_autoptr (LmRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  save_draft (test, &id, "one", NULL);
  lm_test_write (path, text);
  record = save_first (test, &id, "one", &unkept);
  g_assert_false (lm_store_keep_saved (test->store, record, unkept, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  lm_test_store_reopen (test);
  assert_offered (test, &id, "one", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_none_offered (test);
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
}

/* What another program has put in the place of the entry is not taken for it. */
static void
test_version_of_another (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *name = lm_test_file_name (&id);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "other", NULL, NULL);
  g_autoptr (GBytes) other = lm_test_get (test, name), unkept = NULL;
  g_autoptr (LmContent) content = lm_test_content ("one");
  g_autoptr (LmRecord) record = NULL;

  save_draft (test, &id, "one", first);
  record = lm_store_save_first (test->store, &id, content, first, NULL, &unkept, NULL);
  g_assert_nonnull (record);
  lm_test_put (test, name, other);
  assert_offered (test, &id, "one", first);
  g_assert_cmpuint (count_versions (test, &id), ==, 1);
}

/* Newer by every number, and yet another text: offered. */
static void
test_behind_saved (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL), second = NULL;

  save_draft (test, &id, "one, and a thought", first);
  second = lm_test_save (test->store, &id, "two", first, NULL);
  lm_test_store_reopen (test);
  assert_offered (test, &id, "one, and a thought", first);
}

/* The same text in another record is not the same. */
static void
test_other_record (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &other, "same", NULL, NULL);
  g_autofree char *own = lm_test_file_name (&saved->hash);
  g_autofree char *from =
      g_build_filename (test->local, "versions", lm_id_format (&other).digits, own, NULL);
  g_autofree char *folder =
      g_build_filename (test->local, "versions", lm_id_format (&id).digits, NULL);
  g_autofree char *to = g_build_filename (folder, own, NULL);
  g_autoptr (GBytes) version = lm_test_read (from);

  save_draft (test, &id, "same", NULL);
  assert_offered (test, &id, "same", NULL);
  /* Nor is its version, should it lie in the wrong folder. */
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  lm_test_write (to, version);
  assert_offered (test, &id, "same", NULL);
}

/* What differs only elsewhere than in the text is offered too. */
static void
test_other_title (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "text", NULL, NULL);
  g_autoptr (LmContent) content = lm_record_content (saved);

  lm_content_set_string (content, "title", "New title");
  g_assert_true (lm_store_save_draft (test->store, &id, content, saved, NULL));
  assert_offered (test, &id, "text", saved);
}

static void
test_drop (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), other = lm_test_id (2);
  g_autoptr (GError) error = NULL;

  save_draft (test, &id, "one", NULL);
  save_draft (test, &other, "two", NULL);
  g_assert_true (lm_store_drop_draft (test->store, &id, &error));
  assert_offered (test, &other, "two", NULL);
  g_assert_true (lm_store_drop_draft (test->store, &id, &error));
  g_assert_no_error (error);
}

/* Named, left as it is, and no hindrance to the others. */
static void
assert_problem (LmTestStore *test, const char *name, GBytes *file, LmVaultError code)
{
  g_autoptr (GPtrArray) problems =
                            g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free),
                        drafts = NULL;
  g_autofree char *path = g_build_filename (test->local, "drafts", name, NULL),
                  *told = g_build_filename ("drafts", name, NULL);
  g_autoptr (GBytes) after = NULL;
  LmProblem *problem;

  lm_test_write (path, file);
  drafts = lm_store_list_drafts (test->store, problems);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_assert_cmpuint (problems->len, ==, 1);
  problem = problems->pdata[0];
  g_assert_cmpstr (problem->file, ==, told);
  g_assert_error (problem->error, LM_VAULT_ERROR, (int) code);
  after = lm_test_read (path);
  g_assert_true (g_bytes_equal (file, after));
}

static void
test_damaged (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1), good = lm_test_id (2), device = lm_test_id (50);
  g_autofree char *name = lm_test_file_name (&id), *path = draft_path (test, &id);
  g_autoptr (GBytes) file = NULL, cut = NULL, empty = g_bytes_new (NULL, 0), entry = NULL;

  save_draft (test, &id, "one", NULL);
  save_draft (test, &good, "two", NULL);
  file = lm_test_read (path);
  cut = lm_test_slice (file, 1000);
  entry = lm_test_entry_saved (&id, "one", &device, 1);
  assert_problem (test, name, cut, LM_VAULT_ERROR_DAMAGED);
  assert_problem (test, name, empty, LM_VAULT_ERROR_DAMAGED);
  assert_problem (test, name, entry, LM_VAULT_ERROR_NOT_OURS);
}

static void
damage_version (LmTestStore *test, LmRecord *record)
{
  g_autofree char *name = lm_test_file_name (&record->hash);
  g_autofree char *path =
      g_build_filename (test->local, "versions", lm_id_format (&record->id).digits, name, NULL);
  g_autoptr (GBytes) version = lm_test_read (path), cut = lm_test_slice (version, 1000);

  lm_test_write (path, cut);
}

/* A version that does not open proves nothing. */
static void
test_damaged_version (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) first = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (LmRecord) second = lm_test_save (test->store, &id, "two", first, NULL);

  damage_version (test, first);
  save_draft (test, &id, "one", first);
  assert_offered (test, &id, "one", first);
}

/* The text is in the entry: its version is written anew. */
static void
test_damaged_last_version (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "one", NULL, NULL), version = NULL;

  damage_version (test, saved);
  save_draft (test, &id, "one", NULL);
  assert_none_offered (test);
  version = lm_store_read_version (test->store, &id, &saved->hash, NULL);
  lm_test_assert_text (version, "one");
}

/* Beside another program that may be typing: the draft is not offered, and not removed either. */
static void
test_shared (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autoptr (LmRecord) saved = lm_test_save (test->store, &id, "one", NULL, NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new (), drafts = NULL;
  LmStore *second;

  save_draft (test, &id, "one", NULL);
  second = lm_test_store_open (test);
  drafts = lm_store_list_drafts (second, problems);
  g_assert_cmpuint (drafts->len, ==, 0);
  g_assert_true (has_draft (test, &id));
  lm_store_close (second, NULL);
}

/* Two drafts of one text, as a folder that was brought back may have them: the one that was written
 * last is offered, whatever it is called, and the other is left. */
static void
test_two_of_one (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *path = draft_path (test, &id);
  g_autofree char *first = g_build_filename (test->local, "drafts", "0.json", NULL);
  g_autofree char *last = g_build_filename (test->local, "drafts", "z.json", NULL);
  g_autoptr (GBytes) old = NULL, present = NULL;
  struct utimbuf times = { 1000, 1000 };

  save_draft (test, &id, "older", NULL);
  old = lm_test_read (path);
  save_draft (test, &id, "newer", NULL);
  present = lm_test_read (path);
  lm_test_write (first, old);
  g_assert_cmpint (g_utime (first, &times), ==, 0);
  assert_offered (test, &id, "newer", NULL);
  lm_test_write (last, old);
  g_assert_cmpint (g_utime (last, &times), ==, 0);
  assert_offered (test, &id, "newer", NULL);
  /* The other way round. */
  lm_test_write (path, old);
  g_assert_cmpint (g_utime (path, &times), ==, 0);
  lm_test_write (last, present);
  assert_offered (test, &id, "newer", NULL);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
}

static void
test_ignored (LmTestStore *test, gconstpointer data)
{
  static const char *const names[] = { ".hidden.json", ".~x.part", "x.txt" };
  g_autoptr (GBytes) text = lm_test_bytes ("x");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (test->local, "drafts", names[i], NULL);

      lm_test_write (path, text);
    }
  assert_none_offered (test);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/store-drafts/new", test_new);
  LM_TEST_STORE_ADD ("/journal/store-drafts/of-saved", test_of_saved);
  LM_TEST_STORE_ADD ("/journal/store-drafts/saved-after", test_saved_after);
  LM_TEST_STORE_ADD ("/journal/store-drafts/in-version", test_in_version);
  LM_TEST_STORE_ADD ("/journal/store-drafts/failed-save", test_failed_save);
  LM_TEST_STORE_ADD ("/journal/store-drafts/version-behind", test_version_behind);
  LM_TEST_STORE_ADD ("/journal/store-drafts/no-version", test_no_version);
  LM_TEST_STORE_ADD ("/journal/store-drafts/version-of-another", test_version_of_another);
  LM_TEST_STORE_ADD ("/journal/store-drafts/behind-saved", test_behind_saved);
  LM_TEST_STORE_ADD ("/journal/store-drafts/other-record", test_other_record);
  LM_TEST_STORE_ADD ("/journal/store-drafts/other-title", test_other_title);
  LM_TEST_STORE_ADD ("/journal/store-drafts/drop", test_drop);
  LM_TEST_STORE_ADD ("/journal/store-drafts/damaged", test_damaged);
  LM_TEST_STORE_ADD ("/journal/store-drafts/damaged-version", test_damaged_version);
  LM_TEST_STORE_ADD ("/journal/store-drafts/damaged-last-version", test_damaged_last_version);
  LM_TEST_STORE_ADD ("/journal/store-drafts/shared", test_shared);
  LM_TEST_STORE_ADD ("/journal/store-drafts/two-of-one", test_two_of_one);
  LM_TEST_STORE_ADD ("/journal/store-drafts/ignored", test_ignored);
  return g_test_run ();
}
