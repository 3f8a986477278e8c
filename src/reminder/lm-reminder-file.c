/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "reminder/lm-reminder-file.h"

#define NONE "none"

/* Returns: (transfer full): where the time is kept, on this computer only */
char *
lm_reminder_file_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "leitmotif", "next-reminder", NULL);
}

/**
 * lm_reminder_file_read:
 * @next: (out): when to remind next, in seconds since 1970; 0 if that is not known, as where the
 *   file says something else
 *
 * Returns: whether reminders are on
 */
gboolean
lm_reminder_file_read (const char *path, gint64 *next)
{
  g_autoptr (GDateTime) time = NULL;
  char line[64];
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gssize length;

  *next = 0;
  if (file < 0)
    return FALSE;
  length = read (file, line, sizeof line - 1);
  close (file);
  line[MAX (length, 0)] = '\0';
  g_strstrip (line);
  time = g_date_time_new_from_iso8601 (line, NULL);
  if (time != NULL)
    *next = MAX (g_date_time_to_unix (time), 0);
  return TRUE;
}

/* @next: 0 for a time that is not known. The file is there whole or as it was before. */
gboolean
lm_reminder_file_write (const char *path, gint64 next, GError **error)
{
  g_autoptr (GDateTime) time = next > 0 ? g_date_time_new_from_unix_utc (next) : NULL;
  g_autofree char *said = time != NULL ? g_date_time_format_iso8601 (time) : g_strdup (NONE);
  g_autofree char *line = g_strconcat (said, "\n", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error,
                   G_IO_ERROR,
                   (int) g_io_error_from_errno (code),
                   "%s: %s",
                   folder,
                   g_strerror (code));
      return FALSE;
    }
  return g_file_set_contents_full (path,
                                   line,
                                   (gssize) strlen (line),
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600,
                                   error);
}

/* Removes the file; that there is none is good as well. */
gboolean
lm_reminder_file_remove (const char *path, GError **error)
{
  int code;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  code = errno;
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "%s: %s",
               path,
               g_strerror (code));
  return FALSE;
}
