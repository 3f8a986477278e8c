/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_MOMENT_LINE (lm_moment_line_get_type ())
G_DECLARE_FINAL_TYPE (LmMomentLine, lm_moment_line, LM, MOMENT_LINE, AdwBin)

void lm_moment_line_begin (LmMomentLine *self, LmWorkspace *workspace, LmLibrary *library);
void lm_moment_dialog_present (GtkWidget *parent, LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
