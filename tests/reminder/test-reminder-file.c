/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lm-test.h"
#include "reminder/lm-reminder-file.h"

/* The only thing that stands outside of the journal: a time. */

static void
assert_says (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_round (void)
{
  g_autofree char *path = lm_reminder_file_path ();
  g_autoptr (GError) error = NULL;
  gint64 next = 5;
  GStatBuf status;

  g_assert_false (lm_reminder_file_read (path, &next));
  g_assert_cmpint (next, ==, 0);
  lm_reminder_file_write (path, 1795635000, &error);
  g_assert_no_error (error);
  /* For people to read, and nothing else in it. */
  assert_says (path, "2026-11-25T19:30:00Z\n");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (lm_reminder_file_read (path, &next));
  g_assert_cmpint (next, ==, 1795635000);
  lm_reminder_file_write (path, 0, &error);
  g_assert_no_error (error);
  assert_says (path, "none\n");
  g_assert_true (lm_reminder_file_read (path, &next));
  g_assert_cmpint (next, ==, 0);
  lm_reminder_file_remove (path, &error);
  g_assert_no_error (error);
  g_assert_false (lm_reminder_file_read (path, &next));
  lm_reminder_file_remove (path, &error);
  g_assert_no_error (error);
}

static void
test_anything_else (void)
{
  static const char *const lines[] = { "",
                                       "\n",
                                       "soon",
                                       "2026-11-25T19:30:00",
                                       "2026-13-25T19:30:00Z",
                                       "1900-11-25T19:30:00Z",
                                       "2026-11-25T19:30:00Z and a word after it that makes it long"
                                       "er than any time is, by far",
                                       "\xff\xfe" };
  g_autofree char *path = lm_reminder_file_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  gint64 next;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_true (g_file_set_contents (path, lines[i], -1, NULL));
      g_assert_true (lm_reminder_file_read (path, &next));
      g_assert_cmpint (next, ==, 0);
    }
  /* A link is not followed, and a folder is no file. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (symlink ("elsewhere", path), ==, 0);
  g_assert_false (lm_reminder_file_read (path, &next));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  lm_reminder_file_read (path, &next);
  g_assert_cmpint (next, ==, 0);
}

static void
test_no_room (void)
{
  g_autofree char *folder = lm_test_make_folder ("taken");
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *path = g_build_filename (file, "next-reminder", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  g_assert_false (lm_reminder_file_write (path, 1, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (lm_reminder_file_remove (path, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reminder-file/round", test_round);
  g_test_add_func ("/reminder-file/anything-else", test_anything_else);
  g_test_add_func ("/reminder-file/no-room", test_no_room);
  return g_test_run ();
}
