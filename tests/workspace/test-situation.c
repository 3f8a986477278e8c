/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "journal/lm-local.h"
#include "lm-test-workspace.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-situation.h"

/* What is unlike it should be while the journal is open. */

static void
assert_situation (LmTestWorkspace *test, LmSituation situation)
{
  g_assert_cmpint (lm_workspace_get_situation (test->workspace), ==, situation);
}

static void
wait_for (LmTestWorkspace *test, LmSituation situation)
{
  lm_workspace_rescan (test->workspace);
  lm_test_until (lm_workspace_get_situation (test->workspace) == situation);
}

static guint
n_entries (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));
}

static guint
n_losses (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_losses (test->workspace));
}

/* Away and back, as another folder of another number, as a drive that was put back is. */
static void
test_away (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *away = g_strconcat (test->path, "-away", NULL);
  g_autofree char *command = NULL;
  g_autoptr (LmDraft) draft = NULL;

  lm_test_write_entry (test->workspace, "Before");
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_cmpint (g_rename (test->path, away), ==, 0);
  draft = lm_workspace_begin (test->workspace, NULL);
  lm_test_draft_text (draft, "While it was away");
  lm_draft_flush (draft);
  /* The save that fails is what tells. */
  lm_test_until (lm_workspace_get_situation (test->workspace) == LM_SITUATION_AWAY);
  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_FAILED);
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_DRAFT);
  g_assert_error (lm_draft_get_error (draft), LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (test->path, G_FILE_TEST_EXISTS)); /* nothing is made there */
  g_assert_cmpuint (n_entries (test), ==, 1);
  g_assert_cmpuint (n_losses (test), ==, 0);

  /* An empty folder is not it, and stays empty. */
  g_assert_cmpint (g_mkdir (test->path, 0700), ==, 0);
  wait_for (test, LM_SITUATION_AWAY);
  g_assert_cmpuint (lm_test_count (test->path, ""), ==, 0);
  g_assert_cmpint (g_rmdir (test->path), ==, 0);

  command = g_strdup_printf ("cp -a \"%s\" \"%s\"", away, test->path);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  wait_for (test, LM_SITUATION_NONE);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  lm_draft_close (draft);
  g_assert_cmpuint (n_entries (test), ==, 2);
  {
    g_autofree char *entries = g_build_filename (test->path, "entries", NULL);
    g_autofree char *others = g_build_filename (away, "entries", NULL);

    g_assert_cmpuint (lm_test_count (entries, ".json"), ==, 2);
    g_assert_cmpuint (lm_test_count (others, ".json"), ==, 1);
  }
}

/* The journal is opened from another folder. @copy: the first one stays */
static char *
open_elsewhere (LmTestWorkspace *test, gboolean copy)
{
  char *other = g_strconcat (test->path, "-other", NULL);
  g_autofree char *command = g_strdup_printf ("cp -a \"%s\" \"%s\"", test->path, other);
  g_autofree char *remove = g_strdup_printf ("rm -r \"%s\"", test->path);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  if (!copy)
    g_assert_true (g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL));
  g_settings_set_string (test->settings, LM_SETTING_FOLDER, other);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_MOVED);
  g_assert_cmpstr (lm_workspace_get_folder_before (test->workspace), ==, test->path);
  g_assert_true (lm_workspace_get_read_only (test->workspace));
  g_assert_cmpuint (n_entries (test), ==, 1);
  return other;
}

static void
answer (LmTestWorkspace *test, gboolean moved)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_answer_moved_async (test->workspace, moved, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_answer_moved_finish (test->workspace, result, &error);
  g_assert_no_error (error);
}

static void
test_moved (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *other = NULL;

  lm_test_write_entry (test->workspace, "Before");
  other = open_elsewhere (test, FALSE);
  answer (test, TRUE);
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_false (lm_workspace_get_read_only (test->workspace));
  lm_test_write_entry (test->workspace, "After");
  /* It is not asked again. */
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_cmpuint (n_entries (test), ==, 2);
}

