/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-clock.h"
#include "base/lm-json.h"
#include "journal/lm-appointment.h"
#include "journal/lm-folder.h"
#include "journal/lm-store.h"
#include "workspace/lm-demo-resource.h"
#include "workspace/lm-demo.h"

/* Makes a journal of two years of made-up entries, for looking around, screenshots and tests. */

#define RESOURCE "/io/github/leitmotif_journal/Leitmotif/demo/journal.json"

typedef struct
{
  char *path;
  LmGuide *guide;
  guint entries;
} Make;

typedef struct
{
  LmStore *store;
  LmClock *clock;
  GDateTime *today;
  LmGuide *guide;
  GHashTable *people; /* name in the file → id as text */
  guint entries;      /* at least so many */
  int earlier;        /* days, for all that is written just now */
} Writer;

static void
make_free (gpointer data)
{
  Make *make = data;

  g_free (make->path);
  g_object_unref (make->guide);
  g_free (make);
}

static JsonObject *
load (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (lm_demo_get_resource (),
                                                     RESOURCE,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     error);
  gsize length;
  const char *text;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return lm_json_parse (text, length, error);
}

static gboolean
save (Writer *writer, const LmId *id, LmContent *content, GError **error)
{
  g_autoptr (LmRecord) record = lm_store_save (writer->store, id, content, NULL, NULL, error);

  return record != NULL;
}

static GStrv
strings_of (JsonObject *object, const char *key)
{
  JsonArray *array = lm_json_get_array (object, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < lm_json_array_size (array); i++)
    g_strv_builder_add (builder, lm_json_at_string (array, i));
  return g_strv_builder_end (builder);
}

/* Oneself is no record: it is a choice of its own. */
#define SELF "self"

static gboolean
write_person (Writer *writer, JsonObject *object, GError **error)
{
  g_autoptr (LmContent) content = lm_content_new ("person", writer->today);
  g_auto (GStrv) circles = strings_of (object, "circles");
  LmId id = lm_id_new_random ();

  if (g_strcmp0 (lm_json_get_string (object, "id"), SELF) == 0)
    return TRUE;
  lm_content_set_string (content, "name", lm_json_get_string (object, "name"));
  lm_content_set_string (content, "relation", lm_json_get_string (object, "relation"));
  lm_content_set_string (content, "note", lm_json_get_string (object, "note"));
  lm_content_set_strings (content, "circles", (const char *const *) circles);
  g_hash_table_insert (writer->people,
                       g_strdup (lm_json_get_string (object, "id")),
                       lm_id_to_string (&id));
  return save (writer, &id, content, error);
}

/* Answers ------------------------------------------------------------------------------- */

static const LmGuideStep *
find_step (LmGuide *guide, const char *id)
{
  for (guint i = 0; i < lm_guide_n_steps (guide); i++)
    if (g_strcmp0 (lm_guide_get_step (guide, i)->id, id) == 0)
      return lm_guide_get_step (guide, i);
  return NULL;
}

static const char *
label_of (const LmGuideStep *step, const char *id)
{
  for (guint i = 0; i < step->choices->len; i++)
    {
      LmGuideChoice *choice = step->choices->pdata[i];

      if (g_str_equal (choice->id, id))
        return choice->label;
    }
  return id;
}

static void
write_choices (LmAnswer *answer, const LmGuideStep *step, JsonObject *object)
{
  g_auto (GStrv) choices = strings_of (object, "choices");
  g_auto (GStrv) own_words = strings_of (object, "own_words");

  for (guint i = 0; choices[i] != NULL; i++)
    lm_answer_add_choice (answer, choices[i], label_of (step, choices[i]));
  for (guint i = 0; own_words[i] != NULL; i++)
    lm_answer_add_choice (answer, NULL, own_words[i]);
}

static void
write_people (Writer *writer, LmAnswer *answer, JsonObject *object)
{
  g_auto (GStrv) names = strings_of (object, "people");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], SELF))
      lm_answer_add_choice (answer, SELF, "myself");
    else if (g_hash_table_contains (writer->people, names[i]))
      g_strv_builder_add (ids, g_hash_table_lookup (writer->people, names[i]));
  all = g_strv_builder_end (ids);
  lm_answer_set_people (answer, (const char *const *) all);
}

static const char *
question_of (LmGuide *guide, const LmGuideStep *step, const char *id)
{
  if (step != NULL)
    return step->question;
  return g_str_equal (id, "before") ? lm_guide_get_before (guide) : lm_guide_get_after (guide);
}

static void
write_answer (Writer *writer, LmContent *content, JsonObject *object)
{
  const char *id = lm_json_get_string (object, "step");
  const LmGuideStep *step = find_step (writer->guide, id);
  LmAnswer *answer = lm_content_answer (content, id, question_of (writer->guide, step, id));
  gint64 scale;

  if (lm_json_get_integer (object, "scale", &scale))
    lm_answer_set_scale (answer, (int) scale);
  lm_answer_set_text (answer, lm_json_get_string (object, "text"));
  lm_answer_set_felt (answer, lm_json_get_string (object, "felt"));
  if (step != NULL && step->role != NULL)
    lm_answer_set_role (answer, step->role, step->expected);
  if (step != NULL)
    write_choices (answer, step, object);
  write_people (writer, answer, object);
  if (lm_json_get_boolean (object, "tray"))
    lm_content_set_in_tray (content, TRUE);
}

/* Entries -------------------------------------------------------------------------------- */

