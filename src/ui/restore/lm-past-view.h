/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-past.h"

G_BEGIN_DECLS

GtkWidget *lm_past_view_new (LmWorkspace *workspace, LmPast *past);
GtkListItemFactory *lm_past_row_factory_new (void);
char *lm_past_title (LmPast *past);

G_END_DECLS
