/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-text.h"
#include "search/lm-query-edit.h"

/* Filters are a part of what is typed. Whoever sets one with the mouse, or takes one off, changes
 * the text: there is one truth about what is looked for, and it can be kept and typed. */

/* Whether @term narrows by something other than words. */
gboolean
lm_term_is_filter (const LmTerm *term)
{
  return term->field != LM_TERM_TEXT;
}

/**
 * lm_query_without:
 * @typed: as it stands in the search field
 * @index: of a term of lm_query_parse ()
 *
 * Returns: (transfer full): @typed without the term
 */
char *
lm_query_without (const char *typed, guint index)
{
  g_autoptr (LmQuery) query = lm_query_parse (typed);
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  const LmTerm *term;
  char *before, *after, *left;

  if (index >= lm_query_n_terms (query))
    return g_steal_pointer (&valid);
  term = lm_query_get_term (query, index);
  before = g_strchomp (g_strndup (valid, term->begin));
  after = g_strchug (g_strdup (valid + term->end));
  left = g_strconcat (before, before[0] != '\0' && after[0] != '\0' ? " " : "", after, NULL);
  lm_text_wipe (before);
  lm_text_wipe (after);
  return left;
}

/**
 * lm_query_without_field:
 * @field: what is looked for where; what is left out stays
 *
 * Returns: (transfer full): @typed without every such term
 */
char *
lm_query_without_field (const char *typed, LmTermField field)
{
  char *left = g_strdup (typed);
  guint i = 0;

  for (;;)
    {
      g_autoptr (LmQuery) query = lm_query_parse (left);
      char *less;

      while (i < lm_query_n_terms (query) && (lm_query_get_term (query, i)->field != field ||
                                              lm_query_get_term (query, i)->exclude))
        i++;
      if (i == lm_query_n_terms (query))
        return left;
      less = lm_query_without (left, i);
      lm_text_wipe (left);
      left = less;
    }
}

static const char *
prefix_of (LmTermField field)
{
  switch (field)
    {
    case LM_TERM_TAG:
      return "tag:";
    case LM_TERM_PERSON:
      return "person:";
    case LM_TERM_GUIDE:
      return "guide:";
    case LM_TERM_TRAY:
      return "in:";
    case LM_TERM_BEFORE:
      return "before:";
    case LM_TERM_AFTER:
      return "after:";
    case LM_TERM_TEXT:
    default:
      return "";
    }
}

/**
 * lm_query_with:
 * @field: where to look; of each there is one then
 * @value: what to look for there; "tray" for the tray, a day as in 2024-05-17 for days
 *
 * Returns: (transfer full): @typed with the filter at its end
 */
char *
lm_query_with (const char *typed, LmTermField field, const char *value)
{
  char *left = g_strchomp (lm_query_without_field (typed, field));
  char *plain = g_strdelimit (g_strdup (value), "\"", ' ');
  gboolean quoted = strpbrk (value, " \t\"“”„«»") != NULL;
  char *with = g_strconcat (left,
                            left[0] != '\0' ? " " : "",
                            prefix_of (field),
                            quoted ? "\"" : "",
                            plain,
                            quoted ? "\"" : "",
                            NULL);

  lm_text_wipe (left);
  lm_text_wipe (plain);
  return with;
}
