/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-local.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-history.h"

/* What goes by itself, and when: the trash after thirty days in use, versions that are one too many
 * for their age. A clock alone takes nothing. */

static void
move_clock (LmTestWorkspace *test, int days)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  lm_clock_set (test->clock, then);
}

/* Lets the writer do all that was given to it: what tidies comes behind the loading. */
static void
settle (LmTestWorkspace *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  GListModel *entries = lm_workspace_get_entries (test->workspace);
  g_autoptr (LmEntry) entry = g_list_model_get_item (entries, 0);

  for (guint i = 0; entry != NULL && i < 3; i++)
    {
      g_clear_object (&result);
      g_clear_pointer (&versions, g_ptr_array_unref);
      lm_workspace_list_versions_async (test->workspace, entry, lm_test_take_result, &result);
      lm_test_wait (result);
      versions = lm_workspace_list_versions_finish (test->workspace, result, NULL);
    }
}

/* The journal is opened on a later day. */
static void
open_later (LmTestWorkspace *test, int days)
{
  move_clock (test, days);
  lm_test_workspace_restart (test);
  settle (test);
}

static void
set_deleted (LmTestWorkspace *test, const LmId *id, gboolean deleted)
{
  LmEntry *entry = lm_workspace_find_entry (test->workspace, id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_set_deleted_async (test->workspace, entry, deleted, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_set_deleted_finish (test->workspace, result, &error);
  g_assert_no_error (error);
}

static guint
n_entries (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));
}

static guint
n_versions (const LmId *id)
{
  LmId journal = lm_test_journal ();
  g_autofree char *local = lm_local_path (&journal);
  g_autofree char *path = g_build_filename (local, "versions", lm_id_format (id).digits, NULL);

  return lm_test_count (path, ".json");
}

/* Counted in days on which the journal was open here. What was taken out and put there again begins
 * anew. */
static void
test_trash (LmTestWorkspace *test, gconstpointer data)
{
  LmId gone = *lm_entry_get_id (lm_test_write_entry (test->workspace, "Away with it"));
  LmId fro = *lm_entry_get_id (lm_test_write_entry (test->workspace, "To and fro"));
  LmId kept = *lm_entry_get_id (lm_test_write_entry (test->workspace, "Stays"));

  set_deleted (test, &gone, TRUE);
  set_deleted (test, &fro, TRUE);
  lm_test_until (n_versions (&gone) == 2);
  /* A clock that says "in twenty years", and then "now" again, is no twenty years in use. */
  open_later (test, 20 * 365);
  open_later (test, -20 * 365);
  for (guint day = 1; day < LM_TRASH_DAYS; day++)
    {
      open_later (test, 1);
      g_assert_cmpuint (n_entries (test), ==, 3);
    }
  set_deleted (test, &fro, FALSE);
  set_deleted (test, &fro, TRUE);
  open_later (test, 1);
  lm_test_until (n_entries (test) == 2);
  g_assert_null (lm_workspace_find_entry (test->workspace, &gone));
  g_assert_nonnull (lm_workspace_find_entry (test->workspace, &fro));
  g_assert_nonnull (lm_workspace_find_entry (test->workspace, &kept));
  g_assert_cmpuint (n_versions (&gone), ==, 0);
  g_assert_cmpuint (n_versions (&kept), ==, 1);
}

static void
write_versions (LmTestWorkspace *test, LmEntry *entry, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
      g_autofree char *text = g_strdup_printf ("State %u", i);

      lm_test_draft_text (draft, text);
      lm_draft_flush (draft);
      lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
      lm_draft_close (draft);
    }
}

static void
test_versions (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "First");
  LmId id = *lm_entry_get_id (entry);

  write_versions (test, entry, 6);
  lm_test_until (n_versions (&id) == 7);
  lm_test_workspace_restart (test);
  settle (test);
  g_assert_cmpuint (n_versions (&id), ==, 7); /* all of a day */
  /* A clock that jumps makes nothing old. */
  open_later (test, 400);
  open_later (test, -400);
  g_assert_cmpuint (n_versions (&id), ==, 7);
  open_later (test, 1);
  open_later (test, 1);
  g_assert_cmpuint (n_versions (&id), ==, 1); /* one of an hour, which is the present one */
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_entries (test->workspace))),
      "State 5");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/tidy/trash", test_trash);
  LM_TEST_WORKSPACE_ADD ("/workspace/tidy/versions", test_versions);
  return g_test_run ();
}
