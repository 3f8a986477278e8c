/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the window's program speaks with the one that reminds. */
#define LM_REMINDER_NAME      APP_ID ".Reminder"
#define LM_REMINDER_PATH      "/io/github/leitmotif_journal/Leitmotif/Reminder"
#define LM_REMINDER_INTERFACE "io.github.leitmotif_journal.Leitmotif.Reminder"
/* An action of the window's program whose state is whether somebody is at the open journal. */
#define LM_REMINDER_IN_USE "in-use"

#define LM_TYPE_REMINDER_SERVICE (lm_reminder_service_get_type ())
G_DECLARE_FINAL_TYPE (LmReminderService, lm_reminder_service, LM, REMINDER_SERVICE, GObject)

LmReminderService *lm_reminder_service_new (GApplication *application, GMainLoop *loop);
gboolean lm_reminder_service_start (LmReminderService *self, GError **error);

G_END_DECLS
