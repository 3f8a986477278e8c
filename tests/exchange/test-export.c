/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/lm-json.h"
#include "exchange/lm-export.h"
#include "journal/lm-store-error.h"

#define LENE "00000000000000000000000000000001"
#define BRAM "00000000000000000000000000000002"
#define HEAD "\"created\":\"2025-02-03T21:04:11+01:00\","

static LmRecord *
record_of (guint8 number, const char *payload)
{
  g_autoptr (GBytes) bytes = g_bytes_new (payload, strlen (payload));
  g_autoptr (GError) error = NULL;
  LmId id = { { [15] = number } };
  LmRecord *record = lm_record_read (&id, bytes, &error);

  g_assert_no_error (error);
  return record;
}

static GPtrArray *
records_of (const char *const *payloads)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);

  for (guint i = 0; payloads[i] != NULL; i++)
    g_ptr_array_add (records, record_of ((guint8) (i + 1), payloads[i]));
  return records;
}

/* Two people, an episode with them, a plain entry, one in the trash, and something newer. */
static GPtrArray *
example (void)
{
  static const char *const payloads[] = {
    "{\"kind\":\"person\"," HEAD "\"name\":\"Lene\"}",
    "{\"kind\":\"person\"," HEAD "\"name\":\"Bram\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"Late for the film\",\"answers\":[{\"step\":\"who\","
    "\"people\":[\"" LENE "\",\"" BRAM "\"]}],\"later\":{\"kept\":[null,true]}}",
    "{\"kind\":\"entry\"," HEAD "\"text\":\"Plain.\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"Gone?\",\"deleted\":\"2025-02-04T08:00:00+01:00\"}",
    "{\"kind\":\"family-map\"," HEAD "\"of\":1}",
    NULL,
  };

  return records_of (payloads);
}

/* Without attachments, which have tests of their own. */
static gboolean
run (const char *path,
     GPtrArray *records,
     gboolean (*progress) (guint, guint, gpointer),
     gpointer data,
     GError **error)
{
  g_autoptr (LmExportReport) report = lm_export_report_new ();
  LmExportSource source = { NULL, progress, data };

  return lm_export_run (path, records, &source, report, error);
}

static char *
folder_of_test (void)
{
  g_autofree char *path =
      g_build_filename (g_get_user_data_dir (), "exports", NULL); /* of this case alone */

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return g_steal_pointer (&path);
}

/* The names in @path, sorted, with "," between them */
static char *
names_in (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  return g_strjoinv (",", (char **) names->pdata);
}

static char *
contents (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_run (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autoptr (GError) error = NULL;
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);
  g_autofree char *entries = g_build_filename (path, "entries", NULL);
  g_autofree char *in_top = NULL;
  g_autofree char *in_path = NULL;
  g_autofree char *in_entries = NULL;
  g_autofree char *episode = NULL;
  struct stat info;

  g_assert_true (run (path, records, NULL, NULL, &error));
  g_assert_no_error (error);
  in_top = names_in (top);
  in_path = names_in (path);
  in_entries = names_in (entries);
  g_assert_cmpstr (in_top, ==, "out");
  g_assert_cmpstr (in_path, ==, "entries,journal.json");
  g_assert_cmpstr (in_entries,
                   ==,
                   "2025-02-03 2104 gone.md,2025-02-03 2104 late-for-the-film.md,"
                   "2025-02-03 2104.md");
  episode = contents (entries, "2025-02-03 2104 late-for-the-film.md");
  g_assert_nonnull (strstr (episode, "- Lene\n- Bram\n"));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
}

static void
test_json (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *array;
  gint64 version;

  g_assert_true (run (path, records, NULL, NULL, &error));
  text = contents (path, "journal.json");
  root = lm_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lm_json_get_string (root, "format"), ==, "leitmotif-export");
  g_assert_true (lm_json_get_integer (root, "version", &version) && version == 1);
  array = lm_json_get_array (root, "records");
  g_assert_cmpuint (lm_json_array_size (array), ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];
      JsonObject *object = lm_json_at_object (array, i);
      gsize length;
      g_autofree char *payload = lm_json_write (lm_json_get_object (object, "payload"), &length);
      g_autoptr (GBytes) kept = lm_record_payload (record);

      g_assert_cmpstr (lm_json_get_string (object, "id"), ==, lm_id_format (&record->id).digits);
      g_assert_cmpmem (payload, length, g_bytes_get_data (kept, NULL), g_bytes_get_size (kept));
    }
}

