/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void lm_focus_give (GtkWidget *widget);
void lm_focus_leave (GtkWidget *widget);
void lm_focus_begin (GtkWidget *view, GtkWidget *first);
void lm_focus_enter (GtkWidget *page, gboolean always);
void lm_focus_follow (GtkWidget *page);
void lm_focus_stay (AdwNavigationSplitView *split);

G_END_DECLS
