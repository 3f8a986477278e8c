/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"
#include "search/lm-search-excerpt.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmFound:
 * @query: what was looked for
 * @entries: (element-type LmEntry) (nullable): those that have all of it and are not in the trash,
 *   the best first; %NULL if nothing is looked for
 * @suggestion: (nullable): words that would find something, if nothing was found
 *
 * The answer to a search.
 */
typedef struct
{
  LmQuery *query;
  GPtrArray *entries;
  char *suggestion;
} LmFound;

void lm_workspace_find_async (LmWorkspace *self,
                              const char *typed,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
LmFound *lm_workspace_find_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_found_free (LmFound *found);
char *lm_found_excerpt (LmQuery *query, LmEntry *entry, GArray **marks) G_GNUC_WARN_UNUSED_RESULT;

gboolean lm_workspace_get_arrived (LmWorkspace *self, guint *arrived, guint *expected);
void lm_workspace_name_guides (LmWorkspace *self, LmLibrary *library);

/* Saved searches */
GStrv lm_workspace_get_searches (LmWorkspace *self) G_GNUC_WARN_UNUSED_RESULT;
void lm_workspace_keep_search (LmWorkspace *self, const char *typed, gboolean keep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmFound, lm_found_free)

G_END_DECLS
