/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "journal/lm-local.h"
#include "lm-test-workspace.h"
#include "workspace/lm-problem-item.h"

/* Finding, making, opening and locking a journal. */

static LmWorkspace *
look (GSettings *settings)
{
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  LmWorkspace *workspace = lm_workspace_new (settings, clock);

  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_LOOKING);
  lm_workspace_look (workspace);
  lm_test_until (lm_workspace_get_state (workspace) != LM_WORKSPACE_LOOKING);
  return workspace;
}

static void
test_nothing_there (void)
{
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmWorkspace) workspace = look (settings);
  const char *path = lm_workspace_get_path (workspace);

  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_NEW);
  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* looking makes nothing */
}

static void
test_empty_folder_is_as_good_as_none (void)
{
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autofree char *path = lm_settings_journal_path (settings);
  g_autoptr (LmWorkspace) workspace = NULL;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  workspace = look (settings);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_NEW);
}

/* A journal that was there before is missed, and never replaced by a new one. */
static void
test_missing (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *away = g_strconcat (test->path, "-away", NULL);
  g_autoptr (LmWorkspace) workspace = NULL;

  lm_workspace_lock (test->workspace);
  g_assert_cmpint (g_rename (test->path, away), ==, 0);
  workspace = look (test->settings);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_UNAVAILABLE);
  g_assert_error (lm_workspace_get_error (workspace), LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (test->path, G_FILE_TEST_EXISTS));

  /* At its usual place as well, because this computer knows of one. */
  g_settings_reset (test->settings, LM_SETTING_FOLDER);
  g_clear_object (&workspace);
  workspace = look (test->settings);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_UNAVAILABLE);

  /* The person shows where it went. */
  lm_workspace_use_folder (workspace, away);
  lm_test_state (workspace, LM_WORKSPACE_LOCKED);
  g_assert_cmpstr (lm_workspace_get_path (workspace), ==, away);

  /* Or wants a new one. */
  lm_workspace_start_new (workspace);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_NEW);
  g_assert_null (lm_workspace_get_error (workspace));
}

static char *
create (LmWorkspace *workspace, const char *passphrase, GError **error)
{
  g_autoptr (LmSecret) typed = lm_test_typed (passphrase);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmSecret) code = NULL;

  lm_workspace_create_async (workspace, typed, FALSE, lm_test_take_result, &result);
  lm_test_wait (result);
  code = lm_workspace_create_finish (workspace, result, error);
  if (code == NULL)
    return NULL;
  return g_strndup ((const char *) lm_secret_peek (code), lm_secret_length (code));
}

static void
check_code (LmWorkspace *workspace, const char *code, GError **error)
{
  g_autoptr (LmSecret) typed = lm_test_typed (code);
  g_autoptr (GAsyncResult) result = NULL;

  lm_workspace_check_code_async (workspace, typed, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_cmpint (lm_workspace_check_code_finish (workspace, result, error),
                   ==,
                   error == NULL || *error == NULL);
}

static void
close_workspace (LmWorkspace *workspace)
{
  LmTestWorkspace test = { .workspace = workspace };
  g_autoptr (GError) error = lm_test_workspace_close (&test);

  g_assert_no_error (error);
}

static void
test_create (void)
{
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmWorkspace) workspace = look (settings);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = create (workspace, "a passphrase", &error);

  g_assert_no_error (error);
  g_assert_nonnull (code);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_OPEN);
  g_assert_false (g_settings_get_boolean (settings, LM_SETTING_KEYRING));
  g_assert_false (g_settings_get_boolean (settings, LM_SETTING_CODE_CHECKED));
  check_code (workspace, code, NULL);
  check_code (workspace, "no code", &error);
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_CODE_FORM);
  g_clear_error (&error);

  /* The code opens it, the passphrase too, and nothing else. */
  lm_workspace_lock (workspace);
  g_assert_no_error ((error = lm_test_try_unlock (workspace, LM_KEY_SLOT_RECOVERY, code)));
  lm_workspace_lock (workspace);
  error = lm_test_try_unlock (workspace, LM_KEY_SLOT_PASSPHRASE, "a passphrasf");
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WRONG_SECRET);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_LOCKED);
  g_clear_error (&error);
  error = lm_test_try_unlock (workspace, LM_KEY_SLOT_PASSPHRASE, "a passphrase");
  g_assert_no_error (error);
  g_assert_cmpint (lm_workspace_get_state (workspace), ==, LM_WORKSPACE_OPEN);
  close_workspace (workspace);
}

