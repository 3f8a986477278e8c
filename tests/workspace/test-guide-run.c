/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "library/lm-library.h"
#include "lm-test-workspace.h"
#include "workspace/lm-guide-run.h"

/* Which page comes next, what becomes of the answers, and when grounding comes first. */

static LmGuide *
episode (LmLibrary *library)
{
  return lm_library_find_guide (library, "relationship-episode");
}

static LmLibrary *
open_library (void)
{
  g_autoptr (GError) error = NULL;
  LmLibrary *library = lm_library_new ((const char *const[]) { NULL }, &error);

  g_assert_no_error (error);
  return library;
}

/* Goes on to the step @id. */
static void
go_to (LmGuideRun *run, const char *id)
{
  while (lm_guide_run_get_page (run) != LM_GUIDE_PAGE_STEP ||
         !g_str_equal (lm_guide_run_get_step (run)->id, id))
    {
      g_assert_cmpint (lm_guide_run_get_page (run), !=, LM_GUIDE_PAGE_END);
      lm_guide_run_next (run);
    }
}

static void
choose (LmGuideRun *run, const char *id)
{
  lm_answer_add_choice (lm_guide_run_answer (run), id, id);
  lm_guide_run_changed (run);
}

static void
rate (LmGuideRun *run, int scale)
{
  lm_answer_set_scale (lm_guide_run_answer (run), scale);
  lm_guide_run_changed (run);
}

/* The pages in order, with "," between them, from where the run is. */
static char *
walk (LmGuideRun *run)
{
  g_autoptr (GString) pages = g_string_new (NULL);

  while (TRUE)
    {
      const LmGuideStep *step = lm_guide_run_get_step (run);

      switch (lm_guide_run_get_page (run))
        {
        case LM_GUIDE_PAGE_BEFORE:
          g_string_append (pages, "BEFORE,");
          break;
        case LM_GUIDE_PAGE_STEP:
          g_string_append_printf (pages, "%s,", step->id);
          break;
        case LM_GUIDE_PAGE_AFTER:
          g_string_append (pages, "AFTER,");
          break;
        case LM_GUIDE_PAGE_GROUNDING:
          g_string_append (pages, "GROUNDING,");
          break;
        case LM_GUIDE_PAGE_END:
        default:
          g_string_append (pages, "END");
          return g_strdup (pages->str);
        }
      lm_guide_run_next (run);
    }
}

typedef struct
{
  LmTestWorkspace base;
  LmLibrary *library;
  LmDraft *draft;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  lm_test_workspace_set_up (&test->base, data);
  test->library = open_library ();
  test->draft = lm_workspace_begin (test->base.workspace, NULL);
}

static void
tear_down (Test *test, gconstpointer data)
{
  lm_draft_discard (test->draft);
  g_clear_object (&test->draft);
  g_object_unref (test->library);
  lm_test_workspace_tear_down (&test->base, data);
}

static void
test_whole (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);
  g_autofree char *pages = NULL;

  g_assert_false (lm_guide_run_can_go_back (run));
  pages = walk (run);
  g_assert_cmpstr (
      pages,
      ==,
      "BEFORE,who,happened,other,felt,did,wish,expected,well,earlier,familiar,AFTER,landing,"
      "kind,carry,END");
  g_assert_cmpuint (lm_guide_run_get_position (run) + 1, ==, lm_guide_run_n_pages (run));
  g_assert_null (lm_guide_run_get_question (run));
  lm_guide_run_next (run); /* nothing behind the end */
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_END);
}

static void
test_short (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, TRUE);
  g_autofree char *pages = walk (run);

  g_assert_cmpstr (pages, ==, "BEFORE,who,happened,other,felt,wish,AFTER,landing,carry,END");
}

static void
test_back_loses_nothing (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);

  go_to (run, "happened");
  lm_answer_set_text (lm_guide_run_answer (run), "We met.");
  lm_guide_run_changed (run);
  g_assert_true (lm_guide_run_can_go_back (run));
  lm_guide_run_back (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "who");
  g_assert_null (lm_guide_run_peek_answer (run));
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_answer_get_text (lm_guide_run_peek_answer (run)), ==, "We met.");
  for (guint i = 0; i < 4; i++)
    lm_guide_run_back (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_BEFORE);
}

/* Roles are kept with the answer, so that patterns can be found without the guide. */
static void
test_roles (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);

  go_to (run, "expected");
  choose (run, "critical");
  g_assert_cmpstr (lm_answer_get_role (lm_guide_run_peek_answer (run)), ==, "response-other");
  g_assert_true (lm_answer_get_expected (lm_guide_run_peek_answer (run)));
  g_assert_cmpstr (lm_answer_get_question (lm_guide_run_peek_answer (run)),
                   ==,
                   lm_guide_run_get_question (run));
}

