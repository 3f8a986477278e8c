/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

GPtrArray *lm_guide_order_list (LmWorkspace *workspace, LmLibrary *library, gboolean hidden)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_guide_order_is_hidden (LmWorkspace *workspace, const char *id);
void lm_guide_order_set_hidden (LmWorkspace *workspace, const char *id, gboolean hidden);
void lm_guide_order_move (LmWorkspace *workspace, LmLibrary *library, const char *id, int by);
const char *lm_guide_group_title (const char *group);

G_END_DECLS