static void
test_create_where_something_is (void)
{
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmWorkspace) workspace = look (settings);
  g_autofree char *file = g_build_filename (lm_workspace_get_path (workspace), "mine.txt", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("mine");
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  g_assert_cmpint (g_mkdir_with_parents (lm_workspace_get_path (workspace), 0700), ==, 0);
  lm_test_write (file, text);
  code = create (workspace, "a passphrase", &error);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_EMPTY);
  g_assert_null (code);
  g_assert_cmpuint (lm_test_count (lm_workspace_get_path (workspace), ""), ==, 1);
}

static void
test_create_needs_a_passphrase (void)
{
  g_autoptr (GSettings) settings = lm_settings_new (TRUE);
  g_autoptr (LmWorkspace) workspace = look (settings);
  g_autoptr (GError) error = NULL;

  g_assert_null (create (workspace, "", &error));
  g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_PASSPHRASE);
  g_assert_false (g_file_test (lm_workspace_get_path (workspace), G_FILE_TEST_EXISTS));
}

/* When lm_workspace_lock () returns, nothing is there any more. */
static void
test_lock (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = NULL;

  lm_test_write_entry (test->workspace, "Twenty-six ducks.");
  draft = lm_workspace_begin (test->workspace, NULL);
  lm_test_draft_text (draft, "Half a sen");
  lm_workspace_lock (test->workspace);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  g_assert_cmpint (lm_workspace_get_keyring_status (test->workspace), ==, LM_KEYRING_HELD);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace)), ==, 0);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "ducks"), ==, 0);
  g_clear_object (&draft);

  /* What was being written was saved behind that. */
  lm_test_workspace_unlock (test);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 2);
  g_assert_cmpuint (lm_test_n_found (test->workspace, "half"), ==, 1);
}

/* A lock holds until the passphrase is given, and no keyring is asked. */
static void
test_lock_holds (LmTestWorkspace *test, gconstpointer data)
{
  LmId journal = lm_test_journal ();

  g_settings_set_boolean (test->settings, LM_SETTING_KEYRING, TRUE);
  lm_workspace_lock (test->workspace);
  lm_test_until (lm_local_is_locked (&journal)); /* the process could end here */
  lm_test_workspace_drop (test);
  test->workspace = look (test->settings);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  g_assert_cmpint (lm_workspace_get_keyring_status (test->workspace), ==, LM_KEYRING_HELD);

  /* A wrong one does not end it. */
  g_clear_error (
      &(GError *) { lm_test_try_unlock (test->workspace, LM_KEY_SLOT_PASSPHRASE, "wrong") });
  g_assert_true (lm_local_is_locked (&journal));
  lm_test_workspace_unlock (test);
  g_assert_false (lm_local_is_locked (&journal));
}

static void
test_problems (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "One that stays whole.");
  LmEntry *other = lm_test_write_entry (test->workspace, "One that is damaged.");
  g_autofree char *name = lm_test_file_name (lm_entry_get_id (other));
  g_autofree char *file = g_build_filename (test->path, "entries", name, NULL);
  g_autofree char *told = g_build_filename ("entries", name, NULL);
  g_autoptr (GBytes) whole = lm_test_read (file);
  g_autoptr (GBytes) part = lm_test_slice (whole, g_bytes_get_size (whole) - 9);
  g_autoptr (LmProblemItem) problem = NULL;
  g_autoptr (GBytes) after = NULL;
  LmId id = *lm_entry_get_id (entry);

  lm_test_write (file, part);
  lm_test_workspace_restart (test);
  g_assert_cmpmem (lm_entry_get_id (lm_test_only (lm_workspace_get_entries (test->workspace))),
                   sizeof id,
                   &id,
                   sizeof id);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_problems (test->workspace)), ==, 1);
  problem = g_list_model_get_item (lm_workspace_get_problems (test->workspace), 0);
  g_assert_cmpstr (lm_problem_item_get_file (problem), ==, told);
  g_assert_error (lm_problem_item_get_error (problem), LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
  after = lm_test_read (file);
  g_assert_cmpmem (g_bytes_get_data (after, NULL),
                   g_bytes_get_size (after),
                   g_bytes_get_data (part, NULL),
                   g_bytes_get_size (part));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/workspace/nothing-there", test_nothing_there);
  g_test_add_func ("/workspace/empty-folder", test_empty_folder_is_as_good_as_none);
  g_test_add_func ("/workspace/create", test_create);
  g_test_add_func ("/workspace/create-where-something-is", test_create_where_something_is);
  g_test_add_func ("/workspace/create-needs-a-passphrase", test_create_needs_a_passphrase);
  LM_TEST_WORKSPACE_ADD ("/workspace/missing", test_missing);
  LM_TEST_WORKSPACE_ADD ("/workspace/lock", test_lock);
  LM_TEST_WORKSPACE_ADD ("/workspace/lock-holds", test_lock_holds);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems", test_problems);
  return g_test_run ();
}
