/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "search/lm-finder.h"
#include "search/lm-search-private.h"

/* One letter off: which word of the journal may have been meant. A word that differs in one place
 * has either its first half or its second half right (or two letters swapped just between them), so
 * that only words with one of the halves need to be compared. */

/* Shorter words have too many neighbours. */
#define LETTERS_MIN 4

static gboolean
is_word_character (gunichar c)
{
  /* Without the tables. */
  if (c < 0x80)
    return g_ascii_isalnum (c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Whether @a and @b differ by one letter that is other, missing, too many, or changed places with
 * the next. Both are not empty. */
static gboolean
is_near (const gunichar *a, glong a_length, const gunichar *b, glong b_length)
{
  glong same = 0, end = 0;

  if (ABS (a_length - b_length) > 1)
    return FALSE;
  while (same < a_length && same < b_length && a[same] == b[same])
    same++;
  while (end < a_length - same && end < b_length - same &&
         a[a_length - 1 - end] == b[b_length - 1 - end])
    end++;
  if (a_length == b_length && a_length - same - end == 2)
    return a[same] == b[same + 1] && a[same + 1] == b[same];
  return MAX (a_length, b_length) - same - end == 1;
}

typedef struct
{
  gunichar *letters;
  glong n;
  gunichar *other;    /* room for the letters of a word that may be near: one more */
  GHashTable *counts; /* near word → how often */
} Near;

/* Looks at the word around @at. Halves of words come by the hundred thousand: nothing is kept of a
 * word before it is known to be near, and a longer one is left as soon as it is too long. */
static void
consider (Near *near, const char *text, const char *at)
{
  const char *begin = at, *end;
  char *word;
  glong n = 0;
  gpointer count;

  while (begin > text && is_word_character (g_utf8_get_char (g_utf8_prev_char (begin))))
    {
      begin = g_utf8_prev_char (begin);
      if (++n > near->n)
        return;
    }
  n = 0;
  for (end = begin; *end != '\0'; end = g_utf8_next_char (end))
    {
      gunichar letter = g_utf8_get_char (end);

      if (!is_word_character (letter))
        break;
      if (n > near->n)
        return;
      near->other[n++] = letter;
    }
  if (n == 0 || !is_near (near->letters, near->n, near->other, n))
    return;
  word = g_strndup (begin, (gsize) (end - begin));
  count = g_hash_table_lookup (near->counts, word);
  g_hash_table_replace (near->counts, word, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
}

static void
look_for (Near *near, const char *text, const char *end, const LmFinder *part)
{
  if (part->length == 0)
    return;
  for (const char *at = text; (at = lm_finder_find (part, at, end)) != NULL; at += part->length)
    consider (near, text, at);
}

static char *
swapped_between (Near *near, glong half)
{
  g_autofree gunichar *letters = g_memdup2 (near->letters, (gsize) near->n * sizeof *letters);
  gunichar first = letters[half - 1];

  letters[half - 1] = letters[half];
  letters[half] = first;
  return g_ucs4_to_utf8 (letters, near->n, NULL, NULL, NULL);
}

/* The near word that occurs most often; the first in the alphabet of those that are equal. */
static char *
best (GHashTable *counts)
{
  const char *found = NULL;
  guint most = 0;
  GHashTableIter iter;
  gpointer word, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &word, &count))
    if (GPOINTER_TO_UINT (count) > most ||
        (GPOINTER_TO_UINT (count) == most && strcmp (word, found) < 0))
      {
        found = word;
        most = GPOINTER_TO_UINT (count);
      }
  return g_strdup (found);
}

static gboolean
occurs (LmSearchIndex *index, const char *word)
{
  LmFinder finder = lm_finder_new (word);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, index->people);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    if (strstr (name, word) != NULL)
      return TRUE;
  for (guint i = 0; i < index->items->len; i++)
    {
      LmSearchItem *item = index->items->pdata[i];

      if (lm_finder_find (&finder, item->folded, item->folded + item->length) != NULL)
        return TRUE;
    }
  return FALSE;
}

static char *
near_word (LmSearchIndex *index, const char *word, GCancellable *cancellable)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Near near = { .counts = counts };
  g_autofree gunichar *letters = g_utf8_to_ucs4_fast (word, -1, &near.n);
  g_autofree char *first = NULL;
  g_autofree char *swapped = NULL;
  g_autofree gunichar *other = NULL;
  const char *second;
  LmFinder parts[3];
  GHashTableIter iter;
  gpointer name;

  if (near.n < LETTERS_MIN)
    return NULL;
  near.letters = letters;
  near.other = other = g_new (gunichar, near.n + 1);
  second = g_utf8_offset_to_pointer (word, near.n / 2);
  first = g_strndup (word, (gsize) (second - word));
  swapped = swapped_between (&near, near.n / 2);
  parts[0] = lm_finder_new (first);
  parts[1] = lm_finder_new (second);
  parts[2] = lm_finder_new (swapped);
  for (guint i = 0; i < index->items->len; i++)
    {
      LmSearchItem *item = index->items->pdata[i];

      if (g_cancellable_is_cancelled (cancellable))
        return NULL;
      for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
        look_for (&near, item->folded, item->folded + item->length, &parts[k]);
    }
  g_hash_table_iter_init (&iter, index->people);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
      look_for (&near, name, (const char *) name + strlen (name), &parts[k]);
  return best (counts);
}

static gboolean
is_word (const LmTerm *term)
{
  /* With a colon it is to become a filter. */
  return term->field == LM_TERM_TEXT && !term->exclude && strpbrk (term->folded, " :") == NULL;
}

/* Returns: whether lm_search_index_suggest () may know better words than those of @query, which
 * found nothing: it has words only, and not all of them are too short to tell */
gboolean
lm_search_can_suggest (LmQuery *query)
{
  glong longest = 0;

  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);

      if (!is_word (term))
        return FALSE;
      longest = MAX (longest, g_utf8_strlen (term->folded, -1));
    }
  return longest >= LETTERS_MIN;
}

/**
 * lm_search_index_suggest:
 * @query: one that found nothing
 * @cancellable: (nullable): to stop
 *
 * Takes longer than a search: for a worker.
 *
 * Returns: (transfer full) (nullable): the words of @query, with those that occur nowhere replaced
 *   by one that differs in a letter; %NULL if there is none, or if @query has more than plain words
 */
char *
lm_search_index_suggest (LmSearchIndex *index, LmQuery *query, GCancellable *cancellable)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  gboolean changed = FALSE;

  if (!lm_search_can_suggest (query))
    return NULL;
  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);
      g_autofree char *word = NULL;

      if (!occurs (index, term->folded))
        {
          word = near_word (index, term->folded, cancellable);
          if (word == NULL)
            return NULL;
          changed = TRUE;
        }
      g_strv_builder_add (builder, word != NULL ? word : term->folded);
    }
  words = g_strv_builder_end (builder);
  return changed ? g_strjoinv (" ", words) : NULL;
}
