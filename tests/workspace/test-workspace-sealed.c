/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content-parts.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-sealed.h"

/* Entries that stay out of sight until a day, and come back on it. */

static GListModel *
in_sight (LmTestWorkspace *test)
{
  return lm_workspace_get_entries (test->workspace);
}

static guint
n_sealed (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_sealed (test->workspace));
}

static guint
n_in_sight (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (in_sight (test));
}

static gboolean
is_found (LmTestWorkspace *test, const char *query)
{
  return lm_test_n_found (test->workspace, query) > 0;
}

/* Writes an entry that is sealed for @days. Returns: its id */
static LmId
write_sealed (LmTestWorkspace *test, const char *text, int days)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);
  LmId id = *lm_draft_get_id (draft);

  lm_content_set_sealed_until (lm_draft_get_content (draft), day);
  lm_test_draft_text (draft, text);
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  lm_draft_close (draft);
  return id;
}

static void
test_out_of_sight (LmTestWorkspace *test, gconstpointer data)
{
  LmId id = write_sealed (test, "Dear grandfather", 30);

  g_assert_cmpuint (n_in_sight (test), ==, 0);
  g_assert_cmpuint (n_sealed (test), ==, 1);
  g_assert_null (lm_workspace_find_entry (test->workspace, &id));
  g_assert_nonnull (lm_workspace_find_sealed (test->workspace, &id));
  g_assert_false (is_found (test, "grandfather"));
  /* Nor after the next start. */
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_in_sight (test), ==, 0);
  g_assert_cmpuint (n_sealed (test), ==, 1);
  g_assert_false (is_found (test, "grandfather"));
}

static void
advance (LmTestWorkspace *test, int hours)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) later = g_date_time_add_hours (now, hours);

  lm_clock_set (test->clock, later);
}

static void
test_day_comes (LmTestWorkspace *test, gconstpointer data)
{
  LmId id = write_sealed (test, "Dear grandfather", 2);

  lm_test_write_entry (test->workspace, "Tea");
  advance (test, 24);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_in_sight (test), ==, 1);
  /* From midnight on, not from the hour at which it was sealed. */
  advance (test, 4);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_in_sight (test), ==, 2);
  g_assert_cmpuint (n_sealed (test), ==, 0);
  g_assert_nonnull (lm_workspace_find_entry (test->workspace, &id));
  g_assert_true (is_found (test, "grandfather"));
}

static void
test_opened_early (LmTestWorkspace *test, gconstpointer data)
{
  LmId id = write_sealed (test, "Dear grandfather", 30);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_unseal_async (test->workspace,
                             lm_workspace_find_sealed (test->workspace, &id),
                             lm_test_take_result,
                             &result);
  lm_test_wait (result);
  g_assert_true (lm_workspace_unseal_finish (test->workspace, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_sealed (test), ==, 0);
  g_assert_nonnull (lm_workspace_find_entry (test->workspace, &id));
  g_assert_true (is_found (test, "grandfather"));
  g_clear_object (&result); /* it keeps the workspace */
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_in_sight (test), ==, 1);
}

/* Sealed again, it goes out of sight again. */
static void
test_sealed_later (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "Dear grandfather");
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, 9);

  g_assert_true (is_found (test, "grandfather"));
  lm_content_set_sealed_until (lm_draft_get_content (draft), day);
  lm_draft_changed (draft);
  lm_draft_flush (draft);
  lm_test_until (n_sealed (test) == 1);
  g_assert_cmpuint (n_in_sight (test), ==, 0);
  g_assert_false (is_found (test, "grandfather"));
  lm_draft_close (draft);
}

static guint
export_to (LmTestWorkspace *test, const char *name, gboolean with_sealed)
{
  g_autofree char *path = lm_test_path (name);
  g_autofree char *entries = g_build_filename (path, "entries", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_export_async (test->workspace,
                             NULL,
                             with_sealed,
                             path,
                             NULL,
                             NULL,
                             NULL,
                             lm_test_take_result,
                             &result);
  lm_test_wait (result);
  g_assert_true (lm_workspace_export_finish (test->workspace, result, NULL, &error));
  g_assert_no_error (error);
  return lm_test_count (entries, ".md");
}

static void
test_export (LmTestWorkspace *test, gconstpointer data)
{
  write_sealed (test, "Dear grandfather", 30);
  lm_test_write_entry (test->workspace, "Tea");
  g_assert_cmpuint (export_to (test, "without", FALSE), ==, 1);
  g_assert_cmpuint (export_to (test, "with", TRUE), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/sealed/out-of-sight", test_out_of_sight);
  LM_TEST_WORKSPACE_ADD ("/sealed/day-comes", test_day_comes);
  LM_TEST_WORKSPACE_ADD ("/sealed/opened-early", test_opened_early);
  LM_TEST_WORKSPACE_ADD ("/sealed/sealed-later", test_sealed_later);
  LM_TEST_WORKSPACE_ADD ("/sealed/export", test_export);
  return g_test_run ();
}
