/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-reminders.h"

G_BEGIN_DECLS

#define LM_TYPE_PREFERENCES_DIALOG (lm_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LmPreferencesDialog, lm_preferences_dialog, LM, PREFERENCES_DIALOG, AdwDialog)

LmPreferencesDialog *lm_preferences_dialog_new (LmWorkspace *workspace,
                                                LmLibrary *library,
                                                LmReminders *reminders);

G_END_DECLS
