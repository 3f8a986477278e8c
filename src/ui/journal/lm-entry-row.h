/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-entry.h"
#include "search/lm-query.h"

G_BEGIN_DECLS

#define LM_TYPE_ENTRY_ROW (lm_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (LmEntryRow, lm_entry_row, LM, ENTRY_ROW, GtkWidget)

GtkWidget *lm_entry_row_new (void);
void lm_entry_row_set_entry (LmEntryRow *self, LmEntry *entry);
LmEntry *lm_entry_row_get_entry (LmEntryRow *self);
void lm_entry_row_set_query (LmEntryRow *self, LmQuery *query);
const char *lm_entry_row_get_excerpt (LmEntryRow *self);
gboolean lm_entry_row_has_excerpt (LmEntryRow *self);
void lm_entry_row_set_check (LmEntryRow *self, gboolean shown, gboolean active);
char *lm_entry_row_describe (LmEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_entry_row_title (LmEntry *entry);

G_END_DECLS
