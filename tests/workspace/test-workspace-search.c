/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-filter-choices.h"
#include "workspace/lm-workspace-search.h"

/* Searching, at once or in a worker, and the searches that are kept. What nothing is found for goes
 * to a worker, for a word that was meant. */

static LmFound *
find (LmWorkspace *workspace, const char *typed)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmFound *found;

  lm_workspace_find_async (workspace, typed, cancellable, lm_test_take_result, &result);
  lm_test_until (result != NULL);
  found = lm_workspace_find_finish (workspace, result, &error);
  g_assert_no_error (error);
  return found;
}

static void
assert_found (LmWorkspace *workspace, const char *typed, const char *expected)
{
  g_autoptr (LmFound) found = find (workspace, typed);
  g_autoptr (GString) texts = g_string_new (found->entries == NULL ? "*" : NULL);

  for (guint i = 0; found->entries != NULL && i < found->entries->len; i++)
    g_string_append_printf (texts,
                            "%s%s",
                            i > 0 ? " | " : "",
                            lm_entry_get_excerpt (found->entries->pdata[i]));
  g_test_message ("“%s”", typed);
  g_assert_cmpstr (texts->str, ==, expected);
}

static void
test_find (LmTestWorkspace *test, gconstpointer data)
{
  lm_test_write_entry (test->workspace, "The rain and my mother.");
  lm_test_write_entry (test->workspace, "Straße im Regen.");

  assert_found (test->workspace, "rain", "The rain and my mother.");
  assert_found (test->workspace, "strasse", "Straße im Regen.");
  assert_found (test->workspace, "rain -mother", "");
  assert_found (test->workspace, "", "*");
  assert_found (test->workspace, "tag:", "*");
  lm_test_write_entry (test->workspace, "More rain.");
  assert_found (test->workspace, "more rain", "More rain.");
}

static void
test_trash_is_not_found (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "The rain.");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_set_deleted_async (test->workspace, entry, TRUE, lm_test_take_result, &result);
  lm_test_until (result != NULL);
  lm_workspace_set_deleted_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  assert_found (test->workspace, "rain", "");
}

/* Waits until the first was stopped and the second has found its one entry. */
static void
assert_second (LmTestWorkspace *test, GAsyncResult **first, GAsyncResult **second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmFound) found = NULL;

  lm_test_until (*first != NULL && *second != NULL);
  g_assert_null (lm_workspace_find_finish (test->workspace, *first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  found = lm_workspace_find_finish (test->workspace, *second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->entries->len, ==, 1);
}

/* Two ask at once, as a guide's page and the list behind it: one stops, the other is answered. */
static void
test_two_ask (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GCancellable) mine = g_cancellable_new (), theirs = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL, second = NULL;

  lm_test_write_entry (test->workspace, "The rain.");
  lm_workspace_find_async (test->workspace, "rai", mine, lm_test_take_result, &first);
  lm_workspace_find_async (test->workspace, "rain", theirs, lm_test_take_result, &second);
  g_cancellable_cancel (mine);
  assert_second (test, &first, &second);
}

/* The same where the first is still in the worker's hands. */
static void
test_second_need_not_wait (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GCancellable) mine = g_cancellable_new (), theirs = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL, second = NULL;

  lm_test_write_entry (test->workspace, "The rain.");
  lm_workspace_find_async (test->workspace, "raim", mine, lm_test_take_result, &first);
  g_cancellable_cancel (mine);
  lm_workspace_find_async (test->workspace, "rain", theirs, lm_test_take_result, &second);
  assert_second (test, &first, &second);
}