static void
test_copy (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autofree char *entries = NULL;
  g_autoptr (LmDraft) draft = NULL;

  lm_test_write_entry (test->workspace, "Before");
  other = open_elsewhere (test, TRUE);
  answer (test, FALSE);
  assert_situation (test, LM_SITUATION_COPY);
  g_assert_true (lm_workspace_get_read_only (test->workspace));
  draft = lm_workspace_begin (test->workspace, NULL);
  lm_test_draft_text (draft, "Not into the copy");
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_FAILED);
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_DRAFT);
  lm_draft_close (draft);
  entries = g_build_filename (other, "entries", NULL);
  g_assert_cmpuint (lm_test_count (entries, ".json"), ==, 1);

  /* It stays a copy, and is not asked about again. */
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_COPY);
  g_assert_true (lm_workspace_get_read_only (test->workspace));

  /* The journal itself knows nothing of it, and has the draft. */
  g_settings_set_string (test->settings, LM_SETTING_FOLDER, test->path);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_false (lm_workspace_get_read_only (test->workspace));
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace)), ==, 1);
}

/* Who said that it is a copy may think better of it. */
static void
test_copy_no_more (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *other = NULL;

  lm_test_write_entry (test->workspace, "Before");
  other = open_elsewhere (test, TRUE);
  answer (test, FALSE);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_COPY);
  answer (test, TRUE);
  assert_situation (test, LM_SITUATION_NONE);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_false (lm_workspace_get_read_only (test->workspace));

  /* Of the first folder nobody has said that it is one. */
  g_settings_set_string (test->settings, LM_SETTING_FOLDER, test->path);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_MOVED);
  answer (test, FALSE);
  assert_situation (test, LM_SITUATION_COPY);
}

/* A folder that was only given another name is the same folder: nothing is asked. */
static void
test_renamed (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *other = g_strconcat (test->path, "-renamed", NULL);

  lm_test_workspace_restart (test);
  lm_workspace_lock (test->workspace);
  g_assert_cmpint (g_rename (test->path, other), ==, 0);
  g_settings_set_string (test->settings, LM_SETTING_FOLDER, other);
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
}

static void
set_clock (LmTestWorkspace *test, const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  lm_clock_set (test->clock, time);
}

/* The clock goes back by years: it is told, and the order of what was saved stays. */
static void
test_clock (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "First");
  g_autoptr (LmDraft) draft = NULL;

  set_clock (test, "2006-01-01T07:00:00+01:00");
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_CLOCK);
  g_assert_cmpint (g_date_time_get_year (lm_workspace_get_last_day (test->workspace)), ==, 2026);
  entry = lm_test_only (lm_workspace_get_entries (test->workspace));
  draft = lm_workspace_begin (test->workspace, entry);
  lm_test_draft_text (draft, "Second");
  lm_draft_close (draft);
  lm_test_until (g_strcmp0 (lm_entry_get_excerpt (entry), "Second") == 0);
  lm_workspace_hide_situation (test->workspace);
  assert_situation (test, LM_SITUATION_NONE);
  set_clock (test, "2026-11-24T07:00:00+01:00");
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_entries (test->workspace))),
      "Second");
  /* A day is a journey. */
  set_clock (test, "2026-11-23T07:00:00-09:00");
  lm_test_workspace_restart (test);
  assert_situation (test, LM_SITUATION_NONE);
  g_assert_cmpuint (n_losses (test), ==, 0);
}

/* Another program has it open, and is done after a while. */
static void
test_shared (LmTestWorkspace *test, gconstpointer data)
{
  LmId journal = lm_test_journal ();
  LmLocal *other;

  lm_workspace_lock (test->workspace);
  lm_test_until (!lm_workspace_is_settling (test->workspace));
  do
    {
      g_main_context_iteration (NULL, FALSE);
      other = lm_local_open (&journal, NULL);
      if (!lm_local_take_lock (other, NULL))
        g_clear_pointer (&other, lm_local_close);
    }
  while (other == NULL);
  lm_test_workspace_unlock (test);
  assert_situation (test, LM_SITUATION_SHARED);
  lm_test_write_entry (test->workspace, "Beside it");
  lm_local_close (other);
  wait_for (test, LM_SITUATION_NONE);
  lm_test_write_entry (test->workspace, "And alone");
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_entries (test), ==, 2);
  g_assert_cmpuint (n_losses (test), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/situation/away", test_away);
  LM_TEST_WORKSPACE_ADD ("/situation/moved", test_moved);
  LM_TEST_WORKSPACE_ADD ("/situation/copy", test_copy);
  LM_TEST_WORKSPACE_ADD ("/situation/copy-no-more", test_copy_no_more);
  LM_TEST_WORKSPACE_ADD ("/situation/renamed", test_renamed);
  LM_TEST_WORKSPACE_ADD ("/situation/clock", test_clock);
  LM_TEST_WORKSPACE_ADD ("/situation/shared", test_shared);
  return g_test_run ();
}
