/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace-keys.h"

G_BEGIN_DECLS

#define LM_TYPE_REKEY_DIALOG (lm_rekey_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LmRekeyDialog, lm_rekey_dialog, LM, REKEY_DIALOG, AdwDialog)

LmRekeyDialog *lm_rekey_dialog_new (LmWorkspace *workspace, LmRekeyKind what);

G_END_DECLS
