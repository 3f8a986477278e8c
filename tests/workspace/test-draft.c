/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>

#include "lm-test-faults.h"
#include "lm-test-workspace.h"

/* Writing: nothing is lost, wherever it stops. */

static void
assert_text (LmEntry *entry, const char *text)
{
  lm_test_assert_text (lm_entry_get_record (entry), text);
}

static guint
n_drafts (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_drafts (test->workspace));
}

/* With real pauses: first a draft, then an entry. */
static void
test_pauses (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  gboolean drafted = FALSE;

  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_QUIET);
  lm_test_draft_text (draft, "Rain");
  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_WRITING);
  while (lm_draft_get_state (draft) == LM_DRAFT_WRITING)
    {
      g_main_context_iteration (NULL, TRUE);
      drafted = drafted || (lm_test_count_drafts () == 1 && lm_test_count_records (test) == 0);
    }
  g_assert_true (drafted);
  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_SAVED);
  g_assert_nonnull (lm_draft_get_saved_at (draft));
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
  lm_test_until (lm_test_count_drafts () == 0);
  assert_text (lm_draft_get_entry (draft), "Rain");
  lm_draft_close (draft);
}

static void
test_flush_and_change (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "One");
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);

  lm_test_draft_text (draft, "One, two");
  lm_workspace_flush (test->workspace);
  lm_test_draft_text (draft, "One, two, three"); /* while the first is on its way */
  lm_workspace_flush (test->workspace);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  assert_text (entry, "One, two, three");
  lm_draft_close (draft);
  g_assert_true (lm_draft_get_entry (draft) == entry);
  g_clear_object (&draft);
  lm_test_workspace_restart (test);
  assert_text (lm_test_only (lm_workspace_get_entries (test->workspace)), "One, two, three");
}

static void
test_emptied_leaves_nothing (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "x");
  lm_draft_set_in_steps (draft, TRUE);
  lm_draft_flush (draft);
  lm_test_until (lm_test_count_drafts () == 1);
  lm_draft_set_in_steps (draft, FALSE);
  lm_test_draft_text (draft, NULL);
  lm_draft_close (draft);
  lm_test_until (lm_test_count_drafts () == 0);
  g_clear_object (&draft);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (lm_test_count_records (test) + n_drafts (test), ==, 0);
}

/* In steps nothing becomes an entry; what is left is offered again, also after a restart. */
static void
test_in_steps (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  lm_draft_set_in_steps (draft, TRUE);
  lm_test_draft_text (draft, "Half a guide");
  lm_draft_close (draft);
  lm_test_until (n_drafts (test) == 1);
  g_clear_object (&draft);
  g_assert_cmpuint (lm_test_count_records (test), ==, 0);
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1);
  lm_test_workspace_restart (test);
  assert_text (lm_test_only (lm_workspace_get_drafts (test->workspace)), "Half a guide");
  draft = lm_workspace_continue (test->workspace,
                                 lm_test_only (lm_workspace_get_drafts (test->workspace)));
  g_assert_cmpuint (n_drafts (test), ==, 0);
  lm_test_draft_text (draft, "A whole one");
  lm_draft_close (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  assert_text (lm_draft_get_entry (draft), "A whole one");
  lm_test_until (lm_test_count_drafts () == 0);
}

static void
test_discard (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  LmEntry *offered;

  lm_draft_set_in_steps (draft, TRUE);
  lm_test_draft_text (draft, "Not this");
  lm_draft_close (draft);
  lm_test_until (n_drafts (test) == 1);
  offered = g_object_ref (lm_test_only (lm_workspace_get_drafts (test->workspace)));
  lm_workspace_hide_draft (test->workspace, offered, TRUE);
  g_assert_cmpuint (n_drafts (test), ==, 0);
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1); /* it can be brought back */
  lm_workspace_hide_draft (test->workspace, offered, FALSE);
  g_assert_cmpuint (n_drafts (test), ==, 1);
  lm_workspace_discard_draft (test->workspace, offered);
  lm_test_until (lm_test_count_drafts () == 0);
  g_object_unref (offered);
  g_assert_cmpuint (n_drafts (test) + lm_test_count_records (test), ==, 0);
}

/* The entry cannot be written for a while: a draft holds the text until it can. */
static void
test_kept (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "Kept");
  lm_fault_set_always (LM_FAULT_RENAMEAT2, EIO);
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_FAILED);
  g_assert_true (lm_fault_clear ());
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_DRAFT);
  g_assert_error (lm_draft_get_error (draft), LM_STORE_ERROR, LM_STORE_ERROR_IO);
  g_assert_cmpuint (lm_test_count_records (test), ==, 0);
  g_assert_cmpuint (lm_test_count_drafts (), ==, 1);
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  g_assert_null (lm_draft_get_error (draft));
  g_assert_cmpuint (lm_test_count_records (test), ==, 1);
  lm_test_until (lm_test_count_drafts () == 0);
  lm_draft_close (draft);
}

/* Neither as an entry nor as a draft: closing says so and everything stays. */
static void
test_disk_full (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  g_autoptr (GError) error = NULL;

  lm_test_draft_text (draft, "Too much");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  error = lm_test_workspace_close (test);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_assert_cmpint (lm_workspace_get_state (test->workspace), ==, LM_WORKSPACE_OPEN);
  g_assert_cmpint (lm_draft_get_state (draft), ==, LM_DRAFT_FAILED);
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_NOWHERE);
  g_assert_cmpuint (lm_test_count_records (test) + lm_test_count_drafts (), ==, 0);
  g_assert_true (lm_fault_clear ());
  lm_draft_flush (draft); /* it would by itself, after a while */
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  assert_text (lm_draft_get_entry (draft), "Too much");
  lm_draft_close (draft);
}