static GDateTime *
time_of (Writer *writer, JsonObject *object)
{
  gint64 days = 0;
  int hour = 21, minute = 0;
  const char *clock = lm_json_get_string (object, "time");
  g_auto (GStrv) parts = g_strsplit (clock != NULL ? clock : "21:00", ":", 2);
  g_autoptr (GDateTime) day = NULL;

  lm_json_get_integer (object, "days_ago", &days);
  hour = (int) g_ascii_strtoll (parts[0], NULL, 10);
  minute = parts[1] != NULL ? (int) g_ascii_strtoll (parts[1], NULL, 10) : 0;
  day = g_date_time_add_days (writer->today, -(int) days - writer->earlier);
  return g_date_time_new_local (g_date_time_get_year (day),
                                g_date_time_get_month (day),
                                g_date_time_get_day_of_month (day),
                                hour,
                                minute,
                                0);
}

static gboolean
write_entry (Writer *writer, JsonObject *object, GError **error)
{
  g_autoptr (GDateTime) time = time_of (writer, object);
  g_autoptr (LmContent) content = lm_content_new ("entry", time);
  JsonArray *answers = lm_json_get_array (object, "answers");
  g_auto (GStrv) tags = strings_of (object, "tags");
  LmId id = lm_id_new_random ();

  lm_clock_set (writer->clock, time);
  lm_content_set_string (content, "title", lm_json_get_string (object, "title"));
  lm_content_set_string (content, "text", lm_json_get_string (object, "text"));
  lm_content_set_strings (content, "tags", (const char *const *) tags);
  if (answers != NULL)
    lm_content_set_guide (content,
                          lm_guide_get_id (writer->guide),
                          lm_guide_get_edition (writer->guide),
                          lm_guide_get_language (writer->guide));
  for (guint i = 0; i < lm_json_array_size (answers); i++)
    write_answer (writer, content, lm_json_at_object (answers, i));
  if (lm_json_get_boolean (object, "trashed"))
    lm_content_set_deleted (content, time);
  return save (writer, &id, content, error);
}

/* The made-up person goes to therapy on Thursdays at ten past five. */
static gboolean
write_appointment (Writer *writer, GError **error)
{
  int days = 4 - g_date_time_get_day_of_week (writer->today) - 7 * 20;
  g_autoptr (GDateTime) day = g_date_time_add_days (writer->today, days);
  g_autoptr (GDateTime) starts = g_date_time_new (g_date_time_get_timezone (day),
                                                  g_date_time_get_year (day),
                                                  g_date_time_get_month (day),
                                                  g_date_time_get_day_of_month (day),
                                                  17,
                                                  10,
                                                  0);
  g_autoptr (LmContent) content = lm_content_new ("appointment", writer->today);
  LmId id = lm_id_new_random ();

  lm_appointment_set (content, starts, LM_APPOINTMENT_MINUTES, 1);
  return save (writer, &id, content, error);
}

/* The same entries again, each time two years earlier, until thirty are full; then a day earlier.
 */
static gboolean
write_earlier (Writer *writer, JsonArray *entries, GError **error)
{
  guint n = lm_json_array_size (entries);

  for (guint i = n; n > 0 && i < writer->entries; i++)
    {
      guint round = i / n;

      writer->earlier = (int) (round % 15 * 730 + round / 15);
      if (!write_entry (writer, lm_json_at_object (entries, i % n), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (Writer *writer, GError **error)
{
  g_autoptr (JsonObject) root = load (error);
  JsonArray *people = lm_json_get_array (root, "people");
  JsonArray *entries = lm_json_get_array (root, "entries");

  if (root == NULL)
    return FALSE;
  for (guint i = 0; i < lm_json_array_size (people); i++)
    if (!write_person (writer, lm_json_at_object (people, i), error))
      return FALSE;
  if (!write_appointment (writer, error))
    return FALSE;
  for (guint i = 0; i < lm_json_array_size (entries); i++)
    if (!write_entry (writer, lm_json_at_object (entries, i), error))
      return FALSE;
  return write_earlier (writer, entries, error);
}

static gboolean
make (Make *data, GError **error)
{
  g_autoptr (LmSecret) passphrase = lm_secret_new_taking (g_strdup (LM_DEMO_PASSPHRASE));
  g_autoptr (LmSecret) code = NULL;
  g_autoptr (LmOpened) opened = NULL;
  g_autoptr (LmFolder) folder = NULL;
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();
  g_autoptr (LmClock) clock = lm_clock_new_set (today);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Writer writer = { NULL, clock, today, data->guide, people, data->entries, 0 };
  gboolean good;

  folder = lm_folder_create (data->path, passphrase, lm_kdf_cost_minimal (), &code, &opened, error);
  if (folder == NULL)
    return FALSE;
  writer.store = lm_store_open (folder, opened, clock, error);
  if (writer.store == NULL)
    return FALSE;
  good = write_all (&writer, error);
  return lm_store_close (writer.store, good ? error : NULL) && good;
}

static void
make_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (make (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lm_demo_make_async:
 * @path: a folder that does not exist
 * @library: for the guide that the made-up entries were written with
 * @entries: at least so many; the made-up person's own are the least there are
 *
 * Makes the demo's journal, with LM_DEMO_PASSPHRASE.
 */
void
lm_demo_make_async (const char *path,
                    LmLibrary *library,
                    guint entries,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Make *make_data = g_new (Make, 1);

  *make_data = (Make) { g_strdup (path),
                        g_object_ref (lm_library_find_guide (library, "relationship-episode")),
                        entries };
  g_task_set_task_data (task, make_data, make_free);
  g_task_run_in_thread (task, make_job);
}

gboolean
lm_demo_make_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
