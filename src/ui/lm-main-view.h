/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_MAIN_VIEW (lm_main_view_get_type ())
G_DECLARE_FINAL_TYPE (LmMainView, lm_main_view, LM, MAIN_VIEW, AdwBreakpointBin)

LmMainView *lm_main_view_new (LmWorkspace *workspace, LmLibrary *library);
void lm_main_view_activate (LmMainView *self, const char *action, const char *parameter);
AdwNavigationView *lm_main_view_get_pages (LmMainView *self);
const char *lm_main_view_get_place (LmMainView *self);
gboolean lm_main_view_get_show_content (LmMainView *self);
void lm_main_view_set_show_content (LmMainView *self, gboolean show);
void lm_main_view_set_full (LmMainView *self, gboolean full);
GPtrArray *lm_main_view_get_selected (LmMainView *self);

G_END_DECLS
