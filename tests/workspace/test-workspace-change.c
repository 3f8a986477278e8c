/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "lm-test-workspace.h"

/* The trash, people, own words, writing everything out. */

static GError *
set_deleted (LmTestWorkspace *test, LmEntry *entry, gboolean deleted)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  lm_workspace_set_deleted_async (test->workspace, entry, deleted, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_set_deleted_finish (test->workspace, result, &error);
  return error;
}

static void
test_trash (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "Away with it");

  g_assert_no_error (set_deleted (test, entry, TRUE));
  g_assert_true (lm_entry_get_deleted (entry));
  lm_test_workspace_restart (test);
  entry = lm_test_only (lm_workspace_get_entries (test->workspace));
  g_assert_true (lm_entry_get_deleted (entry));
  lm_test_assert_text (lm_entry_get_record (entry), "Away with it");
  g_assert_no_error (set_deleted (test, entry, FALSE));
  lm_test_workspace_restart (test);
  g_assert_false (lm_entry_get_deleted (lm_test_only (lm_workspace_get_entries (test->workspace))));
}

/* What was changed and not saved yet goes into the trash with the rest. */
static void
test_trash_behind_a_save (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "One");
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);

  lm_test_draft_text (draft, "Two");
  lm_draft_close (draft);
  g_assert_no_error (set_deleted (test, entry, TRUE));
  g_assert_true (lm_entry_get_deleted (entry));
  lm_test_assert_text (lm_entry_get_record (entry), "Two");
}

static void
test_trash_of_what_is_gone (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "One");
  g_autofree char *name = lm_test_file_name (lm_entry_get_id (entry));
  g_autofree char *file = g_build_filename (test->path, "entries", name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_unlink (file), ==, 0);
  error = set_deleted (test, entry, TRUE);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_false (lm_entry_get_deleted (entry));
}

static void
test_people (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmEntry *person;
  LmIdText id;

  lm_workspace_add_person_async (test->workspace, "Łucja", "then", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lm_entry_get_title (person), ==, "Łucja");
  id = lm_id_format (lm_entry_get_id (person));
  g_clear_object (&result);
  lm_test_workspace_restart (test);
  person = lm_workspace_find_person (test->workspace, id.digits);
  g_assert_true (person == lm_test_only (lm_workspace_get_people (test->workspace)));
  g_assert_cmpstr (lm_entry_get_title (person), ==, "Łucja");
  g_assert_null (lm_workspace_find_person (test->workspace, "nobody"));
}

/* An entry is found by the name of somebody in it. */
static void
test_search_by_person (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  LmEntry *person;
  LmAnswer *answer;
  LmIdText id;

  lm_workspace_add_person_async (test->workspace, "Łucja", "now", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->workspace, result, NULL);
  id = lm_id_format (lm_entry_get_id (person));
  answer = lm_content_answer (lm_draft_get_content (draft), "who", "Who?");
  lm_answer_set_people (answer, (const char *const[]) { id.digits, NULL });
  lm_draft_changed (draft);
  lm_draft_close (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "łucja"), ==, 1);
}

static gboolean
has_word (LmWorkspace *workspace, const char *word)
{
  g_auto (GStrv) words = lm_workspace_get_words (workspace);

  return g_strv_contains ((const char *const *) words, word);
}

static void
test_own_words (LmTestWorkspace *test, gconstpointer data)
{
  g_auto (GStrv) words = NULL;

  lm_workspace_add_word (test->workspace, "Łucja");
  lm_workspace_add_word (test->workspace, "Bram"); /* before the first is on disk */
  lm_workspace_add_word (test->workspace, "Bram");
  lm_test_until (has_word (test->workspace, "Bram"));
  lm_test_workspace_restart (test);
  words = lm_workspace_get_words (test->workspace);
  g_assert_cmpstrv (words, ((const char *[]) { "Łucja", "Bram", NULL }));
  /* After a restart, into the same record. */
  lm_workspace_add_word (test->workspace, "Enzo");
  lm_test_until (has_word (test->workspace, "Enzo"));
  lm_test_workspace_restart (test);
  g_clear_pointer (&words, g_strfreev);
  words = lm_workspace_get_words (test->workspace);
  g_assert_cmpuint (g_strv_length (words), ==, 3);
}

