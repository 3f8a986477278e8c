/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include "lm-test-workspace.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-own-guides.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-workspace-history.h"
#include "workspace/lm-workspace-keys.h"

/* What the person decides about files that came back, and about people with two states. */

static char *
path_of (LmTestWorkspace *test, const char *name)
{
  return g_build_filename (test->path, "entries", name, NULL);
}

static char *
own_path (LmTestWorkspace *test, const LmId *id)
{
  g_autofree char *name = lm_test_file_name (id);

  return path_of (test, name);
}

/* As sync tools do it: under another name first. The journal may be looked at just now. */
static void
put (const char *path, GBytes *file)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_build_filename (folder, ".part", NULL);

  lm_test_write (part, file);
  g_assert_cmpint (g_rename (part, path), ==, 0);
}

static LmProblemItem *
only_problem (LmTestWorkspace *test)
{
  g_autoptr (LmProblemItem) item =
      g_list_model_get_item (lm_workspace_get_problems (test->workspace), 0);

  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_problems (test->workspace)), ==, 1);
  return item;
}

static guint
n_problems (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_problems (test->workspace));
}

static guint
n_entries (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));
}

static GError *
settle (LmTestWorkspace *test, LmProblemAction action)
{
  g_autoptr (LmProblemItem) item = g_object_ref (only_problem (test));
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_assert_true (lm_problem_item_offers (item, action));
  g_assert_true (lm_problem_item_asks (item));
  lm_workspace_settle_problem_async (test->workspace, item, action, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_settle_problem_finish (test->workspace, result, &error);
  return error;
}

static void
purge (LmTestWorkspace *test, LmEntry *entry)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_purge_async (test->workspace, entry, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_workspace_purge_finish (test->workspace, result, &error);
  g_assert_no_error (error);
}

/* An entry that was deleted for good, whose file a sync tool brought back. Returns: that file */
static char *
bring_back (LmTestWorkspace *test)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "Gone, and here again");
  char *path = own_path (test, lm_entry_get_id (entry));
  g_autoptr (GBytes) file = lm_test_read (path);

  purge (test, entry);
  g_assert_cmpuint (n_entries (test), ==, 0);
  put (path, file);
  lm_workspace_rescan (test->workspace);
  lm_test_until (n_problems (test) == 1);
  g_assert_error (lm_problem_item_get_error (only_problem (test)),
                  LM_STORE_ERROR,
                  LM_STORE_ERROR_PURGED);
  lm_test_assert_text (lm_problem_item_get_record (only_problem (test)), "Gone, and here again");
  return path;
}

static void
test_take_back (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *path = bring_back (test);

  g_assert_no_error (settle (test, LM_PROBLEM_TAKE_BACK));
  g_assert_cmpuint (n_problems (test), ==, 0);
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_entries (test->workspace))),
      "Gone, and here again");
  g_assert_cmpuint (lm_test_n_found (test->workspace, "again"), ==, 1);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_entries (test), ==, 1);
  g_assert_cmpuint (n_problems (test), ==, 0);
}

static void
test_delete_again (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *path = bring_back (test);
  g_autoptr (GBytes) file = lm_test_read (path), now = NULL;

  g_assert_no_error (settle (test, LM_PROBLEM_DELETE_AGAIN));
  now = lm_test_read (path);
  g_assert_false (g_bytes_equal (file, now));
  g_assert_cmpuint (n_problems (test) + n_entries (test), ==, 0);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (n_problems (test) + n_entries (test), ==, 0);
}

/* It has become another one since the person looked: nothing is deleted. */
static void
test_delete_what_changed (LmTestWorkspace *test, gconstpointer data)
{
  g_autofree char *path = bring_back (test);
  LmId id = lm_problem_item_get_record (only_problem (test))->id, device = lm_test_id (5);
  g_autoptr (GBytes) other = lm_test_entry_saved (&id, "Something else", &device, 1), now = NULL;
  g_autoptr (GError) error = NULL;

  put (path, other);
  error = settle (test, LM_PROBLEM_DELETE_AGAIN);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  now = lm_test_read (path);
  g_assert_true (g_bytes_equal (other, now));
}

static GBytes *
seal_retired (const LmId *id, const char *text)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  LmId device = lm_test_id (77);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"entry\",\"saves\":{\"%s\":9},"
                       "\"created\":\"2026-11-23T21:04:11+01:00\",\"text\":\"%s\"}",
                       lm_id_format (&device).digits,
                       text);
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);

  return lm_vault_seal (vault, LM_SEAL_ENTRY, id, bytes, NULL);
}

static void
test_take_in (LmTestWorkspace *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *path = own_path (test, &id);
  g_autoptr (GBytes) file = seal_retired (&id, "From the old laptop"), now = NULL;
  LmResealing *resealing = lm_workspace_get_resealing (test->workspace);

  put (path, file);
  lm_workspace_rescan (test->workspace);
  lm_test_until (n_problems (test) == 1);
  g_assert_cmpuint (n_entries (test), ==, 0);
  g_assert_false (lm_problem_item_offers (only_problem (test), LM_PROBLEM_BRING_OURS));
  g_assert_no_error (settle (test, LM_PROBLEM_TAKE_IN));
  lm_test_until (n_entries (test) == 1);
  lm_test_until (lm_resealing_get_state (resealing) == LM_RESEALING_NOTHING);
  g_assert_cmpuint (n_problems (test), ==, 0);
  lm_test_workspace_restart (test);
  now = lm_test_read (path);
  g_assert_false (g_bytes_equal (now, file));
  lm_test_assert_text (
      lm_entry_get_record (lm_test_only (lm_workspace_get_entries (test->workspace))),
      "From the old laptop");
}