static guint
count_aside (void)
{
  LmId journal = lm_test_journal ();
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (),
                                            "leitmotif",
                                            lm_id_format (&journal).digits,
                                            NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? lm_test_count (path, ".json") : 0;
}

/* Has the disk take nothing, and the runtime folder all. */
static void
fill_disk (void)
{
  lm_fault_set_outside (g_get_user_runtime_dir (), ENOSPC);
}

static LmDraft *
put_aside (LmTestWorkspace *test, const char *text)
{
  LmDraft *draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, text);
  fill_disk ();
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_FAILED);
  g_assert_true (lm_fault_clear ());
  g_assert_cmpint (lm_draft_get_kept (draft), ==, LM_KEPT_ASIDE);
  g_assert_cmpuint (lm_test_count_records (test) + lm_test_count_drafts (), ==, 0);
  g_assert_cmpuint (count_aside (), ==, 1);
  return draft;
}

/* No disk takes it: it is in the runtime folder until one does, sealed as ever. */
static void
test_aside (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = put_aside (test, "No room for this");
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_workspace_is_kept_aside (test->workspace));
  /* Closing asks: it would be gone with the login. */
  fill_disk ();
  error = lm_test_workspace_close (test);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  lm_fault_clear ();
  /* Also when its page was left: it is tried on. */
  lm_draft_close (draft);
  lm_test_until (lm_test_count_records (test) == 1 && count_aside () == 0);
  /* The file is there a moment before the list hears of it. */
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)) == 1);
  assert_text (lm_test_only (lm_workspace_get_entries (test->workspace)), "No room for this");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(guint *) data)++;
}

/* Locked: what was aside is offered again, and goes when it is saved. */
static void
test_aside_again (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) draft = put_aside (test, "Still here"), again = NULL;
  guint told = 0;

  fill_disk ();
  g_signal_connect (draft, "notify::state", G_CALLBACK (count_cb), &told);
  lm_draft_close (draft);
  lm_test_until (told > 0);
  lm_fault_clear ();
  g_signal_handlers_disconnect_by_data (draft, &told);
  lm_workspace_lock (test->workspace);
  lm_test_until (!lm_workspace_is_settling (test->workspace));
  g_clear_object (&draft);
  lm_test_workspace_unlock (test);
  g_assert_cmpuint (count_aside (), ==, 1);
  again = lm_workspace_continue (test->workspace,
                                 lm_test_only (lm_workspace_get_drafts (test->workspace)));
  g_assert_cmpstr (lm_content_get_string (lm_draft_get_content (again), "text"), ==, "Still here");
  lm_draft_changed (again);
  lm_draft_close (again);
  lm_test_until (lm_test_count_records (test) == 1 && count_aside () == 0);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_drafts (test), ==, 0);
}

/* Locked while the disk is full: the text waits in memory, and is saved after the next unlocking.
 */
static void
test_stranded (LmTestWorkspace *test, gconstpointer data)
{
  LmDraft *draft = lm_workspace_begin (test->workspace, NULL);

  lm_test_draft_text (draft, "Still here");
  lm_fault_set_always (LM_FAULT_FSYNC, ENOSPC);
  lm_workspace_lock (test->workspace);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_FAILED);
  g_object_unref (draft);
  g_assert_true (lm_fault_clear ());
  lm_test_workspace_unlock (test);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)) == 1);
  assert_text (lm_test_only (lm_workspace_get_entries (test->workspace)), "Still here");
}

static void
take_conflict (LmWorkspace *workspace, LmEntry *entry, gpointer data)
{
  LmEntry **place = data;

  *place = entry;
}

/* Another program changed the entry meanwhile: both texts are kept, and it is told. */
static void
test_conflict (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "As it was"), *told = NULL;
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, entry);
  LmId other = lm_test_id (99), id = *lm_entry_get_id (entry);
  g_autofree char *name = lm_test_file_name (&id);
  g_autofree char *file = g_build_filename (test->path, "entries", name, NULL);
  g_autoptr (GBytes) theirs = lm_test_entry_saved (&id, "As it became elsewhere", &other, 1);

  g_signal_connect (test->workspace, "conflict", G_CALLBACK (take_conflict), &told);
  lm_test_write (file, theirs);
  lm_test_draft_text (draft, "As I wrote it");
  lm_draft_flush (draft);
  lm_test_until (lm_draft_get_state (draft) == LM_DRAFT_SAVED);
  g_assert_true (told == entry);
  assert_text (entry, "As I wrote it");
  lm_draft_close (draft);
  g_clear_object (&draft);
  g_assert_cmpuint (lm_test_count_records (test), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/draft/pauses", test_pauses);
  LM_TEST_WORKSPACE_ADD ("/draft/flush-and-change", test_flush_and_change);
  LM_TEST_WORKSPACE_ADD ("/draft/emptied-leaves-nothing", test_emptied_leaves_nothing);
  LM_TEST_WORKSPACE_ADD ("/draft/in-steps", test_in_steps);
  LM_TEST_WORKSPACE_ADD ("/draft/discard", test_discard);
  LM_TEST_WORKSPACE_ADD ("/draft/kept", test_kept);
  LM_TEST_WORKSPACE_ADD ("/draft/disk-full", test_disk_full);
  LM_TEST_WORKSPACE_ADD ("/draft/aside", test_aside);
  LM_TEST_WORKSPACE_ADD ("/draft/aside-again", test_aside_again);
  LM_TEST_WORKSPACE_ADD ("/draft/stranded", test_stranded);
  LM_TEST_WORKSPACE_ADD ("/draft/conflict", test_conflict);
  return g_test_run ();
}