static void
count_progress (goffset done, goffset total, gpointer data)
{
  goffset *last = data;

  g_assert_cmpint (done, <=, total);
  *last = done;
}

static GError *
export_to (LmTestWorkspace *test, GPtrArray *entries, const char *path, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  goffset last = 0;

  lm_workspace_export_async (test->workspace,
                             entries,
                             FALSE,
                             path,
                             cancellable,
                             count_progress,
                             &last,
                             lm_test_take_result,
                             &result);
  lm_test_wait (result);
  if (lm_workspace_export_finish (test->workspace, result, NULL, &error))
    g_assert_cmpint (last, >, 0);
  return error;
}

static void
test_export (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *one = lm_test_write_entry (test->workspace, "One");
  g_autofree char *all = lm_test_path ("all"), *chosen = lm_test_path ("chosen");
  g_autofree char *stopped = lm_test_path ("stopped");
  g_autofree char *in_all = g_build_filename (all, "entries", NULL);
  g_autofree char *in_chosen = g_build_filename (chosen, "entries", NULL);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  lm_test_write_entry (test->workspace, "Two");
  g_ptr_array_add (entries, one);
  g_assert_no_error (export_to (test, NULL, all, NULL));
  g_assert_no_error (export_to (test, entries, chosen, NULL));
  g_assert_cmpuint (lm_test_count (in_all, ".md"), ==, 2);
  g_assert_cmpuint (lm_test_count (in_chosen, ".md"), ==, 1);
  g_cancellable_cancel (cancellable);
  error = export_to (test, NULL, stopped, cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (stopped, G_FILE_TEST_EXISTS));
}

/* Returns: (transfer full) (nullable): where this computer keeps the versions of @id */
static char *
versions_of (const LmId *id)
{
  g_autofree char *local = g_build_filename (g_get_user_data_dir (), "leitmotif", NULL);
  g_autoptr (GDir) folder = g_dir_open (local, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      char *path = g_build_filename (local, name, "versions", lm_id_format (id).digits, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && lm_test_count (path, ".json") > 0)
        return path;
      g_free (path);
    }
  return NULL;
}

static void
failed_cb (LmWorkspace *workspace, const GError *error, guint *n)
{
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  ++*n;
}

/* What is saved and has no version is told, and stays as a draft until there is one. */
static void
test_no_version (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "One");
  g_autofree char *versions = NULL, *away = NULL;
  g_autoptr (GBytes) text = lm_test_bytes ("in the way");
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
  guint failed = 0;

  /* Kept behind what was told to be saved. */
  lm_test_until ((versions = versions_of (lm_entry_get_id (entry))) != NULL);
  away = g_strconcat (versions, "-away", NULL);
  g_signal_connect (test->workspace, "change-failed", G_CALLBACK (failed_cb), &failed);
  lm_test_draft_text (draft, "Two");
  lm_test_until (lm_test_count_drafts () == 1);
  g_assert_cmpint (g_rename (versions, away), ==, 0);
  lm_test_write (versions, text);
  lm_draft_close (draft);
  lm_test_until (failed == 1);
  lm_test_assert_text (lm_entry_get_record (entry), "Two");
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1);
  g_clear_object (&draft);
  g_assert_cmpint (g_unlink (versions), ==, 0);
  g_assert_cmpint (g_rename (away, versions), ==, 0);
  lm_test_workspace_restart (test);
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_entries (test->workspace))),
      "Two");
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace)), ==, 0);
  g_assert_cmpuint (lm_test_count_drafts (), ==, 0);
  g_assert_cmpuint (lm_test_count (versions, ""), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/trash", test_trash);
  LM_TEST_WORKSPACE_ADD ("/workspace/trash-behind-a-save", test_trash_behind_a_save);
  LM_TEST_WORKSPACE_ADD ("/workspace/trash-of-what-is-gone", test_trash_of_what_is_gone);
  LM_TEST_WORKSPACE_ADD ("/workspace/no-version", test_no_version);
  LM_TEST_WORKSPACE_ADD ("/workspace/people", test_people);
  LM_TEST_WORKSPACE_ADD ("/workspace/search-by-person", test_search_by_person);
  LM_TEST_WORKSPACE_ADD ("/workspace/own-words", test_own_words);
  LM_TEST_WORKSPACE_ADD ("/workspace/export", test_export);
  return g_test_run ();
}