static void
test_bring_ours (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *entry = lm_test_write_entry (test->workspace, "Mine");
  LmId id = *lm_entry_get_id (entry);
  g_autofree char *path = own_path (test, &id);
  g_autoptr (GBytes) file = seal_retired (&id, "Theirs");
  LmConflict *conflict;

  put (path, file);
  lm_workspace_rescan (test->workspace);
  lm_test_until (n_problems (test) == 1);
  g_assert_no_error (settle (test, LM_PROBLEM_BRING_OURS));
  lm_test_until (lm_entry_get_conflict (entry));
  conflict = lm_workspace_find_conflict (test->workspace, &id);
  g_assert_true (conflict->retired);
  lm_test_assert_text (conflict->own, "Mine");
  lm_test_assert_text (conflict->copy, "Theirs");
  lm_conflict_free (conflict);
}

/* People ----------------------------------------------------------------------------------------
 */

static guint
n_disputes (LmTestWorkspace *test)
{
  return g_list_model_get_n_items (lm_workspace_get_disputes (test->workspace));
}

/* Another computer has something else of a record, not knowing of our change. */
static void
dispute (LmTestWorkspace *test, LmEntry *record, guint saves, const char *other)
{
  LmId device = lm_test_id (7);
  g_autofree char *payload = g_strdup_printf ("{\"saves\":{\"%s\":%u},%s,"
                                              "\"created\":\"2026-11-23T21:04:11+01:00\"}",
                                              lm_id_format (&device).digits,
                                              saves,
                                              other);
  g_autoptr (GBytes) file = lm_test_entry (lm_entry_get_id (record), payload);
  g_autofree char *path = path_of (test, "a copy.json");

  put (path, file);
  lm_workspace_rescan (test->workspace);
  lm_test_until (n_disputes (test) == 1);
  g_assert_cmpuint (n_problems (test), ==, 0);
}

static void
resolve (LmTestWorkspace *test, LmResolution resolution)
{
  g_autoptr (LmDisputeItem) item =
      g_list_model_get_item (lm_workspace_get_disputes (test->workspace), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lm_workspace_resolve_async (test->workspace,
                              lm_dispute_item_get_conflict (item),
                              resolution,
                              NULL,
                              lm_test_take_result,
                              &result);
  lm_test_wait (result);
  lm_workspace_resolve_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  lm_test_until (n_disputes (test) == 0);
}

static void
test_person (LmTestWorkspace *test, gconstpointer data)
{
  static const struct
  {
    LmResolution resolution;
    const char *name;
  } cases[] = { { LM_KEEP_OWN, "Łucja" }, { LM_KEEP_COPY, "Lucy" } };
  LmEntry *person = lm_test_add_person (test, "Łucja");
  g_autofree char *folder = path_of (test, "");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      dispute (test, person, i + 1, "\"kind\":\"person\",\"name\":\"Lucy\",\"circles\":[\"then\"]");
      resolve (test, cases[i].resolution);
      g_assert_cmpstr (lm_entry_get_title (person), ==, cases[i].name);
      g_assert_cmpuint (lm_test_count (folder, ".json"), ==, 1);
    }
  lm_test_workspace_restart (test);
  g_assert_cmpstr (lm_entry_get_title (lm_test_only (lm_workspace_get_people (test->workspace))),
                   ==,
                   "Lucy");
}

static LmEntry *
add_guide (LmTestWorkspace *test, const char *title)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) json = lm_own_guide_new_json ();
  g_autoptr (LmUndo) undo = NULL;
  LmId id = lm_id_new_random ();

  json_object_set_string_member (json, "title", title);
  lm_workspace_save_guide_async (test->workspace, &id, json, TRUE, lm_test_take_result, &result);
  lm_test_wait (result);
  undo = lm_workspace_save_guide_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return lm_test_only (lm_workspace_get_own_guides (test->workspace));
}

static void
test_guide (LmTestWorkspace *test, gconstpointer data)
{
  static const struct
  {
    LmResolution resolution;
    const char *title;
  } cases[] = { { LM_KEEP_OWN, "Sundays" }, { LM_KEEP_COPY, "Mondays" } };
  LmEntry *guide = add_guide (test, "Sundays");
  g_autofree char *folder = path_of (test, "");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      dispute (test,
               guide,
               i + 1,
               "\"kind\":\"guide\",\"title\":\"Mondays\",\"draft\":{\"title\":\"Mondays\"}");
      resolve (test, cases[i].resolution);
      g_assert_cmpstr (lm_entry_get_title (guide), ==, cases[i].title);
      g_assert_cmpuint (lm_test_count (folder, ".json"), ==, 1);
    }
}

/* What was deleted for good on another computer goes here, too. */
static void
test_guide_gone (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *guide = add_guide (test, "Sundays");
  const LmId *id = lm_entry_get_id (guide);
  LmId device = lm_test_id (7);
  g_autofree char *path = own_path (test, id);
  g_autofree char *payload =
      g_strdup_printf ("{\"kind\":\"gone\",\"saves\":{\"%s\":9}}", lm_id_format (&device).digits);
  g_autoptr (GBytes) file = lm_test_entry (id, payload);

  put (path, file);
  lm_workspace_rescan (test->workspace);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_own_guides (test->workspace)) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/take-back", test_take_back);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/delete-again", test_delete_again);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/delete-what-changed", test_delete_what_changed);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/take-in", test_take_in);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/bring-ours", test_bring_ours);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/person", test_person);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/guide", test_guide);
  LM_TEST_WORKSPACE_ADD ("/workspace/problems/guide-gone", test_guide_gone);
  return g_test_run ();
}
