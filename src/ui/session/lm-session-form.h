/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LM_TYPE_SESSION_FORM (lm_session_form_get_type ())
G_DECLARE_FINAL_TYPE (LmSessionForm, lm_session_form, LM, SESSION_FORM, AdwBin)

LmSessionForm *lm_session_form_new (GDateTime *now, const char *button, gboolean with_repeat);
void lm_session_form_set (LmSessionForm *self, GDateTime *starts, guint minutes, guint weeks);
GDateTime *lm_session_form_get_starts (LmSessionForm *self) G_GNUC_WARN_UNUSED_RESULT;
guint lm_session_form_get_minutes (LmSessionForm *self);
guint lm_session_form_get_weeks (LmSessionForm *self);

G_END_DECLS
