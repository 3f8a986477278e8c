/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-store-error.h"
#include "lm-test.h"

typedef struct
{
  char *path;
  int folder;
  GBytes *text;
  GBytes *other;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  umask (0);
  fixture->path = lm_test_make_folder ("folder");
  fixture->folder = open (fixture->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (fixture->folder, >=, 0);
  fixture->text = lm_test_bytes ("text");
  fixture->other = lm_test_bytes ("other text");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close (fixture->folder);
  g_free (fixture->path);
  g_bytes_unref (fixture->text);
  g_bytes_unref (fixture->other);
}

static void
assert_holds (Fixture *fixture, const char *name, GBytes *expected)
{
  g_autofree char *path = g_build_filename (fixture->path, name, NULL);
  g_autoptr (GBytes) bytes = lm_test_read (path);
  struct stat info;

  g_assert_true (g_bytes_equal (bytes, expected));
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode, ==, S_IFREG | 0600);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) names = lm_file_list (fixture->folder, ".", NULL);
  g_autofree char *joined = NULL;

  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (joined, ==, expected);
}

static void
write_new (Fixture *fixture, const char *name, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_file_write_new (fixture->folder, name, bytes, &error));
  g_assert_no_error (error);
}

static void
test_write_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0),
                     large = g_bytes_new_take (g_malloc0 (3000000), 3000000);

  write_new (fixture, "a", fixture->text);
  write_new (fixture, "b", empty);
  write_new (fixture, "c", large);
  assert_holds (fixture, "a", fixture->text);
  assert_holds (fixture, "b", empty);
  assert_holds (fixture, "c", large);
}

/* Nothing is ever overwritten, also not through a link that leads nowhere. */
static void
test_write_new_exclusive (Fixture *fixture, gconstpointer data)
{
  g_autofree char *outside = lm_test_path ("outside");

  write_new (fixture, "file", fixture->text);
  g_assert_cmpint (symlinkat (outside, fixture->folder, "link"), ==, 0);
  g_assert_cmpint (mkdirat (fixture->folder, "folder", 0700), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "file", "link", "folder" };
      g_autoptr (GError) error = NULL;

      g_assert_false (lm_file_write_new (fixture->folder, names[i], fixture->other, &error));
      g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_IO);
    }
  assert_holds (fixture, "file", fixture->text);
  g_assert_false (g_file_test (outside, G_FILE_TEST_EXISTS));
  assert_names (fixture, "file folder link");
}

/* There is no room: it is told as such, and no part of the file stays. */
static void
test_write_new_no_space (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      const struct rlimit limit = { 65536, 65536 };
      g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (100000), 100000);
      g_autoptr (GError) error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_false (lm_file_write_new (fixture->folder, "a", large, &error));
      g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
      assert_names (fixture, "");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;
      int folder;

      g_assert_true (lm_test_make_read_only (fixture->path));
      folder = lm_file_open_folder (AT_FDCWD, fixture->path, &error);
      g_assert_no_error (error);
      g_assert_false (lm_file_write_new (folder, "a", fixture->text, &error));
      g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_READ_ONLY);
      close (folder);
      return;
    }
  if (!lm_test_may_make_read_only ())
    {
      g_test_skip ("this system does not let a test mount a folder read-only");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
assert_read_fails (Fixture *fixture, const char *name, gsize limit, LmStoreError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lm_file_read (fixture->folder, name, limit, &error);

  g_assert_null (bytes);
  g_assert_error (error, LM_STORE_ERROR, (int) code);
  g_assert_nonnull (g_strstr_len (error->message, -1, name));
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0), a = NULL, b = NULL, c = NULL;

  write_new (fixture, "text", fixture->text);
  write_new (fixture, "empty", empty);
  a = lm_file_read (fixture->folder, "text", 4, NULL);
  b = lm_file_read (fixture->folder, "text", G_MAXSIZE, NULL);
  c = lm_file_read (fixture->folder, "empty", 0, NULL);
  g_assert_true (g_bytes_equal (a, fixture->text));
  g_assert_true (g_bytes_equal (b, fixture->text));
  g_assert_true (g_bytes_equal (c, empty));
  assert_read_fails (fixture, "text", 3, LM_STORE_ERROR_TOO_LARGE);
  assert_read_fails (fixture, "absent", 100, LM_STORE_ERROR_NOT_FOUND);
}

