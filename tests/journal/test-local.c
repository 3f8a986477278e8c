/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "journal/lm-local.h"
#include "journal/lm-store-error.h"
#include "lm-test.h"

static LmLocal *
open_local (guint number)
{
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_id (number);
  LmLocal *local = lm_local_open (&journal, &error);

  g_assert_no_error (error);
  return local;
}

static void
test_path (void)
{
  LmId journal = lm_test_id (1);
  g_autofree char *path = lm_local_path (&journal);
  g_autofree char *expected =
      g_build_filename (g_get_user_data_dir (), "leitmotif", lm_id_format (&journal).digits, NULL);

  g_assert_cmpstr (path, ==, expected);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
assert_private_folder (const char *parent, const char *name)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);
  struct stat info;

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFDIR | 0700);
}

static void
test_open (void)
{
  LmId journal = lm_test_id (1);
  g_autofree char *path = lm_local_path (&journal);

  umask (0);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (LmLocal) local = open_local (1);
      struct stat info;

      assert_private_folder (path, ".");
      assert_private_folder (path, "drafts");
      assert_private_folder (path, "versions");
      g_assert_cmpint (fstat (lm_local_folder (local), &info), ==, 0);
      g_assert_cmpint (fstat (lm_local_drafts (local), &info), ==, 0);
      g_assert_cmpint (fstat (lm_local_versions (local), &info), ==, 0);
    }
}

static void
test_open_fails (void)
{
  LmId journal = lm_test_id (1);
  g_autofree char *path = lm_local_path (&journal), *parent = g_path_get_dirname (path);
  g_autoptr (GBytes) text = lm_test_bytes ("a file in the way");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  lm_test_write (path, text);
  g_assert_null (lm_local_open (&journal, &error));
  g_assert_true (error->domain == LM_STORE_ERROR);
}

/* A missing journal is missed, not made anew, where there ever was one. */
static void
test_any_known (void)
{
  g_autofree char *parent = g_build_filename (g_get_user_data_dir (), "leitmotif", NULL);
  g_autofree char *other = g_build_filename (parent, "journal", NULL);

  g_assert_false (lm_local_any_known ());
  g_assert_cmpint (g_mkdir_with_parents (other, 0700), ==, 0);
  g_assert_false (lm_local_any_known ());
  lm_local_close (open_local (1));
  g_assert_true (lm_local_any_known ());
}

/* Between two opens, also in one process; and it goes with the one who had it. */
static void
test_lock (void)
{
  g_autoptr (LmLocal) second = open_local (1), other = open_local (2);
  LmLocal *first = open_local (1);
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_local_take_lock (first, &error));
  g_assert_true (lm_local_take_lock (first, &error));
  g_assert_false (lm_local_take_lock (second, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY);
  g_clear_error (&error);
  /* Another journal has a lock of its own. */
  g_assert_true (lm_local_take_lock (other, &error));
  lm_local_close (first);
  g_assert_true (lm_local_take_lock (second, &error));
  g_assert_no_error (error);
}

