/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/lm-fold.h"
#include "base/lm-text.h"
#include "search/lm-query.h"

/* The language of the search field: words that must all occur, "phrases", -exclusions, and
 * tag: person: guide: in:tray before: after:. It answers at every keystroke, so nothing that was
 * typed is ever an error: what is not finished yet is left out, what is not known is text. */

struct _LmQuery
{
  GPtrArray *terms; /* of LmTerm */
};

static void
term_free (gpointer data)
{
  LmTerm *term = data;

  /* A search says what somebody is thinking of. */
  lm_text_wipe (term->folded);
  lm_text_wipe (term->value);
  g_free (term);
}

static void
query_clear (gpointer data)
{
  LmQuery *query = data;

  g_ptr_array_unref (query->terms);
}

LmQuery *
lm_query_ref (LmQuery *query)
{
  return g_atomic_rc_box_acquire (query);
}

void
lm_query_unref (LmQuery *query)
{
  g_atomic_rc_box_release_full (query, query_clear);
}

static void
add_term (
    LmQuery *query, LmTermField field, gboolean exclude, char *folded, int day, const char *value)
{
  LmTerm *term = g_new (LmTerm, 1);

  *term = (LmTerm) { field, exclude, folded, day, g_strdup (value), 0, 0 };
  g_ptr_array_add (query->terms, term);
}

/* Days ------------------------------------------------------------------------------- */

/* Reads 2024, 2024-05 or 2024-05-17; what is not given is the first. Returns 0 if it is none. */
static int
day_of (const char *text)
{
  int year, month = 1, day = 1, length = 0;
  int n = sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length);

  if (strspn (text, "0123456789-") != strlen (text) || strlen (text) < 4 || n < 1 || year < 1)
    return 0;
  return g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year)
             ? year * 10000 + month * 100 + day
             : 0;
}

/* Terms ------------------------------------------------------------------------------ */

static const struct
{
  const char *prefix;
  LmTermField field;
} fields[] = {
  { "tag:", LM_TERM_TAG }, { "person:", LM_TERM_PERSON }, { "guide:", LM_TERM_GUIDE },
  { "in:", LM_TERM_TRAY }, { "before:", LM_TERM_BEFORE }, { "after:", LM_TERM_AFTER },
};

/* Adds @value under @field. FALSE if it makes no sense there: then it is text. */
static gboolean
add_field (LmQuery *query, LmTermField field, gboolean exclude, const char *value)
{
  g_autofree char *folded = lm_fold (value);

  switch (field)
    {
    case LM_TERM_TRAY:
      if (!g_str_equal (folded, "tray"))
        return FALSE;
      add_term (query, field, exclude, g_strdup (""), 0, value);
      return TRUE;
    case LM_TERM_BEFORE:
    case LM_TERM_AFTER:
      if (day_of (value) == 0)
        return FALSE;
      add_term (query, field, exclude, g_strdup (""), day_of (value), value);
      return TRUE;
    case LM_TERM_TEXT:
    case LM_TERM_TAG:
    case LM_TERM_PERSON:
    case LM_TERM_GUIDE:
    default:
      if (folded[0] != '\0')
        add_term (query, field, exclude, g_steal_pointer (&folded), 0, value);
      return TRUE;
    }
}

static gboolean
is_space (const char *at)
{
  return g_unichar_isspace (g_utf8_get_char (at));
}

static gboolean
is_quote (const char *at, gsize *length)
{
  static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»" };

  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (g_str_has_prefix (at, quotes[i]))
      {
        *length = strlen (quotes[i]);
        return TRUE;
      }
  return FALSE;
}

/* Takes a word, or what stands between quotation marks, as far as it is typed; moves @at behind it.
 */
static char *
take_value (const char **at)
{
  gsize length;
  gboolean quoted = is_quote (*at, &length);
  const char *begin = quoted ? *at + length : *at, *end = begin;
  char *value;

  while (*end != '\0' && !(quoted ? is_quote (end, &length) : is_space (end)))
    end = g_utf8_next_char (end);
  value = g_strndup (begin, (gsize) (end - begin));
  *at = quoted && *end != '\0' ? end + length : end;
  /* What stands in a phrase is separated by one space, as in the text it is looked for in. */
  for (char *c = value; *c != '\0'; c++)
    if (g_ascii_isspace (*c))
      *c = ' ';
  return g_strstrip (value);
}

static void
take_term (LmQuery *query, const char **at)
{
  /* Two of them are text: somebody looks for a dash. */
  gboolean exclude = (*at)[0] == '-' && (*at)[1] != '-';
  const char *begin = exclude ? *at + 1 : *at;
  g_autofree char *value = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_ascii_strncasecmp (begin, fields[i].prefix, strlen (fields[i].prefix)) == 0)
      {
        const char *end = begin + strlen (fields[i].prefix);

        value = take_value (&end);
        if (value[0] == '\0' || add_field (query, fields[i].field, exclude, value))
          {
            *at = end;
            return;
          }
        g_clear_pointer (&value, g_free);
        break;
      }
  value = take_value (&begin);
  add_field (query, LM_TERM_TEXT, exclude, value);
  *at = begin;
}

/**
 * lm_query_parse:
 * @typed: as it stands in the search field
 *
 * Returns: (transfer full): the query; nothing that can be typed is an error
 */
LmQuery *
lm_query_parse (const char *typed)
{
  LmQuery *query = g_atomic_rc_box_new0 (LmQuery);
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  const char *at = valid;

  query->terms = g_ptr_array_new_with_free_func (term_free);
  while (*at != '\0')
    if (is_space (at))
      at = g_utf8_next_char (at);
    else
      {
        guint n = query->terms->len;
        gsize begin = (gsize) (at - valid);

        take_term (query, &at);
        if (query->terms->len > n)
          {
            LmTerm *term = query->terms->pdata[n];

            term->begin = begin;
            term->end = (gsize) (at - valid);
          }
      }
  return query;
}

/* Whether nothing is looked for. */
gboolean
lm_query_is_empty (LmQuery *query)
{
  return query->terms->len == 0;
}

guint
lm_query_n_terms (LmQuery *query)
{
  return query->terms->len;
}

const LmTerm *
lm_query_get_term (LmQuery *query, guint index)
{
  return query->terms->pdata[index];
}

/* Whether whatever has @term also has @earlier. */
static gboolean
implies (const LmTerm *term, const LmTerm *earlier)
{
  if (term->field != earlier->field || term->exclude != earlier->exclude ||
      term->day != earlier->day)
    return FALSE;
  return term->exclude ? g_str_equal (term->folded, earlier->folded)
                       : strstr (term->folded, earlier->folded) != NULL;
}

/**
 * lm_query_narrows:
 * @earlier: another query
 *
 * Returns: whether everything that @query finds is among what @earlier finds, as it is while one
 *   goes on typing
 */
gboolean
lm_query_narrows (LmQuery *query, LmQuery *earlier)
{
  for (guint i = 0; i < earlier->terms->len; i++)
    {
      gboolean implied = FALSE;

      for (guint k = 0; k < query->terms->len && !implied; k++)
        implied = implies (query->terms->pdata[k], earlier->terms->pdata[i]);
      if (!implied)
        return FALSE;
    }
  return TRUE;
}
