/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-sitting.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-private.h"

/* Whatever somebody answers in whatever guide, skips, changes and goes back to: it is there again
 * when the journal was locked and opened, as a draft that waits and as an entry. The seed of each
 * round is printed; LEITMOTIF_SEED runs that one, LEITMOTIF_ROUNDS more of them. */

/* The first round is always the same one, in which every way of answering comes. */
#define FIRST_SEED 3
/* How often all sittings are left, and the journal locked, before they are finished. */
#define BREAKS 2

/* Returns: (transfer none): what waits with the id @id, out of those that are offered; %NULL if
 * there is no such thing */
static LmEntry *
find_waiting (LmTestWorkspace *test, const LmId *id)
{
  GListModel *drafts = lm_workspace_get_drafts (test->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (drafts); i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (drafts, i);

      if (lm_id_equal (lm_entry_get_id (draft), id))
        return draft; /* the list keeps it */
    }
  return NULL;
}

static void
lock_and_open (LmTestWorkspace *test)
{
  lm_workspace_lock (test->workspace);
  lm_test_until (!lm_workspace_is_settling (test->workspace));
  lm_test_workspace_unlock (test);
}

/* Begins a sitting, or goes on with what waits of it. */
static void
sit_down (LmTestWorkspace *test, LmTestSitting *sitting)
{
  LmEntry *waiting = find_waiting (test, &sitting->id);
  g_autoptr (LmDraft) draft = waiting != NULL ? lm_workspace_continue (test->workspace, waiting)
                                              : lm_workspace_begin (test->workspace, NULL);

  lm_test_sitting_take (sitting, draft, waiting != NULL);
}

/* What is on the disk of @sitting is what was answered in it. */
static void
check (LmTestWorkspace *test, LmTestSitting *sitting, gboolean finished)
{
  LmEntry *waiting = find_waiting (test, &sitting->id);
  LmEntry *entry = lm_workspace_find_any (test->workspace, &sitting->id);
  LmEntry *found = finished ? entry : waiting;
  g_autoptr (LmContent) content = NULL;

  g_assert_null (finished ? waiting : entry);
  if (lm_test_sitting_is_empty (sitting))
    {
      g_assert_null (found);
      return;
    }
  g_assert_nonnull (found);
  content = lm_record_content (lm_entry_get_record (found));
  lm_test_sitting_compare (sitting, content);
}

static void
check_all (LmTestWorkspace *test, GPtrArray *sittings)
{
  for (guint i = 0; i < sittings->len; i++)
    check (test, sittings->pdata[i], ((LmTestSitting *) sittings->pdata[i])->finished);
}

/* Every guide, whole and short, some of them finished and some left, and all of them compared each
 * time that the journal was opened again. */
static void
run_round (LmTestWorkspace *test, LmLibrary *library, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) sittings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_test_sitting_free);
  GListModel *guides = lm_library_get_guides (library);

  g_test_message ("LEITMOTIF_SEED=%u", seed);
  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);

      g_ptr_array_add (sittings, lm_test_sitting_new (guide, FALSE, rand));
      if (lm_guide_get_short_minutes (guide) > 0)
        g_ptr_array_add (sittings, lm_test_sitting_new (guide, TRUE, rand));
    }
  for (guint part = 0; part <= BREAKS; part++)
    {
      for (guint i = 0; i < sittings->len; i++)
        {
          LmTestSitting *sitting = sittings->pdata[i];

          if (sitting->finished)
            continue;
          sit_down (test, sitting);
          lm_test_sitting_walk (sitting, (guint) g_rand_int_range (rand, 0, 30));
          lm_test_sitting_leave (sitting, part == BREAKS || g_rand_int_range (rand, 0, 4) == 0);
        }
      lock_and_open (test);
      check_all (test, sittings);
    }
  for (guint i = 0; i < sittings->len; i++)
    g_assert_true (((LmTestSitting *) sittings->pdata[i])->finished);
  lm_test_until (lm_test_count_drafts () == 0);
}

static void
test_any_answers (LmTestWorkspace *test, gconstpointer data)
{
  const char *wanted = g_getenv ("LEITMOTIF_ROUNDS"), *only = g_getenv ("LEITMOTIF_SEED");
  guint n = wanted != NULL ? (guint) atoi (wanted) : 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (lm_library_get_guides (library)), ==, 15);
  if (only != NULL)
    {
      run_round (test, library, (guint32) strtoul (only, NULL, 10));
      g_test_message ("ways of answering that did not come: %u", lm_test_sitting_n_untried ());
      return;
    }
  run_round (test, library, FIRST_SEED);
  g_assert_cmpuint (lm_test_sitting_n_untried (), ==, 0);
  for (guint i = 0; i < n; i++)
    run_round (test, library, g_random_int ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/guide-answers/any-sequence", test_any_answers);
  return g_test_run ();
}
