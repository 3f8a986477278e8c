/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "journal/lm-restore.h"
#include "journal/lm-store-error.h"
#include "workspace/lm-past.h"
#include "workspace/lm-snapshot-work.h"

/* Snapshots, in a worker: the writer only gives its keys for reading and does the single saves of a
 * restore, between which the person's own are done. */

/* Main-thread callbacks of progress come at most this often, in files. */
#define STEPS 32

void
lm_snapshot_work_free (gpointer data)
{
  LmSnapshotWork *work = data;

  g_free (work->folder);
  lm_clock_unref (work->clock);
  g_free (work->name);
  g_free (work->path);
  g_clear_pointer (&work->past, lm_record_unref);
  g_clear_pointer (&work->present, g_hash_table_unref);
  g_clear_pointer (&work->now, g_date_time_unref);
  g_clear_pointer (&work->vault, lm_vault_unref);
  g_free (work);
}

LmSnapshotWork *
lm_snapshot_work_new (LmWorkspace *self, const char *name)
{
  LmSnapshotWork *work = g_new0 (LmSnapshotWork, 1);

  work->journal = *lm_folder_journal (self->folder);
  work->folder = g_strdup (self->path);
  work->clock = lm_clock_ref (self->clock);
  work->name = g_strdup (name);
  work->attempt = self->attempt;
  return work;
}

/* Telling how far it is, in the main thread ------------------------------------------------------
 */

typedef struct
{
  GFileProgressCallback progress;
  gpointer data;
  GCancellable *cancellable; /* nullable */
  guint done;
  guint total;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_object (&step->cancellable);
  g_free (step);
}

static gboolean
tell_step_cb (gpointer data)
{
  Step *step = data;

  if (!g_cancellable_is_cancelled (step->cancellable))
    step->progress (step->done, step->total, step->data);
  return G_SOURCE_REMOVE;
}

void
lm_snapshot_work_progress (guint done, guint total, gpointer data)
{
  GTask *task = data;
  LmSnapshotWork *work = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Step *step;

  if (work->progress == NULL || (done % STEPS != 0 && done != total))
    return;
  step = g_new (Step, 1);
  *step = (Step) { work->progress,
                   work->progress_data,
                   cancellable != NULL ? g_object_ref (cancellable) : NULL,
                   done,
                   total };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, tell_step_cb, step, step_free);
}

/* Work that needs the keys ------------------------------------------------------------------------
 */

static void
vault_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  LmSnapshotWork *work = data;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  work->vault = lm_vault_ref (lm_store_vault (self->store));
  g_task_return_boolean (task, TRUE);
}

static void
vault_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LmSnapshotWork *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_run_in_thread (task, work->func);
  else
    g_task_return_error (task, error);
}

/* Does @func in a worker, with the keys in its work. Takes @task. */
void
lm_snapshot_work_run (LmWorkspace *self, GTask *task, GTaskThreadFunc func)
{
  g_autoptr (GTask) asking = g_task_new (self, NULL, vault_cb, task);
  LmSnapshotWork *work = g_task_get_task_data (task);

  work->func = func;
  g_task_set_task_data (asking, work, NULL);
  lm_writer_run (self->writer, asking, vault_job);
}

/* Making ------------------------------------------------------------------------------------------
 */

char *
lm_snapshot_work_make (GTask *task,
                       LmSnapshots *snapshots,
                       GCancellable *cancellable,
                       GError **error)
{
  LmSnapshotWork *work = g_task_get_task_data (task);

  return lm_snapshot_make (snapshots,
                           work->folder,
                           work->clock,
                           lm_snapshot_work_progress,
                           task,
                           cancellable,
                           error);
}

