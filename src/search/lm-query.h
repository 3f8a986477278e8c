/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmTermField:
 * @LM_TERM_TEXT: anywhere in what was written, or the name of a person in it
 * @LM_TERM_TAG: in a tag
 * @LM_TERM_PERSON: in the name of a person
 * @LM_TERM_GUIDE: in the id or the title of the guide
 * @LM_TERM_TRAY: whether it is to be brought to the next session
 * @LM_TERM_BEFORE: begun before a day
 * @LM_TERM_AFTER: begun on a day or later
 *
 * Where a term is looked for.
 */
typedef enum
{
  LM_TERM_TEXT,
  LM_TERM_TAG,
  LM_TERM_PERSON,
  LM_TERM_GUIDE,
  LM_TERM_TRAY,
  LM_TERM_BEFORE,
  LM_TERM_AFTER,
} LmTermField;

/**
 * LmTerm:
 * @field: where it is looked for
 * @exclude: whether it must not be there
 * @folded: what is looked for, folded; "" for the tray and for days
 * @day: year · 10000 + month · 100 + day, for @LM_TERM_BEFORE and @LM_TERM_AFTER
 * @value: what is looked for, as it was typed
 * @begin: where it begins in what was typed, in bytes
 * @end: where it ends
 *
 * One part of a query.
 */
typedef struct
{
  LmTermField field;
  gboolean exclude;
  char *folded;
  gint day;
  char *value;
  gsize begin;
  gsize end;
} LmTerm;

/**
 * LmQuery:
 *
 * What was typed into the search, taken apart. Immutable.
 */
typedef struct _LmQuery LmQuery;

LmQuery *lm_query_parse (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
LmQuery *lm_query_ref (LmQuery *query);
void lm_query_unref (LmQuery *query);
gboolean lm_query_is_empty (LmQuery *query);
guint lm_query_n_terms (LmQuery *query);
const LmTerm *lm_query_get_term (LmQuery *query, guint index);
gboolean lm_query_narrows (LmQuery *query, LmQuery *earlier);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmQuery, lm_query_unref)

G_END_DECLS
