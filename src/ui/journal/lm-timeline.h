/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

GListModel *lm_timeline_new (LmWorkspace *workspace);

G_END_DECLS
