/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-content-parts.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmElementPicker:
 *
 * A text of which parts can be picked, each with room for what it brings to mind. Signals
 * "changed".
 */
#define LM_TYPE_ELEMENT_PICKER (lm_element_picker_get_type ())
G_DECLARE_FINAL_TYPE (LmElementPicker, lm_element_picker, LM, ELEMENT_PICKER, AdwBin)

GtkWidget *lm_element_picker_new (LmWorkspace *workspace, const char *text, LmAnswer *answer);
void lm_element_picker_store (LmElementPicker *self, LmAnswer *answer);

G_END_DECLS
