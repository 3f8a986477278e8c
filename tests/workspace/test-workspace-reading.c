/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-workspace-reading.h"

/* What was read in the library. */

static void
test_kept (LmTestWorkspace *test, gconstpointer data)
{
  LmWorkspace *workspace = test->workspace;
  LmReading reading = lm_workspace_get_reading (workspace, "dreams");

  g_assert_false (reading.read || reading.bookmark);
  g_assert_cmpuint (reading.place, ==, 0);
  lm_workspace_set_reading (workspace, "dreams", &(LmReading) { TRUE, FALSE, 400 });
  lm_workspace_set_reading (workspace, "endings", &(LmReading) { FALSE, TRUE, 1 });
  lm_test_until (lm_workspace_get_reading (workspace, "endings").bookmark);
  lm_test_workspace_restart (test);
  reading = lm_workspace_get_reading (test->workspace, "dreams");
  g_assert_true (reading.read);
  g_assert_cmpuint (reading.place, ==, 400);
  g_assert_true (lm_workspace_get_reading (test->workspace, "endings").bookmark);
  g_assert_false (lm_workspace_get_reading (test->workspace, "endings").read);
  /* It is no entry, and no word for the spelling checker. */
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 0);
}

/* What was read stays read; a bookmark can be taken away. */
static void
test_changed (LmTestWorkspace *test, gconstpointer data)
{
  LmWorkspace *workspace = test->workspace;
  g_autoptr (GDateTime) later = g_date_time_new_from_iso8601 ("2026-11-23T22:00:00+01:00", NULL);

  lm_workspace_set_reading (workspace, "dreams", &(LmReading) { TRUE, TRUE, 400 });
  lm_test_until (lm_workspace_get_reading (workspace, "dreams").bookmark);
  lm_clock_set (test->clock, later);
  lm_workspace_set_reading (workspace, "dreams", &(LmReading) { FALSE, FALSE, 30 });
  lm_test_until (!lm_workspace_get_reading (workspace, "dreams").bookmark);
  lm_test_workspace_restart (test);
  g_assert_true (lm_workspace_get_reading (test->workspace, "dreams").read);
  g_assert_cmpuint (lm_workspace_get_reading (test->workspace, "dreams").place, ==, 30);
}

/* Beside the settings of the same computer, each has its own record. */
static void
test_beside_settings (LmTestWorkspace *test, gconstpointer data)
{
  g_auto (GStrv) words = NULL;

  lm_workspace_set_reading (test->workspace, "dreams", &(LmReading) { TRUE, FALSE, 0 });
  lm_test_until (lm_workspace_get_reading (test->workspace, "dreams").read);
  lm_workspace_add_word (test->workspace, "Bram");
  lm_workspace_set_reading (test->workspace, "endings", &(LmReading) { TRUE, FALSE, 0 });
  lm_test_until (lm_workspace_get_reading (test->workspace, "endings").read);
  lm_test_workspace_restart (test);
  words = lm_workspace_get_words (test->workspace);
  g_assert_cmpstrv (words, ((const char *[]) { "Bram", NULL }));
  g_assert_true (lm_workspace_get_reading (test->workspace, "dreams").read);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/reading/kept", test_kept);
  LM_TEST_WORKSPACE_ADD ("/workspace/reading/changed", test_changed);
  LM_TEST_WORKSPACE_ADD ("/workspace/reading/beside-settings", test_beside_settings);
  return g_test_run ();
}
