/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#if LM_COVERAGE
#include <gcov.h>
#endif
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lm-test.h"

/* Returns: an id that is the same in every run, and another one for every @number */
LmId
lm_test_id (guint number)
{
  LmId id;

  for (guint i = 0; i < LM_ID_BYTES; i++)
    id.bytes[i] = (guint8) (17 * i + 1);
  id.bytes[0] = (guint8) number;
  id.bytes[1] = (guint8) (number >> 8);
  return id;
}

GBytes *
lm_test_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* Returns: (transfer full): a copy of the first @length bytes in memory of just that size, so that
 *   the sanitizer sees who reads further */
GBytes *
lm_test_slice (GBytes *bytes, gsize length)
{
  g_assert_cmpuint (length, <=, g_bytes_get_size (bytes));
  return g_bytes_new (g_bytes_get_data (bytes, NULL), length);
}

GBytes *
lm_test_append (GBytes *bytes, const void *data, gsize length)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_byte_array_append (array, data, (guint) length);
  return g_byte_array_free_to_bytes (array);
}

/* Returns: (transfer full): the text @bytes with @new_text for @old, which must be there once */
GBytes *
lm_test_replace (GBytes *bytes, const char *old, const char *new_text)
{
  g_autoptr (GString) text =
      g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));

  g_assert_cmpuint (g_string_replace (text, old, new_text, 0), ==, 1);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

void
lm_test_random (GRand *rand, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (rand);
}

/* Returns: (transfer full): where @name is in this case's own folder, whether or not it exists */
char *
lm_test_path (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  return g_build_filename (g_get_user_cache_dir (), name, NULL);
}

char *
lm_test_make_folder (const char *name)
{
  char *path = lm_test_path (name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

/* Writes a file as somebody else would: not through the code under test. */
void
lm_test_write (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path,
                            g_bytes_get_data (bytes, NULL),
                            (gssize) g_bytes_get_size (bytes),
                            G_FILE_SET_CONTENTS_NONE,
                            0600,
                            &error);
  g_assert_no_error (error);
}

GBytes *
lm_test_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

/* Returns: how many names in the folder @path end in @suffix; 0 if there is no folder */
guint
lm_test_count (const char *path, const char *suffix)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_suffix (name, suffix);
  return n;
}

static gboolean
write_file (const char *path, const char *text)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/**
 * lm_test_make_read_only:
 *
 * Makes @path a file system that takes no changes, for this process alone. Taking away the right to
 * write would prove nothing: tests may run as root. To be called in a subprocess of a test.
 *
 * Returns: whether this system allows it
 */
gboolean
lm_test_make_read_only (const char *path)
{
  g_autofree char *uid = g_strdup_printf ("0 %u 1", getuid ());
  g_autofree char *gid = g_strdup_printf ("0 %u 1", getgid ());

  if (unshare (CLONE_NEWNS) != 0)
    {
      if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
          !write_file ("/proc/self/setgroups", "deny") || !write_file ("/proc/self/uid_map", uid) ||
          !write_file ("/proc/self/gid_map", gid))
        return FALSE;
    }
  return mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount (path, path, NULL, MS_BIND, NULL) == 0 &&
         mount (NULL, path, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0;
}

/* Ends a process that was forked off. Nothing is cleaned up; what was counted of its ways is kept.
 */
void
lm_test_leave (int status)
{
#if LM_COVERAGE
  __gcov_dump ();
#endif
  _exit (status);
}

/* Whether lm_test_make_read_only () works here: tried in a process that is gone afterwards. */
gboolean
lm_test_may_make_read_only (void)
{
  g_autofree char *path = lm_test_make_folder ("may-make-read-only");
  pid_t child = fork ();
  int status;

  if (child == 0)
    _exit (lm_test_make_read_only (path) ? 0 : 1);
  return waitpid (child, &status, 0) == child && WIFEXITED (status) && WEXITSTATUS (status) == 0;
}
