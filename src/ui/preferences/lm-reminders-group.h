/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-reminders.h"

G_BEGIN_DECLS

#define LM_TYPE_REMINDERS_GROUP (lm_reminders_group_get_type ())
G_DECLARE_FINAL_TYPE (
    LmRemindersGroup, lm_reminders_group, LM, REMINDERS_GROUP, AdwPreferencesGroup)

void lm_reminders_group_set_reminders (LmRemindersGroup *self, LmReminders *reminders);

G_END_DECLS
