/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_TRAY_LIST (lm_tray_list_get_type ())
G_DECLARE_FINAL_TYPE (LmTrayList, lm_tray_list, LM, TRAY_LIST, AdwBin)

GtkWidget *lm_tray_list_new (LmWorkspace *workspace);
void lm_tray_mark_target (GtkWidget *widget, LmWorkspace *workspace, const char *target);
void lm_tray_mark (GtkWidget *widget, LmWorkspace *workspace, GPtrArray *entries, LmTray tray);

G_END_DECLS
