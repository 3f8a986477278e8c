/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-guide.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_ENTRY_PICKER (lm_entry_picker_get_type ())
G_DECLARE_FINAL_TYPE (LmEntryPicker, lm_entry_picker, LM, ENTRY_PICKER, AdwBin)

GtkWidget *lm_entry_picker_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer);
void lm_entry_picker_store (LmEntryPicker *self, LmAnswer *answer);

G_END_DECLS