/* A hundred gigabytes that take no room: refused by what the file says, and not by reading. */
static void
test_read_huge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "huge", NULL);

  write_new (fixture, "huge", fixture->text);
  g_assert_cmpint (truncate (path, G_GINT64_CONSTANT (100) << 30), ==, 0);
  lm_test_assert_quick (10,
                        assert_read_fails (fixture, "huge", 32 << 20, LM_STORE_ERROR_TOO_LARGE));
}

/* Only files: a link could lead anywhere, a pipe would let us wait for ever. */
static void
test_read_no_file (Fixture *fixture, gconstpointer data)
{
  write_new (fixture, "file", fixture->text);
  g_assert_cmpint (symlinkat ("file", fixture->folder, "link"), ==, 0);
  g_assert_cmpint (symlinkat ("nowhere", fixture->folder, "dangling"), ==, 0);
  g_assert_cmpint (symlinkat ("loop", fixture->folder, "loop"), ==, 0);
  g_assert_cmpint (mkfifoat (fixture->folder, "pipe", 0600), ==, 0);
  g_assert_cmpint (mkdirat (fixture->folder, "folder", 0700), ==, 0);
  assert_read_fails (fixture, "link", 100, LM_STORE_ERROR_DAMAGED);
  assert_read_fails (fixture, "dangling", 100, LM_STORE_ERROR_DAMAGED);
  assert_read_fails (fixture, "loop", 100, LM_STORE_ERROR_DAMAGED);
  assert_read_fails (fixture, "pipe", 100, LM_STORE_ERROR_DAMAGED);
  assert_read_fails (fixture, "folder", 100, LM_STORE_ERROR_DAMAGED);
}

