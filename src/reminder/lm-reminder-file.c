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

static void
take_errno (GError **error, int code, const char *path)
{
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "%s: %s",
               path,
               g_strerror (code));
}

/* Returns: 0, or why @line is not in the file that @file is, down on the disk. Closes it. */
static int
write_and_close (int file, const char *line)
{
  gsize length = strlen (line), done = 0;
  int code = 0;

  while (code == 0 && done < length)
    {
      gssize n = write (file, line + done, length - done);

      if (n >= 0)
        done += (gsize) n;
      else if (errno != EINTR)
        code = errno;
    }
  if (code == 0 && fsync (file) != 0)
    code = errno;
  if (close (file) != 0 && code == 0)
    code = errno;
  return code;
}

static int
sync_folder (const char *folder)
{
  int file = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = file < 0 || fsync (file) != 0 ? errno : 0;

  if (file >= 0)
    close (file);
  /* Some file systems have no such thing for folders. */
  return code == EINVAL ? 0 : code;
}

/* @next: 0 for a time that is not known. The file is there whole, or as it was before. */
gboolean
lm_reminder_file_write (const char *path, gint64 next, GError **error)
{
  g_autoptr (GDateTime) time = next > 0 ? g_date_time_new_from_unix_utc (next) : NULL;
  g_autofree char *said = time != NULL ? g_date_time_format_iso8601 (time) : g_strdup (NONE);
  g_autofree char *line = g_strconcat (said, "\n", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_build_filename (folder, ".next-reminder-XXXXXX.part", NULL);
  int file, code;

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      (file = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600)) < 0)
    {
      take_errno (error, errno, folder);
      return FALSE;
    }
  code = write_and_close (file, line);
  if (code == 0 && g_rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    g_unlink (temporary);
  else
    code = sync_folder (folder);
  if (code != 0)
    take_errno (error, code, path);
  return code == 0;
}

/* Removes the file; that there is none is good as well. */
gboolean
lm_reminder_file_remove (const char *path, GError **error)
{
  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  take_errno (error, errno, path);
  return FALSE;
}
