/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-library-search.h"

/* Searching in the library as it is built into the program. */

static LmLibrarySearch *
make (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);

  g_assert_no_error (error);
  return lm_library_search_new (library);
}

/* Returns: the place of what is looked for among the hits; -1 if it is not there */
static int
place_of (LmLibrarySearch *search, const char *query, LmLibraryHitKind kind, const char *id)
{
  g_autoptr (GPtrArray) hits = lm_library_search_find (search, query, 40);

  for (guint i = 0; i < hits->len; i++)
    {
      LmLibraryHit *hit = hits->pdata[i];

      if (hit->kind == kind && g_str_equal (hit->id, id))
        return (int) i;
    }
  return -1;
}

static void
test_ranks (void)
{
  g_autoptr (LmLibrarySearch) search = make ();

  /* What it is called comes before what mentions it. */
  g_assert_cmpint (place_of (search, "transference", LM_LIBRARY_HIT_ARTICLE, "transference"),
                   ==,
                   0);
  g_assert_cmpint (place_of (search, "transference", LM_LIBRARY_HIT_ARTICLE, "resistance"), !=, 0);
  g_assert_cmpint (place_of (search, "dreams", LM_LIBRARY_HIT_ARTICLE, "dreams"), ==, 0);
  g_assert_cmpint (place_of (search, "alliance", LM_LIBRARY_HIT_TERM, "alliance"), >=, 0);
  g_assert_cmpint (place_of (search, "Shedler 2010", LM_LIBRARY_HIT_REFERENCE, "shedler-2010"),
                   >=,
                   0);
  g_assert_cmpint (place_of (search, "no such word xyzzyplugh", LM_LIBRARY_HIT_TERM, "alliance"),
                   ==,
                   -1);
}

static void
test_forms (void)
{
  g_autoptr (LmLibrarySearch) search = make ();

  g_assert_cmpint (place_of (search, "dreaming", LM_LIBRARY_HIT_ARTICLE, "dreams"), ==, 0);
  g_assert_cmpint (place_of (search, "DEFENSES", LM_LIBRARY_HIT_ARTICLE, "defense-mechanisms"),
                   >=,
                   0);
  /* While it is being typed, and with accents that are not there. */
  g_assert_cmpint (place_of (search, "transf", LM_LIBRARY_HIT_ARTICLE, "transference"), ==, 0);
  g_assert_cmpint (place_of (search, "dréams", LM_LIBRARY_HIT_ARTICLE, "dreams"), ==, 0);
}

static void
test_slips (void)
{
  g_autoptr (LmLibrarySearch) search = make ();

  g_assert_cmpint (place_of (search, "transferance", LM_LIBRARY_HIT_ARTICLE, "transference"),
                   ==,
                   0);
  g_assert_cmpint (place_of (search, "ressistance", LM_LIBRARY_HIT_ARTICLE, "resistance"), ==, 0);
  g_assert_cmpint (place_of (search, "resitsance", LM_LIBRARY_HIT_ARTICLE, "resistance"), ==, 0);
  /* Two slips are another word. */
  g_assert_cmpint (place_of (search, "resitsancx", LM_LIBRARY_HIT_ARTICLE, "resistance"), ==, -1);
}

/* A sentence as people think it leads to the passage. */
static void
test_passage (void)
{
  g_autoptr (LmLibrarySearch) search = make ();
  g_autoptr (GPtrArray) hits = lm_library_search_find (search, "I went blank", 40);
  gboolean found = FALSE;

  /* Before those that speak of a blank page, or of a blank in memory. */
  g_assert_cmpint (place_of (search, "I went blank", LM_LIBRARY_HIT_ARTICLE, "resistance"), <, 2);
  g_assert_cmpint (
      place_of (search, "I went blank", LM_LIBRARY_HIT_ARTICLE, "relationship-patterns"),
      <,
      2);
  g_assert_cmpint (
      place_of (search, "fell in love with my therapist", LM_LIBRARY_HIT_ARTICLE, "transference"),
      ==,
      0);
  for (guint i = 0; i < hits->len; i++)
    {
      LmLibraryHit *hit = hits->pdata[i];

      if (g_str_equal (hit->id, "resistance"))
        {
          LmLibraryMark *mark = &g_array_index (hit->marks, LmLibraryMark, 0);

          g_assert_cmpuint (hit->marks->len, ==, 1);
          g_assert_cmpuint (mark->end - mark->begin, ==, strlen ("blank"));
          g_assert_true (strncmp (hit->excerpt + mark->begin, "blank", 5) == 0);
          found = TRUE;
        }
    }
  g_assert_true (found);
}

