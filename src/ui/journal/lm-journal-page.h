/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_JOURNAL_PAGE (lm_journal_page_get_type ())
G_DECLARE_FINAL_TYPE (LmJournalPage, lm_journal_page, LM, JOURNAL_PAGE, AdwNavigationPage)

LmJournalPage *lm_journal_page_new (LmWorkspace *workspace);
void lm_journal_page_find (LmJournalPage *self);
GPtrArray *lm_journal_page_get_selected (LmJournalPage *self);

G_END_DECLS
