/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

GtkWidget *lm_filter_menu_new (LmWorkspace *workspace, GtkEditable *field);

G_END_DECLS
