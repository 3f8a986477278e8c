/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-attachments.h"
#include "workspace/lm-workspace-private.h"

/* Writing the journal out as plain files, in a worker. Attachments are opened in the writer's
 * thread, which has the store: the worker waits for it, one attachment after the other. */

typedef struct
{
  GPtrArray *records;
  char *path;
  LmExportReport *report; /* nullable: taken */
  GFileProgressCallback progress;
  gpointer progress_data;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_ptr_array_unref (export->records);
  g_clear_pointer (&export->report, lm_export_report_free);
  g_free (export->path);
  g_free (export);
}

typedef struct
{
  GFileProgressCallback progress;
  gpointer data;
  guint done;
  guint total;
} Step;

static gboolean
tell_step_cb (gpointer data)
{
  Step *step = data;

  step->progress (step->done, step->total, step->data);
  return G_SOURCE_REMOVE;
}

static gboolean
export_progress (guint done, guint total, gpointer data)
{
  GTask *task = data;
  Export *export = g_task_get_task_data (task);

  if (export->progress != NULL && (done % 64 == 0 || done == total))
    {
      Step *step = g_new (Step, 1);

      *step = (Step) { export->progress, export->progress_data, done, total };
      g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_step_cb, step, g_free);
    }
  return !g_cancellable_is_cancelled (g_task_get_cancellable (task));
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean done;
  gboolean good;
  const LmAttachment *attachment;
  GOutputStream *out;
  GError *error;
} Reading;

static void
read_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Reading *reading = data;

  if (self->store != NULL)
    reading->good = lm_store_read_attachment (self->store,
                                              reading->attachment,
                                              reading->out,
                                              g_task_get_cancellable (task),
                                              &reading->error);
  else
    g_set_error_literal (&reading->error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  g_task_return_boolean (task, TRUE);
  /* The last look at it: it is on the stack of who waits. */
  g_mutex_lock (&reading->mutex);
  reading->done = TRUE;
  g_cond_signal (&reading->cond);
  g_mutex_unlock (&reading->mutex);
}

static gboolean
export_read (const LmAttachment *attachment, GOutputStream *out, gpointer data, GError **error)
{
  GTask *task = data;
  LmWorkspace *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GTask) read = g_task_new (self, cancellable, NULL, NULL);
  Reading reading = { .attachment = attachment, .out = out };

  g_mutex_init (&reading.mutex);
  g_cond_init (&reading.cond);
  g_task_set_task_data (read, &reading, NULL);
  lm_writer_run (self->writer, read, read_job);
  g_mutex_lock (&reading.mutex);
  while (!reading.done)
    g_cond_wait (&reading.cond, &reading.mutex);
  g_mutex_unlock (&reading.mutex);
  g_mutex_clear (&reading.mutex);
  g_cond_clear (&reading.cond);
  if (reading.error != NULL)
    g_propagate_error (error, reading.error);
  return reading.good;
}

static void
export_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  LmExportSource from = { export_read, export_progress, task };
  GError *error = NULL;

  if (lm_export_run (export->path, export->records, &from, export->report, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
add_records (GPtrArray *records, GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (list, i);

      g_ptr_array_add (records, lm_record_ref (lm_entry_get_record (entry)));
    }
}

/**
 * lm_workspace_export_async:
 * @entries: (nullable) (element-type LmEntry): what to write; %NULL for everything
 * @with_sealed: whether everything includes what is out of sight until a day
 * @path: a new or empty folder
 * @cancellable: (nullable): to stop; then nothing is left
 * @progress: (nullable): called in the main thread with records done and in all; not after
 *   @cancellable was cancelled by whom @progress_data belongs to
 *
 * Writes plain, readable files, as Markdown and as JSON, with the attachments as they were.
 */
void
lm_workspace_export_async (LmWorkspace *self,
                           GPtrArray *entries,
                           gboolean with_sealed,
                           const char *path,
                           GCancellable *cancellable,
                           GFileProgressCallback progress,
                           gpointer progress_data,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Export *export = g_new0 (Export, 1);

  g_task_set_source_tag (task, lm_workspace_export_async);
  export->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  export->report = lm_export_report_new ();
  export->path = g_strdup (path);
  export->progress = progress;
  export->progress_data = progress_data;
  add_records (export->records, G_LIST_MODEL (self->people));
  if (entries == NULL)
    {
      add_records (export->records, G_LIST_MODEL (self->entries));
      if (with_sealed)
        add_records (export->records, G_LIST_MODEL (self->sealed));
      add_records (export->records, G_LIST_MODEL (self->others));
      add_records (export->records, G_LIST_MODEL (self->appointments));
      add_records (export->records, G_LIST_MODEL (self->guides));
    }
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    g_ptr_array_add (export->records, lm_record_ref (lm_entry_get_record (entries->pdata[i])));
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_job);
}

/**
 * lm_workspace_export_finish:
 * @report: (out) (optional) (transfer full): what is to be told, on success and on failure
 */
gboolean
lm_workspace_export_finish (LmWorkspace *self,
                            GAsyncResult *result,
                            LmExportReport **report,
                            GError **error)
{
  Export *export = g_task_get_task_data (G_TASK (result));

  if (report != NULL)
    *report = g_steal_pointer (&export->report);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lm_workspace_words_on_paper:
 * @entry: an entry that is open to be read
 *
 * Returns: (transfer full): what is printed of it, as Markdown; wipe it with lm_text_wipe ()
 */
char *
lm_workspace_words_on_paper (LmWorkspace *self, LmEntry *entry)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GHashTable) names = NULL;
  GListModel *people = lm_workspace_get_people (self);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (LmEntry) person = g_list_model_get_item (people, i);

      g_ptr_array_add (records, lm_entry_get_record (person));
    }
  names = lm_export_names (records);
  return lm_export_words (lm_entry_get_record (entry), names);
}
