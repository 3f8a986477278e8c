/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-content.h"
#include "library/lm-guide.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmPersonPicker:
 *
 * The people of the journal to choose from, and a way to add one. Signal "changed".
 */
#define LM_TYPE_PERSON_PICKER (lm_person_picker_get_type ())
G_DECLARE_FINAL_TYPE (LmPersonPicker, lm_person_picker, LM, PERSON_PICKER, AdwBin)

GtkWidget *lm_person_picker_new (LmWorkspace *workspace, const LmGuideStep *step, LmAnswer *answer);
void lm_person_picker_store (LmPersonPicker *self, LmAnswer *answer);

G_END_DECLS