/* Almost too much, before or after: grounding first, with its exercise, once. */
static void
test_strength (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);

  rate (run, LM_GUIDE_TOO_STRONG);
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_true (lm_guide_run_get_exercise (run));
  g_assert_null (lm_guide_run_get_safety_text (run));
  g_assert_null (lm_guide_run_get_step (run));
  g_assert_true (lm_guide_run_can_go_back (run));
  lm_guide_run_back (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_BEFORE);
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "who");
  while (lm_guide_run_get_page (run) != LM_GUIDE_PAGE_AFTER)
    lm_guide_run_next (run);
  rate (run, LM_GUIDE_TOO_STRONG);
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "landing");
}

static void
test_strength_below (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);

  rate (run, LM_GUIDE_TOO_STRONG - 1);
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "who");
}

/* Fear and harm are answered each, with words of their own, and the exercise only once. */
static void
test_safety (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);

  go_to (run, "other");
  choose (run, "threatening");
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_nonnull (lm_guide_run_get_safety_text (run));
  g_assert_true (lm_guide_run_get_exercise (run));
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "felt");
  g_assert_null (lm_guide_run_get_safety_text (run));
  choose (run, "afraid");
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_nonnull (lm_guide_run_get_safety_text (run));
  g_assert_false (lm_guide_run_get_exercise (run));
  lm_guide_run_next (run);
  /* Told once is enough. */
  lm_guide_run_back (run);
  lm_guide_run_next (run);
  g_assert_cmpstr (lm_guide_run_get_step (run)->id, ==, "did");
}

static LmDraft *
come_back (Test *test)
{
  lm_draft_close (test->draft);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_drafts (test->base.workspace)) == 1);
  g_clear_object (&test->draft);
  lm_test_workspace_restart (&test->base);
  return lm_workspace_continue (test->base.workspace,
                                lm_test_only (lm_workspace_get_drafts (test->base.workspace)));
}

/* A guide goes on where it was left, in the version that was chosen. */
static void
test_resume (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, TRUE);
  g_autofree char *pages = NULL;

  rate (run, 2);
  go_to (run, "happened");
  lm_answer_set_text (lm_guide_run_answer (run), "We met.");
  lm_guide_run_changed (run);
  lm_guide_run_next (run);
  g_clear_object (&run);
  test->draft = come_back (test);
  run = lm_guide_run_resume (episode (test->library), test->draft);
  pages = walk (run);
  g_assert_cmpstr (pages, ==, "other,felt,wish,AFTER,landing,carry,END");
}

static void
test_finish (Test *test, gconstpointer data)
{
  g_autoptr (LmGuideRun) run = lm_guide_run_new (episode (test->library), test->draft, FALSE);
  g_autoptr (LmContent) content = NULL;
  LmEntry *entry;

  /* Answered out of order, and one emptied again. */
  go_to (run, "wish");
  choose (run, "closeness");
  lm_guide_run_back (run);
  choose (run, "joked");
  lm_answer_clear_choices (lm_guide_run_answer (run));
  lm_guide_run_back (run);
  choose (run, "sad");
  while (lm_guide_run_can_go_back (run))
    lm_guide_run_back (run);
  rate (run, 3);
  g_free (walk (run));
  g_assert_null (lm_draft_get_entry (test->draft)); /* not before the end */
  lm_guide_run_finish (run);
  lm_test_until (lm_draft_get_entry (test->draft) != NULL);
  entry = lm_draft_get_entry (test->draft);
  content = lm_record_content (lm_entry_get_record (entry));
  g_assert_cmpstr (lm_content_get_guide (content), ==, "relationship-episode");
  g_assert_cmpuint (lm_content_n_answers (content), ==, 3);
  g_assert_cmpstr (lm_answer_get_step (lm_content_get_answer (content, 0)), ==, LM_GUIDE_BEFORE);
  g_assert_cmpstr (lm_answer_get_step (lm_content_get_answer (content, 1)), ==, "felt");
  g_assert_cmpstr (lm_answer_get_step (lm_content_get_answer (content, 2)), ==, "wish");
}

/* What was chosen to be brought along, and nothing that another question is about. */
static void
test_carried (Test *test, gconstpointer data)
{
  static const char *const chosen[] = { "00000000000000000000000000000001",
                                        "00000000000000000000000000000002",
                                        NULL };
  LmGuide *before = lm_library_find_guide (test->library, "before-session");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (before, test->draft, FALSE);
  g_auto (GStrv) none = lm_guide_run_list_carried (run), carried = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  go_to (run, "entries");
  lm_answer_set_entries (lm_guide_run_answer (run), chosen);
  lm_guide_run_changed (run);
  carried = lm_guide_run_list_carried (run);
  g_assert_cmpstrv (carried, chosen);
}

