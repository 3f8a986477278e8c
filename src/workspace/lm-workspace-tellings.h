/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* The same, told again after some time: each telling is an entry of its own. */
GPtrArray *lm_workspace_list_tellings (LmWorkspace *self, LmEntry *entry);
LmDraft *lm_workspace_tell_again (LmWorkspace *self, LmEntry *entry);

G_END_DECLS
