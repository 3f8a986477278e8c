/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "lm-test.h"
#include "patterns/lm-counts.h"

/* What is counted, what is not, and what is never called a pattern. */

typedef struct
{
  GPtrArray *records;
  GHashTable *harm;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  test->harm = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (test->harm, (gpointer) "threatening");
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_ptr_array_unref (test->records);
  g_hash_table_unref (test->harm);
}

/* A moment on the given day of a month, with somebody; @answers is JSON behind the first. */
static void
add (Test *test, guint day, const char *person, const char *answers)
{
  g_autofree char *text = g_strdup_printf (
      "{\"kind\":\"entry\",\"created\":\"2026-11-%02uT10:00:00Z\",\"guide\":{\"id\":\"episode\"},"
      "\"answers\":[{\"step\":\"who\",\"people\":[\"%s\"]},%s]}",
      day,
      person,
      answers);
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  LmId id = { .bytes = { (guint8) day, (guint8) test->records->len } };
  g_autoptr (GError) error = NULL;
  LmRecord *record = lm_record_read (&id, payload, &error);

  g_assert_no_error (error);
  g_ptr_array_add (test->records, record);
}

#define WISH(choice) "{\"step\":\"wish\",\"role\":\"wish\",\"choices\":[" choice "]}"
#define NEAR         "{\"id\":\"near\",\"label\":\"to be near\"}"

static LmCounts *
count (Test *test, GDateTime *since)
{
  return lm_counts_new (test->records, since, test->harm);
}

static void
test_enough (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) two = NULL, three = NULL;
  LmCount *wish;

  add (test, 1, "aa", WISH (NEAR));
  add (test, 2, "bb", WISH (NEAR));
  two = count (test, NULL);
  g_assert_false (lm_counts_are_enough (two));
  g_assert_cmpuint (two->counts->len, ==, 0);
  add (test, 3, "aa", WISH (NEAR));
  three = count (test, NULL);
  g_assert_true (lm_counts_are_enough (three));
  g_assert_cmpuint (three->counts->len, ==, 1);
  wish = three->counts->pdata[0];
  g_assert_cmpint (wish->role, ==, LM_COUNT_WISH);
  g_assert_cmpstr (wish->label, ==, "to be near");
  g_assert_cmpuint (wish->moments->len, ==, 3);
  g_assert_cmpuint (wish->n_people, ==, 2);
  /* The latest first. */
  g_assert_true (wish->moments->pdata[0] == test->records->pdata[2]);
}

/* With one person it may be that person. */
static void
test_one_person (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  for (guint day = 1; day <= 4; day++)
    add (test, day, "aa", WISH (NEAR));
  counts = count (test, NULL);
  g_assert_false (lm_counts_are_enough (counts));
  g_assert_cmpuint (counts->counts->len, ==, 0);
}

/* A moment in which fear or harm is named is left out as a whole, whatever else is in it. */
static void
test_harm (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  add (test, 1, "aa", WISH (NEAR));
  add (test, 2, "bb", WISH (NEAR));
  add (test,
       3,
       "cc",
       WISH (NEAR) ",{\"step\":\"other\",\"role\":\"response-other\",\"choices\":[{\"id\":"
                   "\"threatening\",\"label\":\"hurt me\"}]}");
  counts = count (test, NULL);
  g_assert_cmpuint (counts->n_moments, ==, 2);
  g_assert_cmpuint (counts->n_left_out, ==, 1);
  g_assert_cmpuint (counts->counts->len, ==, 0);
}

