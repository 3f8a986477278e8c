/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "search/lm-search-excerpt.h"

/* The excerpt with its marks as [ ]. */
static char *
excerpt (const char *text, const char *typed, guint characters)
{
  g_autoptr (LmQuery) query = lm_query_parse (typed);
  g_autoptr (GArray) marks = NULL;
  g_autofree char *plain = lm_search_excerpt (text, query, characters, &marks);
  GString *marked;

  if (plain == NULL)
    return NULL;
  marked = g_string_new (plain);
  for (guint i = marks->len; i > 0; i--)
    {
      LmSearchMark *mark = &g_array_index (marks, LmSearchMark, i - 1);

      g_assert_cmpuint (mark->begin, <, mark->end);
      g_assert_cmpuint (mark->end, <=, strlen (plain));
      g_string_insert (marked, mark->end, "]");
      g_string_insert (marked, mark->begin, "[");
    }
  g_assert_true (g_utf8_validate (marked->str, -1, NULL));
  return g_string_free (marked, FALSE);
}

static const struct
{
  const char *text;
  const char *query;
  guint characters;
  const char *expected; /* nullable */
} cases[] = {
  { "Title\nA day of rain.", "rain", 80, "A day of [rain]." },
  { "Rain\nA day.", "rain", 80, NULL },
  { "T\nOne line\nAnother with rain", "rain", 80, "Another with [rain]" },
  { "T\nRain, rain, RAIN", "rain", 80, "[Rain], [rain], [RAIN]" },
  { "T\nrainrain", "rain", 80, "[rainrain]" },
  { "T\nrain and snow", "snow rain", 80, "[rain] and [snow]" },
  { "T\nrain and snow", "rain -snow", 80, "[rain] and snow" },
  { "T\nrain fell down", "\"rain fell\"", 80, "[rain fell] down" },
  { "T\nthe café there", "cafe", 80, "the [café] there" },
  { "T\nthe cafe\u0301 there", "café", 80, "the [cafe\u0301] there" },
  { "T\nauf der Straße dort", "strasse", 80, "auf der [Straße] dort" },
  { "T\nauf der Straße dort", "stras", 80, "auf der [Straß]e dort" },
  { "T\nSpaß", "spas", 80, "[Spaß]" },
  { "T\nидёт дождь", "идет", 80, "[идёт] дождь" },
  { "T\nμια βροχή", "βροχη", 80, "μια [βροχή]" },
  { "T\nمَدْرَسَة هنا", "مدرسة", 80, "[مَدْرَسَة] هنا" },
  { "T\n今日は雨です", "雨", 80, "今日は[雨]です" },
  { "T\none two three four five six seven eight rain nine ten eleven twelve",
    "rain",
    24,
    "…eight [rain] nine ten elev…" },
  { "T\nrain one two three four five", "rain", 8, "[rain] one…" },
  { "T\nwork work", "tag:work", 80, "[work] [work]" },
  { "T\nnothing", "rain", 80, NULL },
  { "T", "rain", 80, NULL },
  { "", "rain", 80, NULL },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *found = excerpt (cases[i].text, cases[i].query, cases[i].characters);

  g_assert_cmpstr (found, ==, cases[i].expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/search-excerpt/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }
  return g_test_run ();
}