static void
test_publish (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_new (fixture, "part", fixture->text);
  g_assert_true (lm_file_publish (fixture->folder, "part", "name", &error));
  assert_holds (fixture, "name", fixture->text);
  write_new (fixture, "part", fixture->other);
  g_assert_false (lm_file_publish (fixture->folder, "part", "name", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  assert_holds (fixture, "name", fixture->text);
  assert_holds (fixture, "part", fixture->other);
  g_clear_error (&error);
  g_assert_cmpint (symlinkat ("nowhere", fixture->folder, "link"), ==, 0);
  g_assert_false (lm_file_publish (fixture->folder, "part", "link", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED);
  g_clear_error (&error);
  g_assert_false (lm_file_publish (fixture->folder, "absent", "new", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LmExchange result;

  write_new (fixture, "part", fixture->text);
  g_assert_cmpint (lm_file_exchange (fixture->folder, "part", "name", &error),
                   ==,
                   LM_EXCHANGE_ABSENT);
  g_assert_no_error (error);
  assert_holds (fixture, "part", fixture->text);
  write_new (fixture, "name", fixture->other);
  result = lm_file_exchange (fixture->folder, "part", "name", &error);
  if (result == LM_EXCHANGE_UNSUPPORTED)
    {
      g_test_skip ("this file system cannot exchange names");
      return;
    }
  g_assert_cmpint (result, ==, LM_EXCHANGE_DONE);
  assert_holds (fixture, "name", fixture->text);
  assert_holds (fixture, "part", fixture->other);
  g_assert_cmpint (lm_file_exchange (fixture->folder, "absent", "name", &error),
                   ==,
                   LM_EXCHANGE_FAILED);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  assert_holds (fixture, "name", fixture->text);
}

static void
test_rename_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_new (fixture, "a", fixture->text);
  write_new (fixture, "b", fixture->other);
  g_assert_true (lm_file_rename (fixture->folder, "a", "b", &error));
  assert_names (fixture, "b");
  assert_holds (fixture, "b", fixture->text);
  g_assert_false (lm_file_rename (fixture->folder, "a", "b", &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (lm_file_remove (fixture->folder, "b", &error));
  g_assert_true (lm_file_remove (fixture->folder, "b", &error));
  g_assert_no_error (error);
  assert_names (fixture, "");
  g_assert_cmpint (mkdirat (fixture->folder, "folder", 0700), ==, 0);
  g_assert_false (lm_file_remove (fixture->folder, "folder", &error));
  g_assert_nonnull (error);
}

/* A file of this computer is replaced whole, and no temporary one stays. */
static void
test_write_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lm_file_write_local (fixture->folder, "a", fixture->text, &error));
  assert_holds (fixture, "a", fixture->text);
  g_assert_true (lm_file_write_local (fixture->folder, "a", fixture->other, &error));
  assert_holds (fixture, "a", fixture->other);
  g_assert_no_error (error);
  g_assert_cmpint (mkdirat (fixture->folder, "folder", 0700), ==, 0);
  g_assert_false (lm_file_write_local (fixture->folder, "folder", fixture->text, &error));
  g_assert_nonnull (error);
  assert_names (fixture, "a folder");
}

/* What a person wants elsewhere: whole or not at all, and for nobody else to read. */
static void
test_write_chosen (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d/a", fixture->folder);
  g_autofree char *taken = g_strdup_printf ("/proc/self/fd/%d/folder", fixture->folder);
  g_autofree char *nowhere = g_strdup_printf ("/proc/self/fd/%d/none/a", fixture->folder);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (lm_file_write_chosen (path, fixture->text, &error));
  g_assert_true (lm_file_write_chosen (path, fixture->other, &error));
  g_assert_no_error (error);
  assert_holds (fixture, "a", fixture->other);
  g_assert_cmpint (fstatat (fixture->folder, "a", &info, 0), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (mkdirat (fixture->folder, "folder", 0700), ==, 0);
  g_assert_false (lm_file_write_chosen (taken, fixture->text, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (lm_file_write_chosen (nowhere, fixture->text, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  assert_names (fixture, "a folder");
}

static void
test_set_error (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int number;
    LmStoreError code;
  } codes[] = {
    { ENOENT, LM_STORE_ERROR_NOT_FOUND },
    { ENOTDIR, LM_STORE_ERROR_NOT_FOUND },
    { EACCES, LM_STORE_ERROR_PERMISSION },
    { EPERM, LM_STORE_ERROR_PERMISSION },
    { EROFS, LM_STORE_ERROR_READ_ONLY },
    { ENOSPC, LM_STORE_ERROR_NO_SPACE },
    { EDQUOT, LM_STORE_ERROR_NO_SPACE },
    { EFBIG, LM_STORE_ERROR_NO_SPACE },
    { EIO, LM_STORE_ERROR_IO },
    { ESTALE, LM_STORE_ERROR_IO },
    { EMFILE, LM_STORE_ERROR_IO },
    { 0, LM_STORE_ERROR_IO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      lm_file_set_error (&error, codes[i].number, "some file");
      g_assert_error (error, LM_STORE_ERROR, (int) codes[i].code);
      g_assert_true (g_str_has_prefix (error->message, "some file: "));
    }
}

int
main (int argc, char *argv[])
{
#define ADD(name, func) g_test_add ("/journal/file/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("write-new", test_write_new);
  ADD ("write-new-exclusive", test_write_new_exclusive);
  ADD ("write-new-no-space", test_write_new_no_space);
  ADD ("read-only", test_read_only);
  ADD ("read", test_read);
  ADD ("read-huge", test_read_huge);
  ADD ("read-no-file", test_read_no_file);
  ADD ("publish", test_publish);
  ADD ("exchange", test_exchange);
  ADD ("rename-and-remove", test_rename_and_remove);
  ADD ("write-local", test_write_local);
  ADD ("write-chosen", test_write_chosen);
  ADD ("set-error", test_set_error);
  return g_test_run ();
}
