/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_EXPORT_DIALOG (lm_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LmExportDialog, lm_export_dialog, LM, EXPORT_DIALOG, AdwDialog)

LmExportDialog *lm_export_dialog_new (LmWorkspace *workspace, GPtrArray *selected);

G_END_DECLS
