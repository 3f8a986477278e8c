/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "exchange/lm-export.h"
#include "journal/lm-file.h"

/* Plain files for whoever leaves, or wants to read their journal elsewhere: every entry as
 * Markdown, and everything once more as JSON, with nothing left out. */

#define FORMAT    "leitmotif-export"
#define VERSION   1
#define JSON_NAME "journal.json"
#define ENTRIES   "entries"
#define SLUG_MAX  48

static void
append_people (GString *text, LmAnswer *answer, GHashTable *names)
{
  g_auto (GStrv) people = lm_answer_get_people (answer);

  for (guint i = 0; people[i] != NULL; i++)
    {
      const char *name = g_hash_table_lookup (names, people[i]);

      if (name != NULL)
        g_string_append_printf (text, "- %s\n", name);
    }
  if (people[0] != NULL)
    g_string_append_c (text, '\n');
}

static void
append_answer (GString *text, LmAnswer *answer, GHashTable *names)
{
  const char *question = lm_answer_get_question (answer);

  if (lm_answer_is_empty (answer))
    return;
  g_string_append_printf (text,
                          "## %s\n\n",
                          question != NULL ? question : lm_answer_get_step (answer));
  append_people (text, answer, names);
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    g_string_append_printf (text, "- %s\n", lm_answer_get_choice (answer, i, NULL));
  if (lm_answer_n_choices (answer) > 0)
    g_string_append_c (text, '\n');
  if (lm_answer_get_scale (answer) > 0)
    g_string_append_printf (text, "%d / 5\n\n", lm_answer_get_scale (answer));
  if (!lm_text_is_blank (lm_answer_get_text (answer)))
    g_string_append_printf (text, "%s\n\n", lm_answer_get_text (answer));
}

/**
 * lm_export_markdown:
 * @record: an entry
 * @names: person's id as text → name
 *
 * Returns: (transfer full): the entry as Markdown, complete for a reader
 */
char *
lm_export_markdown (LmRecord *record, GHashTable *names)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  /* Translators: date and time of an entry, as g_date_time_format () takes it */
  g_autofree char *date = g_date_time_format (record->created, _ ("%A, %-d %B %Y, %H:%M"));
  const char *body = lm_content_get_string (content, "text");
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "# %s\n\n",
                          lm_text_is_blank (record->title) ? date : record->title);
  if (!lm_text_is_blank (record->title))
    g_string_append_printf (text, "*%s*\n\n", date);
  if (!lm_text_is_blank (body))
    g_string_append_printf (text, "%s\n\n", body);
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL)
        append_answer (text, answer, names);
    }
  for (guint i = 0; record->tags[i] != NULL; i++)
    g_string_append_printf (text, "%s#%s", i > 0 ? " " : "", record->tags[i]);
  if (record->tags[0] != NULL)
    g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* "2026-11-23 2104 a-quiet-evening.md", with a number where that is taken */
static char *
file_name (LmRecord *record, GHashTable *taken)
{
  g_autofree char *date = g_date_time_format (record->created, "%Y-%m-%d %H%M");
  g_autofree char *slug = lm_text_slug (record->title);
  g_autofree char *cut = g_utf8_substring (slug, 0, MIN (g_utf8_strlen (slug, -1), SLUG_MAX));

  for (guint n = 1;; n++)
    {
      g_autofree char *number = n > 1 ? g_strdup_printf (" %u", n) : g_strdup ("");
      char *name = g_strdup_printf ("%s%s%s%s.md", date, cut[0] != '\0' ? " " : "", cut, number);

      if (g_hash_table_add (taken, g_strdup (name)))
        return name;
      g_free (name);
    }
}

static gboolean
write_text (int folder, const char *name, char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return lm_file_write_new (folder, name, bytes, error);
}

static char *
everything_as_json (GPtrArray *records)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", VERSION);
  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];
      g_autoptr (LmContent) content = lm_record_content (record);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", lm_id_format (&record->id).digits);
      json_object_set_object_member (object,
                                     "payload",
                                     json_object_ref (lm_content_json (content)));
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (root, "records", array);
  return lm_json_write (root, NULL);
}

typedef struct
{
  GPtrArray *records;
  LmExportProgress progress;
  gpointer data;
} Export;

static gboolean
fill (int folder, gpointer data, GError **error)
{
  Export *export = data;
  GPtrArray *records = export->records;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int entries = lm_file_make_folder (folder, ENTRIES, error);
  gboolean good =
      entries >= 0 && write_text (folder, JSON_NAME, everything_as_json (records), error);

  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];

      if (record->kind == LM_RECORD_PERSON)
        g_hash_table_insert (names, lm_id_to_string (&record->id), record->title);
    }
  for (guint i = 0; good && i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];
      g_autofree char *name = NULL;

      if (record->kind == LM_RECORD_ENTRY)
        {
          name = file_name (record, taken);
          good = write_text (entries, name, lm_export_markdown (record, names), error);
        }
      if (good && export->progress != NULL && !export->progress (i + 1, records->len, export->data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
          good = FALSE;
        }
    }
  good = good && lm_file_sync_folder (entries, ENTRIES, error);
  if (entries >= 0)
    close (entries);
  return good;
}

/**
 * lm_export_run:
 * @path: a new or empty folder
 * @records: (element-type LmRecord): entries, and the people named in them
 * @progress: (nullable): called after each record
 * @data: for @progress
 * @error: domain %LM_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Writes @records as plain text. The folder appears only when it is complete; nothing that exists
 * is ever overwritten.
 */
gboolean
lm_export_run (
    const char *path, GPtrArray *records, LmExportProgress progress, gpointer data, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  Export export = { records, progress, data };

  return lm_file_publish_folder (absolute, fill, &export, error);
}
