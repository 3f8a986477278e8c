/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Parts of records: notes in the margin, people, own guides */
LmDraft *lm_workspace_begin_part (LmWorkspace *self, const LmId *id, const char *kind);
LmContent *lm_workspace_get_unsaved (LmWorkspace *self, const LmId *id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
