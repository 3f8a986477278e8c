/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "library/lm-library.h"
#include "lm-test-workspace.h"
#include "workspace/lm-guide-order.h"
#include "workspace/lm-today.h"
#include "workspace/lm-workspace-session.h"

/* What Today suggests, as a table. */

#define TODAY 739000

static LmLibrary *library;

/* All the guides there are, whether or not this version can show them. */
static GPtrArray *
make_guides (void)
{
  static const struct
  {
    const char *id;
    gboolean deep;
  } guides[] = {
    { "relationship-episode", TRUE },
    { "feeling", FALSE },
    { "before-session", FALSE },
    { "after-session", FALSE },
    { "thread", TRUE },
    { "moment", FALSE },
    { "early-memory", TRUE },
    { "free-association", TRUE },
    { "grief", TRUE },
    { "tea", FALSE },
  };
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (guides); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"format\":\"leitmotif-guide\",\"version\":1,\"id\":\"%s\",\"edition\":1,"
          "\"language\":\"en\",\"title\":\"T\",\"summary\":\"S\",\"minutes\":5,\"group\":\"own\","
          "\"deep\":%s,\"purpose\":\"P\",\"why\":{\"text\":\"W\",\"references\":[]},"
          "\"not_when\":\"N\",\"articles\":[],\"steps\":[{\"id\":\"a\",\"question\":\"Q\","
          "\"input\":{\"type\":\"text\"}}],\"close\":[{\"id\":\"b\",\"question\":\"Q\","
          "\"input\":{\"type\":\"pause\"}}],\"safety\":[]}",
          guides[i].id,
          guides[i].deep ? "true" : "false");
      g_autoptr (GError) error = NULL;
      LmGuide *guide = lm_guide_read (guides[i].id, text, strlen (text), NULL, &error);

      g_assert_no_error (error);
      g_ptr_array_add (list, guide);
    }
  return list;
}

typedef struct
{
  const char *what;
  LmTodayFacts facts;
  const char *used;     /* "guide:days ago …" */
  const char *expected; /* the first suggestions, in order */
  gboolean rest;
  gboolean bring;
} Case;

static const Case cases[] = {
  { "nothing known",
    { TODAY, 0, 0, 0, 0, 0, NULL },
    "",
    "relationship-episode feeling early-memory free-association tea",
    FALSE,
    FALSE },
  { "in turn, the longest unused first",
    { TODAY, 0, 0, 0, 0, 0, NULL },
    "relationship-episode:1 feeling:2 early-memory:9 free-association:3 tea:2",
    "early-memory free-association feeling tea relationship-episode",
    FALSE,
    FALSE },
  { "not the same twice a day",
    { TODAY, 0, 0, 0, 0, 0, NULL },
    "relationship-episode:0",
    "feeling early-memory free-association tea",
    FALSE,
    FALSE },
  { "a session tomorrow",
    { TODAY, TODAY + 1, 0, 0, 0, 0, NULL },
    "",
    "before-session relationship-episode",
    FALSE,
    FALSE },
  { "a session later today",
    { TODAY, TODAY, 0, 0, 0, 0, NULL },
    "",
    "before-session",
    FALSE,
    FALSE },
  { "a session in two days",
    { TODAY, TODAY + 2, 0, 0, 0, 0, NULL },
    "",
    "relationship-episode",
    FALSE,
    FALSE },
  { "tomorrow, and prepared today already",
    { TODAY, TODAY + 1, 0, 0, 0, 0, NULL },
    "before-session:0",
    "relationship-episode",
    FALSE,
    FALSE },
  { "tomorrow, prepared for the one a week ago",
    { TODAY, TODAY + 1, TODAY - 6, 0, 0, 0, NULL },
    "before-session:7",
    "before-session",
    FALSE,
    FALSE },
  { "a session yesterday",
    { TODAY, TODAY + 6, TODAY - 1, 0, 0, 0, NULL },
    "after-session:8",
    "after-session relationship-episode",
    FALSE,
    FALSE },
  { "yesterday, and written about then",
    { TODAY, TODAY + 6, TODAY - 1, 0, 0, 0, NULL },
    "after-session:1",
    "relationship-episode",
    FALSE,
    FALSE },
  { "two sessions a week: the one ahead comes first",
    { TODAY, TODAY + 1, TODAY - 1, 0, 0, 0, NULL },
    "",
    "before-session after-session relationship-episode",
    FALSE,
    FALSE },
  { "three episodes",
    { TODAY, 0, 0, 0, 0, 3, NULL },
    "",
    "thread relationship-episode",
    FALSE,
    FALSE },
  { "two episodes", { TODAY, 0, 0, 0, 0, 2, NULL }, "", "relationship-episode", FALSE, FALSE },
  { "two hard ones", { TODAY, 0, 0, 2, 2, 3, NULL }, "", "thread", FALSE, FALSE },
  { "three hard ones: no deep guide, and the thread waits",
    { TODAY, 0, 0, 3, 1, 3, NULL },
    "",
    "feeling tea",
    TRUE,
    FALSE },
  { "three hard ones, and a session tomorrow",
    { TODAY, TODAY + 1, 0, 3, 3, 3, NULL },
    "",
    "before-session feeling tea",
    TRUE,
    TRUE },
};

