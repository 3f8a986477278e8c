/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"
#include "search/lm-query.h"

G_BEGIN_DECLS

/**
 * LmSearchIndex:
 *
 * What every entry says, folded, in memory only: nothing of it is ever written. Belongs to one
 * thread; a snapshot of it may belong to another.
 */
typedef struct _LmSearchIndex LmSearchIndex;

LmSearchIndex *lm_search_index_new (void);
LmSearchIndex *lm_search_index_snapshot (LmSearchIndex *index) G_GNUC_WARN_UNUSED_RESULT;
void lm_search_index_free (LmSearchIndex *index);
guint lm_search_index_n_entries (LmSearchIndex *index);
guint lm_search_index_stamp (LmSearchIndex *index);
void lm_search_index_take (LmSearchIndex *index, LmRecord *record);
void lm_search_index_remove (LmSearchIndex *index, const LmId *id);
void lm_search_index_set_person (LmSearchIndex *index, const char *id, const char *name);
void lm_search_index_set_guide (LmSearchIndex *index, const char *id, const char *title);
GPtrArray *lm_search_index_find (LmSearchIndex *index, LmQuery *query, GCancellable *cancellable);
GPtrArray *lm_search_index_find_until (LmSearchIndex *index, LmQuery *query, gint64 end);
gboolean lm_search_can_suggest (LmQuery *query);
char *lm_search_index_suggest (LmSearchIndex *index, LmQuery *query, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSearchIndex, lm_search_index_free)

G_END_DECLS
