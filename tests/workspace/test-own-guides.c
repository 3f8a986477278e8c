/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "library/lm-library-error.h"
#include "lm-test-workspace.h"
#include "workspace/lm-own-guides.h"

/* Guides that a person makes: in the journal, beside the library's own, and as files. */

static LmLibrary *library;

static LmUndo *
save (LmTestWorkspace *test, const LmId *id, JsonObject *json, gboolean unfinished)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LmUndo *undo;

  lm_workspace_save_guide_async (test->workspace,
                                 id,
                                 json,
                                 unfinished,
                                 lm_test_take_result,
                                 &result);
  lm_test_wait (result);
  undo = lm_workspace_save_guide_finish (test->workspace, result, &error);
  g_assert_no_error (error);
  return undo;
}

static guint
n_guides (void)
{
  return g_list_model_get_n_items (lm_library_get_guides (library));
}

static void
test_made_changed_removed (LmTestWorkspace *test, gconstpointer data)
{
  LmOwnGuides *own = lm_own_guides_new (test->workspace, library);
  guint n = n_guides ();
  g_autoptr (JsonObject) json =
      lm_own_guide_duplicate (lm_library_find_guide (library, "relationship-episode"));
  g_autofree char *guide_id = g_strdup (lm_json_get_string (json, "id"));
  LmId id = lm_id_new_random ();
  g_autoptr (LmUndo) made = save (test, &id, json, FALSE);
  g_autoptr (LmUndo) changed = NULL, unfinished = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) kept = NULL;
  gboolean is_unfinished;
  LmGuide *guide = lm_library_find_guide (library, guide_id);

  g_assert_nonnull (guide);
  g_assert_cmpuint (n_guides (), ==, n + 1);
  g_assert_cmpstr (lm_guide_get_group (guide), ==, "own");
  /* What cannot be used yet does not take the place of what can. */
  json_object_set_string_member (json, "title", "");
  unfinished = save (test, &id, json, TRUE);
  g_assert_cmpstr (lm_guide_get_title (lm_library_find_guide (library, guide_id)), !=, "");
  kept = lm_workspace_get_own_guide (lm_workspace_find_own_guide (test->workspace, guide_id),
                                     &is_unfinished);
  g_assert_true (is_unfinished);
  g_assert_cmpstr (lm_json_get_string (kept, "title"), ==, "");
  json_object_set_string_member (json, "title", "Tea with Mum");
  changed = save (test, &id, json, FALSE);
  g_assert_cmpstr (lm_guide_get_title (lm_library_find_guide (library, guide_id)),
                   ==,
                   "Tea with Mum");
  /* It is no entry, and gone from the library with the lock. */
  g_assert_cmpuint (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)), ==, 0);
  g_object_run_dispose (G_OBJECT (own));
  g_object_unref (own);
  g_assert_cmpuint (n_guides (), ==, n);
  lm_test_workspace_restart (test);
  own = lm_own_guides_new (test->workspace, library);
  g_assert_cmpstr (lm_guide_get_title (lm_library_find_guide (library, guide_id)),
                   ==,
                   "Tea with Mum");
  lm_workspace_remove_guide_async (test->workspace,
                                   lm_workspace_find_own_guide (test->workspace, guide_id),
                                   lm_test_take_result,
                                   &result);
  lm_test_wait (result);
  g_clear_pointer (&changed, lm_undo_unref);
  changed = lm_workspace_save_guide_finish (test->workspace, result, NULL);
  g_assert_null (lm_library_find_guide (library, guide_id));
  g_assert_null (lm_workspace_find_own_guide (test->workspace, guide_id));
  g_object_run_dispose (G_OBJECT (own));
  g_object_unref (own);
}

/* Each guide of the library can be made one's own, saved as a file and read again. */
static void
test_files (void)
{
  GListModel *guides = lm_library_get_guides (library);

  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);
      g_autoptr (JsonObject) own = lm_own_guide_duplicate (guide);
      g_autoptr (GError) error = NULL;
      gsize length;
      g_autofree char *text = lm_own_guide_export (guide, &length);
      g_autoptr (JsonObject) back =
          lm_own_guide_import (library, "guide.json", text, length, &error);

      g_assert_no_error (error);
      g_assert_true (lm_own_guide_check (library, own, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (lm_json_get_string (back, "title"), ==, lm_guide_get_title (guide));
      g_assert_cmpstr (lm_json_get_string (back, "id"), !=, lm_guide_get_id (guide));
    }
}

/* What is wrong is told, with the name of the file and the place. */
static void
test_bad_files (void)
{
  g_autoptr (JsonObject) json = lm_own_guide_new_json ();
  LmGuide *episode = lm_library_find_guide (library, "relationship-episode");
  static const struct
  {
    const char *text;
    const char *says;
  } bad[] = {
    { "", "tea.json: " },
    { "[]", "tea.json: " },
    { "{\"format\":\"something-else\"}", "tea.json: “format”" },
    { "{\"format\":\"leitmotif-guide\",\"version\":2}", "tea.json: “version”" },
  };
  gsize length;
  g_autofree char *good = lm_own_guide_export (episode, &length);
  g_autoptr (GString) changed = g_string_new (good);
  g_autoptr (GError) error = NULL;

  /* A new one lacks a name and a question. */
  g_assert_false (lm_own_guide_check (library, json, &error));
  g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (
          lm_own_guide_import (library, "tea.json", bad[i].text, strlen (bad[i].text), &error));
      g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
      g_assert_true (g_str_has_prefix (error->message, bad[i].says));
      g_clear_error (&error);
    }
  g_string_replace (changed, "luborsky-crits-christoph-1998", "nobody-1900", 0);
  g_assert_null (lm_own_guide_import (library, "tea.json", changed->str, changed->len, &error));
  g_assert_cmpstr (error->message, ==, "tea.json: there is no reference “nobody-1900”");
  g_clear_error (&error);
  g_string_assign (changed, good);
  g_string_replace (changed, "relationship-patterns", "tea-leaves", 0);
  g_assert_null (lm_own_guide_import (library, "tea.json", changed->str, changed->len, &error));
  g_assert_cmpstr (error->message, ==, "tea.json: there is no article “tea-leaves”");
  g_clear_error (&error);
  /* Cut off anywhere, it is no guide. */
  for (gsize cut = 1; cut < length; cut += 997)
    {
      g_assert_null (lm_own_guide_import (library, "tea.json", good, length - cut, &error));
      g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
      g_clear_error (&error);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  library = lm_library_new ((const char *const[]) { NULL }, &error);
  g_assert_no_error (error);
  LM_TEST_WORKSPACE_ADD ("/own-guides/made-changed-removed", test_made_changed_removed);
  g_test_add_func ("/own-guides/files", test_files);
  g_test_add_func ("/own-guides/bad-files", test_bad_files);
  status = g_test_run ();
  g_object_unref (library);
  return status;
}
