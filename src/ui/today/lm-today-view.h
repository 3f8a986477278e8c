/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_TODAY_VIEW (lm_today_view_get_type ())
G_DECLARE_FINAL_TYPE (LmTodayView, lm_today_view, LM, TODAY_VIEW, AdwBin)

void lm_today_discard_draft (GtkWidget *widget, LmWorkspace *workspace, LmEntry *draft);
GtkWidget *lm_today_view_new (LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
