/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-workspace-private.h"

/* The thread that looks for the journal has it opened while the main loop does not run. What the
 * person does meanwhile counts, whichever comes first. With a real keyring it is tested in the
 * window. */

/* A journal with @n entries, found and locked, and its keys. Returns: (transfer full): the keys */
static LmOpened *
find_locked (LmTestWorkspace *test, guint n)
{
  g_autoptr (LmSecret) passphrase = lm_test_typed (LM_TEST_PASSPHRASE);
  g_autoptr (GError) error = NULL;
  LmOpened *opened;

  for (guint i = 0; i < n; i++)
    lm_test_write_entry (test->workspace, "Written before");
  error = lm_test_workspace_close (test);
  g_assert_no_error (error);
  lm_test_workspace_drop (test);
  test->workspace = lm_workspace_new (test->settings, test->clock);
  lm_workspace_look (test->workspace);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  opened =
      lm_folder_unlock (test->workspace->folder, LM_KEY_SLOT_PASSPHRASE, passphrase, NULL, &error);
  g_assert_no_error (error);
  return opened;
}

typedef struct
{
  LmWorkspace *workspace;
  LmOpened *opened;
  guint attempt;
  GAsyncResult *result;
} Ahead;

static gpointer
open_thread (gpointer data)
{
  Ahead *ahead = data;
  g_autoptr (GTask) task = g_task_new (ahead->workspace, NULL, lm_test_take_result, &ahead->result);

  lm_workspace_open_ahead (ahead->workspace,
                           ahead->workspace->folder,
                           ahead->opened,
                           ahead->attempt,
                           task);
  return NULL;
}

/* As the thread does that looked for the journal. */
static void
open_ahead (Ahead *ahead)
{
  g_thread_join (g_thread_new ("look", open_thread, ahead));
}

/* Waits for what became of it: nothing, for it was void. */
static void
assert_void (Ahead *ahead)
{
  g_autoptr (GError) error = NULL;

  lm_test_wait (ahead->result);
  g_assert_false (g_task_propagate_boolean (G_TASK (ahead->result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&ahead->result);
}

static guint
n_entries (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));
}

static void
test_opens (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 3);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };
  g_autoptr (GError) error = NULL;

  open_ahead (&ahead);
  lm_test_wait (ahead.result);
  g_assert_true (g_task_propagate_boolean (G_TASK (ahead.result), &error));
  g_assert_no_error (error);
  g_clear_object (&ahead.result);
  lm_test_state (test->workspace, LM_WORKSPACE_OPEN);
  lm_test_until (!lm_workspace_get_loading (test->workspace));
  g_assert_cmpuint (n_entries (test), ==, 3);
}

/* Somebody did something else before: the keys open nothing. */
static void
test_void (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 1);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };

  lm_workspace_begin_attempt (test->workspace);
  open_ahead (&ahead);
  assert_void (&ahead);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  g_assert_null (test->workspace->store);
  lm_test_workspace_unlock (test);
  g_assert_cmpuint (n_entries (test), ==, 1);
}

/* The person gives the passphrase just then: the journal opens once, with each entry once. */
static void
test_person_too (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 3);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };

  open_ahead (&ahead);
  lm_test_workspace_unlock (test);
  assert_void (&ahead);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_OPEN);
  g_assert_cmpuint (n_entries (test), ==, 3);
}

/* It was opened, and the main thread, which did not hear of it yet, wants something else. */
static void
test_too_late (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 2);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };

  open_ahead (&ahead);
  lm_workspace_begin_attempt (test->workspace);
  assert_void (&ahead);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  lm_test_workspace_unlock (test);
  g_assert_cmpuint (n_entries (test), ==, 2);
}

/* The program ends, and then the keyring answers. */
static void
test_closed (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 1);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };
  g_autoptr (GError) error = lm_test_workspace_close (test);

  g_assert_no_error (error);
  open_ahead (&ahead);
  assert_void (&ahead);
  g_assert_null (test->workspace->store);
}

static void
wait_job (GTask *task, gpointer data)
{
  while (!g_atomic_int_get ((int *) data))
    g_usleep (1000);
  g_task_return_boolean (task, TRUE);
}

/* A text that waited behind a lock is saved between the opening and the reading: it is there once.
 */
static void
test_saved_between (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmOpened) opened = find_locked (test, 2);
  Ahead ahead = { test->workspace, opened, test->workspace->attempt, NULL };
  g_autoptr (LmContent) content = lm_content_new_bare ("entry");
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (GError) error = NULL;
  LmBase *base = lm_base_new (NULL);
  LmId id = lm_id_new_random ();
  int go_on = FALSE;
  g_autoptr (GTask) wait = g_task_new (test->workspace, NULL, NULL, NULL);

  lm_content_set_string (content, "text", "Still here");
  /* The writer is busy until both are behind each other. */
  g_task_set_task_data (wait, &go_on, NULL);
  lm_writer_run (test->workspace->writer, wait, wait_job);
  open_ahead (&ahead);
  lm_workspace_save_async (test->workspace,
                           &id,
                           content,
                           NULL,
                           base,
                           LM_SAVE_RECORD,
                           FALSE,
                           lm_test_take_result,
                           &saved);
  lm_base_unref (base);
  g_atomic_int_set (&go_on, TRUE);
  lm_test_wait (saved);
  g_assert_true (lm_workspace_save_finish (test->workspace, saved, NULL, &error));
  g_assert_no_error (error);
  lm_test_wait (ahead.result);
  g_clear_object (&ahead.result);
  lm_test_until (!lm_workspace_get_loading (test->workspace));
  g_assert_cmpuint (n_entries (test), ==, 3);
  g_assert_nonnull (lm_workspace_find_entry (test->workspace, &id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/open-ahead/opens", test_opens);
  LM_TEST_WORKSPACE_ADD ("/open-ahead/void", test_void);
  LM_TEST_WORKSPACE_ADD ("/open-ahead/person-too", test_person_too);
  LM_TEST_WORKSPACE_ADD ("/open-ahead/too-late", test_too_late);
  LM_TEST_WORKSPACE_ADD ("/open-ahead/closed", test_closed);
  LM_TEST_WORKSPACE_ADD ("/open-ahead/saved-between", test_saved_between);
  return g_test_run ();
}
