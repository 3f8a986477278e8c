/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

char *lm_answer_to_text (LmWorkspace *workspace, LmAnswer *answer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
