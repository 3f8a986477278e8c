/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-excerpt.h"

/* The few words around what was found. Made for the rows that are seen, from the text itself:
 * folded text does not know where its letters came from. */

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const LmSearchMark *x = a, *y = b;

  return x->begin != y->begin ? (x->begin < y->begin ? -1 : 1)
                              : (x->end > y->end ? -1 : x->end < y->end);
}

/* Marks that touch become one. */
static void
join (GArray *marks)
{
  guint kept = 0;

  g_array_sort (marks, compare_marks);
  for (guint i = 1; i < marks->len; i++)
    {
      LmSearchMark *last = &g_array_index (marks, LmSearchMark, kept);
      LmSearchMark *mark = &g_array_index (marks, LmSearchMark, i);

      if (mark->begin <= last->end)
        last->end = MAX (last->end, mark->end);
      else
        g_array_index (marks, LmSearchMark, ++kept) = *mark;
    }
  if (marks->len > 0)
    g_array_set_size (marks, kept + 1);
}

static void
mark_term (GArray *marks, const char *folded, const guint *origins, const char *word)
{
  for (const char *at = folded; (at = strstr (at, word)) != NULL; at += strlen (word))
    {
      gsize begin = (gsize) (at - folded), end = begin + strlen (word);
      LmSearchMark mark = { .begin = origins[begin] };

      /* The whole of a letter of which only a part was looked for, as in "ß". */
      while (folded[end] != '\0' && origins[end] == origins[end - 1])
        end++;
      mark.end = origins[end];
      g_array_append_val (marks, mark);
    }
}

/**
 * lm_search_marks:
 * @text: one line
 *
 * Returns: (transfer full) (element-type LmSearchMark): where the words of @query are in @text, in
 *   order
 */
GArray *
lm_search_marks (const char *text, LmQuery *query)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (LmSearchMark));
  g_autofree guint *origins = NULL;
  g_autofree char *folded = lm_fold_with_origins (text, &origins);

  for (guint i = 0; i < lm_query_n_terms (query); i++)
    {
      const LmTerm *term = lm_query_get_term (query, i);

      if ((term->field == LM_TERM_TEXT || term->field == LM_TERM_TAG) && !term->exclude)
        mark_term (marks, folded, origins, term->folded);
    }
  join (marks);
  return marks;
}

/* The part of @line around its first mark. */
static char *
cut (const char *line, guint characters, GArray *marks)
{
  LmSearchMark *first = &g_array_index (marks, LmSearchMark, 0);
  const char *begin = line + first->begin, *end;
  glong before = characters / 4;
  const char *space;
  GString *excerpt = g_string_new (NULL);
  gsize shift, kept = 0;

  while (before-- > 0 && begin > line)
    begin = g_utf8_prev_char (begin);
  /* From the beginning of a word on. */
  space = begin > line && begin[-1] != ' '
              ? memchr (begin, ' ', (gsize) (line + first->begin - begin))
              : NULL;
  if (space != NULL)
    begin = space + 1;
  end = begin;
  for (guint n = 0; n < characters && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  if (begin > line)
    g_string_append (excerpt, "…");
  shift = excerpt->len;
  g_string_append_len (excerpt, begin, end - begin);
  if (*end != '\0')
    g_string_append (excerpt, "…");
  for (guint i = 0; i < marks->len; i++)
    {
      LmSearchMark mark = g_array_index (marks, LmSearchMark, i);
      guint from = (guint) (begin - line), to = (guint) (end - line);

      if (mark.begin < from || mark.begin >= to)
        continue;
      mark.end = MIN (mark.end, to);
      g_array_index (marks, LmSearchMark, kept++) = (LmSearchMark) {
        mark.begin - from + (guint) shift,
        mark.end - from + (guint) shift,
      };
    }
  g_array_set_size (marks, (guint) kept);
  return g_string_free (excerpt, FALSE);
}

/**
 * lm_search_excerpt:
 * @text: lm_record_text () of an entry: its title, then a line for each part
 * @characters: about how long the excerpt is
 * @marks: (out) (transfer full) (element-type LmSearchMark): where the words are in it
 *
 * Returns: (transfer full) (nullable): what stands around the first word that was found behind the
 *   title; %NULL if it stands nowhere there
 */
char *
lm_search_excerpt (const char *text, LmQuery *query, guint characters, GArray **marks)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 1; lines[0] != NULL && lines[i] != NULL; i++)
    {
      g_autoptr (GArray) found = lm_search_marks (lines[i], query);

      if (found->len > 0)
        {
          char *excerpt = cut (lines[i], characters, found);

          *marks = g_steal_pointer (&found);
          return excerpt;
        }
    }
  *marks = NULL;
  return NULL;
}
