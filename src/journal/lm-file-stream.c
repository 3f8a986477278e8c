/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <unistd.h>

#include "journal/lm-file-stream.h"
#include "journal/lm-file.h"

/* New files that are written piece by piece, as durably as those that are written whole
 * (lm-file.c). */

/**
 * lm_file_stream_new:
 * @name: of a file that is not there yet, in @folder
 * @error: domain %LM_STORE_ERROR
 *
 * Returns: (transfer full): what is written goes into the file; end with lm_file_stream_finish ()
 */
GOutputStream *
lm_file_stream_new (int folder, const char *name, GError **error)
{
  int file = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (file < 0)
    {
      lm_file_set_error (error, errno, name);
      return NULL;
    }
  return g_unix_output_stream_new (file, FALSE);
}

/* A full disk has a sentence of its own for the person, whoever meets it. */
static void
translate (GError **error, const char *name)
{
  if (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    {
      g_clear_error (error);
      lm_file_set_error (error, ENOSPC, name);
    }
}

/**
 * lm_file_stream_finish:
 * @stream: of lm_file_stream_new (), for the same @folder and @name
 * @good: whether everything was written; if not, @error says why
 *
 * Syncs and closes the file. If anything went wrong, then or before, it is removed. A failed fsync
 * is not tried again: the kernel has dropped the pages then.
 *
 * Returns: whether the file is whole and on the disk
 */
gboolean
lm_file_stream_finish (
    GOutputStream *stream, int folder, const char *name, gboolean good, GError **error)
{
  int file = g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (stream));

  if (!good)
    translate (error, name);
  else if (fsync (file) != 0)
    {
      lm_file_set_error (error, errno, name);
      good = FALSE;
    }
  if (close (file) != 0 && good)
    {
      lm_file_set_error (error, errno, name);
      good = FALSE;
    }
  if (!good)
    unlinkat (folder, name, 0);
  return good;
}