static void
make_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  char *name =
      snapshots != NULL ? lm_snapshot_work_make (task, snapshots, cancellable, &error) : NULL;

  if (name != NULL)
    g_task_return_pointer (task, name, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_make_snapshot_async:
 * @cancellable: (nullable): to stop; then nothing is left
 * @progress: (nullable): called in the main thread with files done and in all; not after
 *   @cancellable was cancelled
 *
 * Copies the journal as it is now, on this computer.
 */
void
lm_workspace_make_snapshot_async (LmWorkspace *self,
                                  GCancellable *cancellable,
                                  GFileProgressCallback progress,
                                  gpointer progress_data,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  LmSnapshotWork *work = lm_snapshot_work_new (self, NULL);

  g_task_set_source_tag (task, lm_workspace_make_snapshot_async);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  g_task_run_in_thread (task, make_job);
}

/* Returns: (transfer full): its name */
char *
lm_workspace_make_snapshot_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* One a day, and only as many as are wanted. */
static void
daily_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  g_autoptr (GDateTime) now = lm_clock_now (work->clock);
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  g_autoptr (GPtrArray) names = snapshots != NULL ? lm_snapshots_list (snapshots, &error) : NULL;
  g_autofree char *name = NULL;

  if (names != NULL && !lm_snapshot_is_due (names, now))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (names != NULL)
    name = lm_snapshot_work_make (task, snapshots, cancellable, &error);
  if (name != NULL && lm_snapshots_thin (snapshots, now, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
daily_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *weak = data;
  g_autoptr (LmWorkspace) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (weak);
  g_free (weak);
  /* Another one may have been begun meanwhile. */
  if (self != NULL && self->snapshot_stop == g_task_get_cancellable (G_TASK (result)))
    g_clear_object (&self->snapshot_stop);
  if (!g_task_propagate_boolean (G_TASK (result), &error) &&
      !g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_BUSY) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self != NULL)
    g_signal_emit_by_name (self, "change-failed", error);
}

/* Makes the snapshot of this day, if there is none yet. It keeps nothing alive: who is done with
 * @self does not wait for it. */
void
lm_workspace_make_daily_snapshot (LmWorkspace *self)
{
  g_autoptr (GTask) task = NULL;
  GWeakRef *weak;

  /* What may be a copy has no place among the snapshots of the journal. */
  if (self->folder_before != NULL)
    return;
  weak = g_new (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  lm_workspace_stop_snapshot (self);
  self->snapshot_stop = g_cancellable_new ();
  task = g_task_new (NULL, self->snapshot_stop, daily_cb, weak);
  g_task_set_source_tag (task, lm_workspace_make_daily_snapshot);
  g_task_set_task_data (task, lm_snapshot_work_new (self, NULL), lm_snapshot_work_free);
  g_task_run_in_thread (task, daily_job);
}

/* The journal is closed: a snapshot that is being made is given up. */
void
lm_workspace_stop_snapshot (LmWorkspace *self)
{
  if (self->snapshot_stop != NULL)
    g_cancellable_cancel (self->snapshot_stop);
  g_clear_object (&self->snapshot_stop);
}

/* Listing and looking
 * ------------------------------------------------------------------------------ */

static void
list_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  GPtrArray *names = snapshots != NULL ? lm_snapshots_list (snapshots, &error) : NULL;

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
lm_workspace_list_snapshots_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_list_snapshots_async);
  g_task_set_task_data (task, lm_snapshot_work_new (self, NULL), lm_snapshot_work_free);
  g_task_run_in_thread (task, list_job);
}

/* Returns: (transfer full) (element-type utf8): their names, oldest first; lm_snapshot_time () says
 * when they were made */
GPtrArray *
lm_workspace_list_snapshots_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

int
lm_snapshot_work_open (LmSnapshotWork *work, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, error);

  return snapshots != NULL ? lm_snapshots_open_one (snapshots, work->name, error) : -1;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  LmRecord *x = lm_past_get_record (*(LmPast *const *) a),
           *y = lm_past_get_record (*(LmPast *const *) b);
  int order = g_date_time_compare (y->created, x->created);

  return order != 0 ? order : lm_id_compare (&x->id, &y->id);
}

static LmPastState
state_of (LmSnapshotWork *work, LmRecord *past)
{
  LmRecord *present = g_hash_table_lookup (work->present, &past->id);

  if (present == NULL)
    return LM_PAST_MISSING;
  return lm_restore_differs (past, present) ? LM_PAST_DIFFERENT : LM_PAST_SAME;
}

/* One whose seal was opened early is in sight in every snapshot. */
static gboolean
is_sealed (LmSnapshotWork *work, LmRecord *past)
{
  LmRecord *present = g_hash_table_lookup (work->present, &past->id);

  return lm_record_is_sealed (past, work->now) &&
         (present == NULL || lm_record_is_sealed (present, work->now));
}

static void
read_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  int snapshot = lm_snapshot_work_open (work, &error);
  g_autoptr (GPtrArray) records =
      snapshot >= 0 ? lm_snapshot_load (snapshot, work->vault, NULL, cancellable, &error) : NULL;
  g_autoptr (GPtrArray) pasts = g_ptr_array_new_with_free_func (g_object_unref);

  if (snapshot >= 0)
    close (snapshot);
  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];

      if (record->kind == LM_RECORD_ENTRY && !record->deleted)
        g_ptr_array_add (pasts,
                         lm_past_new (record, state_of (work, record), is_sealed (work, record)));
    }
  g_ptr_array_sort (pasts, newest_first);
  g_task_return_pointer (task, g_steal_pointer (&pasts), (GDestroyNotify) g_ptr_array_unref);
}

static void
add_present (GHashTable *present, GListModel *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);
      LmRecord *record = lm_record_ref (lm_entry_get_record (entry));

      g_hash_table_insert (present, &record->id, record);
    }
}

static GHashTable *
present_records (LmWorkspace *self)
{
  GHashTable *present =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, NULL, (GDestroyNotify) lm_record_unref);

  add_present (present, G_LIST_MODEL (self->entries));
  add_present (present, G_LIST_MODEL (self->sealed));
  return present;
}

/**
 * lm_workspace_read_snapshot_async:
 * @name: of lm_workspace_list_snapshots_finish ()
 *
 * Reads the entries in a snapshot and compares them with the present ones.
 */
void
lm_workspace_read_snapshot_async (LmWorkspace *self,
                                  const char *name,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  LmSnapshotWork *work = lm_snapshot_work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_read_snapshot_async);
  work->present = present_records (self);
  work->now = lm_clock_now (self->clock);
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  lm_snapshot_work_run (self, task, read_job);
}

/* Returns: (transfer full) (element-type LmPast): the entries, newest first; none from the trash */
GPtrArray *
lm_workspace_read_snapshot_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  LmSnapshotWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) pasts = g_task_propagate_pointer (G_TASK (result), error);

  /* Locked meanwhile: no text reaches the window any more. */
  if (pasts != NULL && (self->state != LM_WORKSPACE_OPEN || work->attempt != self->attempt))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
      return NULL;
    }
  return g_steal_pointer (&pasts);
}
