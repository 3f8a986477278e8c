/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"

G_BEGIN_DECLS

/**
 * LmSearchIndex:
 *
 * What every entry says, folded, in memory only: nothing of it is ever written. Belongs to one
 * thread.
 */
typedef struct _LmSearchIndex LmSearchIndex;

LmSearchIndex *lm_search_index_new (void);
void lm_search_index_free (LmSearchIndex *index);
void lm_search_index_take (LmSearchIndex *index, LmRecord *record, char *folded);
void lm_search_index_set_person (LmSearchIndex *index, const char *id, const char *name);
GHashTable *lm_search_index_find (LmSearchIndex *index, const char *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSearchIndex, lm_search_index_free)

G_END_DECLS