static void
test_excerpts (void)
{
  g_autoptr (LmLibrarySearch) search = make ();
  static const char *const queries[] = {
    "silence", "the", "a", "“", "", "grief loss", "ü", "2010"
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (GPtrArray) hits = lm_library_search_find (search, queries[i], 1000);

      for (guint k = 0; k < hits->len; k++)
        {
          LmLibraryHit *hit = hits->pdata[k];
          guint before = 0;

          g_assert_true (g_utf8_validate (hit->excerpt, -1, NULL));
          g_assert_cmpint (g_utf8_strlen (hit->excerpt, -1), <=, 122);
          for (guint j = 0; j < hit->marks->len; j++)
            {
              LmLibraryMark *mark = &g_array_index (hit->marks, LmLibraryMark, j);

              g_assert_cmpuint (mark->begin, >=, before);
              g_assert_cmpuint (mark->end, >, mark->begin);
              g_assert_cmpuint (mark->end, <=, strlen (hit->excerpt));
              before = mark->end;
            }
        }
    }
  {
    g_autoptr (GPtrArray) none = lm_library_search_find (search, " … ", 10);
    g_autoptr (GPtrArray) few = lm_library_search_find (search, "therapy", 3);

    g_assert_cmpuint (none->len, ==, 0);
    g_assert_cmpuint (few->len, ==, 3);
  }
}

/* For a place where people look for anything at all. */
static void
test_narrow (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);
  g_autoptr (LmLibrarySearch) wide = lm_library_search_new (library);
  g_autoptr (LmLibrarySearch) search = lm_library_search_new_narrow (library);
  const char *const in_texts[] = { "Tuesday", "transference invoice", "Shedler 2010" };

  g_assert_no_error (error);
  g_assert_cmpint (place_of (search, "transference", LM_LIBRARY_HIT_ARTICLE, "transference"),
                   ==,
                   0);
  g_assert_cmpint (place_of (search, "alliance", LM_LIBRARY_HIT_TERM, "alliance"), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (in_texts); i++)
    {
      g_autoptr (GPtrArray) all = lm_library_search_find (wide, in_texts[i], 40);
      g_autoptr (GPtrArray) hits = lm_library_search_find (search, in_texts[i], 40);

      g_assert_cmpuint (all->len, >, 0);
      g_assert_cmpuint (hits->len, ==, 0);
    }
}

/* A word of the query looks at each word of the library at most twice, and at where it occurs. The
 * time is told, not judged: it is the machine's. */
static void
test_work (void)
{
  g_autoptr (LmLibrarySearch) search = make ();
  guint64 before = lm_library_search_get_work (search);
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GPtrArray) hits = lm_library_search_find (search, "therapist silense", 40);

      g_assert_cmpuint (hits->len, >, 0);
    }
  g_test_message ("%u words, %.3f ms a search",
                  lm_library_search_n_words (search),
                  (double) (g_get_monotonic_time () - start) / 100000.0);
  g_assert_cmpuint (lm_library_search_n_words (search), >, 1000);
  g_assert_cmpuint ((lm_library_search_get_work (search) - before) / 100, <, 25000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/search/ranks", test_ranks);
  g_test_add_func ("/library/search/forms", test_forms);
  g_test_add_func ("/library/search/slips", test_slips);
  g_test_add_func ("/library/search/passage", test_passage);
  g_test_add_func ("/library/search/excerpts", test_excerpts);
  g_test_add_func ("/library/search/narrow", test_narrow);
  g_test_add_func ("/library/search/work", test_work);
  return g_test_run ();
}
