/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "library/lm-library-search.h"

/* How long a search in the library takes: the median of many, for each of twenty things that people
 * would look for. The floor is what no search can do without, and knows no endings and no slips: to
 * look through the texts for the letters as they are. */

#define ROUNDS 101

static const char *const queries[] = {
  "t",
  "tr",
  "transf",
  "transference",
  "transferance",
  "I went blank",
  "what to do when therapy ends",
  "silence",
  "therapist is on holiday",
  "dreams",
  "grief loss",
  "ressistance",
  "does it work",
  "depression CBT",
  "Shedler 2010",
  "early memories",
  "falling in love with my therapist",
  "withdrawal",
  "the",
  "no such word xyzzyplugh qwfpgj",
};

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/* Returns: in microseconds */
static double
median (double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  return times[ROUNDS / 2];
}

static GPtrArray *
all_texts (LmLibrary *library)
{
  GPtrArray *texts = g_ptr_array_new ();
  GListModel *articles = lm_library_get_articles (library);
  GPtrArray *terms = lm_glossary_get_terms (lm_library_get_glossary (library));

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);
      GPtrArray *blocks = lm_article_get_document (article)->blocks;

      for (guint k = 0; k < blocks->len; k++)
        g_ptr_array_add (texts, ((LmBlock *) blocks->pdata[k])->text);
    }
  for (guint i = 0; i < terms->len; i++)
    g_ptr_array_add (texts, ((LmGlossaryTerm *) terms->pdata[i])->definition);
  return texts;
}

static double
measure_floor (GPtrArray *texts, const char *query)
{
  double times[ROUNDS];
  volatile guint found = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint k = 0; k < texts->len; k++)
        found += strstr (texts->pdata[k], query) != NULL;
      times[i] = (double) (g_get_monotonic_time () - start);
    }
  return median (times);
}

static double
measure (LmLibrarySearch *search, const char *query)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) hits = lm_library_search_find (search, query, 40);

      times[i] = (double) (g_get_monotonic_time () - start);
    }
  return median (times);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (LmLibrarySearch) search = NULL;
  double making[ROUNDS];

  if (library == NULL)
    g_error ("%s", error->message);
  texts = all_texts (library);
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_clear_pointer (&search, lm_library_search_free);
      search = lm_library_search_new (library);
      making[i] = (double) (g_get_monotonic_time () - start);
    }
  g_print ("made\t%.4f\t\n", median (making) / 1000);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      double floor = measure_floor (texts, queries[i]), time = measure (search, queries[i]);

      g_print ("%s\t%.4f\t%.4f\n", queries[i], time / 1000, floor / 1000);
    }
  return 0;
}
