/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LmStemmer LmStemmer;

LmStemmer *lm_stemmer_new (const char *language) G_GNUC_WARN_UNUSED_RESULT;
void lm_stemmer_free (LmStemmer *stemmer);
char *lm_stemmer_stem (LmStemmer *stemmer, const char *word) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmStemmer, lm_stemmer_free)

G_END_DECLS
