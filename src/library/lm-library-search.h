/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"

G_BEGIN_DECLS

typedef enum
{
  LM_LIBRARY_HIT_ARTICLE,
  LM_LIBRARY_HIT_TERM,
  LM_LIBRARY_HIT_REFERENCE,
} LmLibraryHitKind;

/**
 * LmLibraryMark:
 * @begin: bytes from the start of the excerpt
 * @end: behind the last byte
 */
typedef struct
{
  guint begin;
  guint end;
} LmLibraryMark;

/**
 * LmLibraryHit:
 * @id: of the article, the term or the reference
 * @language: the code of the language that it is in
 * @section: (nullable): the heading under which it stands
 * @title: of the article, the term or the work
 * @excerpt: the words around what was found
 * @marks: (element-type LmLibraryMark): what was found in @excerpt, in order, possibly nothing
 * @score: the higher, the nearer to what was looked for
 */
typedef struct
{
  LmLibraryHitKind kind;
  char *id;
  char *language;
  char *section;
  char *title;
  char *excerpt;
  GArray *marks;
  guint score;
} LmLibraryHit;

typedef struct _LmLibrarySearch LmLibrarySearch;

LmLibrarySearch *lm_library_search_new (LmLibrary *library);
LmLibrarySearch *lm_library_search_new_narrow (LmLibrary *library);
void lm_library_search_free (LmLibrarySearch *search);
GPtrArray *lm_library_search_find (LmLibrarySearch *search, const char *query, guint limit)
    G_GNUC_WARN_UNUSED_RESULT;
guint lm_library_search_n_words (LmLibrarySearch *search);
guint64 lm_library_search_get_work (LmLibrarySearch *search);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmLibrarySearch, lm_library_search_free)

G_END_DECLS
