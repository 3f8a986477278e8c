/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

guint lm_day_links_show (GtkWidget *box, LmWorkspace *workspace, const GDate *day);
void lm_day_mark (GtkWidget *widget, LmWorkspace *workspace, LmEntry *entry, gboolean comes);

G_END_DECLS