static void
test_lock_ends_it (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GCancellable) mine = g_cancellable_new (), theirs = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  lm_test_write_entry (test->workspace, "The rain.");
  lm_workspace_find_async (test->workspace, "rain", mine, lm_test_take_result, &first);
  lm_workspace_find_async (test->workspace, "raim", theirs, lm_test_take_result, &second);
  lm_workspace_lock (test->workspace);
  lm_test_until (first != NULL && second != NULL);
  g_assert_null (lm_workspace_find_finish (test->workspace, first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (lm_workspace_find_finish (test->workspace, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_one_letter_off (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmFound) found = NULL;
  g_autoptr (LmFound) good = NULL;

  lm_test_write_entry (test->workspace, "The lighthouse.");
  found = find (test->workspace, "lighthuose");
  g_assert_cmpuint (found->entries->len, ==, 0);
  g_assert_cmpstr (found->suggestion, ==, "lighthouse");
  good = find (test->workspace, "lighthouse");
  g_assert_null (good->suggestion);
}

static void
test_excerpt (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "It was late. Then the rain came down.");
  g_autoptr (LmQuery) query = lm_query_parse ("RAIN");
  g_autoptr (LmQuery) other = lm_query_parse ("nowhere");
  g_autoptr (GArray) marks = NULL;
  g_autoptr (GArray) no_marks = NULL;
  g_autofree char *excerpt = lm_found_excerpt (query, entry, &marks);
  g_autofree char *beginning = lm_found_excerpt (other, entry, &no_marks);
  LmSearchMark *mark;

  g_assert_nonnull (marks);
  g_assert_cmpuint (marks->len, ==, 1);
  mark = &g_array_index (marks, LmSearchMark, 0);
  g_assert_cmpint (strncmp (excerpt + mark->begin, "rain", 4), ==, 0);
  g_assert_cmpuint (mark->end - mark->begin, ==, 4);
  g_assert_null (no_marks);
  g_assert_cmpstr (beginning, ==, lm_entry_get_excerpt (entry));
}

static gboolean
has_search (LmWorkspace *workspace, const char *typed)
{
  g_auto (GStrv) searches = lm_workspace_get_searches (workspace);

  return g_strv_contains ((const char *const *) searches, typed);
}

/* They are kept with the journal, and forgotten for good. */
static void
test_saved_searches (LmTestWorkspace *test, gconstpointer data)
{
  g_auto (GStrv) none = lm_workspace_get_searches (test->workspace);
  g_auto (GStrv) both = NULL;

  g_assert_null (none[0]);
  lm_workspace_keep_search (test->workspace, " tag:family rain ", TRUE);
  lm_workspace_keep_search (test->workspace, "person:anna", TRUE);
  lm_test_until (has_search (test->workspace, "person:anna"));
  both = lm_workspace_get_searches (test->workspace);
  g_assert_cmpuint (g_strv_length (both), ==, 2);
  g_assert_cmpstr (both[0], ==, "person:anna");
  g_assert_cmpstr (both[1], ==, "tag:family rain");

  lm_test_workspace_restart (test);
  lm_test_until (has_search (test->workspace, "tag:family rain"));
  lm_workspace_keep_search (test->workspace, "tag:family rain", FALSE);
  lm_test_until (!has_search (test->workspace, "tag:family rain"));
  g_assert_true (has_search (test->workspace, "person:anna"));
  lm_workspace_keep_search (test->workspace, "tag:family rain", TRUE);
  lm_test_until (has_search (test->workspace, "tag:family rain"));
}

static void
write_tagged (LmWorkspace *workspace, const char *tag)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (workspace, NULL);
  g_autofree char *text = g_strdup_printf ("About %s.", tag);
  guint before = g_list_model_get_n_items (lm_workspace_get_entries (workspace));

  lm_content_set_strings (lm_draft_get_content (draft),
                          "tags",
                          (const char *const[]) { tag, NULL });
  lm_test_draft_text (draft, text);
  lm_draft_flush (draft);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_entries (workspace)) > before);
}

/* Who types a tag on another evening does not think of capital letters: it is one, as searches
 * find it, and has the name that it has most often. */
static void
test_one_tag_however_written (LmTestWorkspace *test, gconstpointer data)
{
  static const char *const written[] = { "Work", "work", "Sleep", "WORK", "work", "Café", "cafe" };
  g_autoptr (LmFilterChoices) choices = NULL;
  g_autofree char *tags = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    write_tagged (test->workspace, written[i]);
  choices = lm_workspace_filter_choices (test->workspace);
  tags = g_strjoinv (" ", choices->tags);
  g_assert_cmpstr (tags, ==, "Café Sleep work");
  g_assert_cmpuint (lm_test_n_found (test->workspace, "tag:work"), ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace-search/find", test_find);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/trash", test_trash_is_not_found);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/two-ask", test_two_ask);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/second-need-not-wait", test_second_need_not_wait);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/lock", test_lock_ends_it);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/one-letter-off", test_one_letter_off);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/excerpt", test_excerpt);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/saved", test_saved_searches);
  LM_TEST_WORKSPACE_ADD ("/workspace-search/one-tag", test_one_tag_however_written);
  return g_test_run ();
}
