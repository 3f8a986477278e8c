/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "reminder/lm-reminder-plan.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmReminders:
 *
 * Says to leitmotif-reminder when to remind, as long as the journal is open, and keeps in the
 * journal what the person chose. Signal "changed": another time, other words, on or off.
 */
#define LM_TYPE_REMINDERS (lm_reminders_get_type ())
G_DECLARE_FINAL_TYPE (LmReminders, lm_reminders, LM, REMINDERS, GObject)

LmReminders *lm_reminders_new (LmWorkspace *workspace, GDBusConnection *bus, gboolean sandboxed);
gboolean lm_reminders_get_on (LmReminders *self);
void lm_reminders_set_on_async (LmReminders *self,
                                gboolean on,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean lm_reminders_set_on_finish (LmReminders *self, GAsyncResult *result, GError **error);
const LmReminderPlan *lm_reminders_get_plan (LmReminders *self);
void lm_reminders_set_plan (LmReminders *self, LmReminderPlan *plan);
GDateTime *lm_reminders_get_next (LmReminders *self) G_GNUC_WARN_UNUSED_RESULT;

/* What the journal keeps of it */
LmReminderPlan *lm_workspace_get_reminders (LmWorkspace *self) G_GNUC_WARN_UNUSED_RESULT;
void lm_workspace_set_reminders (LmWorkspace *self, const LmReminderPlan *plan);

G_END_DECLS
