/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test-workspace.h"
#include "ui/guide/lm-person-picker.h"
#include "workspace/lm-workspace-people.h"

/* Who was chosen in a guide, when the list of people has changed since. */

#define STEP "who"

/* Returns: (transfer none): an answer in @content that names @person */
static LmAnswer *
answer_with (LmContent *content, LmEntry *person)
{
  LmIdText id = lm_id_format (lm_entry_get_id (person));
  const char *const people[] = { id.digits, NULL };
  LmAnswer *answer = lm_content_answer (content, STEP, "Who was it?");

  lm_answer_set_people (answer, people);
  return answer;
}

/* Shows the picker with @answer and takes from it what is chosen. Returns: (transfer full): the id
 */
static char *
shown_and_taken (LmTestWorkspace *test, LmAnswer *answer)
{
  LmGuideStep step = { .several = TRUE };
  g_autoptr (GtkWidget) picker =
      g_object_ref_sink (lm_person_picker_new (test->workspace, &step, answer));
  g_auto (GStrv) people = NULL;

  lm_person_picker_store (LM_PERSON_PICKER (picker), answer);
  people = lm_answer_get_people (answer);
  g_assert_cmpuint (g_strv_length (people), ==, 1);
  return g_strdup (people[0]);
}

static void
assert_is (const char *id, LmEntry *person)
{
  g_assert_cmpstr (id, ==, lm_id_format (lm_entry_get_id (person)).digits);
}

static void
test_removed (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmContent) content = lm_content_new ("entry", now);
  LmEntry *person = lm_test_add_person (test, "Ann");
  LmAnswer *answer = answer_with (content, person);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *before = shown_and_taken (test, answer), *after = NULL;

  assert_is (before, person);
  lm_workspace_remove_person_async (test->workspace, person, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_test_until (lm_entry_get_deleted (person));
  after = shown_and_taken (test, answer);
  assert_is (after, person);
}

static void
test_merged (LmTestWorkspace *test, gconstpointer data)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (LmContent) content = lm_content_new ("entry", now);
  LmEntry *person = lm_test_add_person (test, "Annie"), *into = lm_test_add_person (test, "Ann");
  LmAnswer *answer = answer_with (content, person);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *after = NULL;

  lm_workspace_merge_person_async (test->workspace, person, into, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_test_until (lm_entry_get_deleted (person));
  after = shown_and_taken (test, answer);
  assert_is (after, into);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  adw_init ();
  LM_TEST_WORKSPACE_ADD ("/person-picker/removed", test_removed);
  LM_TEST_WORKSPACE_ADD ("/person-picker/merged", test_merged);
  return g_test_run ();
}