/* What was expected and what was done are two things, and so are the same words as wish and act. */
static void
test_roles (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  for (guint day = 1; day <= 3; day++)
    add (test,
         day,
         day == 1 ? "aa" : "bb",
         WISH (NEAR) ",{\"step\":\"expected\",\"role\":\"response-other\",\"expected\":true,"
                     "\"choices\":[{\"id\":\"warm\",\"label\":\"was warm\"}]},"
                     "{\"step\":\"other\",\"role\":\"response-other\",\"choices\":["
                     "{\"id\":\"warm\",\"label\":\"was warm\"}]},"
                     "{\"step\":\"felt\",\"role\":\"response-self\",\"felt\":\"good\",\"choices\":["
                     "{\"id\":\"near\",\"label\":\"near\"}]},"
                     "{\"step\":\"did\",\"role\":\"response-self\",\"choices\":["
                     "{\"id\":\"near\",\"label\":\"near\"}]},"
                     "{\"step\":\"kind\",\"choices\":[{\"id\":\"tea\",\"label\":\"tea\"}]}");
  counts = count (test, NULL);
  g_assert_cmpuint (counts->counts->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      LmCount *one = counts->counts->pdata[i];

      g_assert_cmpint (one->role, ==, i);
      /* The same in two answers of one moment is said once. */
      g_assert_cmpuint (one->moments->len, ==, 3);
      g_assert_cmpuint (one->n_good, ==, 3);
    }
  g_assert_cmpuint (counts->n_good, ==, 3);
}

/* Own words count, however they are spelled; "don't know" does not, and no free text. */
static void
test_own_words (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  add (test, 1, "aa", WISH ("{\"label\":\"A door\"},{\"id\":\"unsure\",\"label\":\"?\"}"));
  add (test, 2, "bb", WISH ("{\"label\":\"a DOOR\"},{\"id\":\"unsure\",\"label\":\"?\"}"));
  add (test, 3, "bb", WISH ("{\"label\":\"a door\"},{\"id\":\"unsure\",\"label\":\"?\"}"));
  add (test, 4, "bb", "{\"step\":\"wish\",\"role\":\"wish\",\"text\":\"a door\"}");
  counts = count (test, NULL);
  g_assert_cmpuint (counts->n_moments, ==, 3);
  g_assert_cmpuint (counts->counts->len, ==, 1);
  g_assert_cmpstr (((LmCount *) counts->counts->pdata[0])->label, ==, "a door");
}

/* Those who come to mind later were not there; who told of themselves counts as one person. */
static void
test_people (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  for (guint day = 1; day <= 3; day++)
    add (test, day, "aa", WISH (NEAR) ",{\"step\":\"familiar\",\"people\":[\"bb\"]}");
  counts = count (test, NULL);
  g_assert_cmpuint (counts->n_people, ==, 1);
}

static void
test_since (Test *test, gconstpointer data)
{
  g_autoptr (GDateTime) since = g_date_time_new_utc (2026, 11, 2, 10, 0, 0);
  g_autoptr (LmCounts) counts = NULL;

  for (guint day = 1; day <= 4; day++)
    add (test, day, day % 2 == 0 ? "aa" : "bb", WISH (NEAR));
  counts = count (test, since);
  g_assert_cmpuint (counts->n_moments, ==, 2);
}

/* Good and hard moments are told alike. */
static void
test_felt (Test *test, gconstpointer data)
{
  g_autoptr (LmCounts) counts = NULL;

  add (test, 1, "aa", "{\"role\":\"wish\",\"felt\":\"good\",\"choices\":[" NEAR "]}");
  add (test, 2, "aa", "{\"role\":\"wish\",\"felt\":\"hard\",\"choices\":[" NEAR "]}");
  add (test,
       3,
       "aa",
       "{\"role\":\"wish\",\"felt\":\"hard\",\"choices\":[" NEAR "]},"
       "{\"role\":\"response-self\",\"felt\":\"good\",\"choices\":[" NEAR "]}");
  add (test, 4, "aa", WISH (NEAR));
  counts = count (test, NULL);
  g_assert_cmpuint (counts->n_good, ==, 1);
  g_assert_cmpuint (counts->n_hard, ==, 1);
  g_assert_cmpuint (counts->n_mixed, ==, 1);
  g_assert_cmpuint (counts->n_moments, ==, 4);
}

#define ADD(name, func) g_test_add ("/counts/" name, Test, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("enough", test_enough);
  ADD ("one-person", test_one_person);
  ADD ("harm", test_harm);
  ADD ("roles", test_roles);
  ADD ("own-words", test_own_words);
  ADD ("people", test_people);
  ADD ("since", test_since);
  ADD ("felt", test_felt);
  return g_test_run ();
}
