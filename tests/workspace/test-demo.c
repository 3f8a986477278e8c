/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-demo.h"

static LmWorkspace *
open_demo (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  g_autoptr (GAsyncResult) result = NULL;
  LmWorkspace *workspace;

  g_assert_no_error (error);
  lm_demo_make_async (path, library, n, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_true (lm_demo_make_finish (result, &error));
  g_assert_no_error (error);
  g_settings_set_string (settings, LM_SETTING_FOLDER, path);
  workspace = lm_workspace_new (settings, clock);
  lm_workspace_open_demo (workspace);
  lm_test_until (lm_workspace_get_state (workspace) >= LM_WORKSPACE_OPEN &&
                 !lm_workspace_get_loading (workspace));
  return workspace;
}

/* Two years up to today, nothing damaged, nothing in the future. */
static void
test_two_years (void)
{
  g_autofree char *path = lm_test_path ("demo");
  g_autoptr (LmWorkspace) workspace = open_demo (path, 0);
  GListModel *entries = lm_workspace_get_entries (workspace);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GTimeSpan oldest = 0, newest = G_MAXINT64;
  LmTestWorkspace test = { .workspace = workspace };
  g_autoptr (GError) error = NULL;
  guint episodes = 0;

  g_assert_true (lm_workspace_is_demo (workspace));
  g_assert_cmpuint (g_list_model_get_n_items (entries), >, 100);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_people (workspace)), >, 3);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_problems (workspace)), ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);
      GTimeSpan age = g_date_time_difference (now, lm_entry_get_created (entry));

      g_assert_cmpint (age, >, 0);
      oldest = MAX (oldest, age);
      newest = MIN (newest, age);
      if (lm_entry_get_record (entry)->guide != NULL)
        episodes++;
    }
  g_assert_cmpint (oldest / G_TIME_SPAN_DAY, >, 650);
  g_assert_cmpint (newest / G_TIME_SPAN_DAY, <, 7);
  g_assert_cmpuint (episodes, >, 20);
  error = lm_test_workspace_close (&test);
  g_assert_no_error (error);
}

/* As many as are asked for, further back. */
static void
test_many (void)
{
  g_autofree char *path = lm_test_path ("demo");
  g_autoptr (LmWorkspace) workspace = open_demo (path, 600);
  GListModel *entries = lm_workspace_get_entries (workspace);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) years_ago = g_date_time_add_years (now, -5);
  LmTestWorkspace test = { .workspace = workspace };
  g_autoptr (GError) error = NULL;
  gboolean earlier = FALSE;

  g_assert_cmpuint (g_list_model_get_n_items (entries), ==, 600);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_problems (workspace)), ==, 0);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      g_assert_cmpint (g_date_time_compare (lm_entry_get_created (entry), now), <, 0);
      earlier = earlier || g_date_time_compare (lm_entry_get_created (entry), years_ago) < 0;
    }
  g_assert_true (earlier);
  error = lm_test_workspace_close (&test);
  g_assert_no_error (error);
}

static void
test_never_over_something (void)
{
  g_autofree char *path = lm_test_make_folder ("demo");
  g_autofree char *file = g_build_filename (path, "mine.txt", NULL);
  g_autoptr (GBytes) mine = lm_test_bytes ("mine");
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_test_write (file, mine);
  lm_demo_make_async (path, library, 0, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_false (lm_demo_make_finish (result, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_EMPTY);
  g_assert_cmpuint (lm_test_count (path, ""), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/demo/two-years", test_two_years);
  g_test_add_func ("/demo/many", test_many);
  g_test_add_func ("/demo/never-over-something", test_never_over_something);
  return g_test_run ();
}
