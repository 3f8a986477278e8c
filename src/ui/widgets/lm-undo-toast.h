/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

void lm_undo_toast_call (GtkWidget *widget,
                         const char *text,
                         void (*undo) (gpointer data),
                         gpointer data,
                         GDestroyNotify data_free);
void lm_undo_toast (GtkWidget *widget, LmWorkspace *workspace, const char *text, LmUndo *undo);

G_END_DECLS
