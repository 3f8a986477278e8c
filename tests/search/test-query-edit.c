/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "search/lm-query-edit.h"

/* Filters set and taken off with the mouse: what is typed changes, and nothing else of it. */

static const struct
{
  const char *typed;
  guint index;
  const char *left;
} without[] = {
  { "rain tag:work snow", 1, "rain snow" },
  { "tag:work rain", 0, "rain" },
  { "rain tag:work", 1, "rain" },
  { "tag:work", 0, "" },
  { "rain   tag:\"my work\"   snow", 1, "rain snow" },
  { "-tag:work rain", 0, "rain" },
  { "größe tag:Straße ärger", 1, "größe ärger" },
  { "in:tray before:2024-05 after:2023 x", 1, "in:tray after:2023 x" },
  { "\"a b\" tag:x", 1, "\"a b\"" },
  { "tag:„my work“ x", 0, "x" },
  /* What is not finished is no term. */
  { "tag: rain", 0, "tag:" },
  { "rain", 7, "rain" },
};

static void
test_without (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_autofree char *left = lm_query_without (without[i].typed, without[i].index);

      g_assert_cmpstr (left, ==, without[i].left);
    }
}

static const struct
{
  const char *typed;
  LmTermField field;
  const char *value;
  const char *all;
} with[] = {
  { "", LM_TERM_TAG, "work", "tag:work" },
  { "rain ", LM_TERM_TAG, "work", "rain tag:work" },
  { "rain", LM_TERM_TAG, "my work", "rain tag:\"my work\"" },
  { "tag:sleep rain", LM_TERM_TAG, "work", "rain tag:work" },
  { "-tag:sleep", LM_TERM_TAG, "work", "-tag:sleep tag:work" },
  { "tag:a tag:b x", LM_TERM_TAG, "work", "x tag:work" },
  { "x", LM_TERM_TRAY, "tray", "x in:tray" },
  { "in:tray", LM_TERM_TRAY, "tray", "in:tray" },
  { "before:2024", LM_TERM_BEFORE, "2023-01-05", "before:2023-01-05" },
  { "before:2024", LM_TERM_AFTER, "2023-01-05", "before:2024 after:2023-01-05" },
  { "", LM_TERM_PERSON, "Ana \"the cat\" B.", "person:\"Ana  the cat  B.\"" },
  { "", LM_TERM_GUIDE, "After the session", "guide:\"After the session\"" },
};

/* And it is found again as what it was set as. */
static void
test_with (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (with); i++)
    {
      g_autofree char *all = lm_query_with (with[i].typed, with[i].field, with[i].value);
      g_autoptr (LmQuery) query = lm_query_parse (all);
      const LmTerm *last = lm_query_get_term (query, lm_query_n_terms (query) - 1);

      g_assert_cmpstr (all, ==, with[i].all);
      g_assert_cmpint (last->field, ==, with[i].field);
      g_assert_true (lm_term_is_filter (last));
      g_assert_cmpuint (last->end, ==, strlen (all));
    }
}

static void
test_value (void)
{
  g_autoptr (LmQuery) query = lm_query_parse ("rain -TAG:\"My Work\" after:2024-05");

  g_assert_cmpstr (lm_query_get_term (query, 0)->value, ==, "rain");
  g_assert_cmpstr (lm_query_get_term (query, 1)->value, ==, "My Work");
  g_assert_cmpstr (lm_query_get_term (query, 2)->value, ==, "2024-05");
  g_assert_false (lm_term_is_filter (lm_query_get_term (query, 0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/query-edit/without", test_without);
  g_test_add_func ("/query-edit/with", test_with);
  g_test_add_func ("/query-edit/value", test_value);
  return g_test_run ();
}
