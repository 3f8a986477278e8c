/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-snapshot.h"
#include "lm-test-faults.h"
#include "lm-test-journal.h"

static LmSnapshots *
open_snapshots (void)
{
  LmId journal = lm_test_journal ();
  g_autoptr (GError) error = NULL;
  LmSnapshots *snapshots = lm_snapshots_open (&journal, &error);

  g_assert_no_error (error);
  return snapshots;
}

static char *
make (LmTestStore *test, GError **error)
{
  LmId journal = lm_test_journal ();
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&journal, error);

  return snapshots != NULL
             ? lm_snapshot_make (snapshots, test->path, test->clock, NULL, NULL, NULL, error)
             : NULL;
}

static char *
make_good (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  char *name = make (test, &error);

  g_assert_no_error (error);
  return name;
}

static void
pass_days (LmTestStore *test, int days)
{
  g_autoptr (GDateTime) now = lm_clock_now (test->clock);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  lm_clock_set (test->clock, then);
}

static char *
path_in (LmTestStore *test, const char *snapshot, const char *file)
{
  return g_build_filename (test->local, "snapshots", snapshot, file, NULL);
}

static void
assert_same_file (LmTestStore *test, const char *snapshot, const char *file)
{
  g_autofree char *copy = path_in (test, snapshot, file);
  g_autofree char *own = g_build_filename (test->path, file, NULL);
  g_autoptr (GBytes) a = lm_test_read (copy), b = lm_test_read (own);
  struct stat x, y;

  g_assert_true (g_bytes_equal (a, b));
  g_assert_cmpint (stat (copy, &x), ==, 0);
  g_assert_cmpint (stat (own, &y), ==, 0);
  /* Never a link to a file of the journal: who writes there in place would change both. */
  g_assert_true (x.st_ino != y.st_ino || x.st_dev != y.st_dev);
  g_assert_cmpint (x.st_mode & 07777, ==, 0600);
}

static ino_t
inode (LmTestStore *test, const char *snapshot, const char *file)
{
  g_autofree char *path = path_in (test, snapshot, file);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_ino;
}

static gboolean
is_there (LmTestStore *test, const char *snapshot, const char *file)
{
  g_autofree char *path = path_in (test, snapshot, file);

  return g_access (path, F_OK) == 0;
}

static guint
count (LmTestStore *test, const char *suffix)
{
  g_autofree char *path = g_build_filename (test->local, "snapshots", NULL);

  return lm_test_count (path, suffix);
}

