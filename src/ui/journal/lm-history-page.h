/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_history_page_new (LmWorkspace *workspace, LmEntry *entry);
void lm_history_restore (GtkWidget *widget,
                         LmWorkspace *workspace,
                         LmEntry *entry,
                         const LmId *hash);

G_END_DECLS
