/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtksourceview/gtksource.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmTextArea:
 *
 * Where a person writes: in the document font, with the spelling checker, private to input methods.
 */
#define LM_TYPE_TEXT_AREA (lm_text_area_get_type ())
G_DECLARE_FINAL_TYPE (LmTextArea, lm_text_area, LM, TEXT_AREA, GtkSourceView)

GtkWidget *lm_text_area_new (void);
void lm_text_area_set_workspace (LmTextArea *self, LmWorkspace *workspace);
char *lm_text_area_get_text (LmTextArea *self) G_GNUC_WARN_UNUSED_RESULT;
void lm_text_area_set_text (LmTextArea *self, const char *text);

G_END_DECLS
