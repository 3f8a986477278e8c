/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>

#include <string.h>

#include "journal/lm-local.h"
#include "lm-test-journal.h"

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = lm_test_bytes (text);

  lm_test_write (path, bytes);
}

/* Returns: (transfer full): the path of a journal with one way in and no entries */
char *
lm_test_make_journal (const char *name)
{
  char *path = lm_test_make_folder (name);
  g_autofree char *keys = g_build_filename (path, "keys", NULL);
  g_autofree char *entries = g_build_filename (path, "entries", NULL);

  g_assert_cmpint (g_mkdir_with_parents (keys, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (entries, 0700), ==, 0);
  write_text (keys, "101112131415161718191a1b1c1d1e1f.json", lm_test_passphrase_slot);
  write_text (path,
              "journal.json",
              "{\"format\":\"leitmotif-journal\",\"version\":1,"
              "\"journal\":\"000102030405060708090a0b0c0d0e0f\"}\n");
  return path;
}

static LmSecret *
derived_secret (void)
{
  LmSecret *derived = lm_secret_new (strlen (lm_test_passphrase_derived) / 2);

  for (gsize i = 0; i < lm_secret_length (derived); i++)
    {
      const char *at = lm_test_passphrase_derived + 2 * i;

      lm_secret_bytes (derived)[i] =
          (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
    }
  return derived;
}

/* Returns: (transfer full): one more store of the journal */
LmStore *
lm_test_store_open (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;
  LmStore *store = lm_store_open (test->folder, test->opened, test->clock, &error);

  g_assert_no_error (error);
  return store;
}

void
lm_test_store_set_up (LmTestStore *test, gconstpointer data)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (LmSecret) derived = derived_secret ();
  g_autoptr (GError) error = NULL;
  LmId slot, journal = lm_test_journal ();

  g_assert_true (lm_id_parse ("101112131415161718191a1b1c1d1e1f", -1, &slot));
  test->path = lm_test_make_journal ("journal");
  test->entries = g_build_filename (test->path, "entries", NULL);
  test->local = lm_local_path (&journal);
  test->folder = lm_folder_read (test->path, &error);
  g_assert_no_error (error);
  test->opened = lm_folder_unlock_derived (test->folder, &slot, derived, &error);
  g_assert_no_error (error);
  test->clock = lm_clock_new_set (time);
  test->store = lm_test_store_open (test);
}

void
lm_test_store_close (LmTestStore *test)
{
  g_autoptr (GError) error = NULL;

  if (test->store != NULL && !lm_store_close (g_steal_pointer (&test->store), &error))
    g_assert_no_error (error);
}

/* As after the app was quit and started again. */
void
lm_test_store_reopen (LmTestStore *test)
{
  lm_test_store_close (test);
  test->store = lm_test_store_open (test);
}

void
lm_test_store_tear_down (LmTestStore *test, gconstpointer data)
{
  lm_test_store_close (test);
  lm_clock_unref (test->clock);
  lm_opened_free (test->opened);
  lm_folder_unref (test->folder);
  g_free (test->local);
  g_free (test->entries);
  g_free (test->path);
}

static void
take_batch (GPtrArray *records, guint n_files, gpointer data)
{
  LmTestLoaded *loaded = data;

  loaded->batches++;
  g_ptr_array_extend_and_steal (loaded->records, records);
}

LmTestLoaded *
lm_test_load (LmStore *store)
{
  LmTestLoaded *loaded = g_new0 (LmTestLoaded, 1);
  g_autoptr (GError) error = NULL;

  loaded->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_assert_true (lm_store_load (store, FALSE, take_batch, loaded, &loaded->problems, NULL, &error));
  g_assert_no_error (error);
  return loaded;
}

void
lm_test_loaded_free (LmTestLoaded *loaded)
{
  g_ptr_array_unref (loaded->records);
  g_ptr_array_unref (loaded->problems);
  g_free (loaded);
}

/* Returns: (transfer none) (nullable): the one record with @id */
LmRecord *
lm_test_find (LmTestLoaded *loaded, const LmId *id)
{
  LmRecord *found = NULL;

  for (guint i = 0; i < loaded->records->len; i++)
    {
      LmRecord *record = loaded->records->pdata[i];

      if (!lm_id_equal (&record->id, id))
        continue;
      g_assert_null (found);
      found = record;
    }
  return found;
}

/* Returns: (transfer none) (nullable): what is said of the file @file */
LmProblem *
lm_test_find_problem (LmTestLoaded *loaded, const char *file)
{
  LmProblem *found = NULL;

  for (guint i = 0; i < loaded->problems->len; i++)
    {
      LmProblem *problem = loaded->problems->pdata[i];

      if (!g_str_equal (problem->file, file))
        continue;
      g_assert_null (found);
      found = problem;
    }
  return found;
}

char *
lm_test_file_name (const LmId *id)
{
  return g_strdup_printf ("%s.json", lm_id_format (id).digits);
}

/* Returns: (transfer full): an entry file with @payload, sealed by hand as another computer does */
GBytes *
lm_test_entry (const LmId *id, const char *payload)
{
  g_autoptr (GBytes) bytes = lm_test_bytes (payload);
  gsize size = g_bytes_get_size (bytes);
  g_autoptr (GBytes) plain = lm_test_plain (bytes, (guint32) size, lm_vault_padded_size (4 + size));
  LmTestSeal seal = lm_test_seal_entry (id);

  /* The current one: what is sealed with a retired key is believed only where it was seen before.
   */
  seal.key = 2;
  return lm_test_file (&seal, plain);
}

GBytes *
lm_test_entry_saved (const LmId *id, const char *text, const LmId *device, gint64 count)
{
  g_autofree char *payload = g_strdup_printf (
      "{\"kind\":\"entry\",\"revision\":%" G_GINT64_FORMAT ",\"saves\":{\"%s\":%" G_GINT64_FORMAT
      "},\"created\":\"2026-11-23T21:04:11+01:00\",\"text\":\"%s\"}",
      count,
      lm_id_format (device).digits,
      count,
      text);

  return lm_test_entry (id, payload);
}

/* Puts a file among the entries as a sync tool does. */
void
lm_test_put (LmTestStore *test, const char *name, GBytes *file)
{
  g_autofree char *path = g_build_filename (test->entries, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  lm_test_write (path, file);
}

GBytes *
lm_test_get (LmTestStore *test, const char *name)
{
  g_autofree char *path = g_build_filename (test->entries, name, NULL);

  return lm_test_read (path);
}

/* Removes every file in @folder. */
void
lm_test_empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

/* Returns: (transfer full) (nullable): the one name in @folder that begins and ends so */
char *
lm_test_one_name (const char *folder, const char *prefix, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  char *found = NULL;
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix))
      {
        g_assert_null (found);
        found = g_strdup (name);
      }
  return found;
}

LmContent *
lm_test_content (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-23T20:00:00+01:00", NULL);
  LmContent *content = lm_content_new ("entry", time);

  lm_content_set_string (content, "text", text);
  return content;
}

/* Returns: (transfer full): the saved record, which says @text */
LmRecord *
lm_test_save (LmStore *store, const LmId *id, const char *text, LmRecord *base, gboolean *conflict)
{
  g_autoptr (LmContent) content = base != NULL ? lm_record_content (base) : lm_test_content (text);
  g_autoptr (GError) error = NULL;
  LmRecord *record;

  lm_content_set_string (content, "text", text);
  record = lm_store_save (store, id, content, base, conflict, &error);
  g_assert_no_error (error);
  return record;
}

void
lm_test_assert_text (LmRecord *record, const char *text)
{
  g_autoptr (LmContent) content = NULL;

  g_assert_nonnull (record);
  content = lm_record_content (record);
  g_assert_cmpstr (lm_content_get_string (content, "text"), ==, text);
}
