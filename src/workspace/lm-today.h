/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"
#include "workspace/lm-suggestion.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TODAY_LATEST 5

/**
 * LmToday:
 * @facts: what the suggestion rests on
 * @latest: the entries that were changed last, the latest first
 * @n_latest: how many
 * @strong: the last entries that say how strong it was, the latest first
 * @n_strong: how many
 *
 * What a look at the journal finds for the page of today.
 */
typedef struct
{
  LmTodayFacts facts;
  LmRecord *latest[LM_TODAY_LATEST];
  guint n_latest;
  LmRecord *strong[LM_HARD_IN_A_ROW];
  guint n_strong;
} LmToday;

LmToday *lm_today_look (LmWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT;
void lm_today_free (LmToday *today);

/* How far "Another" went today, and whether "Not today" was said: kept in the journal. */
guint lm_workspace_get_turn (LmWorkspace *self, gboolean *quiet);
void lm_workspace_set_turn (LmWorkspace *self, guint turn, gboolean quiet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmToday, lm_today_free)

G_END_DECLS
