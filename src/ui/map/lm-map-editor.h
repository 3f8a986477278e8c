/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-guide.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmMapEditor:
 *
 * Choosing people and placing them around oneself: as a picture and as a list, whichever is easier.
 * Signals "changed".
 */
#define LM_TYPE_MAP_EDITOR (lm_map_editor_get_type ())
G_DECLARE_FINAL_TYPE (LmMapEditor, lm_map_editor, LM, MAP_EDITOR, AdwBin)

GtkWidget *lm_map_editor_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer);
void lm_map_editor_store (LmMapEditor *self, LmAnswer *answer);
GtkWidget *lm_map_view_new (LmAnswer *answer);

G_END_DECLS
