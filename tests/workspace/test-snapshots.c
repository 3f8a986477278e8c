/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "journal/lm-content-parts.h"
#include "journal/lm-local.h"
#include "journal/lm-snapshot.h"
#include "lm-test-workspace.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-past.h"
#include "workspace/lm-workspace-sealed.h"

static guint
count_snapshots (void)
{
  LmId journal = lm_test_journal ();
  g_autofree char *local = lm_local_path (&journal);
  g_autofree char *path = g_build_filename (local, "snapshots", NULL);

  return lm_test_count (path, "Z");
}

static char *
make (LmTestWorkspace *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *name;

  lm_workspace_make_snapshot_async (test->workspace,
                                    NULL,
                                    NULL,
                                    NULL,
                                    lm_test_take_result,
                                    &result);
  lm_test_wait (result);
  name = lm_workspace_make_snapshot_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return name;
}

static GPtrArray *
read_all (LmTestWorkspace *test, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *pasts;

  lm_workspace_read_snapshot_async (test->workspace, name, NULL, lm_test_take_result, &result);
  lm_test_wait (result);
  pasts = lm_workspace_read_snapshot_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return pasts;
}

static void
set_clock (LmTestWorkspace *test, const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  lm_clock_set (test->clock, time);
}

/* Once a day, at the first unlocking; also where the clock was turned back. */
static void
test_daily (LmTestWorkspace *test, gconstpointer data)
{
  lm_test_until (count_snapshots () == 1);
  lm_test_workspace_restart (test);
  g_free (make (test)); /* behind a second daily one, if there were any */
  g_assert_cmpuint (count_snapshots (), ==, 2);
  set_clock (test, "2026-11-24T07:00:00+01:00");
  lm_test_workspace_restart (test);
  lm_test_until (count_snapshots () == 3);
  set_clock (test, "2006-01-01T07:00:00+01:00");
  lm_test_workspace_restart (test);
  lm_test_until (count_snapshots () == 4);
}

static LmRestoreStep *
restore (LmTestWorkspace *test, const char *name, LmPast *past)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmRestoreStep *step;

  lm_workspace_restore_async (test->workspace, name, past, lm_test_take_result, &result);
  lm_test_wait (result);
  step = lm_workspace_restore_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return step;
}

static const char *
excerpt (LmEntry *entry)
{
  return lm_entry_get_excerpt (entry);
}

static void
test_one (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "then");
  g_autofree char *name = make (test);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
  g_autoptr (GPtrArray) pasts = NULL;
  g_autoptr (LmRestoreStep) step = NULL, again = NULL;

  pasts = read_all (test, name);
  g_assert_cmpuint (pasts->len, ==, 1);
  g_assert_cmpint (lm_past_get_state (pasts->pdata[0]), ==, LM_PAST_SAME);
  g_clear_pointer (&pasts, g_ptr_array_unref);
  lm_test_draft_text (draft, "now");
  lm_draft_close (draft);
  lm_test_until (g_str_equal (excerpt (entry), "now"));
  pasts = read_all (test, name);
  g_assert_cmpint (lm_past_get_state (pasts->pdata[0]), ==, LM_PAST_DIFFERENT);

  step = restore (test, name, pasts->pdata[0]);
  g_assert_true (step->changed);
  lm_test_until (g_str_equal (excerpt (entry), "then"));
  lm_workspace_undo_restore (test->workspace, step);
  lm_test_until (g_str_equal (excerpt (entry), "now"));
}

/* What is sealed now is sealed in what was; what is not any more, is not. */
static void
test_sealed (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) day = g_date_time_add_days (now, 9);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) pasts = NULL;
  g_autofree char *name = NULL;
  LmId id = *lm_draft_get_id (draft);

  lm_content_set_sealed_until (lm_draft_get_content (draft), day);
  lm_test_draft_text (draft, "Dear grandfather");
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  lm_draft_close (draft);
  lm_test_write_entry (test->workspace, "Tea");
  name = make (test);
  pasts = read_all (test, name);
  g_assert_cmpuint (pasts->len, ==, 2);
  g_assert_cmpint (lm_past_is_sealed (pasts->pdata[0]) + lm_past_is_sealed (pasts->pdata[1]),
                   ==,
                   1);
  g_clear_pointer (&pasts, g_ptr_array_unref);
  lm_workspace_unseal_async (test->workspace,
                             lm_workspace_find_sealed (test->workspace, &id),
                             lm_test_take_result,
                             &result);
  lm_test_wait (result);
  pasts = read_all (test, name);
  g_assert_false (lm_past_is_sealed (pasts->pdata[0]));
  g_assert_false (lm_past_is_sealed (pasts->pdata[1]));
}

