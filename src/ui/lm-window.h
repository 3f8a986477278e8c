/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "ui/lm-application.h"
#include "ui/lm-main-view.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_WINDOW (lm_window_get_type ())
G_DECLARE_FINAL_TYPE (LmWindow, lm_window, LM, WINDOW, AdwApplicationWindow)

LmWindow *lm_window_new (LmApplication *application, LmWorkspace *workspace, LmLibrary *library);
LmWindow *lm_window_find (LmApplication *application);
void lm_window_quit (LmWindow *self);
void lm_window_save_size (LmWindow *self);
void lm_window_blank (LmWindow *self);
void lm_window_want_moment (LmWindow *self);
void lm_window_want (LmWindow *self, const char *place, const char *action, const char *target);
LmMainView *lm_window_get_main_view (LmWindow *self);
void lm_window_clear_toasts (LmWindow *self);
AdwToastOverlay *lm_window_get_toasts (LmWindow *self);
GSettings *lm_window_get_settings (GtkWidget *widget);

G_END_DECLS
