/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/library/lm-article-view.h"

G_BEGIN_DECLS

#define LM_TYPE_FIND_BAR (lm_find_bar_get_type ())
G_DECLARE_FINAL_TYPE (LmFindBar, lm_find_bar, LM, FIND_BAR, AdwBin)

GtkWidget *lm_find_bar_new (LmArticleView *view);
void lm_find_bar_open (LmFindBar *self);

G_END_DECLS
