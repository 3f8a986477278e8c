/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-restart.h"

/* Begins this program anew in the same process: the kernel throws away all of its memory, with
 * every word that a library kept somewhere. What the new one must know goes through a sealed file
 * in memory: never on the disk, and not to be seen in the list of processes. */

#define OPTION "--locked"
/* More is not ours. */
#define STATE_MAX 65536

static char **arguments; /* as they were given, without OPTION */
static gboolean happened;
static GBytes *state; /* nullable */

/* Reads what the process before left for us. */
static GBytes *
read_state (int file)
{
  struct stat status;
  g_autofree char *bytes = NULL;

  if (file < 3 || (fcntl (file, F_GET_SEALS) & F_SEAL_WRITE) == 0 ||
      fcntl (file, F_GET_SEALS) < 0 || fstat (file, &status) != 0 || status.st_size > STATE_MAX)
    return NULL;
  bytes = g_malloc ((gsize) status.st_size + 1);
  if (pread (file, bytes, (gsize) status.st_size, 0) != status.st_size)
    return NULL;
  close (file);
  return g_bytes_new (bytes, (gsize) status.st_size);
}

/**
 * lm_restart_prepare:
 * @argc: (inout): of main ()
 * @argv: of main (); our own argument is taken out of it
 *
 * To be called first, before anything opens a file.
 */
void
lm_restart_prepare (int *argc, char **argv)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  int to = 0;

  for (int i = 0; i < *argc; i++)
    {
      if (i == 1 && g_str_has_prefix (argv[i], OPTION))
        {
          happened = TRUE;
          if (g_str_has_prefix (argv[i], OPTION "="))
            state = read_state (atoi (argv[i] + strlen (OPTION "=")));
          continue;
        }
      argv[to++] = argv[i];
      /* Who is started by the bus waits to be asked for; the one after it goes on with the window.
       */
      if (!g_str_equal (argv[i], "--gapplication-service"))
        g_strv_builder_add (kept, argv[i]);
    }
  argv[to] = NULL;
  *argc = to;
  g_clear_pointer (&arguments, g_strfreev);
  arguments = g_strv_builder_end (kept);
}

/* Whether this process was begun anew by lm_restart (). */
gboolean
lm_restart_happened (void)
{
  return happened;
}

/* Returns: (transfer none) (nullable): what was given to lm_restart () */
GBytes *
lm_restart_get_state (void)
{
  return state;
}

static int
write_state (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  int file = memfd_create ("leitmotif", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (file < 0)
    return -1;
  if (write (file, data, length) != (gssize) length ||
      fcntl (file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
    {
      close (file);
      return -1;
    }
  return file;
}

/**
 * lm_restart:
 * @new_state: (nullable): for lm_restart_get_state () in the new process
 *
 * Begins anew, with the arguments and the environment of now. Every file is closed. Everything that
 * is to be saved must be: no thread gets to its end.
 *
 * Returns: why it failed, an errno; does not return otherwise
 */
int
lm_restart (GBytes *new_state)
{
  int file = new_state != NULL ? write_state (new_state) : -1;
  g_autofree char *option = file >= 0 ? g_strdup_printf (OPTION "=%d", file) : g_strdup (OPTION);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int error;

  g_ptr_array_add (argv, arguments[0]);
  g_ptr_array_add (argv, option);
  for (guint i = 1; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, arguments[i]);
  g_ptr_array_add (argv, NULL);
  /* Only marked: if there is no new process, this one goes on with them. */
  close_range (3, ~0U, CLOSE_RANGE_CLOEXEC);
  if (file >= 0)
    fcntl (file, F_SETFD, 0);
  execv ("/proc/self/exe", (char **) argv->pdata);
  error = errno;
  if (file >= 0)
    close (file);
  return error;
}
