/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "search/lm-query.h"

/* How what is typed is taken apart. A term is written as its field, "-" if it is excluded, and what
 * is looked for. */

static char *
describe (const char *typed)
{
  static const char *const fields[] = {
    "text", "tag", "person", "guide", "tray", "before", "after"
  };
  g_autoptr (LmQuery) query = lm_query_parse (typed);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);

      g_string_append_printf (text,
                              "%s%s%s[%s",
                              i > 0 ? " " : "",
                              term->exclude ? "-" : "",
                              fields[term->field],
                              term->folded);
      if (term->day != 0)
        g_string_append_printf (text, "%d", term->day);
      g_string_append_c (text, ']');
    }
  g_assert_cmpint (lm_query_is_empty (query), ==, lm_query_n_terms (query) == 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *typed;
  const char *terms;
} cases[] = {
  { "", "" },
  { "  \t ", "" },
  { "rain", "text[rain]" },
  { "Rain  FELL", "text[rain] text[fell]" },
  { "\"rain fell\"", "text[rain fell]" },
  { "„Regen fiel“", "text[regen fiel]" },
  { "«pluie»", "text[pluie]" },
  { "\"rain fel", "text[rain fel]" },
  { "\"rain\nfell\"", "text[rain fell]" },
  { "\"", "" },
  { "\"\"", "" },
  { "-rain", "-text[rain]" },
  { "-\"rain fell\" wet", "-text[rain fell] text[wet]" },
  { "-", "" },
  { "- rain", "text[rain]" },
  { "well-known", "text[well-known]" },
  { "--rain", "text[--rain]" },
  { "tag:work", "tag[work]" },
  { "TAG:Work", "tag[work]" },
  { "tag:\"my work\" x", "tag[my work] text[x]" },
  { "-tag:work", "-tag[work]" },
  { "tag:", "" },
  { "tag: work", "text[work]" },
  { "person:José", "person[jose]" },
  { "guide:dream", "guide[dream]" },
  { "in:tray", "tray[]" },
  { "-in:tray", "-tray[]" },
  { "in:", "" },
  { "in:tra", "text[in:tra]" },
  { "in:vain", "text[in:vain]" },
  { "before:2024", "before[20240101]" },
  { "before:2024-05", "before[20240501]" },
  { "after:2024-05-17", "after[20240517]" },
  { "after:", "" },
  { "after:20", "text[after:20]" },
  { "after:2024-", "after[20240101]" },
  { "after:2024-13", "text[after:2024-13]" },
  { "after:2023-02-29", "text[after:2023-02-29]" },
  { "after:tomorrow", "text[after:tomorrow]" },
  { "other:thing", "text[other:thing]" },
  { "http://x", "text[http://x]" },
  { "a\xff b", "text[a\xef\xbf\xbd] text[b]" },
  { "rain tag:work before:2024 -snow", "text[rain] tag[work] before[20240101] -text[snow]" },
};

static void
test_parse (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *terms = describe (cases[i].typed);

  g_assert_cmpstr (terms, ==, cases[i].terms);
}

static gboolean
narrows (const char *later, const char *earlier)
{
  g_autoptr (LmQuery) a = lm_query_parse (later), b = lm_query_parse (earlier);

  return lm_query_narrows (a, b);
}

static void
test_narrows (void)
{
  g_assert_true (narrows ("rain", "rai"));
  g_assert_true (narrows ("rain", "rain"));
  g_assert_true (narrows ("train", "rain"));
  g_assert_true (narrows ("rain fell", "rain"));
  g_assert_true (narrows ("rain fell", "fel rai"));
  g_assert_true (narrows ("rain", ""));
  g_assert_true (narrows ("-snow rain", "-snow"));
  g_assert_true (narrows ("before:2024 a", "before:2024"));
  g_assert_false (narrows ("rai", "rain"));
  g_assert_false (narrows ("snow", "rain"));
  /* More letters in what is excluded leave more over. */
  g_assert_false (narrows ("-snows", "-snow"));
  g_assert_false (narrows ("-rain", "rain"));
  g_assert_false (narrows ("tag:rain", "rain"));
  g_assert_false (narrows ("before:2024", "before:2023"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/query/parse/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_parse);
    }
  g_test_add_func ("/query/narrows", test_narrows);
  return g_test_run ();
}
