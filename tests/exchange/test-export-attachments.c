/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>

#include "base/lm-json.h"
#include "exchange/lm-export-files.h"
#include "journal/lm-store-error.h"

/* The attachments of an export: under names that are safe, linked to, and each for itself. */

#define HEAD "\"kind\":\"entry\",\"created\":\"2025-02-03T21:04:11+01:00\","
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
/* An attachment with the id that ends in @id. */
#define FILE_OF(id, name, type, more)                                                              \
  "{\"id\":\"000000000000000000000000000000" id "\",\"name\":\"" name "\",\"type\":\"" type        \
  "\",\"size\":9,\"hash\":\"" HASH "\"" more "}"
#define ID(id) "000000000000000000000000000000" id

static GPtrArray *
records_of (const char *const *payloads)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);

  for (guint i = 0; payloads[i] != NULL; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (payloads[i], strlen (payloads[i]));
      g_autoptr (GError) error = NULL;
      LmId id = { { [15] = (guint8) (i + 1) } };

      g_ptr_array_add (records, lm_record_read (&id, bytes, &error));
      g_assert_no_error (error);
    }
  return records;
}

/* What the journal would give. */
typedef struct
{
  guint8 failing; /* the last byte of the id of an attachment that does not open */
  int domain;     /* 0 for damage, 1 for a locked journal, 2 for stopped */
  guint read;
  gsize large; /* so many bytes instead of a few */
} Journal;

static gboolean
read_cb (const LmAttachment *attachment, GOutputStream *out, gpointer data, GError **error)
{
  Journal *journal = data;
  g_autofree char *text = g_strdup_printf ("bytes %02x", attachment->id.bytes[15]);

  journal->read++;
  if (!g_output_stream_write_all (out, text, strlen (text), NULL, NULL, error))
    return FALSE;
  if (journal->large > 0)
    {
      g_autofree char *block = g_malloc0 (journal->large);

      return g_output_stream_write_all (out, block, journal->large, NULL, NULL, error);
    }
  if (journal->failing != attachment->id.bytes[15])
    return TRUE;
  if (journal->domain == 0)
    g_set_error_literal (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "x.bin: damaged");
  else
    g_set_error_literal (error,
                         G_IO_ERROR,
                         journal->domain == 1 ? G_IO_ERROR_CLOSED : G_IO_ERROR_CANCELLED,
                         "over");
  return FALSE;
}

typedef struct
{
  char *top;
  char *path;
  Journal journal;
  LmExportReport *report;
} Test;

static void
set_up (Test *test, gconstpointer data)
{
  test->top = g_build_filename (g_get_user_data_dir (), "exports", NULL);
  test->path = g_build_filename (test->top, "out", NULL);
  test->report = lm_export_report_new ();
  g_assert_cmpint (g_mkdir_with_parents (test->top, 0700), ==, 0);
}

static void
tear_down (Test *test, gconstpointer data)
{
  g_free (test->top);
  g_free (test->path);
  lm_export_report_free (test->report);
}

static gboolean
run (Test *test, const char *const *payloads, GError **error)
{
  g_autoptr (GPtrArray) records = records_of (payloads);
  LmExportSource source = { read_cb, NULL, &test->journal };

  return lm_export_run (test->path, records, &source, test->report, error);
}

