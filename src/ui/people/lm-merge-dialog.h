/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_merge_dialog_present (GtkWidget *parent, LmWorkspace *workspace, LmEntry *person);

G_END_DECLS
