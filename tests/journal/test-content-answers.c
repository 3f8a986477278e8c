/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-content.h"
#include "lm-test.h"

static LmContent *
read_content (const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (payload, &error);

  g_assert_no_error (error);
  return content;
}

static void
assert_written (LmContent *content, const char *expected)
{
  g_autoptr (GBytes) bytes = lm_content_write (content);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   expected,
                   strlen (expected));
}

static void
assert_tidied (const char *before, const char *const *order, const char *after)
{
  g_autoptr (LmContent) content = read_content (before);

  lm_content_tidy_answers (content, order);
  assert_written (content, after);
  lm_content_tidy_answers (content, order);
  assert_written (content, after);
}

static const char *const abc[] = { "a", "b", "c", NULL };

static void
test_answer (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer;

  g_assert_null (lm_content_find_answer (content, "happened"));
  answer = lm_content_answer (content, "happened", "What happened?");
  g_assert_true (lm_answer_is_empty (answer));
  lm_answer_set_text (answer, "Something.");
  g_assert_false (lm_answer_is_empty (answer));
  /* The question stays as it was asked first. */
  g_assert_true (lm_content_answer (content, "happened", "What took place?") == answer);
  g_assert_true (lm_content_find_answer (content, "happened") == answer);
  lm_content_answer (content, "wish", "What did you wish for?");
  g_assert_cmpuint (lm_content_n_answers (content), ==, 2);
  g_assert_cmpstr (lm_answer_get_question (answer), ==, "What happened?");
  g_assert_cmpstr (lm_answer_get_step (answer), ==, "happened");
  g_assert_cmpstr (lm_answer_get_text (answer), ==, "Something.");
  assert_written (content,
                  "{\"answers\":[{\"step\":\"happened\",\"question\":\"What "
                  "happened?\",\"text\":\"Something.\"},"
                  "{\"step\":\"wish\",\"question\":\"What did you wish for?\"}]}");
}

static void
test_role_and_felt (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer = lm_content_answer (content, "s", "Q");

  g_assert_null (lm_answer_get_role (answer));
  g_assert_null (lm_answer_get_felt (answer));
  lm_answer_set_role (answer, "response-other", TRUE);
  lm_answer_set_felt (answer, "hard");
  g_assert_cmpstr (lm_answer_get_role (answer), ==, "response-other");
  g_assert_true (lm_answer_get_expected (answer));
  g_assert_cmpstr (lm_answer_get_felt (answer), ==, "hard");
  lm_answer_set_role (answer, "wish", FALSE);
  g_assert_false (lm_answer_get_expected (answer));
  lm_answer_set_felt (answer, NULL);
  assert_written (content, "{\"answers\":[{\"step\":\"s\",\"question\":\"Q\",\"role\":\"wish\"}]}");
}

static void
test_scale (void)
{
  g_autoptr (LmContent) content = read_content ("{\"answers\":[{\"scale\":\"5\"},{\"scale\":-1},{"
                                                "\"scale\":9007199254740991},{\"scale\":7}]}");
  LmAnswer *answer = lm_content_answer (content, "s", "Q");

  g_assert_cmpint (lm_answer_get_scale (lm_content_get_answer (content, 0)), ==, 0);
  g_assert_cmpint (lm_answer_get_scale (lm_content_get_answer (content, 1)), ==, 0);
  g_assert_cmpint (lm_answer_get_scale (lm_content_get_answer (content, 2)), ==, 0);
  g_assert_cmpint (lm_answer_get_scale (lm_content_get_answer (content, 3)), ==, 7);
  g_assert_cmpint (lm_answer_get_scale (answer), ==, 0);
  lm_answer_set_scale (answer, 3);
  g_assert_cmpint (lm_answer_get_scale (answer), ==, 3);
  lm_answer_set_scale (answer, 0);
  g_assert_false (json_object_has_member (answer, "scale"));
  lm_answer_set_scale (answer, 0);
}

static void
test_choices (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer = lm_content_answer (content, "s", "Q");
  const char *id = "unset";

  g_assert_false (lm_answer_has_choice (answer, "understood"));
  lm_answer_add_choice (answer, "understood", "to be understood");
  lm_answer_add_choice (answer, NULL, "in own words");
  g_assert_cmpuint (lm_answer_n_choices (answer), ==, 2);
  g_assert_cmpstr (lm_answer_get_choice (answer, 0, &id), ==, "to be understood");
  g_assert_cmpstr (id, ==, "understood");
  g_assert_cmpstr (lm_answer_get_choice (answer, 1, &id), ==, "in own words");
  g_assert_null (id);
  g_assert_true (lm_answer_has_choice (answer, "understood"));
  g_assert_false (lm_answer_has_choice (answer, "in own words"));
  lm_answer_clear_choices (answer);
  g_assert_cmpuint (lm_answer_n_choices (answer), ==, 0);
  lm_answer_clear_choices (answer);
}

