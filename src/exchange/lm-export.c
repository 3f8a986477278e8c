/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "exchange/lm-export-files.h"
#include "exchange/lm-part-text.h"
#include "journal/lm-citation.h"
#include "journal/lm-file.h"

/* Plain files for whoever leaves, or wants to read their journal elsewhere: every entry as
 * Markdown, with its attachments beside, and everything once more as JSON, with nothing left out.
 */

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

/* Parts of a text with what each brings to mind, and people on a map. */
static void
append_parts (GString *text, LmAnswer *answer, GHashTable *names)
{
  g_autoptr (GPtrArray) elements = lm_answer_get_elements (answer);
  g_autoptr (GPtrArray) places = lm_answer_get_map (answer);

  for (guint i = 0; i < elements->len; i++)
    {
      g_autofree char *element = lm_element_to_text (elements->pdata[i]);

      g_string_append_printf (text, "- %s\n", element);
    }
  for (guint i = 0; i < places->len; i++)
    {
      const LmMapPlace *place = places->pdata[i];
      const char *name = g_hash_table_lookup (names, place->person);
      g_autofree char *line = lm_map_place_to_text (place, name != NULL ? name : place->name);

      g_string_append_printf (text, "- %s\n", line);
    }
  if (elements->len + places->len > 0)
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
  /* Whoever is on a map is named there. */
  if (!json_object_has_member (answer, "map"))
    append_people (text, answer, names);
  append_parts (text, answer, names);
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    g_string_append_printf (text, "- %s\n", lm_answer_get_choice (answer, i, NULL));
  if (lm_answer_n_choices (answer) > 0)
    g_string_append_c (text, '\n');
  if (lm_answer_get_scale (answer) > 0)
    g_string_append_printf (text, "%d / 5\n\n", lm_answer_get_scale (answer));
  if (!lm_text_is_blank (lm_answer_get_text (answer)))
    g_string_append_printf (text, "%s\n\n", lm_answer_get_text (answer));
}

/* What @text means in Markdown as the words of a link. */
static void
append_escaped (GString *markdown, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (strchr ("\\[]*_`<&", *at) != NULL)
        g_string_append_c (markdown, '\\');
      g_string_append_c (markdown, *at == '\n' || *at == '\r' ? ' ' : *at);
    }
}

/* An image is shown, another file is linked to; one that is not there is named. */
static void
append_attachment (GString *text, const LmAttachment *attachment, const char *path)
{
  gboolean described = !lm_text_is_blank (attachment->description);
  const char *name = lm_text_is_blank (attachment->name) ? attachment->type : attachment->name;

  if (path == NULL)
    {
      g_string_append (text, "- ");
      append_escaped (text, name);
      if (described)
        g_string_append (text, ": ");
      append_escaped (text, attachment->description);
      g_string_append_c (text, '\n');
      return;
    }
  g_string_append (text, lm_attachment_is_image (attachment) ? "- ![" : "- [");
  append_escaped (text, described ? attachment->description : name);
  g_string_append (text, "](../");
  g_string_append_uri_escaped (text, path, "/", TRUE);
  g_string_append (text, ")\n");
}

static void
append_attachments (GString *text, LmContent *content, LmExportFiles *files)
{
  g_autoptr (GPtrArray) list = lm_content_list_attachments (content);

  if (list->len == 0)
    return;
  g_string_append_printf (text, "## %s\n\n", _ ("Attachments"));
  for (guint i = 0; i < list->len; i++)
    append_attachment (text,
                       list->pdata[i],
                       files != NULL ? lm_export_files_find (files, list->pdata[i]) : NULL);
  g_string_append_c (text, '\n');
}

/* Passages that the entry is about, as quotations with their source. */
static void
append_citations (GString *text, LmContent *content)
{
  g_autoptr (GPtrArray) list = lm_content_list_citations (content);

  for (guint i = 0; i < list->len; i++)
    {
      const LmCitation *citation = list->pdata[i];
      g_auto (GStrv) lines = g_strsplit (citation->text, "\n", -1);

      for (guint k = 0; lines[k] != NULL; k++)
        {
          g_string_append (text, "> ");
          append_escaped (text, lines[k]);
          g_string_append_c (text, '\n');
        }
      g_string_append (text, ">\n> — ");
      append_escaped (text, citation->title);
      g_string_append (text, " (Leitmotif)\n\n");
    }
}

