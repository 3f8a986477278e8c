/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-local.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-search.h"
#include "workspace/lm-workspace-private.h"

static gboolean
wake_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* One turn of the main loop, and a look again soon: what another thread does to the disk wakes
 * nobody. @condition has been waited for since @began, in vain if that is long ago. */
void
lm_test_turn (gint64 began, const char *condition)
{
  gboolean woken = FALSE;
  guint timer = g_timeout_add (10, wake_cb, &woken);

  g_main_context_iteration (NULL, TRUE);
  if (!woken)
    g_source_remove (timer);
  if (g_get_monotonic_time () - began > LM_TEST_PATIENCE)
    g_error ("waited in vain: %s", condition);
}

/* Returns: (transfer full): @text as if it had been typed into a field */
LmSecret *
lm_test_typed (const char *text)
{
  return lm_secret_new_taking (g_strdup (text));
}

/* A callback that puts the result into the GAsyncResult * at @data. */
void
lm_test_take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

/* Runs the main loop until @workspace is in @state. */
void
lm_test_state (LmWorkspace *workspace, LmWorkspaceState state)
{
  lm_test_until (lm_workspace_get_state (workspace) == state);
}

/* Returns: (transfer full) (nullable): why @typed did not open the journal */
GError *
lm_test_try_unlock (LmWorkspace *workspace, LmKeySlotKind kind, const char *typed)
{
  g_autoptr (LmSecret) secret = lm_test_typed (typed);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  lm_workspace_unlock_async (workspace, kind, secret, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_unlock_finish (workspace, result, &error);
  return error;
}

static void
pass_job (GTask *task, gpointer data)
{
  g_task_return_boolean (task, TRUE);
}

/* After opening, the snapshot of the day is made in a thread of its own, and the writer looks after
 * the keys of the snapshots there are: what nothing waits for would be counted by a case, or meet
 * the fault that is meant for something else. */
static void
wait_for_errands (LmTestWorkspace *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GTask) task = NULL;

  lm_test_until (test->workspace->snapshot_stop == NULL);
  task = g_task_new (test->workspace, NULL, lm_test_take_result, &result);
  lm_writer_run (test->workspace->writer, task, pass_job);
  lm_test_wait (result);
}

/* Opens the locked journal and waits until all its entries are there. */
void
lm_test_workspace_unlock (LmTestWorkspace *test)
{
  g_autoptr (GError) error =
      lm_test_try_unlock (test->workspace, LM_KEY_SLOT_PASSPHRASE, LM_TEST_PASSPHRASE);

  g_assert_no_error (error);
  lm_test_until (!lm_workspace_get_loading (test->workspace));
  wait_for_errands (test);
}

static void
start (LmTestWorkspace *test)
{
  test->workspace = lm_workspace_new (test->settings, test->clock);
  lm_workspace_look (test->workspace);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  lm_test_workspace_unlock (test);
}

void
lm_test_workspace_set_up (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);

  test->path = lm_test_make_journal ("journal");
  test->settings = lm_settings_new (TRUE);
  g_settings_set_string (test->settings, LM_SETTING_FOLDER, test->path);
  test->clock = lm_clock_new_set (time);
  start (test);
}

/* Returns: (transfer full) (nullable): why closing would lose something; then it is still open */
GError *
lm_test_workspace_close (LmTestWorkspace *test)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  lm_workspace_close_async (test->workspace, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_close_finish (test->workspace, result, &error);
  return error;
}

/* Gives @object back and waits until nobody has it any more: a worker may let go a moment later. */
static void
let_go (gpointer object)
{
  gpointer weak = object;

  g_object_add_weak_pointer (object, &weak);
  g_object_unref (object);
  while (g_atomic_pointer_get (&weak) != NULL)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

/* Lets go of the workspace. The writer's thread may be the last that does. */
void
lm_test_workspace_drop (LmTestWorkspace *test)
{
  let_go (test->workspace);
  test->workspace = NULL;
}

/* As if the app was quit and started again. */
void
lm_test_workspace_restart (LmTestWorkspace *test)
{
  g_autoptr (GError) error = lm_test_workspace_close (test);

  g_assert_no_error (error);
  lm_test_workspace_drop (test);
  start (test);
}

void
lm_test_workspace_tear_down (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GError) error = lm_test_workspace_close (test);

  g_assert_no_error (error);
  lm_test_workspace_drop (test);
  let_go (test->settings);
  lm_clock_unref (test->clock);
  g_free (test->path);
}

/* Returns: how many entries a search finds; 0 if nothing is looked for */
guint
lm_test_n_found (LmWorkspace *workspace, const char *typed)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmFound) found = NULL;

  lm_workspace_find_async (workspace, typed, cancellable, lm_test_take_result, &result);
  lm_test_wait (result);
  found = lm_workspace_find_finish (workspace, result, &error);
  g_assert_no_error (error);
  return found->entries != NULL ? found->entries->len : 0;
}

/* Returns: (transfer none): somebody new, in one's life now */
LmEntry *
lm_test_add_person (LmTestWorkspace *test, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmEntry *person;

  lm_workspace_add_person_async (test->workspace, name, "now", lm_test_take_result, &result);
  lm_test_wait (result);
  person = lm_workspace_add_person_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return person;
}

/* Returns: (transfer none): what is alone in @list */
LmEntry *
lm_test_only (GListModel *list)
{
  g_autoptr (LmEntry) entry = g_list_model_get_item (list, 0);

  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 1);
  return entry;
}

/* How many files there are in the folder of entries. */
guint
lm_test_count_records (LmTestWorkspace *test)
{
  g_autofree char *path = g_build_filename (test->path, "entries", NULL);

  return lm_test_count (path, ".json");
}

/* How many drafts this computer holds. */
guint
lm_test_count_drafts (void)
{
  LmId journal = lm_test_journal ();
  g_autofree char *local = lm_local_path (&journal);
  g_autofree char *path = g_build_filename (local, LM_LOCAL_DRAFTS, NULL);

  return lm_test_count (path, ".json");
}

/* Writes @text as somebody types it. */
void
lm_test_draft_text (LmDraft *draft, const char *text)
{
  lm_content_set_string (lm_draft_get_content (draft), "text", text);
  lm_draft_changed (draft);
}

/* Returns: (transfer none): a new entry with @text, on disk */
LmEntry *
lm_test_write_entry (LmWorkspace *workspace, const char *text)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (workspace, NULL);

  lm_test_draft_text (draft, text);
  lm_draft_close (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  return lm_draft_get_entry (draft);
}
