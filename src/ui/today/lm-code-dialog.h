/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_CODE_DIALOG (lm_code_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LmCodeDialog, lm_code_dialog, LM, CODE_DIALOG, AdwDialog)

LmCodeDialog *lm_code_dialog_new (LmWorkspace *workspace);

G_END_DECLS