/* All that the person said, with when. */
static void
append_words (GString *text, LmRecord *record, LmContent *content, GHashTable *names)
{
  g_autofree char *date = lm_text_capitalize (
      /* Translators: date and time of an entry, as g_date_time_format () takes it */
      g_date_time_format (record->created, _ ("%A, %-d %B %Y, %H:%M")));
  const char *body = lm_content_get_string (content, "text");

  g_string_append_printf (text,
                          "# %s\n\n",
                          lm_text_is_blank (record->title) ? date : record->title);
  if (!lm_text_is_blank (record->title))
    g_string_append_printf (text, "*%s*\n\n", date);
  append_citations (text, content);
  if (!lm_text_is_blank (body))
    g_string_append_printf (text, "%s\n\n", body);
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL)
        append_answer (text, answer, names);
    }
}

static char *
to_markdown (LmRecord *record, GHashTable *names, LmExportFiles *files)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  GString *text = g_string_new (NULL);

  append_words (text, record, content, names);
  append_attachments (text, content, files);
  for (guint i = 0; record->tags[i] != NULL; i++)
    g_string_append_printf (text, "%s#%s", i > 0 ? " " : "", record->tags[i]);
  if (record->tags[0] != NULL)
    g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* Where two were merged into each other on two computers, it ends somewhere. */
#define MERGES_MAX 8

/* Whom @person was merged into in the end, or @person. */
static LmRecord *
merged_into (GHashTable *people, LmRecord *person)
{
  for (guint i = 0; i < MERGES_MAX; i++)
    {
      LmRecord *other = g_hash_table_lookup (people, &person->merged_into);

      if (other == NULL)
        break;
      person = other;
    }
  return person;
}

/**
 * lm_export_names:
 * @records: (element-type LmRecord): what may name people, and the people; must outlive the names
 *
 * Returns: (transfer full): person's id as text → name, for lm_export_markdown (): whoever was
 *   merged into somebody has the name of that one
 */
GHashTable *
lm_export_names (GPtrArray *records)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) people = g_hash_table_new (lm_id_hash, lm_id_equal);
  GHashTableIter iter;
  gpointer person;

  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];

      if (record->kind == LM_RECORD_PERSON)
        g_hash_table_insert (people, &record->id, record);
    }
  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    g_hash_table_insert (names,
                         lm_id_to_string (&((LmRecord *) person)->id),
                         merged_into (people, person)->title);
  return names;
}

/**
 * lm_export_markdown:
 * @record: an entry
 * @names: person's id as text → name
 *
 * Returns: (transfer full): the entry as Markdown, complete for a reader; its attachments are only
 *   named
 */
char *
lm_export_markdown (LmRecord *record, GHashTable *names)
{
  return to_markdown (record, names, NULL);
}

/**
 * lm_export_words:
 * @record: an entry
 * @names: person's id as text → name
 *
 * What is brought to somebody else on paper: no tags and no names of files, which are the person's
 * own order.
 *
 * Returns: (transfer full): what was said in the entry and when, as Markdown
 */
char *
lm_export_words (LmRecord *record, GHashTable *names)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  GString *text = g_string_new (NULL);

  append_words (text, record, content, names);
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

/* Which attachment went where: attachment's id → path inside the export. */
static JsonObject *
files_as_json (LmContent *content, LmExportFiles *files)
{
  g_autoptr (GPtrArray) list = lm_content_list_attachments (content);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < list->len; i++)
    {
      const LmAttachment *attachment = list->pdata[i];
      const char *path = lm_export_files_find (files, attachment);

      if (path != NULL)
        json_object_set_string_member (object, lm_id_format (&attachment->id).digits, path);
    }
  return object;
}

static char *
everything_as_json (GPtrArray *records, LmExportFiles *files)
{
  g_autoptr (JsonObject) root = json_object_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (root, "format", FORMAT);
  json_object_set_int_member (root, "version", VERSION);
  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];
      g_autoptr (LmContent) content = lm_record_content (record);
      g_autoptr (JsonObject) paths = files_as_json (content, files);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", lm_id_format (&record->id).digits);
      json_object_set_object_member (object,
                                     "payload",
                                     json_object_ref (lm_content_json (content)));
      if (json_object_get_size (paths) > 0)
        json_object_set_object_member (object, "files", g_steal_pointer (&paths));
      json_array_add_object_element (array, object);
    }
  json_object_set_array_member (root, "records", array);
  return lm_json_write (root, NULL);
}