/* The end of the process gives it back, however that comes; what lies there says nothing. */
static void
test_lock_of_the_dead (void)
{
  g_autoptr (LmLocal) local = open_local (1);
  g_autoptr (GError) error = NULL;
  LmId journal = lm_test_id (1);
  g_autofree char *path = lm_local_path (&journal), *lock = g_build_filename (path, "lock", NULL);
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      LmLocal *own = open_local (1);

      _exit (lm_local_take_lock (own, NULL) ? 42 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (WEXITSTATUS (status), ==, 42);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  g_assert_true (lm_local_take_lock (local, &error));
  g_assert_no_error (error);
}

/* Another process has it. */
static void
test_lock_across_processes (void)
{
  g_autoptr (LmLocal) local = open_local (1);
  pid_t child;
  int status;

  g_assert_true (lm_local_take_lock (local, NULL));
  child = fork ();
  if (child == 0)
    {
      LmLocal *own = open_local (1);

      _exit (lm_local_take_lock (own, NULL) ? 1 : 42);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (WEXITSTATUS (status), ==, 42);
}

/* Only who has the lock may look whether others are there: they keep their mark until they close.
 */
static void
test_alone (void)
{
  g_autoptr (LmLocal) keeper = open_local (1);
  LmLocal *other = open_local (1);

  g_assert_true (lm_local_take_lock (keeper, NULL));
  g_assert_true (lm_local_begin_alone (keeper));
  lm_local_end_alone (keeper);
  g_assert_false (lm_local_take_lock (other, NULL));
  g_assert_false (lm_local_begin_alone (keeper));
  lm_local_close (other);
  g_assert_true (lm_local_begin_alone (keeper));
  lm_local_end_alone (keeper);
}

static void
test_lock_is_no_link (void)
{
  g_autoptr (LmLocal) local = open_local (1);
  g_autoptr (GError) error = NULL;
  g_autofree char *outside = lm_test_path ("outside");

  g_assert_cmpint (symlinkat (outside, lm_local_folder (local), "lock"), ==, 0);
  g_assert_false (lm_local_take_lock (local, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
}

/* The mark stays until it is taken away: over closing, and without anything being open. */
static void
test_mark (void)
{
  LmId journal = lm_test_id (1), other = lm_test_id (2);
  g_autofree char *path = lm_local_path (&journal), *mark = g_build_filename (path, "locked", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;

  umask (0);
  g_assert_false (lm_local_is_locked (&journal));
  g_assert_true (lm_local_set_locked (&journal, TRUE, &error));
  g_assert_true (lm_local_is_locked (&journal));
  g_assert_false (lm_local_is_locked (&other));
  lm_local_close (open_local (1));
  g_assert_true (lm_local_is_locked (&journal));
  g_assert_true (lm_local_set_locked (&journal, TRUE, &error));
  g_assert_true (lm_local_is_locked (&journal));
  g_assert_cmpint (g_lstat (mark, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFREG | 0600);
  g_assert_cmpuint (lm_test_count (path, ".part"), ==, 0);
  g_assert_true (lm_local_set_locked (&journal, FALSE, &error));
  g_assert_false (lm_local_is_locked (&journal));
  g_assert_true (lm_local_set_locked (&journal, FALSE, &error));
  g_assert_no_error (error);
}

/* Whatever stands in its place counts as a mark: rather ask once too often. */
static void
test_mark_in_doubt (void)
{
  LmId journal = lm_test_id (1);
  g_autofree char *path = lm_local_path (&journal), *mark = g_build_filename (path, "locked", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("x");

  g_assert_cmpint (g_mkdir_with_parents (mark, 0700), ==, 0);
  g_assert_true (lm_local_is_locked (&journal));
  g_assert_cmpint (g_rmdir (mark), ==, 0);
  g_assert_false (lm_local_is_locked (&journal));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  lm_test_write (path, text);
  g_assert_true (lm_local_is_locked (&journal));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/local/path", test_path);
  g_test_add_func ("/journal/local/open", test_open);
  g_test_add_func ("/journal/local/open-fails", test_open_fails);
  g_test_add_func ("/journal/local/any-known", test_any_known);
  g_test_add_func ("/journal/local/lock", test_lock);
  g_test_add_func ("/journal/local/lock-of-the-dead", test_lock_of_the_dead);
  g_test_add_func ("/journal/local/lock-across-processes", test_lock_across_processes);
  g_test_add_func ("/journal/local/alone", test_alone);
  g_test_add_func ("/journal/local/lock-is-no-link", test_lock_is_no_link);
  g_test_add_func ("/journal/local/mark", test_mark);
  g_test_add_func ("/journal/local/mark-in-doubt", test_mark_in_doubt);
  return g_test_run ();
}