/* What an answer leaves out stays out, going on and going back, until the answer is taken back. */
static void
test_skip (Test *test, gconstpointer data)
{
  LmGuide *strain = lm_library_find_guide (test->library, "strain");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (strain, test->draft, FALSE);
  guint whole = lm_guide_run_n_pages (run);
  g_autofree char *careful = NULL;
  g_autofree char *free = NULL;

  go_to (run, "safe");
  choose (run, "hurt");
  g_assert_cmpuint (lm_guide_run_n_pages (run), ==, whole - 6);
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_nonnull (strstr (lm_guide_run_get_safety_text (run), "not your fault"));
  lm_guide_run_next (run);
  careful = walk (run);
  g_assert_cmpstr (careful, ==, "move,needed,AFTER,landing,kind,carry,END");
  while (lm_guide_run_get_step (run) == NULL ||
         !g_str_equal (lm_guide_run_get_step (run)->id, "safe"))
    {
      if (lm_guide_run_get_step (run) != NULL)
        g_assert_cmpstr (lm_guide_run_get_step (run)->id, !=, "next");
      lm_guide_run_back (run);
    }
  lm_answer_clear_choices (lm_guide_run_answer (run));
  lm_guide_run_changed (run);
  free = walk (run);
  g_assert_cmpstr (free,
                   ==,
                   "safe,move,needed,they-needed,my-share,their-share,well,next,bring,AFTER,"
                   "landing,kind,carry,END");
}

static void
test_end (Test *test, gconstpointer data)
{
  LmGuide *guide = lm_library_find_guide (test->library, "unsent-letter");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (guide, test->draft, FALSE);
  g_autofree char *pages = NULL;

  go_to (run, "when");
  choose (run, "weeks");
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_cmpstr (lm_guide_run_get_offer (run), ==, "feeling");
  lm_guide_run_next (run);
  g_assert_null (lm_guide_run_get_offer (run));
  pages = walk (run);
  g_assert_cmpstr (pages, ==, "AFTER,landing,kind,carry,END");
}

/* A dream is caught first; how strong it feels is asked then. */
static void
test_first (Test *test, gconstpointer data)
{
  LmGuide *dream = lm_library_find_guide (test->library, "dream");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (dream, test->draft, TRUE);
  g_autofree char *pages = walk (run);

  g_assert_cmpstr (pages, ==, "dream,BEFORE,waking,AFTER,landing,carry,END");
}

static void
test_one_line (Test *test, gconstpointer data)
{
  LmGuide *moment = lm_library_find_guide (test->library, "moment");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (moment, test->draft, FALSE);
  g_autofree char *pages = walk (run);

  g_assert_cmpstr (pages, ==, "line,landing,END");
}

/* Still as strong at the end: a word about people, before the close. */
static void
test_still_strong (Test *test, gconstpointer data)
{
  LmGuide *feeling = lm_library_find_guide (test->library, "feeling");
  g_autoptr (LmGuideRun) run = lm_guide_run_new (feeling, test->draft, FALSE);

  rate (run, 5);
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_null (lm_guide_run_get_safety_text (run));
  while (lm_guide_run_get_page (run) != LM_GUIDE_PAGE_AFTER)
    lm_guide_run_next (run);
  rate (run, 5);
  lm_guide_run_next (run);
  g_assert_cmpint (lm_guide_run_get_page (run), ==, LM_GUIDE_PAGE_GROUNDING);
  g_assert_nonnull (strstr (lm_guide_run_get_safety_text (run), "still very strong"));
  g_assert_false (lm_guide_run_get_exercise (run));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add ("/guide-run/whole", Test, NULL, set_up, test_whole, tear_down);
  g_test_add ("/guide-run/short", Test, NULL, set_up, test_short, tear_down);
  g_test_add ("/guide-run/back", Test, NULL, set_up, test_back_loses_nothing, tear_down);
  g_test_add ("/guide-run/roles", Test, NULL, set_up, test_roles, tear_down);
  g_test_add ("/guide-run/strength", Test, NULL, set_up, test_strength, tear_down);
  g_test_add ("/guide-run/strength-below", Test, NULL, set_up, test_strength_below, tear_down);
  g_test_add ("/guide-run/safety", Test, NULL, set_up, test_safety, tear_down);
  g_test_add ("/guide-run/resume", Test, NULL, set_up, test_resume, tear_down);
  g_test_add ("/guide-run/finish", Test, NULL, set_up, test_finish, tear_down);
  g_test_add ("/guide-run/carried", Test, NULL, set_up, test_carried, tear_down);
  g_test_add ("/guide-run/skip", Test, NULL, set_up, test_skip, tear_down);
  g_test_add ("/guide-run/end", Test, NULL, set_up, test_end, tear_down);
  g_test_add ("/guide-run/first", Test, NULL, set_up, test_first, tear_down);
  g_test_add ("/guide-run/one-line", Test, NULL, set_up, test_one_line, tear_down);
  g_test_add ("/guide-run/still-strong", Test, NULL, set_up, test_still_strong, tear_down);
  return g_test_run ();
}
