/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-index.h"

/* The search is held against its own definition, written down as plainly as it can be: random
 * journals, random queries typed key by key, the same entries in the same order. */

#define ENTRIES 60
#define ROUNDS  60

/* Of how many occurrences of a word it is looked how near they are to the others. */
#define LOOKED_AT 16

static const char *const words[] = {
  "the", "then",   "other", "mother", "rain",  "train", "Straße", "café", "a",
  "ana", "banana", "nan",   "größer", "vogel", "ovo",   "дом",    "дома", "Łódź",
};

typedef struct
{
  LmRecord *record;
  char *folded;
  guint title;
  gsize span;
} Plain;

static const char *
any_word (void)
{
  return words[g_test_rand_int_range (0, G_N_ELEMENTS (words))];
}

static char *
any_words (int most)
{
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, most + 1); n > 0; n--)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", any_word ());
  return g_string_free (text, FALSE);
}

static void
plain_clear (Plain *plain)
{
  lm_record_unref (plain->record);
  g_free (plain->folded);
}

/* Few times of day, so that many are equal. */
static LmSearchIndex *
make_index (Plain *plain)
{
  LmSearchIndex *index = lm_search_index_new ();

  for (guint i = 0; i < ENTRIES; i++)
    {
      g_autofree char *title = any_words (3), *text = any_words (60), *record_text = NULL;
      g_autofree char *payload =
          g_strdup_printf ("{\"kind\":\"entry\",\"created\":\"2024-05-%02dT10:00:00Z\","
                           "\"title\":\"%s\",\"text\":\"%s\"}",
                           g_test_rand_int_range (1, 9),
                           title,
                           text);
      g_autoptr (GBytes) bytes = g_bytes_new (payload, strlen (payload));
      g_autoptr (GError) error = NULL;
      LmId id = { { (guint8) (i + 1) } };

      plain[i] = (Plain) { .record = lm_record_read (&id, bytes, &error) };
      g_assert_no_error (error);
      record_text = lm_record_text (plain[i].record);
      plain[i].folded = lm_fold (record_text);
      lm_search_index_take (index, plain[i].record);
    }
  return index;
}

/* The definition ------------------------------------------------------------------------------- */

static gboolean
plain_has (const Plain *plain, const LmTerm *term)
{
  return (strstr (plain->folded, term->folded) != NULL) != term->exclude;
}

/* Of @n words, those of @places that are the nearest to each other: every choice of one of each. */
static gsize
plain_span (GArray **places, guint n, guint at, gsize first, gsize last)
{
  gsize least = G_MAXSIZE;

  if (at == n)
    return last - first;
  for (guint i = 0; i < places[at]->len; i++)
    {
      gsize place = g_array_index (places[at], gsize, i);

      least = MIN (least,
                   plain_span (places,
                               n,
                               at + 1,
                               at == 0 ? place : MIN (first, place),
                               at == 0 ? place : MAX (last, place)));
    }
  return least;
}

static void
plain_rank (Plain *plain, LmQuery *query)
{
  GArray *places[8];
  guint n = 0;
  g_autofree char *title = g_strndup (plain->folded, strcspn (plain->folded, "\n"));

  plain->title = 0;
  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);

      if (term->exclude)
        continue;
      plain->title += strstr (title, term->folded) != NULL;
      places[n] = g_array_new (FALSE, FALSE, sizeof (gsize));
      for (const char *at = plain->folded;
           places[n]->len < LOOKED_AT && (at = strstr (at, term->folded)) != NULL;
           at++)
        {
          gsize place = (gsize) (at - plain->folded);

          g_array_append_val (places[n], place);
        }
      n++;
    }
  plain->span = n > 1 ? plain_span (places, n, 0, 0, 0) : 0;
  for (guint i = 0; i < n; i++)
    g_array_unref (places[i]);
}

static int
compare_plain (gconstpointer a, gconstpointer b)
{
  const Plain *x = *(Plain *const *) a, *y = *(Plain *const *) b;
  int by_time = g_date_time_compare (y->record->created, x->record->created);

  if (x->title != y->title)
    return x->title > y->title ? -1 : 1;
  if (x->span != y->span)
    return x->span < y->span ? -1 : 1;
  return by_time != 0 ? by_time : lm_id_compare (&x->record->id, &y->record->id);
}

static GPtrArray *
plain_find (Plain *plain, LmQuery *query)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < ENTRIES; i++)
    {
      gboolean all = TRUE;

      for (guint k = 0; k < lm_query_n_terms (query); k++)
        all = all && plain_has (&plain[i], lm_query_get_term (query, k));
      if (!all)
        continue;
      plain_rank (&plain[i], query);
      g_ptr_array_add (found, &plain[i]);
    }
  g_ptr_array_sort (found, compare_plain);
  return found;
}

/* The comparison ------------------------------------------------------------------------------- */

static char *
any_query (void)
{
  GString *typed = g_string_new (NULL);

  for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
    {
      const char *word = any_word ();
      glong length = g_utf8_strlen (word, -1);
      g_autofree char *part =
          g_utf8_substring (word, 0, g_test_rand_int_range (1, (gint32) length + 1));

      g_string_append_printf (typed,
                              "%s%s%s",
                              typed->len > 0 ? " " : "",
                              g_test_rand_int_range (0, 5) == 0 ? "-" : "",
                              g_test_rand_bit () ? word : part);
    }
  return g_string_free (typed, FALSE);
}

static void
compare (LmSearchIndex *index, Plain *plain, const char *typed)
{
  g_autoptr (LmQuery) query = lm_query_parse (typed);
  g_autoptr (GPtrArray) quick = lm_search_index_find (index, query, NULL);
  g_autoptr (GPtrArray) slow = NULL;

  if (lm_query_is_empty (query))
    {
      g_assert_null (quick);
      return;
    }
  slow = plain_find (plain, query);
  if (quick->len != slow->len)
    g_test_message ("“%s”", typed);
  g_assert_cmpuint (quick->len, ==, slow->len);
  for (guint i = 0; i < quick->len; i++)
    {
      if (quick->pdata[i] != ((Plain *) slow->pdata[i])->record)
        g_test_message ("“%s”, at %u", typed, i);
      g_assert_true (quick->pdata[i] == ((Plain *) slow->pdata[i])->record);
    }
}

static void
test_plain (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      Plain plain[ENTRIES];
      g_autoptr (LmSearchIndex) index = make_index (plain);

      for (guint i = 0; i < 10; i++)
        {
          g_autofree char *typed = any_query ();

          for (const char *end = typed; *end != '\0';)
            {
              g_autofree char *part = NULL;

              end = g_utf8_next_char (end);
              part = g_strndup (typed, (gsize) (end - typed));
              compare (index, plain, part);
            }
        }
      for (guint i = 0; i < ENTRIES; i++)
        plain_clear (&plain[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/search-plain/plain", test_plain);
  return g_test_run ();
}
