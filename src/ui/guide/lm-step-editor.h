/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define LM_TYPE_STEP_EDITOR (lm_step_editor_get_type ())
G_DECLARE_FINAL_TYPE (LmStepEditor, lm_step_editor, LM, STEP_EDITOR, AdwBin)

GtkWidget *lm_step_editor_new (JsonObject *step, JsonObject *lists, guint number);
JsonObject *lm_step_editor_get_step (LmStepEditor *self);
void lm_step_editor_focus (LmStepEditor *self);
void lm_step_editor_set_number (LmStepEditor *self, guint number, gboolean last);

G_END_DECLS
