/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmGlossaryTerm:
 * @id: of the term
 * @term: as the glossary's page shows it
 * @forms: the words that are marked in a text, none for words that are mostly meant as usual
 * @definition: one or two sentences
 * @article: the id of the article that says more
 */
typedef struct
{
  char *id;
  char *term;
  GStrv forms;
  char *definition;
  char *article;
} LmGlossaryTerm;

/**
 * LmGlossaryPlace:
 * @start: first byte in the text
 * @end: the byte behind the last
 * @term: (transfer none): what stands there
 */
typedef struct
{
  guint start;
  guint end;
  const LmGlossaryTerm *term;
} LmGlossaryPlace;

typedef struct _LmGlossary LmGlossary;

LmGlossary *lm_glossary_read (const char *name, const char *text, gsize length, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_glossary_free (LmGlossary *glossary);
GPtrArray *lm_glossary_get_terms (LmGlossary *glossary);
const LmGlossaryTerm *lm_glossary_find (LmGlossary *glossary, const char *id);
GArray *lm_glossary_mark (LmGlossary *glossary, const char *text, GHashTable *seen)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmGlossary, lm_glossary_free)

G_END_DECLS
