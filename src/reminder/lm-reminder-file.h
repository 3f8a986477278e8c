/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one thing that is kept outside of the encrypted journal: the next reminder's time, in a file
 * of one line. While the file is there, reminders are on. */

char *lm_reminder_file_path (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_reminder_file_read (const char *path, gint64 *next);
gboolean lm_reminder_file_write (const char *path, gint64 next, GError **error);
gboolean lm_reminder_file_remove (const char *path, GError **error);

G_END_DECLS