static char *
text_of (Test *test, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (test->path, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The names in a folder, sorted, one a line */
static char *
names_in (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
  return g_strjoinv ("\n", (char **) names->pdata);
}

static char *
names_of_attachments (Test *test)
{
  g_autofree char *path = g_build_filename (test->path, "attachments", NULL);

  return names_in (path);
}

static void
test_written_and_linked (Test *test, gconstpointer data)
{
  static const char *const payloads[] = {
    "{" HEAD "\"text\":\"Plain.\",\"tags\":[\"sea\"],\"attachments\":[" FILE_OF (
        "0a",
        "the sea (1).png",
        "image/png",
        ",\"description\":\"waves [at] *night*\"") "," FILE_OF ("0b",
                                                                "notes.txt",
                                                                "text/plain",
                                                                "") "]}",
    "{" HEAD
    "\"title\":\"Again\",\"attachments\":[" FILE_OF ("0b", "notes.txt", "text/plain", "") "]}",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL, *first = NULL, *second = NULL, *sea = NULL, *json = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *files;

  g_assert_true (run (test, payloads, &error));
  g_assert_no_error (error);
  names = names_of_attachments (test);
  g_assert_cmpstr (names, ==, "notes.txt\nthe sea (1).png");
  /* What two entries list is read and written once. */
  g_assert_cmpuint (test->journal.read, ==, 2);
  sea = text_of (test, "attachments", "the sea (1).png");
  g_assert_cmpstr (sea, ==, "bytes 0a");
  first = text_of (test, "entries", "2025-02-03 2104.md");
  g_assert_cmpstr (first,
                   ==,
                   "# Monday, 3 February 2025, 21:04\n\nPlain.\n\n## Attachments\n\n"
                   "- ![waves \\[at\\] \\*night\\*](../attachments/the%20sea%20%281%29.png)\n"
                   "- [notes.txt](../attachments/notes.txt)\n\n#sea\n");
  second = text_of (test, "entries", "2025-02-03 2104 again.md");
  g_assert_nonnull (strstr (second, "- [notes.txt](../attachments/notes.txt)\n"));
  json = text_of (test, ".", "journal.json");
  root = lm_json_parse (json, strlen (json), &error);
  g_assert_no_error (error);
  files = lm_json_get_object (lm_json_at_object (lm_json_get_array (root, "records"), 0), "files");
  g_assert_nonnull (files);
  g_assert_cmpstr (lm_json_get_string (files, ID ("0a")), ==, "attachments/the sea (1).png");
  g_assert_cmpstr (lm_json_get_string (files, ID ("0b")), ==, "attachments/notes.txt");
  g_assert_cmpuint (test->report->problems->len, ==, 0);
}

static void
test_names_that_collide (Test *test, gconstpointer data)
{
  static const char *const payloads[] = {
    "{" HEAD "\"attachments\":[" FILE_OF ("01", "a.png", "image/png", "") "," FILE_OF (
        "02",
        "A.png",
        "image/png",
        "") "," FILE_OF ("03", "a.png", "image/png", "") "]}",
    "{" HEAD "\"attachments\":[" FILE_OF ("04", "a.png", "image/png", "") "," FILE_OF (
        "05",
        "a 2.png",
        "image/png",
        "") "," FILE_OF ("06", "", "text/plain", "") "]}",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL, *third = NULL, *entry = NULL;

  g_assert_true (run (test, payloads, &error));
  g_assert_no_error (error);
  names = names_of_attachments (test);
  g_assert_cmpstr (names, ==, "A 2.png\na 2 2.png\na 3.png\na 4.png\na.png\nfile");
  third = text_of (test, "attachments", "a 3.png");
  g_assert_cmpstr (third, ==, "bytes 03");
  entry = text_of (test, "entries", "2025-02-03 2104 2.md");
  g_assert_nonnull (strstr (entry, "(../attachments/a%202%202.png)"));
}

static void
test_safe_names (void)
{
  static const struct
  {
    const char *given, *safe;
  } cases[] = {
    { "photo.jpg", "photo.jpg" },
    { "Sommer am See – 2.jpeg", "Sommer am See – 2.jpeg" },
    { "../x", "x" },
    { "../../etc/passwd", "etc_passwd" },
    { "/etc/passwd", "etc_passwd" },
    { "..", "file" },
    { ".", "file" },
    { "", "file" },
    { " \t\n ", "file" },
    { ".hidden", "hidden" },
    { "-rf", "rf" },
    { "a\001b\177.txt", "a_b_.txt" },
    { "new\nline.txt", "new line.txt" },
    { "C:\\temp\\a?.txt", "C__temp_a_.txt" },
    { "trailing. . ", "trailing" },
    { "con", "_con" },
    { "Nul.txt", "_Nul.txt" },
    { "lpt7.tar.gz", "_lpt7.tar.gz" },
    { "console.txt", "console.txt" },
    { "photo\342\200\256gpj.exe", "photo_gpj.exe" }, /* U+202E turns the rest around */
    { "bad \377 bytes", "bad \357\277\275 bytes" },
    { "cafe\314\201.txt", "caf\303\251.txt" },
    { "<b>\"|*", "b____" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = lm_export_safe_name (cases[i].given);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
}

static void
test_long_names (void)
{
  const char *const endings[] = { "", ".jpeg", ".an-extension-that-is-none-at-all" };
  const char *const letters[] = { "x", "ä", "🌊" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    for (guint k = 0; k < G_N_ELEMENTS (letters); k++)
      {
        g_autoptr (GString) name = g_string_new (NULL);
        g_autofree char *safe = NULL;

        while (name->len < 300)
          g_string_append (name, letters[k]);
        g_string_append (name, endings[i]);
        safe = lm_export_safe_name (name->str);
        g_assert_cmpuint (strlen (safe), <=, 120);
        g_assert_cmpuint (strlen (safe), >, 110);
        g_assert_true (g_utf8_validate (safe, -1, NULL));
        g_assert_true (i != 1 || g_str_has_suffix (safe, ".jpeg"));
      }
}

static const char *const three[] = {
  "{" HEAD
  "\"title\":\"One\",\"attachments\":[" FILE_OF ("01", "a.png", "image/png", "") "," FILE_OF (
      "02", "b.png", "image/png", "") "," FILE_OF ("03", "c.png", "image/png", "") "]}",
  "{" HEAD "\"title\":\"Two\",\"attachments\":[" FILE_OF ("02", "b.png", "image/png", "") "]}",
  NULL,
};

static void
test_damaged (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL, *one = NULL, *two = NULL, *json = NULL;
  const LmExportProblem *problem;

  test->journal.failing = 2;
  g_assert_true (run (test, three, &error));
  g_assert_no_error (error);
  names = names_of_attachments (test);
  g_assert_cmpstr (names, ==, "a.png\nc.png");
  /* Told once, though two entries list it. */
  g_assert_cmpuint (test->report->problems->len, ==, 1);
  g_assert_null (test->report->failed);
  problem = test->report->problems->pdata[0];
  g_assert_cmpstr (problem->file, ==, "b.png");
  g_assert_error (problem->error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED);
  one = text_of (test, "entries", "2025-02-03 2104 one.md");
  g_assert_nonnull (strstr (one,
                            "- ![a.png](../attachments/a.png)\n- b.png\n"
                            "- ![c.png](../attachments/c.png)\n"));
  two = text_of (test, "entries", "2025-02-03 2104 two.md");
  g_assert_nonnull (strstr (two, "\n- b.png\n"));
  json = text_of (test, ".", "journal.json");
  g_assert_null (strstr (json, "attachments/b.png"));
  /* What the entry says of it stays. */
  g_assert_nonnull (strstr (json, ID ("02")));
}

/* A journal that is locked, or a person who stops: there is no export. */
static void
test_ended (Test *test, gconstpointer data)
{
  for (int domain = 1; domain <= 2; domain++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *names = NULL;

      test->journal = (Journal) { .failing = 2, .domain = domain };
      g_assert_false (run (test, three, &error));
      g_assert_error (error, G_IO_ERROR, (domain == 1 ? G_IO_ERROR_CLOSED : G_IO_ERROR_CANCELLED));
      names = names_in (test->top);
      g_assert_cmpstr (names, ==, "");
      g_assert_cmpuint (test->report->problems->len, ==, 0);
      g_assert_null (test->report->failed);
    }
}

static void
test_full_disk (Test *test, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  struct rlimit before, little;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little = before;
  little.rlim_cur = 64 * 1024;
  test->journal.large = 100 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  g_assert_false (run (test, three, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE);
  g_assert_nonnull (strstr (error->message, "a.png"));
  g_assert_cmpstr (test->report->failed, ==, "a.png");
  names = names_in (test->top);
  g_assert_cmpstr (names, ==, "");
}

static void
test_left_out (Test *test, gconstpointer data)
{
  g_autoptr (GPtrArray) records = records_of (three);
  LmExportSource source = { NULL, NULL, NULL };
  g_autofree char *path = g_build_filename (test->path, "attachments", NULL);

  g_assert_true (lm_export_run (test->path, records, &source, test->report, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
add (const char *name, void (*func) (Test *, gconstpointer))
{
  g_test_add (name, Test, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    return 1;
  add ("/export-attachments/written-and-linked", test_written_and_linked);
  add ("/export-attachments/names-that-collide", test_names_that_collide);
  g_test_add_func ("/export-attachments/safe-names", test_safe_names);
  g_test_add_func ("/export-attachments/long-names", test_long_names);
  add ("/export-attachments/damaged", test_damaged);
  add ("/export-attachments/ended", test_ended);
  add ("/export-attachments/full-disk", test_full_disk);
  add ("/export-attachments/left-out", test_left_out);
  return g_test_run ();
}