/* Entries of one minute and one title get a number. */
static void
test_names (void)
{
  static const char *const payloads[] = {
    "{\"kind\":\"entry\"," HEAD "\"title\":\"A quiet evening\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"a quiet, EVENING!\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"../../../etc/passwd\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"..\"}",
    "{\"kind\":\"entry\",\"created\":\"1969-12-31T23:59:59-03:00\",\"title\":\"old\"}",
    "{\"kind\":\"entry\"," HEAD "\"title\":\"\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84"
    "\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84"
    "\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84"
    "\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84"
    "\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84\xc3\x84 x\"}",
    NULL,
  };
  g_autoptr (GPtrArray) records = records_of (payloads);
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);
  g_autofree char *entries = g_build_filename (path, "entries", NULL);
  g_autofree char *names = NULL;
  g_auto (GStrv) each = NULL;

  g_assert_true (run (path, records, NULL, NULL, NULL));
  names = names_in (entries);
  each = g_strsplit (names, ",", -1);
  g_assert_cmpuint (g_strv_length (each), ==, 6);
  g_assert_cmpstr (each[0], ==, "1969-12-31 2359 old.md");
  g_assert_cmpstr (each[1], ==, "2025-02-03 2104 a-quiet-evening 2.md");
  g_assert_cmpstr (each[2], ==, "2025-02-03 2104 a-quiet-evening.md");
  g_assert_cmpstr (each[3], ==, "2025-02-03 2104 etcpasswd.md");
  g_assert_true (g_utf8_validate (each[4], -1, NULL));
  g_assert_cmpint (g_utf8_strlen (each[4], -1), ==, strlen ("2025-02-03 2104 .md") + 48);
  g_assert_cmpstr (each[5], ==, "2025-02-03 2104.md");
}

static void
test_overwrites_nothing (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autofree char *top = folder_of_test ();
  g_autofree char *folder = g_build_filename (top, "folder", NULL);
  g_autofree char *inside = g_build_filename (folder, "journal.json", NULL);
  g_autofree char *file = g_build_filename (top, "file", NULL);
  g_autofree char *names = NULL;
  g_autofree char *text = NULL;
  const char *const places[] = { folder, file };

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (run (places[i], records, NULL, NULL, &error));
      g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_EMPTY);
    }
  names = names_in (top);
  text = contents (folder, "journal.json");
  g_assert_cmpstr (names, ==, "file,folder");
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_takes_an_empty_folder (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autofree char *path = folder_of_test ();
  g_autofree char *names = NULL;

  g_assert_true (run (path, records, NULL, NULL, NULL));
  names = names_in (path);
  g_assert_cmpstr (names, ==, "entries,journal.json");
}

/* Whether exporting to @path fails with @code. */
static void
check_fails (const char *path, LmStoreError code)
{
  g_autoptr (GPtrArray) records = example ();
  g_autoptr (GError) error = NULL;

  g_assert_false (run (path, records, NULL, NULL, &error));
  g_assert_error (error, LM_STORE_ERROR, (int) code);
}

static void
test_failing_disk (void)
{
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);
  g_autofree char *deep = g_build_filename (top, "no", "such", "place", NULL);
  struct rlimit before, little;

  check_fails (deep, LM_STORE_ERROR_NOT_FOUND);
  check_fails ("/dev/null/out", LM_STORE_ERROR_NOT_FOUND);
  /* No file can become larger than this, as on a disk that is full. */
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  for (rlim_t limit = 0; limit < 400; limit += 100)
    {
      g_autofree char *names = NULL;

      little = before;
      little.rlim_cur = limit;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
      check_fails (path, LM_STORE_ERROR_NO_SPACE);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
      names = names_in (top);
      g_assert_cmpstr (names, ==, "");
    }
}

typedef struct
{
  guint stop; /* after so many */
  guint calls;
  const char *top;
} Watch;

static gboolean
watch_cb (guint done, guint total, gpointer data)
{
  Watch *watch = data;
  g_autofree char *path = g_build_filename (watch->top, "out", NULL);

  watch->calls++;
  g_assert_cmpuint (done, ==, watch->calls);
  g_assert_cmpuint (total, ==, 6);
  /* Half of an export is never to be seen under its name. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  return done != watch->stop;
}

static void
test_progress (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);
  Watch watch = { 0, 0, top };

  g_assert_true (run (path, records, watch_cb, &watch, NULL));
  g_assert_cmpuint (watch.calls, ==, 6);
}

static void
test_stopped (void)
{
  g_autoptr (GPtrArray) records = example ();
  g_autofree char *top = folder_of_test ();
  g_autofree char *path = g_build_filename (top, "out", NULL);

  for (guint stop = 1; stop <= 6; stop++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *names = NULL;
      Watch watch = { stop, 0, top };

      g_assert_false (run (path, records, watch_cb, &watch, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (watch.calls, ==, stop);
      names = names_in (top);
      g_assert_cmpstr (names, ==, "");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  g_test_add_func ("/export/run", test_run);
  g_test_add_func ("/export/json", test_json);
  g_test_add_func ("/export/names", test_names);
  g_test_add_func ("/export/overwrites-nothing", test_overwrites_nothing);
  g_test_add_func ("/export/takes-an-empty-folder", test_takes_an_empty_folder);
  g_test_add_func ("/export/failing-disk", test_failing_disk);
  g_test_add_func ("/export/progress", test_progress);
  g_test_add_func ("/export/stopped", test_stopped);
  return g_test_run ();
}