static void
test_missing (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "then");
  LmId id = *lm_entry_get_id (entry);
  g_autofree char *name = make (test);
  g_autofree char *file = g_strdup_printf ("%s.json", lm_id_format (&id).digits);
  g_autofree char *path = g_build_filename (test->path, "entries", file, NULL);
  g_autoptr (GPtrArray) pasts = NULL;
  g_autoptr (LmRestoreStep) step = NULL;

  g_assert_cmpint (g_unlink (path), ==, 0);
  lm_test_workspace_restart (test);
  pasts = read_all (test, name);
  g_assert_cmpint (lm_past_get_state (pasts->pdata[0]), ==, LM_PAST_MISSING);
  step = restore (test, name, pasts->pdata[0]);
  lm_test_until (lm_workspace_find_entry (test->workspace, &id) != NULL);
  lm_workspace_undo_restore (test->workspace, step);
  lm_test_until (lm_entry_get_deleted (lm_workspace_find_entry (test->workspace, &id)));
}

static void
test_everything (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *a = lm_test_write_entry (test->workspace, "a then");
  g_autofree char *name = NULL;
  g_autoptr (LmDraft) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmEntry *later;
  guint before;

  lm_test_write_entry (test->workspace, "b");
  name = make (test);
  before = count_snapshots ();
  draft = lm_workspace_begin (test->workspace, a);
  lm_test_draft_text (draft, "a now");
  lm_draft_close (draft);
  lm_test_until (g_str_equal (excerpt (a), "a now"));
  later = lm_test_write_entry (test->workspace, "later");
  lm_workspace_restore_all_async (test->workspace,
                                  name,
                                  NULL,
                                  NULL,
                                  NULL,
                                  lm_test_take_result,
                                  &result);
  lm_test_wait (result);
  g_assert_cmpint (lm_workspace_restore_all_finish (test->workspace, result, &error), ==, 1);
  g_assert_no_error (error);
  lm_test_until (g_str_equal (excerpt (a), "a then"));
  g_assert_cmpstr (excerpt (later), ==, "later");
  g_assert_cmpuint (count_snapshots (), ==, before + 1);
}

static void
test_to_folder (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *name = make (test), *path = lm_test_path ("copy");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_restore_to_folder_async (test->workspace,
                                        name,
                                        path,
                                        NULL,
                                        NULL,
                                        NULL,
                                        lm_test_take_result,
                                        &result);
  lm_test_wait (result);
  g_assert_true (lm_workspace_restore_to_folder_finish (test->workspace, result, &error));
  g_assert_no_error (error);
  folder = lm_folder_read (path, &error);
  g_assert_no_error (error);
}

/* The journal is locked meanwhile: nothing is read any more. */
static void
test_locked (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *name = make (test);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_lock (test->workspace);
  lm_workspace_read_snapshot_async (test->workspace, name, NULL, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_null (lm_workspace_read_snapshot_finish (test->workspace, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  lm_test_workspace_unlock (test);
}

static void
decide (LmTestWorkspace *test, gboolean undo)
{
  g_autoptr (LmLossItem) item =
      g_list_model_get_item (lm_workspace_get_losses (test->workspace), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (undo)
    lm_workspace_undo_loss_async (test->workspace, item, lm_test_take_result, &result);
  else
    lm_workspace_accept_loss_async (test->workspace, item, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_true (lm_workspace_decide_loss_finish (test->workspace, result, &error));
  g_assert_no_error (error);
}

/* An entry's file is taken away, and an older one put in the place of another. */
static void
test_losses (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "first");
  LmId id = *lm_entry_get_id (entry);
  g_autofree char *file = g_strdup_printf ("%s.json", lm_id_format (&id).digits);
  g_autofree char *path = g_build_filename (test->path, "entries", file, NULL);
  g_autoptr (GBytes) old = lm_test_read (path);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
  GListModel *losses;

  lm_test_draft_text (draft, "second");
  lm_draft_close (draft);
  lm_test_until (g_str_equal (excerpt (entry), "second"));
  lm_test_write (path, old);
  g_clear_object (&draft);
  lm_test_workspace_restart (test);
  losses = lm_workspace_get_losses (test->workspace);
  lm_test_until (g_list_model_get_n_items (losses) == 1);
  decide (test, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (losses), ==, 0);
  g_assert_cmpstr (excerpt (lm_workspace_find_entry (test->workspace, &id)), ==, "second");

  g_assert_cmpint (g_unlink (path), ==, 0);
  lm_test_workspace_restart (test);
  losses = lm_workspace_get_losses (test->workspace);
  lm_test_until (g_list_model_get_n_items (losses) == 1);
  decide (test, FALSE);
  lm_test_workspace_restart (test);
  lm_workspace_check_losses (test->workspace);
  g_free (make (test));
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_losses (test->workspace)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/daily", test_daily);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/one", test_one);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/sealed", test_sealed);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/missing", test_missing);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/everything", test_everything);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/to-folder", test_to_folder);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/locked", test_locked);
  LM_TEST_WORKSPACE_ADD ("/workspace/snapshots/losses", test_losses);
  return g_test_run ();
}
