/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "journal/lm-local.h"
#include "journal/lm-store-error.h"
#include "lm-test-faults.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-private.h"

/* A lock: nothing is lost, no key stays longer than it must, and the keyring is not asked. */

typedef struct
{
  guint good;
  guint bad;
} Settled;

static void
settled_cb (LmWorkspace *workspace, gboolean good, Settled *settled)
{
  if (good)
    settled->good++;
  else
    settled->bad++;
}

static Settled *
watch (LmTestWorkspace *test)
{
  Settled *settled = g_new0 (Settled, 1);

  g_signal_connect_data (test->workspace,
                         "settled",
                         G_CALLBACK (settled_cb),
                         settled,
                         (GClosureNotify) (void (*) (void)) g_free,
                         0);
  return settled;
}

static gboolean
is_marked (void)
{
  LmId journal = lm_test_journal ();

  return lm_local_is_locked (&journal);
}

static LmEntry *
only_entry (LmTestWorkspace *test)
{
  return lm_test_only (lm_workspace_get_entries (test->workspace));
}

static void
test_settles (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "Before the lock");
  lm_workspace_lock (test->workspace);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  g_assert_cmpuint (settled->good + settled->bad, ==, 0); /* never at once: it is told later */
  lm_test_until (settled->good == 1);
  g_assert_cmpuint (settled->bad, ==, 0);
  g_assert_null (test->workspace->store);
  g_assert_false (lm_workspace_is_settling (test->workspace));
  g_assert_true (is_marked ());
  g_clear_object (&draft);
  lm_test_workspace_unlock (test);
  g_assert_false (is_marked ());
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "Before the lock");
}

static void
test_settles_without_text (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);

  lm_workspace_lock (test->workspace);
  lm_test_until (settled->good == 1);
  g_assert_null (test->workspace->store);
  lm_test_workspace_unlock (test);
}

/* The disk is full: the text waits, with its key. When there is room it is saved, behind the lock.
 */
static void
test_waits_for_room (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "No room yet");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_lock (test->workspace);
  lm_test_until (settled->bad == 1);
  g_assert_cmpuint (settled->good, ==, 0);
  g_assert_true (lm_workspace_is_settling (test->workspace));
  g_assert_nonnull (test->workspace->store);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_LOCKED);
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 0);
  g_assert_true (lm_fault_clear ());
  lm_draft_flush (draft); /* it would by itself, after a while */
  lm_test_until (settled->good == 1);
  g_assert_null (test->workspace->store);
  g_assert_true (is_marked ());
  g_clear_object (&draft);
  lm_test_workspace_unlock (test);
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "No room yet");
}

/* By itself, with a real wait. */
static void
test_tries_again (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  LmDraft *draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "By and by");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_lock (test->workspace);
  g_object_unref (draft);
  lm_test_until (settled->bad == 1);
  g_assert_true (lm_fault_clear ());
  lm_test_until (settled->good == 1);
  lm_test_workspace_unlock (test);
  lm_test_assert_text (lm_entry_get_record (only_entry (test)), "By and by");
}

/* A wrong passphrase meanwhile changes nothing; the right one shows the text again. */
static void
test_taken_back (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (LmDraft) back = NULL;
  g_autoptr (GError) error = NULL;
  LmId id = *lm_draft_get_id (draft), other = lm_test_id (77);

  lm_test_draft_text (draft, "Only in memory");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_lock (test->workspace);
  lm_test_until (settled->bad == 1);
  error = lm_test_try_unlock (test->workspace, LM_KEY_SLOT_PASSPHRASE, "not this one");
  g_assert_nonnull (error);
  g_assert_true (lm_workspace_is_settling (test->workspace));
  g_assert_nonnull (test->workspace->store);
  lm_test_workspace_unlock (test);
  g_assert_null (lm_workspace_take_back (test->workspace, &other));
  back = lm_workspace_take_back (test->workspace, &id);
  g_assert_true (back == draft);
  g_assert_cmpstr (lm_content_get_string (lm_draft_get_content (back), "text"),
                   ==,
                   "Only in memory");
  g_assert_null (lm_workspace_take_back (test->workspace, &id)); /* it is open */
  lm_test_draft_text (back, "Only in memory, and on");
  g_assert_true (lm_fault_clear ());
  lm_draft_close (back);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  lm_test_assert_text (lm_entry_get_record (lm_draft_get_entry (draft)), "Only in memory, and on");
  g_assert_cmpuint (settled->good, ==, 0);
}

/* Quitting behind a lock that has not settled says what would be lost. */
static void
test_close_unsettled (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (GError) error = NULL;

  lm_test_draft_text (draft, "Stay");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_lock (test->workspace);
  lm_test_until (settled->bad == 1);
  error = lm_test_workspace_close (test);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_assert_true (lm_workspace_is_settling (test->workspace));
  g_assert_true (lm_fault_clear ());
}

/* The mark could not be written: it is written when there is room, and this process knows anyway.
 */
static void
test_held (LmTestWorkspace *test, gconstpointer data)
{
  Settled *settled = watch (test);
  LmId journal = lm_test_journal ();
  g_autoptr (GError) error = NULL;

  lm_workspace_lock (test->workspace);
  lm_test_until (settled->good == 1);
  lm_test_workspace_drop (test);
  g_assert_true (lm_local_set_locked (&journal, FALSE, &error));
  g_assert_no_error (error);
  test->workspace = lm_workspace_new (test->settings, test->clock);
  g_settings_set_boolean (test->settings, LM_SETTING_KEYRING, TRUE);
  lm_workspace_set_held (test->workspace);
  lm_workspace_look (test->workspace);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  g_assert_cmpint (lm_workspace_get_keyring_status (test->workspace), ==, LM_KEYRING_HELD);
  lm_test_until (is_marked ());
  g_settings_set_boolean (test->settings, LM_SETTING_KEYRING, FALSE);
  lm_test_workspace_unlock (test);
  g_assert_false (is_marked ());
}

static void
test_save_all (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (GAsyncResult) none = NULL, bad = NULL, good = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_save_all_async (test->workspace, lm_test_take_result, &none);
  lm_test_wait (none);
  g_assert_true (lm_workspace_save_all_finish (test->workspace, none, NULL));
  lm_test_draft_text (draft, "Quick");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_save_all_async (test->workspace, lm_test_take_result, &bad);
  lm_test_wait (bad);
  g_assert_false (lm_workspace_save_all_finish (test->workspace, bad, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_assert_true (lm_fault_clear ());
  lm_workspace_save_all_async (test->workspace, lm_test_take_result, &good);
  lm_test_wait (good);
  g_assert_true (lm_workspace_save_all_finish (test->workspace, good, NULL));
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_OPEN);
  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_SAVED);
  lm_draft_close (draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/lock/settles", test_settles);
  LM_TEST_WORKSPACE_ADD ("/lock/settles-without-text", test_settles_without_text);
  LM_TEST_WORKSPACE_ADD ("/lock/waits-for-room", test_waits_for_room);
  LM_TEST_WORKSPACE_ADD ("/lock/tries-again", test_tries_again);
  LM_TEST_WORKSPACE_ADD ("/lock/taken-back", test_taken_back);
  LM_TEST_WORKSPACE_ADD ("/lock/close-unsettled", test_close_unsettled);
  LM_TEST_WORKSPACE_ADD ("/lock/held", test_held);
  LM_TEST_WORKSPACE_ADD ("/lock/save-all", test_save_all);
  return g_test_run ();
}
