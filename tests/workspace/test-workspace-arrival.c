/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "workspace/lm-workspace-search.h"

/* Entries arriving in batches, while somebody already writes. */

#define ENTRIES 700

static void
put_entries (LmTestWorkspace *test)
{
  LmId device = lm_test_id (5000);

  for (guint i = 0; i < ENTRIES; i++)
    {
      LmId id = lm_test_id (i);
      g_autofree char *name = lm_test_file_name (&id), *text = g_strdup_printf ("text %u", i);
      g_autofree char *path = g_build_filename (test->path, "entries", name, NULL);
      g_autoptr (GBytes) file = lm_test_entry_saved (&id, text, &device, 1);

      lm_test_write (path, file);
    }
}

static guint
n_entries (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));
}

/* Locks, and unlocks until the first entries are there and no more. */
static void
open_until_first (LmTestWorkspace *test)
{
  g_autoptr (GError) error = NULL;

  lm_workspace_lock (test->workspace);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  error = lm_test_try_unlock (test->workspace, LM_KEY_SLOT_PASSPHRASE, LM_TEST_PASSPHRASE);
  g_assert_no_error (error);
  g_assert_true (lm_workspace_get_loading (test->workspace));
  lm_test_until (n_entries (test) > 0);
}

static void
assert_all_different (LmTestWorkspace *test, guint n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (lm_id_hash, lm_id_equal);
  GListModel *entries = lm_workspace_get_entries (test->workspace);

  g_assert_cmpuint (n_entries (test), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      g_assert_true (g_hash_table_add (seen, (gpointer) lm_entry_get_id (entry)));
    }
}

/* The first come before the last, and it is told how far it is. */
static void
test_batches (LmTestWorkspace *test, gconstpointer data)
{
  guint arrived, expected;

  put_entries (test);
  open_until_first (test);
  if (lm_workspace_get_arrived (test->workspace, &arrived, &expected))
    {
      g_assert_cmpuint (arrived, >, 0);
      g_assert_cmpuint (arrived, <=, expected);
      g_assert_cmpuint (expected, ==, ENTRIES);
    }
  lm_test_until (!lm_workspace_get_loading (test->workspace));
  g_assert_false (lm_workspace_get_arrived (test->workspace, &arrived, &expected));
  assert_all_different (test, ENTRIES);
}

/* What is saved meanwhile is there once, as it was saved. */
static void
test_saving_meanwhile (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (LmDraft) fresh = NULL;
  g_autoptr (LmDraft) again = NULL;
  g_autoptr (LmEntry) first = NULL;
  LmId id;

  put_entries (test);
  open_until_first (test);
  first = g_list_model_get_item (lm_workspace_get_entries (test->workspace), 0);
  id = *lm_entry_get_id (first);
  fresh = lm_workspace_begin (test->workspace, NULL);
  again = lm_workspace_begin (test->workspace, first);
  lm_test_draft_text (fresh, "written meanwhile");
  lm_test_draft_text (again, "changed meanwhile");
  lm_draft_close (fresh);
  lm_draft_close (again);
  lm_test_until (!lm_workspace_get_loading (test->workspace));
  lm_test_until (lm_draft_get_entry (fresh) != NULL);
  lm_test_until (g_str_equal (lm_entry_get_excerpt (lm_workspace_find_entry (test->workspace, &id)),
                              "changed meanwhile"));
  assert_all_different (test, ENTRIES + 1);
}

/* A lock in the middle leaves nothing behind, and the next look finds all. */
static void
test_lock_meanwhile (LmTestWorkspace *test, gconstpointer data)
{
  put_entries (test);
  open_until_first (test);
  lm_workspace_lock (test->workspace);
  g_assert_cmpuint (n_entries (test), ==, 0);
  lm_test_state (test->workspace, LM_WORKSPACE_LOCKED);
  lm_test_workspace_unlock (test);
  assert_all_different (test, ENTRIES);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace-arrival/batches", test_batches);
  LM_TEST_WORKSPACE_ADD ("/workspace-arrival/saving", test_saving_meanwhile);
  LM_TEST_WORKSPACE_ADD ("/workspace-arrival/lock", test_lock_meanwhile);
  return g_test_run ();
}
