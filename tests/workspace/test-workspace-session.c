/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-error.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-session.h"

/* Appointments and the tray, and taking back what was done with them. */

static LmUndo *
finish (LmTestWorkspace *test, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  LmUndo *undo;

  lm_test_wait (*result);
  undo = lm_workspace_change_session_finish (test->workspace, *result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (undo);
  g_clear_object (result);
  return undo;
}

static GError *
take_back (LmTestWorkspace *test, LmUndo *undo)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  lm_workspace_undo_async (test->workspace, undo, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_undo_finish (test->workspace, result, &error);
  return error;
}

/* Thursday of that week; the clock stands at Monday evening. */
static LmUndo *
add_weekly (LmTestWorkspace *test)
{
  g_autoptr (GDateTime) starts = g_date_time_new_from_iso8601 ("2026-11-26T17:10:00+01:00", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  lm_workspace_add_appointment_async (test->workspace, starts, 50, 1, lm_test_take_result, &result);
  return finish (test, &result);
}

static void
assert_next (LmTestWorkspace *test, const char *expected)
{
  g_autoptr (LmSession) session = lm_workspace_next_session (test->workspace, NULL);
  g_autofree char *text = session != NULL ? lm_time_to_rfc3339 (session->starts) : NULL;

  if (expected == NULL)
    g_assert_null (text);
  else
    {
      g_autoptr (GDateTime) then = lm_time_from_rfc3339 (expected);

      g_assert_nonnull (session);
      g_assert_true (g_date_time_equal (session->starts, then));
    }
}

static void
test_weekly (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmUndo) undo = add_weekly (test);
  g_autoptr (LmUndo) cancelled = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  LmEntry *appointment = NULL;
  g_autoptr (LmSession) session = lm_workspace_next_session (test->workspace, &appointment);

  assert_next (test, "2026-11-26T17:10:00+01:00");
  lm_workspace_cancel_session_async (test->workspace,
                                     appointment,
                                     session->day,
                                     lm_test_take_result,
                                     &result);
  cancelled = finish (test, &result);
  assert_next (test, "2026-12-03T17:10:00+01:00");
  lm_test_workspace_restart (test);
  assert_next (test, "2026-12-03T17:10:00+01:00");
  g_assert_no_error (take_back (test, cancelled));
  assert_next (test, "2026-11-26T17:10:00+01:00");
  g_assert_no_error (take_back (test, undo));
  assert_next (test, NULL);
  lm_test_workspace_restart (test);
  assert_next (test, NULL);
  /* It is no entry. */
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 0);
}

static void
test_undo_leaves_what_was_changed_again (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmUndo) undo = add_weekly (test);
  g_autoptr (GDateTime) moved = g_date_time_new_from_iso8601 ("2026-11-27T09:00:00+01:00", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  LmEntry *appointment = NULL;
  g_autoptr (LmSession) session = lm_workspace_next_session (test->workspace, &appointment);
  g_autoptr (LmUndo) later = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_move_session_async (test->workspace,
                                   appointment,
                                   session->day,
                                   moved,
                                   lm_test_take_result,
                                   &result);
  later = finish (test, &result);
  assert_next (test, "2026-11-27T09:00:00+01:00");
  error = take_back (test, undo);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  assert_next (test, "2026-11-27T09:00:00+01:00");
}

static LmTray
tray_of (LmTestWorkspace *test, guint i)
{
  g_autoptr (LmEntry) entry = g_list_model_get_item (lm_workspace_get_entries (test->workspace), i);

  return lm_entry_get_record (entry)->tray;
}

static void
test_tray (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmUndo) brought = NULL, talked = NULL;

  g_ptr_array_add (entries, lm_test_write_entry (test->workspace, "One."));
  g_ptr_array_add (entries, lm_test_write_entry (test->workspace, "Two."));
  lm_workspace_set_tray_async (test->workspace,
                               entries,
                               LM_TRAY_BRING,
                               lm_test_take_result,
                               &result);
  brought = finish (test, &result);
  g_assert_cmpint (tray_of (test, 0), ==, LM_TRAY_BRING);
  g_assert_cmpint (tray_of (test, 1), ==, LM_TRAY_BRING);
  g_ptr_array_set_size (entries, 1);
  lm_workspace_set_tray_async (test->workspace,
                               entries,
                               LM_TRAY_TALKED,
                               lm_test_take_result,
                               &result);
  talked = finish (test, &result);
  lm_test_workspace_restart (test);
  g_assert_cmpint (tray_of (test, 0) + tray_of (test, 1), ==, LM_TRAY_TALKED + LM_TRAY_BRING);
  g_assert_no_error (take_back (test, talked));
  g_assert_no_error (take_back (test, brought));
  g_assert_cmpint (tray_of (test, 0), ==, LM_TRAY_NONE);
  g_assert_cmpint (tray_of (test, 1), ==, LM_TRAY_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/session/weekly", test_weekly);
  LM_TEST_WORKSPACE_ADD ("/workspace/session/undo-leaves-what-was-changed-again",
                         test_undo_leaves_what_was_changed_again);
  LM_TEST_WORKSPACE_ADD ("/workspace/session/tray", test_tray);
  return g_test_run ();
}
