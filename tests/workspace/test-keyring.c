/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "vault/lm-kdf.h"
#include "workspace/lm-keyring.h"

/* Without a session bus. With a real keyring it is tested in the window. */

static void
test_lookup (void)
{
  LmId journal = lm_test_id (1);
  g_autoptr (GError) error = NULL;

  g_assert_null (lm_keyring_lookup (&journal, &error));
  g_assert_error (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_NO_SERVICE);
}

static void
test_store (void)
{
  LmId journal = lm_test_id (1), slot = lm_test_id (2);
  g_autoptr (LmSecret) passphrase = lm_test_typed ("a passphrase");
  g_autoptr (LmSecret) derived = lm_secret_new_random (LM_KDF_DERIVED_BYTES);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_keyring_store_async (&journal, passphrase, &slot, derived, NULL, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_false (lm_keyring_store_finish (result, &error));
  g_assert_error (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_NO_SERVICE);
}

static void
test_forget (void)
{
  LmId journal = lm_test_id (1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_keyring_forget_async (&journal, NULL, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_false (lm_keyring_forget_finish (result, &error));
  g_assert_error (error, LM_KEYRING_ERROR, LM_KEYRING_ERROR_NO_SERVICE);
}

/* The journal opens with the passphrase all the same. */
static void
test_journal_opens (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GError) error = lm_test_workspace_close (test);

  g_assert_no_error (error);
  g_settings_set_boolean (test->settings, LM_SETTING_KEYRING, TRUE);
  lm_test_workspace_drop (test);
  test->workspace = lm_workspace_new (test->settings, test->clock);
  lm_workspace_look (test->workspace);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  g_assert_cmpint (lm_workspace_get_keyring_status (test->workspace), ==, LM_KEYRING_NO_SERVICE);
  lm_test_workspace_unlock (test);
}

int
main (int argc, char **argv)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/keyring/no-bus/lookup", test_lookup);
  g_test_add_func ("/keyring/no-bus/store", test_store);
  g_test_add_func ("/keyring/no-bus/forget", test_forget);
  LM_TEST_WORKSPACE_ADD ("/keyring/no-bus/journal-opens", test_journal_opens);
  return g_test_run ();
}
