/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-reminders.h"

G_BEGIN_DECLS

#define LM_TYPE_APPLICATION (lm_application_get_type ())
G_DECLARE_FINAL_TYPE (LmApplication, lm_application, LM, APPLICATION, AdwApplication)

void lm_application_prepare (int argc, char **argv);
LmApplication *lm_application_new (void);
LmReminders *lm_application_get_reminders (LmApplication *self);

G_END_DECLS
