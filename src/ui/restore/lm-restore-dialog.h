/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_RESTORE_DIALOG (lm_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LmRestoreDialog, lm_restore_dialog, LM, RESTORE_DIALOG, AdwDialog)

LmRestoreDialog *lm_restore_dialog_new (LmWorkspace *workspace);

G_END_DECLS
