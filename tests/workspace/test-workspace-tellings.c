/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content-parts.h"
#include "lm-test-workspace.h"
#include "workspace/lm-workspace-counts.h"
#include "workspace/lm-workspace-tellings.h"

/* What was told again, and whether the look for the thread had better wait. */

static LmEntry *
save (LmTestWorkspace *test, LmDraft *draft, const char *guide, const char *text)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) later = g_date_time_add_minutes (now, 1);

  lm_content_set_guide (lm_draft_get_content (draft), guide, 1, "en");
  lm_test_draft_text (draft, text);
  lm_draft_close (draft);
  lm_test_until (lm_draft_get_entry (draft) != NULL);
  lm_clock_set (test->clock, later);
  return lm_draft_get_entry (draft);
}

static LmEntry *
write_entry (LmTestWorkspace *test, const char *guide, const char *text)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);

  return save (test, draft, guide, text);
}

static LmEntry *
tell_again (LmTestWorkspace *test, LmEntry *entry, const char *text)
{
  g_autoptr (LmDraft) draft = lm_workspace_tell_again (test->workspace, entry);

  g_assert_true (lm_content_is_empty (lm_draft_get_content (draft)));
  return save (test, draft, "early-memory", text);
}

static void
test_tellings (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *first = write_entry (test, "early-memory", "A swing");
  LmEntry *other = write_entry (test, "early-memory", "A lake");
  LmEntry *second = tell_again (test, first, "A red swing");
  /* Also of a later telling: they all lead to the first. */
  LmEntry *third = tell_again (test, second, "A swing and wind");
  g_autoptr (GPtrArray) tellings = lm_workspace_list_tellings (test->workspace, second);
  g_autoptr (GPtrArray) alone = lm_workspace_list_tellings (test->workspace, other);

  g_assert_cmpuint (tellings->len, ==, 3);
  g_assert_true (tellings->pdata[0] == first);
  g_assert_true (tellings->pdata[1] == second);
  g_assert_true (tellings->pdata[2] == third);
  g_assert_cmpuint (alone->len, ==, 1);
}

/* The first is gone: the others still belong together. */
static void
test_first_in_trash (LmTestWorkspace *test, gconstpointer data)
{
  LmEntry *first = write_entry (test, "early-memory", "A swing");
  LmEntry *second = tell_again (test, first, "A red swing");
  LmEntry *third = tell_again (test, first, "A swing and wind");
  g_autoptr (GPtrArray) tellings = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  lm_workspace_set_deleted_async (test->workspace, first, TRUE, lm_test_take_result, &result);
  lm_test_wait (result);
  g_assert_true (lm_workspace_set_deleted_finish (test->workspace, result, NULL));
  tellings = lm_workspace_list_tellings (test->workspace, third);
  g_assert_cmpuint (tellings->len, ==, 2);
  g_assert_true (tellings->pdata[0] == second);
}

/* An entry that began and ended as strong as that. */
static void
write_strong (LmTestWorkspace *test, int before, int after)
{
  g_autoptr (LmDraft) draft = lm_workspace_begin (test->workspace, NULL);
  LmContent *content = lm_draft_get_content (draft);

  lm_answer_set_scale (lm_content_answer (content, LM_GUIDE_BEFORE, "Before?"), before);
  lm_answer_set_scale (lm_content_answer (content, LM_GUIDE_AFTER, "After?"), after);
  save (test, draft, "feeling", "x");
}

static gboolean
waits (LmTestWorkspace *test, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);

  g_assert_no_error (error);
  return lm_workspace_guide_waits (test->workspace, lm_library_find_guide (library, id));
}

static void
test_waits (LmTestWorkspace *test, gconstpointer data)
{
  write_strong (test, 2, 4); /* ended strong */
  write_strong (test, 1, 2); /* stronger than it began */
  g_assert_false (waits (test, "thread"));
  write_strong (test, 5, 5);
  g_assert_true (waits (test, "thread"));
  /* Only this guide does. */
  g_assert_false (waits (test, "feeling"));
  /* What has no strength says nothing; what ended lightly ends the row. */
  write_entry (test, "moment", "A line");
  g_assert_true (waits (test, "thread"));
  write_strong (test, 4, 3);
  g_assert_false (waits (test, "thread"));
}

static void
test_waits_not_for_ever (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 15);

  for (guint i = 0; i < 3; i++)
    write_strong (test, 3, 5);
  g_assert_true (waits (test, "thread"));
  lm_clock_set (test->clock, later);
  g_assert_false (waits (test, "thread"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_WORKSPACE_ADD ("/tellings/tellings", test_tellings);
  LM_TEST_WORKSPACE_ADD ("/tellings/first-in-trash", test_first_in_trash);
  LM_TEST_WORKSPACE_ADD ("/tellings/waits", test_waits);
  LM_TEST_WORKSPACE_ADD ("/tellings/waits-not-for-ever", test_waits_not_for_ever);
  return g_test_run ();
}
