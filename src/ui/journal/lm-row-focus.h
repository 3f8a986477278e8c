/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "journal/lm-entry.h"

G_BEGIN_DECLS

LmEntry *lm_row_focus_get (GtkWidget *page);
void lm_row_focus_set (GtkWidget *page, const LmId *id);

G_END_DECLS
