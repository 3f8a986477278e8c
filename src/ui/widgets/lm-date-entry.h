/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "base/lm-clock.h"
#include "workspace/lm-typed-date.h"

G_BEGIN_DECLS

#define LM_TYPE_DATE_ENTRY (lm_date_entry_get_type ())
G_DECLARE_FINAL_TYPE (LmDateEntry, lm_date_entry, LM, DATE_ENTRY, GtkBox)

GtkWidget *lm_date_entry_new (LmClock *clock, const char *label, gboolean beside);
void lm_date_entry_set_text (LmDateEntry *self, const char *text);

G_END_DECLS
