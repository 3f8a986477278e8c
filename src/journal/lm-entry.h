/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "journal/lm-record.h"

G_BEGIN_DECLS

#define LM_TYPE_ENTRY (lm_entry_get_type ())
G_DECLARE_FINAL_TYPE (LmEntry, lm_entry, LM, ENTRY, GObject)

LmEntry *lm_entry_new (LmRecord *record);
LmRecord *lm_entry_get_record (LmEntry *self);
void lm_entry_set_record (LmEntry *self, LmRecord *record);
const LmId *lm_entry_get_id (LmEntry *self);
const char *lm_entry_get_title (LmEntry *self);
const char *lm_entry_get_excerpt (LmEntry *self);
GDateTime *lm_entry_get_created (LmEntry *self);
int lm_entry_newest_first (LmEntry *a, LmEntry *b);
int lm_entry_get_month (LmEntry *self);
gboolean lm_entry_get_deleted (LmEntry *self);
gboolean lm_entry_get_conflict (LmEntry *self);
void lm_entry_set_conflict (LmEntry *self, gboolean conflict);

#define LM_TYPE_ENTRY_LIST (lm_entry_list_get_type ())
G_DECLARE_FINAL_TYPE (LmEntryList, lm_entry_list, LM, ENTRY_LIST, GObject)

LmEntryList *lm_entry_list_new (void);
void lm_entry_list_prepare (LmEntryList *self, GPtrArray *records);
gboolean lm_entry_list_show (LmEntryList *self, guint at_most);
void lm_entry_list_add (LmEntryList *self, GPtrArray *records);
LmEntry *lm_entry_list_put (LmEntryList *self, LmRecord *record);
LmEntry *lm_entry_list_find (LmEntryList *self, const LmId *id);
void lm_entry_list_remove (LmEntryList *self, const LmId *id);
void lm_entry_list_clear (LmEntryList *self);

G_END_DECLS
