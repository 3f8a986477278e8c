/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How sure it is that a word of the library is meant. */
typedef enum
{
  LM_WORD_NONE = 0,
  LM_WORD_NEAR = 4,
  LM_WORD_PREFIX = 7,
  LM_WORD_STEM = 10,
} LmWordMatch;

typedef struct _LmLibraryWords LmLibraryWords;

LmLibraryWords *lm_library_words_new (void);
void lm_library_words_free (LmLibraryWords *words);
guint lm_library_words_add (LmLibraryWords *words,
                            const char *language,
                            const char *text,
                            gsize length);
guint lm_library_words_n (LmLibraryWords *words);
void lm_library_words_match (LmLibraryWords *words, const char *typed, guint8 *matches);
gboolean lm_library_words_is_filler (LmLibraryWords *words, const char *typed);
guint64 lm_library_words_get_work (LmLibraryWords *words);

G_END_DECLS
