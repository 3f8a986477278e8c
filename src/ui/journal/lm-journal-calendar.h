/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_JOURNAL_CALENDAR (lm_journal_calendar_get_type ())
G_DECLARE_FINAL_TYPE (LmJournalCalendar, lm_journal_calendar, LM, JOURNAL_CALENDAR, GtkBox)

GtkWidget *lm_journal_calendar_new (LmWorkspace *workspace);
void lm_journal_calendar_begin (LmJournalCalendar *self);

G_END_DECLS
