/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace-search.h"

G_BEGIN_DECLS

#define LM_TYPE_SEARCH_RESULTS (lm_search_results_get_type ())
G_DECLARE_FINAL_TYPE (LmSearchResults, lm_search_results, LM, SEARCH_RESULTS, GObject)

LmSearchResults *lm_search_results_new (LmWorkspace *workspace);
void lm_search_results_look (LmSearchResults *self, const char *typed);
LmQuery *lm_search_results_get_query (LmSearchResults *self);
const char *lm_search_results_get_suggestion (LmSearchResults *self);

G_END_DECLS