static void
test_table (void)
{
  g_autoptr (GPtrArray) guides = make_guides ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LmTodayFacts facts = cases[i].facts;
      g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_auto (GStrv) each = g_strsplit (cases[i].used, " ", -1);
      g_autoptr (GArray) suggestions = NULL;
      g_autoptr (GString) got = g_string_new (NULL);

      g_test_message ("%s", cases[i].what);
      for (guint k = 0; each[k] != NULL; k++)
        {
          g_auto (GStrv) parts = g_strsplit (each[k], ":", 2);

          g_hash_table_insert (used,
                               g_strdup (parts[0]),
                               GINT_TO_POINTER (TODAY - atoi (parts[1])));
        }
      facts.used = used;
      suggestions = lm_suggest (&facts, guides);
      for (guint k = 0; k < suggestions->len; k++)
        g_string_append_printf (
            got,
            "%s%s",
            k > 0 ? " " : "",
            lm_guide_get_id (g_array_index (suggestions, LmSuggestion, k).guide));
      /* All that follow, where no more than two are told. */
      if (!g_str_equal (got->str, cases[i].expected))
        g_assert_true (g_str_has_prefix (got->str, cases[i].expected) &&
                       got->str[strlen (cases[i].expected)] == ' ' && !cases[i].rest);
      g_assert_cmpint (lm_suggest_rest (&facts), ==, cases[i].rest);
      g_assert_cmpint (lm_suggest_bring (&facts), ==, cases[i].bring);
    }
}

/* A look at a real journal ------------------------------------------------------------------- */

static void
write_guided (LmTestWorkspace *test, const char *guide, const char *when, int before, int after)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (when, NULL);
  g_autoptr (LmDraft) draft = NULL;
  LmContent *content;
  guint n = g_list_model_get_n_items (lm_workspace_get_entries (test->workspace));

  lm_clock_set (test->clock, time);
  draft = lm_workspace_begin (test->workspace, NULL);
  content = lm_draft_get_content (draft);
  lm_content_set_guide (content, guide, 1, "en");
  lm_content_set_string (content, "text", "x");
  if (before > 0)
    lm_answer_set_scale (lm_content_answer (content, "before", "?"), before);
  if (after > 0)
    lm_answer_set_scale (lm_content_answer (content, "after", "?"), after);
  lm_draft_changed (draft);
  lm_draft_flush (draft);
  lm_test_until (g_list_model_get_n_items (lm_workspace_get_entries (test->workspace)) == n + 1);
  lm_draft_close (draft);
}