static void
test_choices_odd (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"answers\":[{\"step\":\"s\",\"choices\":[5,{\"id\":1,\"label\":2},{}]}]}");
  LmAnswer *answer = lm_content_get_answer (content, 0);

  for (guint i = 0; i < 3; i++)
    {
      const char *id = "unset";

      g_assert_cmpstr (lm_answer_get_choice (answer, i, &id), ==, "");
      g_assert_null (id);
    }
}

static void
test_people (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer = lm_content_answer (content, "who", "Who?");
  g_auto (GStrv) none = lm_answer_get_people (answer), two = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  lm_answer_set_people (answer, (const char *[]) { "p", "q", NULL });
  two = lm_answer_get_people (answer);
  g_assert_cmpstrv (two, ((const char *[]) { "p", "q", NULL }));
  lm_answer_set_people (answer, (const char *[]) { NULL });
  g_assert_true (lm_answer_is_empty (answer));
  assert_written (content, "{\"answers\":[{\"step\":\"who\",\"question\":\"Who?\"}]}");
}

static void
test_tidy_order (void)
{
  assert_tidied ("{\"answers\":[{\"step\":\"c\",\"text\":\"3\"},{\"step\":\"a\",\"text\":\"1\"},{"
                 "\"step\":\"b\",\"text\":\"2\"}]}",
                 abc,
                 "{\"answers\":[{\"step\":\"a\",\"text\":\"1\"},{\"step\":\"b\",\"text\":\"2\"},{"
                 "\"step\":\"c\",\"text\":\"3\"}]}");
}

static void
test_tidy_empty (void)
{
  assert_tidied ("{\"answers\":[{\"step\":\"c\",\"question\":\"C\",\"text\":\" "
                 "\"},{\"step\":\"b\",\"text\":\"2\"},"
                 "{\"step\":\"a\",\"question\":\"A\",\"role\":\"wish\",\"expected\":true}]}",
                 abc,
                 "{\"answers\":[{\"step\":\"b\",\"text\":\"2\"}]}");
  assert_tidied ("{\"answers\":[{\"step\":\"a\"}],\"text\":\"t\"}", abc, "{\"text\":\"t\"}");
  assert_tidied ("{\"text\":\"t\"}", abc, "{\"text\":\"t\"}");
}

/* Steps of another edition of the guide, and things that are no answers, come last and stay whole.
 */
static void
test_tidy_unknown_steps (void)
{
  assert_tidied ("{\"answers\":[{\"step\":\"z\",\"text\":\"26\"},5,{\"text\":\"no "
                 "step\"},{\"step\":\"a\",\"text\":\"1\"},{\"step\":\"y\"}]}",
                 abc,
                 "{\"answers\":[{\"step\":\"a\",\"text\":\"1\"},{\"step\":\"z\",\"text\":\"26\"},5,"
                 "{\"text\":\"no step\"},{\"step\":\"y\"}]}");
}

/* Two answers to one step, as another program may write them: neither sentence is lost. */
static void
test_tidy_twice (void)
{
  assert_tidied ("{\"answers\":[{\"step\":\"b\",\"text\":\"first\"},{\"step\":\"a\"},{\"step\":"
                 "\"b\",\"text\":\"second\"},{\"step\":\"a\",\"text\":\"1\"}]}",
                 abc,
                 "{\"answers\":[{\"step\":\"a\",\"text\":\"1\"},{\"step\":\"b\",\"text\":\"first\"}"
                 ",{\"step\":\"b\",\"text\":\"second\"}]}");
}

/* An answer of a kind that only a newer version knows is not empty. */
static void
test_tidy_unknown_keys (void)
{
  assert_tidied ("{\"answers\":[{\"step\":\"b\",\"question\":\"Q\",\"drawing\":{\"lines\":[1,2]}},{"
                 "\"step\":\"a\",\"scale\":150}]}",
                 abc,
                 "{\"answers\":[{\"step\":\"a\",\"scale\":150},{\"step\":\"b\",\"question\":\"Q\","
                 "\"drawing\":{\"lines\":[1,2]}}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/answers/answer", test_answer);
  g_test_add_func ("/journal/answers/role-and-felt", test_role_and_felt);
  g_test_add_func ("/journal/answers/scale", test_scale);
  g_test_add_func ("/journal/answers/choices", test_choices);
  g_test_add_func ("/journal/answers/choices-odd", test_choices_odd);
  g_test_add_func ("/journal/answers/people", test_people);
  g_test_add_func ("/journal/answers/tidy-order", test_tidy_order);
  g_test_add_func ("/journal/answers/tidy-empty", test_tidy_empty);
  g_test_add_func ("/journal/answers/tidy-unknown-steps", test_tidy_unknown_steps);
  g_test_add_func ("/journal/answers/tidy-twice", test_tidy_twice);
  g_test_add_func ("/journal/answers/tidy-unknown-keys", test_tidy_unknown_keys);
  return g_test_run ();
}
