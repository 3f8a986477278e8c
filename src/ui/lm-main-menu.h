/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void lm_main_menu_add (AdwNavigationSplitView *split, GtkMenuButton *button, GMenuModel *menu);

G_END_DECLS