static void
test_look (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-23T21:00:00+01:00", NULL);
  g_autoptr (LmToday) today = NULL, later = NULL;

  write_guided (test, "relationship-episode", "2026-11-10T20:00:00+01:00", 2, 2);
  write_guided (test, "thread", "2026-11-11T20:00:00+01:00", 2, 1);
  write_guided (test, "relationship-episode", "2026-11-20T20:00:00+01:00", 2, 3);
  write_guided (test, "relationship-episode", "2026-11-21T20:00:00+01:00", 5, 4);
  write_guided (test, "feeling", "2026-11-21T21:00:00+01:00", 0, 0);
  write_guided (test, "relationship-episode", "2026-11-22T20:00:00+01:00", 1, 2);
  lm_clock_set (test->clock, now);
  today = lm_today_look (test->workspace);
  g_assert_cmpuint (today->facts.episodes, ==, 3);
  g_assert_cmpuint (today->facts.hard, ==, 3);
  g_assert_cmpuint (today->facts.rising, ==, 1);
  g_assert_cmpuint (today->n_latest, ==, LM_TODAY_LATEST);
  g_assert_cmpstr (today->latest[0]->guide, ==, "relationship-episode");
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (today->facts.used, "feeling")),
                   ==,
                   today->facts.day - 2);
  g_assert_cmpint (today->facts.next_session, ==, 0);
  /* Two weeks later none of that is hard any more. */
  now = (g_date_time_unref (now), g_date_time_new_from_iso8601 ("2026-12-07T21:00:00+01:00", NULL));
  lm_clock_set (test->clock, now);
  later = lm_today_look (test->workspace);
  g_assert_cmpuint (later->facts.hard, ==, 0);
  g_assert_cmpuint (later->facts.episodes, ==, 3);
}

static void
test_turn (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) tomorrow = g_date_time_new_from_iso8601 ("2026-11-24T08:00:00+01:00", NULL);
  gboolean quiet;

  g_assert_cmpuint (lm_workspace_get_turn (test->workspace, &quiet), ==, 0);
  g_assert_false (quiet);
  lm_workspace_set_turn (test->workspace, 2, TRUE);
  lm_test_until (lm_workspace_get_turn (test->workspace, &quiet) == 2);
  lm_test_workspace_restart (test);
  g_assert_cmpuint (lm_workspace_get_turn (test->workspace, &quiet), ==, 2);
  g_assert_true (quiet);
  lm_clock_set (test->clock, tomorrow);
  g_assert_cmpuint (lm_workspace_get_turn (test->workspace, &quiet), ==, 0);
  g_assert_false (quiet);
}

static guint
place_of (GPtrArray *guides, const char *id)
{
  for (guint i = 0; i < guides->len; i++)
    if (g_str_equal (lm_guide_get_id (guides->pdata[i]), id))
      return i;
  return G_MAXUINT;
}

static void
test_order (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GPtrArray) before = lm_guide_order_list (test->workspace, library, FALSE);
  g_autoptr (GPtrArray) hidden = NULL, without = NULL, after = NULL, restarted = NULL;
  guint at = place_of (before, "strain");

  g_assert_cmpuint (at, >, 0);
  lm_guide_order_move (test->workspace, library, "strain", -1);
  after = lm_guide_order_list (test->workspace, library, FALSE);
  g_assert_cmpuint (place_of (after, "strain"), ==, at - 1);
  lm_guide_order_set_hidden (test->workspace, "grief", TRUE);
  g_assert_true (lm_guide_order_is_hidden (test->workspace, "grief"));
  without = lm_guide_order_list (test->workspace, library, FALSE);
  hidden = lm_guide_order_list (test->workspace, library, TRUE);
  g_assert_cmpuint (place_of (without, "grief"), ==, G_MAXUINT);
  g_assert_cmpuint (hidden->len, ==, 1);
  lm_test_workspace_restart (test);
  restarted = lm_guide_order_list (test->workspace, library, FALSE);
  g_assert_cmpuint (place_of (restarted, "strain"), ==, at - 1);
  g_assert_cmpuint (restarted->len, ==, before->len - 1);
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
  g_test_add_func ("/suggestion/table", test_table);
  LM_TEST_WORKSPACE_ADD ("/suggestion/look", test_look);
  LM_TEST_WORKSPACE_ADD ("/suggestion/turn", test_turn);
  LM_TEST_WORKSPACE_ADD ("/suggestion/order", test_order);
  status = g_test_run ();
  g_object_unref (library);
  return status;
}
