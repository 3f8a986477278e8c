/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-store-error.h"
#include "lm-test.h"

/* Folders: making, listing, and the one way in which a new journal comes to be. */

/* The parent of what is made; each case looks that nothing else stays in it. */
static char *
make_parent (void)
{
  umask (0);
  return lm_test_make_folder ("parent");
}

static void
assert_names (const char *path, const char *expected)
{
  g_autoptr (GPtrArray) names = lm_file_list (AT_FDCWD, path, NULL);
  g_autofree char *joined = NULL;

  g_assert_nonnull (names);
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_open (void)
{
  g_autofree char *parent = make_parent (), *file = g_build_filename (parent, "file", NULL);
  g_autofree char *absent = g_build_filename (parent, "absent", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("text");
  g_autoptr (GError) error = NULL;
  int folder = lm_file_open_folder (AT_FDCWD, parent, &error);

  g_assert_no_error (error);
  close (folder);
  lm_test_write (file, text);
  g_assert_cmpint (lm_file_open_folder (AT_FDCWD, file, &error), ==, -1);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (lm_file_open_folder (AT_FDCWD, absent, &error), ==, -1);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  assert_names (parent, "file");
}

static void
test_make (void)
{
  g_autofree char *parent = make_parent (), *made = g_build_filename (parent, "made", NULL);
  g_autoptr (GError) error = NULL;
  int folder = lm_file_open_folder (AT_FDCWD, parent, &error);
  int first = lm_file_make_folder (folder, "made", &error), second, third;
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpint (fstat (first, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFDIR | 0700);
  /* One that is there is taken as it is. */
  g_assert_cmpint (g_chmod (made, 0750), ==, 0);
  second = lm_file_make_folder (folder, "made", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fstat (second, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFDIR | 0750);
  third = lm_file_make_folder (folder, "no/such", &error);
  g_assert_cmpint (third, ==, -1);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  close (first);
  close (second);
  close (folder);
}

static void
test_make_over_file (void)
{
  g_autofree char *parent = make_parent (), *file = g_build_filename (parent, "file", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("text"), after = NULL;
  g_autoptr (GError) error = NULL;
  int folder = lm_file_open_folder (AT_FDCWD, parent, &error);

  lm_test_write (file, text);
  g_assert_cmpint (lm_file_make_folder (folder, "file", &error), ==, -1);
  g_assert_nonnull (error);
  after = lm_test_read (file);
  g_assert_true (g_bytes_equal (after, text));
  close (folder);
}

static void
test_list (void)
{
  g_autofree char *parent = make_parent ();
  static const char *const names[] = { "b", "a", ".hidden", "ä", "B", "a.json", "folder" };
  g_autoptr (GError) error = NULL;

  assert_names (parent, "");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (parent, names[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }
  assert_names (parent, ".hidden B a a.json b folder ä");
  g_assert_null (lm_file_list (AT_FDCWD, "/no/such/folder", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
}

/* Fills a folder with a file and a folder with a file; @data says whether to fail then. */
static gboolean
fill (int folder, gpointer data, GError **error)
{
  g_autoptr (GBytes) text = lm_test_bytes ("text");
  int inner = lm_file_make_folder (folder, "inner", error);
  gboolean good = inner >= 0 && lm_file_write_new (folder, "file", text, error) &&
                  lm_file_write_new (inner, "file", text, error);

  close (inner);
  g_assert_true (good);
  if (GPOINTER_TO_INT (data))
    {
      g_set_error_literal (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE, "full");
      return FALSE;
    }
  return TRUE;
}

static void
assert_published (const char *path)
{
  g_autofree char *inner = g_build_filename (path, "inner", NULL);
  struct stat info;

  assert_names (path, "file inner");
  assert_names (inner, "file");
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFDIR | 0700);
}

static void
test_publish_new (void)
{
  g_autofree char *parent = make_parent (), *path = g_build_filename (parent, "new", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_file_publish_folder (path, fill, NULL, &error));
  g_assert_no_error (error);
  assert_published (path);
  assert_names (parent, "new");
}

static void
test_publish_over_empty (void)
{
  g_autofree char *parent = make_parent (), *path = g_build_filename (parent, "empty", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  g_assert_true (lm_file_publish_folder (path, fill, NULL, &error));
  g_assert_no_error (error);
  assert_published (path);
  assert_names (parent, "empty");
}

static void
assert_not_published (const char *parent, const char *name, LmStoreError code)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (lm_file_publish_folder (path, fill, NULL, &error));
  g_assert_error (error, LM_STORE_ERROR, (int) code);
}

/* What holds anything, a file, and a link, even one to an empty folder, stay what they are. */
static void
test_publish_over_other (void)
{
  g_autofree char *parent = make_parent (), *file = g_build_filename (parent, "file", NULL);
  g_autofree char *full = g_build_filename (parent, "full", NULL),
                  *inside = g_build_filename (full, ".x", NULL);
  g_autofree char *empty = g_build_filename (parent, "empty", NULL),
                  *link_path = g_build_filename (parent, "link", NULL);
  g_autoptr (GBytes) text = lm_test_bytes ("text"), after = NULL;

  lm_test_write (file, text);
  g_assert_cmpint (g_mkdir (full, 0700), ==, 0);
  lm_test_write (inside, text);
  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_assert_cmpint (symlink ("empty", link_path), ==, 0);
  assert_not_published (parent, "file", LM_STORE_ERROR_NOT_EMPTY);
  assert_not_published (parent, "full", LM_STORE_ERROR_NOT_EMPTY);
  assert_not_published (parent, "link", LM_STORE_ERROR_NOT_EMPTY);
  assert_names (parent, "empty file full link");
  assert_names (full, ".x");
  assert_names (empty, "");
  after = lm_test_read (file);
  g_assert_true (g_bytes_equal (after, text));
}

/* When filling fails, nothing is left, and an empty folder that was there still is. */
static void
test_publish_fails (void)
{
  g_autofree char *parent = make_parent (), *path = g_build_filename (parent, "new", NULL);
  g_autofree char *empty = g_build_filename (parent, "empty", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  g_assert_false (lm_file_publish_folder (path, fill, GINT_TO_POINTER (TRUE), &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_false (lm_file_publish_folder (empty, fill, GINT_TO_POINTER (TRUE), &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  assert_names (parent, "empty");
  assert_names (empty, "");
}

static void
test_publish_no_parent (void)
{
  g_autofree char *parent = make_parent ();

  assert_not_published (parent, "no/such", LM_STORE_ERROR_NOT_FOUND);
  assert_names (parent, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/file-folder/open", test_open);
  g_test_add_func ("/journal/file-folder/make", test_make);
  g_test_add_func ("/journal/file-folder/make-over-file", test_make_over_file);
  g_test_add_func ("/journal/file-folder/list", test_list);
  g_test_add_func ("/journal/file-folder/publish-new", test_publish_new);
  g_test_add_func ("/journal/file-folder/publish-over-empty", test_publish_over_empty);
  g_test_add_func ("/journal/file-folder/publish-over-other", test_publish_over_other);
  g_test_add_func ("/journal/file-folder/publish-fails", test_publish_fails);
  g_test_add_func ("/journal/file-folder/publish-no-parent", test_publish_no_parent);
  return g_test_run ();
}