/* Running -------------------------------------------------------------------------------------- */

LmExportProblem *
lm_export_problem_new (const char *file, GError *error)
{
  LmExportProblem *problem = g_new (LmExportProblem, 1);

  *problem = (LmExportProblem) { g_strdup (file), error };
  return problem;
}

static void
problem_free (gpointer data)
{
  LmExportProblem *problem = data;

  g_free (problem->file);
  g_error_free (problem->error);
  g_free (problem);
}

LmExportReport *
lm_export_report_new (void)
{
  LmExportReport *report = g_new0 (LmExportReport, 1);

  report->problems = g_ptr_array_new_with_free_func (problem_free);
  return report;
}

void
lm_export_report_free (LmExportReport *report)
{
  g_ptr_array_unref (report->problems);
  g_free (report->failed);
  g_free (report);
}

typedef struct
{
  GPtrArray *records;
  const LmExportSource *source;
  LmExportReport *report;
  LmExportFiles *files;
  GHashTable *names; /* person's id → name */
  GHashTable *taken; /* names of files in the folder of entries */
  int entries;
} Export;

/* Writes one file, and notes its name if that fails. */
static gboolean
write_text (Export *export, int folder, const char *name, char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  if (lm_file_write_new (folder, name, bytes, error))
    return TRUE;
  export->report->failed = g_strdup (name);
  return FALSE;
}

/* Attachments first: the text says where they are. */
static gboolean
write_entry (Export *export, LmRecord *record, GError **error)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  g_autoptr (GPtrArray) attachments = lm_content_list_attachments (content);
  g_autofree char *name = file_name (record, export->taken);

  for (guint i = 0; export->source->read != NULL && i < attachments->len; i++)
    if (!lm_export_files_write (export->files,
                                attachments->pdata[i],
                                &export->report->failed,
                                error))
      return FALSE;
  return write_text (export,
                     export->entries,
                     name,
                     to_markdown (record, export->names, export->files),
                     error);
}

static gboolean
write_records (Export *export, GError **error)
{
  const LmExportSource *source = export->source;
  guint total = export->records->len;

  for (guint i = 0; i < total; i++)
    {
      LmRecord *record = export->records->pdata[i];

      if (record->kind == LM_RECORD_ENTRY && !write_entry (export, record, error))
        return FALSE;
      if (source->progress != NULL && !source->progress (i + 1, total, source->data))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
fill (int folder, gpointer data, GError **error)
{
  Export *export = data;
  GPtrArray *records = export->records;
  g_autoptr (GHashTable) names = lm_export_names (records);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (LmExportFiles) files =
      lm_export_files_new (folder, export->source, export->report->problems);
  gboolean good;

  export->names = names;
  export->taken = taken;
  export->files = files;
  export->entries = lm_file_make_folder (folder, ENTRIES, error);
  if (export->entries < 0)
    return FALSE;
  good = write_records (export, error) &&
         write_text (export, folder, JSON_NAME, everything_as_json (records, files), error) &&
         lm_export_files_sync (files, error) &&
         lm_file_sync_folder (export->entries, ENTRIES, error);
  close (export->entries);
  return good;
}

/**
 * lm_export_run:
 * @path: a new or empty folder
 * @records: (element-type LmRecord): entries, and the people named in them
 * @source: what is asked for meanwhile
 * @report: takes what is to be told, whether the export succeeds or not
 * @error: domain %LM_STORE_ERROR, %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_CLOSED of @source
 *
 * Writes @records as plain text, and their attachments as they were. The folder appears only when
 * it is complete; nothing that exists is ever overwritten. An attachment that cannot be read is
 * left out and noted in @report, and that is no failure.
 */
gboolean
lm_export_run (const char *path,
               GPtrArray *records,
               const LmExportSource *source,
               LmExportReport *report,
               GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  Export export = { .records = records, .source = source, .report = report, .entries = -1 };

  return lm_file_publish_folder (absolute, fill, &export, error);
}