static void
write_in (LmTestStore *test, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (test->path, file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = lm_test_bytes (text);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  lm_test_write (path, bytes);
}

static void
test_make (LmTestStore *test, gconstpointer data)
{
  LmId id = lm_test_id (1);
  g_autofree char *entry = g_strdup_printf ("entries/%s.json", lm_id_format (&id).digits);
  g_autoptr (LmRecord) record = lm_test_save (test->store, &id, "text", NULL, NULL);
  g_autofree char *name = NULL;
  struct stat info;
  g_autofree char *folder = NULL;

  write_in (test, "entries/ab/somebody.json", "in a folder of two digits");
  write_in (test, "entries/.~left.part", "temporary");
  write_in (test, "entries/deep/er.json", "not the journal's");
  write_in (test, "attachments/picture.bin", "sealed");
  write_in (test, ".stfolder/marker", "a sync tool's");
  write_in (test, "note.txt", "not the journal's");
  g_assert_cmpint (symlink ("/etc/hostname", "link"), ==, 0);
  g_assert_cmpint (g_unlink ("link"), ==, 0);

  name = make_good (test);
  g_assert_cmpstr (name, ==, "2026-11-23T200411Z");
  assert_same_file (test, name, "journal.json");
  assert_same_file (test, name, "keys/101112131415161718191a1b1c1d1e1f.json");
  assert_same_file (test, name, entry);
  assert_same_file (test, name, "entries/ab/somebody.json");
  assert_same_file (test, name, "attachments/picture.bin");
  g_assert_false (is_there (test, name, "entries/.~left.part"));
  g_assert_false (is_there (test, name, "entries/deep"));
  g_assert_false (is_there (test, name, ".stfolder"));
  g_assert_false (is_there (test, name, "note.txt"));
  folder = path_in (test, name, "entries");
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
}

/* A link or a pipe among the entries is not followed, and does not stop anything. */
static void
test_strange (LmTestStore *test, gconstpointer data)
{
  g_autofree char *link = g_build_filename (test->entries, "link.json", NULL);
  g_autofree char *fifo = g_build_filename (test->entries, "pipe.json", NULL);
  g_autofree char *name = NULL;

  g_assert_cmpint (symlink ("/etc/hostname", link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  name = make_good (test);
  g_assert_false (is_there (test, name, "entries/link.json"));
  g_assert_false (is_there (test, name, "entries/pipe.json"));
}

/* Unchanged files are linked from the previous one; changed ones are not, whatever their dates. */
static void
test_links (LmTestStore *test, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  g_autofree char *own = g_build_filename (test->entries, "b.json", NULL);
  struct stat info;
  struct timespec times[2] = { 0 };

  write_in (test, "entries/a.json", "same");
  write_in (test, "entries/b.json", "once");
  write_in (test, "attachments/c.bin", "picture");
  first = make_good (test);
  pass_days (test, 1);
  g_assert_cmpint (stat (own, &info), ==, 0);
  times[0] = info.st_atim;
  times[1] = info.st_mtim;
  write_in (test, "entries/b.json", "then");
  g_assert_cmpint (utimensat (AT_FDCWD, own, times, 0), ==, 0);
  second = make_good (test);
  g_assert_cmpstr (second, ==, "2026-11-24T200411Z");
  g_assert_cmpuint (inode (test, first, "entries/a.json"),
                    ==,
                    inode (test, second, "entries/a.json"));
  g_assert_cmpuint (inode (test, first, "attachments/c.bin"),
                    ==,
                    inode (test, second, "attachments/c.bin"));
  assert_same_file (test, second, "entries/a.json");
  assert_same_file (test, second, "entries/b.json");
  g_assert_cmpuint (inode (test, first, "entries/b.json"),
                    !=,
                    inode (test, second, "entries/b.json"));
  /* One more, twice in the same second. */
  third = make_good (test);
  g_assert_cmpstr (third, ==, "2026-11-24T200412Z");
}

/* What cannot be read is kept from the last time, and all others are there. */
static void
test_vanished (LmTestStore *test, gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->entries, "a.json", NULL);
  g_autofree char *first = NULL, *second = NULL;

  write_in (test, "entries/a.json", "a");
  write_in (test, "entries/b.json", "b");
  first = make_good (test);
  pass_days (test, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  second = make_good (test);
  g_assert_false (is_there (test, second, "entries/a.json"));
  g_assert_true (is_there (test, second, "entries/b.json"));
}

static void
cancel_after (guint done, guint total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  if (done == 2)
    g_cancellable_cancel (data);
}

static void
test_cancel (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSnapshots) snapshots = open_snapshots ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  write_in (test, "entries/a.json", "a");
  write_in (test, "entries/b.json", "b");
  name = lm_snapshot_make (snapshots,
                           test->path,
                           test->clock,
                           cancel_after,
                           cancellable,
                           cancellable,
                           &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (name);
  g_assert_cmpuint (count (test, ""), ==, 0);
}

/* Each call that can fail, at each place: afterwards there is a whole one or none. */
static void
test_faults (LmTestStore *test, gconstpointer data)
{
  const LmFault faults[] = { LM_FAULT_WRITE,     LM_FAULT_FSYNC,   LM_FAULT_RENAMEAT2,
                             LM_FAULT_RENAMEAT2, LM_FAULT_MKDIRAT, LM_FAULT_LINKAT,
                             LM_FAULT_FSTATVFS };
  const int codes[] = { EIO, ENOSPC, EDQUOT, EROFS, EACCES };
  g_autofree char *first = NULL;
  guint cases = 0;

  write_in (test, "entries/a.json", "a");
  write_in (test, "entries/b.json", "b");
  write_in (test, "attachments/c.bin", "c");
  first = make_good (test);
  write_in (test, "entries/b.json", "new");
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    for (guint c = 0; c < G_N_ELEMENTS (codes); c++)
      for (guint nth = 1;; nth++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *name = NULL;
          gboolean reached;

          pass_days (test, 1);
          lm_fault_set (faults[f], nth, codes[c]);
          name = make (test, &error);
          reached = lm_fault_clear ();
          if (name != NULL)
            {
              assert_same_file (test, name, "journal.json");
              assert_same_file (test, name, "entries/a.json");
              assert_same_file (test, name, "entries/b.json");
              assert_same_file (test, name, "attachments/c.bin");
              g_assert_no_error (error);
            }
          else
            g_assert_error (error, LM_STORE_ERROR, (int) error->code);
          if (faults[f] == LM_FAULT_FSYNC && reached)
            g_assert_null (name);
          g_assert_cmpuint (count (test, ".part"), ==, 0);
          if (!reached)
            break;
          cases++;
        }
  g_assert_cmpuint (cases, >=, 60);
}

/* Nothing has its name before it is on the disk. */
static void
test_order (LmTestStore *test, gconstpointer data)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  gboolean synced_file = FALSE, synced_entries = FALSE, synced_part = FALSE, named = FALSE;

  write_in (test, "entries/a.json", "a");
  lm_fault_begin_notes ();
  name = make_good (test);
  calls = lm_fault_end_notes ();
  for (guint i = 0; i < calls->len; i++)
    {
      const char *call = calls->pdata[i];

      if (g_str_equal (call, "fsync a.json"))
        synced_file = TRUE;
      if (g_str_equal (call, "fsync entries"))
        synced_entries = synced_file;
      if (g_str_equal (call, "fsync .2026-11-23T200411Z.part"))
        synced_part = synced_entries;
      if (g_str_equal (call, "renameat2 snapshots/2026-11-23T200411Z"))
        {
          named = TRUE;
          g_assert_true (synced_part);
          g_assert_cmpstr (calls->pdata[i + 1], ==, "fsync snapshots");
        }
    }
  g_assert_true (named);
}

/* What a kill left does not count, and goes with the next one. */
static void
test_left (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSnapshots) snapshots = open_snapshots ();
  g_autofree char *left = path_in (test, ".2026-11-22T200411Z.part", "entries");
  g_autofree char *other = path_in (test, "somebody's", NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_autofree char *name = NULL;

  g_assert_cmpint (g_mkdir_with_parents (left, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (other, 0700), ==, 0);
  none = lm_snapshots_list (snapshots, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  name = make_good (test);
  g_assert_cmpuint (count (test, ".part"), ==, 0);
  g_assert_true (is_there (test, "somebody's", NULL));
  g_assert_cmpint (lm_snapshots_open_one (snapshots, "somebody's", NULL), ==, -1);
  g_assert_cmpint (lm_snapshots_open_one (snapshots, "../drafts", NULL), ==, -1);
}

/* Two at a time: the second is told, and what the first has begun is left alone. */
static void
test_busy (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSnapshots) first = open_snapshots (), second = open_snapshots ();
  g_autoptr (GCancellable) stopped = g_cancellable_new ();
  g_autofree char *part = path_in (test, ".2026-11-22T200411Z.part", NULL);
  g_autoptr (GError) error = NULL, stop = NULL, local = NULL;
  g_autofree char *name = NULL;

  g_assert_cmpint (g_mkdir_with_parents (part, 0700), ==, 0);
  g_assert_true (lm_snapshots_lock (first, NULL));
  g_assert_false (lm_snapshots_lock (second, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY);
  /* Who makes one waits, and can be stopped. */
  g_cancellable_cancel (stopped);
  g_assert_null (lm_snapshot_make (second, test->path, test->clock, NULL, NULL, stopped, &stop));
  g_assert_error (stop, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count (test, ".part"), ==, 1);
  lm_snapshots_unlock (first);
  name = make (test, &local);
  g_assert_no_error (local);
  /* The store's own locks are others. */
  g_assert_false (lm_store_is_shared (test->store));
}

static void
test_thin (LmTestStore *test, gconstpointer data)
{
  g_autoptr (LmSnapshots) snapshots = open_snapshots ();
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) error = NULL;

  write_in (test, "entries/a.json", "a");
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = make_good (test);
      g_autoptr (GDateTime) now = lm_clock_now (test->clock);

      g_assert_true (lm_snapshots_thin (snapshots, now, &error));
      g_assert_no_error (error);
      pass_days (test, 1);
    }
  names = lm_snapshots_list (snapshots, NULL);
  g_assert_cmpuint (names->len, ==, 10);
  for (guint i = 0; i < names->len; i++)
    assert_same_file (test, names->pdata[i], "entries/a.json");
  g_assert_true (lm_snapshot_remove (snapshots, names->pdata[0], &error));
  g_assert_no_error (error);
  g_assert_false (is_there (test, names->pdata[0], NULL));
  g_assert_cmpuint (count (test, ""), ==, 9);
}

/* The journal is not where it was. */
static void
test_missing (LmTestStore *test, gconstpointer data)
{
  g_autofree char *identity = g_build_filename (test->path, "journal.json", NULL);
  g_autoptr (LmSnapshots) snapshots = open_snapshots ();
  g_autoptr (GError) error = NULL, gone = NULL;

  g_assert_cmpint (g_unlink (identity), ==, 0);
  g_assert_null (make (test, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_A_JOURNAL);
  g_assert_null (lm_snapshot_make (snapshots, "/nowhere", test->clock, NULL, NULL, NULL, &gone));
  g_assert_error (gone, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (count (test, ""), ==, 0);
}

static void
test_no_room (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  lm_fault_set_free (LM_SNAPSHOT_LEAVE_BYTES);
  g_assert_null (make (test, &error));
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT);
  g_assert_cmpuint (count (test, ""), ==, 0);
  lm_fault_set_free (LM_SNAPSHOT_LEAVE_BYTES + 1024 * 1024);
  g_free (make_good (test));
  /* Nothing new: it takes nearly no more. */
  pass_days (test, 1);
  lm_fault_set_free (LM_SNAPSHOT_LEAVE_BYTES + 8192);
  g_free (make_good (test));
  lm_fault_set_free (0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/snapshot/make", test_make);
  LM_TEST_STORE_ADD ("/journal/snapshot/strange", test_strange);
  LM_TEST_STORE_ADD ("/journal/snapshot/links", test_links);
  LM_TEST_STORE_ADD ("/journal/snapshot/vanished", test_vanished);
  LM_TEST_STORE_ADD ("/journal/snapshot/cancel", test_cancel);
  LM_TEST_STORE_ADD ("/journal/snapshot/faults", test_faults);
  LM_TEST_STORE_ADD ("/journal/snapshot/order", test_order);
  LM_TEST_STORE_ADD ("/journal/snapshot/left", test_left);
  LM_TEST_STORE_ADD ("/journal/snapshot/busy", test_busy);
  LM_TEST_STORE_ADD ("/journal/snapshot/thin", test_thin);
  LM_TEST_STORE_ADD ("/journal/snapshot/missing", test_missing);
  LM_TEST_STORE_ADD ("/journal/snapshot/no-room", test_no_room);
  return g_test_run ();
}
