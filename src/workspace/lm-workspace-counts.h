/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"
#include "patterns/lm-counts.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

GDateTime *lm_workspace_last_look (LmWorkspace *self);
LmCounts *lm_workspace_count (LmWorkspace *self, LmLibrary *library, GDateTime *since);
gboolean lm_workspace_guide_waits (LmWorkspace *self, LmGuide *guide);

G_END_DECLS
