/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-hardening.h"
#include "journal/lm-file.h"
#include "journal/lm-read-ahead.h"
#include "lm-test-journal.h"

/* Reading ahead: every file once, each at its place, however many there are and whoever reads. */

#define N_MAX 600

/* Names of @n files, the first @n of those that are there. */
static GPtrArray *
names_of (guint n)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      LmId id = lm_test_id (i + 1);

      g_ptr_array_add (names, lm_test_file_name (&id));
    }
  return names;
}

static void
put_all (LmTestStore *test)
{
  for (guint i = 0; i < N_MAX; i++)
    {
      LmId id = lm_test_id (i + 1);
      g_autofree char *name = lm_test_file_name (&id);
      g_autofree char *text = g_strdup_printf ("text %u", i);
      g_autoptr (GBytes) file = lm_test_entry_saved (&id, text, &id, 1);

      lm_test_put (test, name, file);
    }
}

static void
assert_all (LmTestStore *test, guint n, gboolean searchable, guint modest_ms, gboolean slowly)
{
  g_autoptr (GPtrArray) names = names_of (n);
  int entries = lm_file_open_folder (AT_FDCWD, test->entries, NULL);
  LmReadAhead *ahead =
      lm_read_ahead_new (entries, test->opened->vault, names, searchable, modest_ms);

  for (guint i = 0; i < n; i++)
    {
      g_auto (LmReadFile) read = { 0 };
      g_autofree char *text = g_strdup_printf ("text %u", i);
      LmId id = lm_test_id (i + 1);

      if (slowly && i % 50 == 0)
        g_usleep (2000);
      lm_read_ahead_take (ahead, i, &read);
      g_assert_no_error (read.error);
      g_assert_true (lm_id_equal (&read.id, &id));
      lm_test_assert_text (read.record, text);
      g_assert_nonnull (strstr (lm_record_folded (read.record), text));
    }
  lm_read_ahead_free (ahead);
  close (entries);
}

/* Around the numbers that threads take at once. */
static void
test_all (LmTestStore *test, gconstpointer data)
{
  static const guint numbers[] = {
    0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 319, 320, 321, N_MAX
  };

  put_all (test);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      assert_all (test, numbers[i], FALSE, 10000, FALSE);
      assert_all (test, numbers[i], TRUE, 0, FALSE);
    }
}

/* Others take the place of the modest readers, at whatever moment. */
static void
test_hurry (LmTestStore *test, gconstpointer data)
{
  put_all (test);
  for (guint ms = 0; ms < 20; ms++)
    assert_all (test, N_MAX, FALSE, ms, TRUE);
}

/* What was not taken is let go of, and nobody reads on. */
static void
test_left (LmTestStore *test, gconstpointer data)
{
  put_all (test);
  for (guint modest_ms = 0; modest_ms < 2; modest_ms++)
    {
      g_autoptr (GPtrArray) names = names_of (N_MAX);
      int entries = lm_file_open_folder (AT_FDCWD, test->entries, NULL);
      LmReadAhead *ahead =
          lm_read_ahead_new (entries, test->opened->vault, names, TRUE, modest_ms * 1000);

      for (guint i = 0; i < 70; i++)
        {
          g_auto (LmReadFile) read = { 0 };

          lm_read_ahead_take (ahead, i, &read);
        }
      lm_read_ahead_free (ahead);
      close (entries);
    }
}

/* Each tells its own error; the others are not in its way. */
static void
test_missing (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GPtrArray) names = names_of (40);
  int entries;
  LmReadAhead *ahead;

  put_all (test);
  g_free (names->pdata[20]);
  names->pdata[20] = g_strdup ("nobody.json");
  entries = lm_file_open_folder (AT_FDCWD, test->entries, NULL);
  ahead = lm_read_ahead_new (entries, test->opened->vault, names, FALSE, 10000);
  for (guint i = 0; i < names->len; i++)
    {
      g_auto (LmReadFile) read = { 0 };

      lm_read_ahead_take (ahead, i, &read);
      if (i == 20)
        g_assert_error (read.error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND);
      else
        g_assert_no_error (read.error);
    }
  lm_read_ahead_free (ahead);
  close (entries);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  LM_TEST_STORE_ADD ("/journal/read-ahead/all", test_all);
  LM_TEST_STORE_ADD ("/journal/read-ahead/hurry", test_hurry);
  LM_TEST_STORE_ADD ("/journal/read-ahead/left", test_left);
  LM_TEST_STORE_ADD ("/journal/read-ahead/missing", test_missing);
  return g_test_run ();
}
