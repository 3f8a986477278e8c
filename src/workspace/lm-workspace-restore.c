/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "journal/lm-restore.h"
#include "workspace/lm-past.h"
#include "workspace/lm-snapshot-work.h"

/* Bringing back -------------------------------------------------------------------------------- */

static gboolean
check_open (LmWorkspace *self, GError **error)
{
  if (self->store != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  return FALSE;
}

/* What was saved, on its way to the lists. */
typedef struct
{
  LmWorkspace *workspace;
  guint attempt;
  LmRecord *record;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_object_unref (shown->workspace);
  lm_record_unref (shown->record);
  g_free (shown);
}

static gboolean
show_cb (gpointer data)
{
  Shown *shown = data;

  if (shown->attempt == shown->workspace->attempt && shown->workspace->state == LM_WORKSPACE_OPEN)
    lm_workspace_take_record (shown->workspace, shown->record);
  return G_SOURCE_REMOVE;
}

/* Has the main thread show @record; from any thread. */
static void
show_later (LmWorkspace *self, guint attempt, LmRecord *record)
{
  Shown *shown = g_new (Shown, 1);

  if (record->kind == LM_RECORD_ENTRY)
    lm_record_folded (record);
  *shown = (Shown) { g_object_ref (self), attempt, lm_record_ref (record) };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_cb, shown, shown_free);
}

static LmRestoreStep *
restore_record (
    LmWorkspace *self, LmSnapshotWork *work, int snapshot, LmRecord *past, GError **error)
{
  LmRestoreStep *step;
  LmRestored restored;
  LmRecord *before = NULL, *now;

  if (!check_open (self, error))
    return NULL;
  now = lm_restore_one (self->store, snapshot, past, &restored, &before, error);
  if (now == NULL)
    return NULL;
  step = g_new (LmRestoreStep, 1);
  *step =
      (LmRestoreStep) { now, before, restored != LM_RESTORED_SAME && restored != LM_RESTORED_NOT };
  if (step->changed)
    show_later (self, work->attempt, now);
  return step;
}

static void
restore_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  LmSnapshotWork *work = data;
  GError *error = NULL;
  int snapshot = lm_snapshot_work_open (work, &error);
  LmRestoreStep *step =
      snapshot >= 0 ? restore_record (self, work, snapshot, work->past, &error) : NULL;

  if (snapshot >= 0)
    close (snapshot);
  if (step != NULL)
    g_task_return_pointer (task, step, (GDestroyNotify) lm_restore_step_free);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_restore_async:
 * @name: the snapshot that @past is in
 *
 * Brings one entry back. The present state is kept as a version.
 */
void
lm_workspace_restore_async (
    LmWorkspace *self, const char *name, LmPast *past, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  LmSnapshotWork *work = lm_snapshot_work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_async);
  work->past = lm_record_ref (lm_past_get_record (past));
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  lm_writer_run (self->writer, task, restore_job);
}

/* Returns: (transfer full): what was done */
LmRestoreStep *
lm_workspace_restore_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  LmSnapshotWork *work = data;
  g_autoptr (LmRecord) present = NULL, saved = NULL;
  g_autoptr (LmContent) content = lm_record_content (work->past);
  GError *error = NULL;

  if (check_open (self, &error))
    present = lm_store_read (self->store, &work->past->id, &error);
  if (present != NULL)
    saved = lm_store_save (self->store, &present->id, content, present, NULL, &error);
  if (saved == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  show_later (self, work->attempt, saved);
  g_task_return_boolean (task, TRUE);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit_by_name (source, "change-failed", error);
}

static void
put_away_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_set_deleted_finish (LM_WORKSPACE (source), result, &error))
    g_signal_emit_by_name (source, "change-failed", error);
}

/* Takes back what lm_workspace_restore_async () did: the state before is saved again, and what was
 * not there goes into the trash. A failure is told by "change-failed". */
void
lm_workspace_undo_restore (LmWorkspace *self, LmRestoreStep *step)
{
  g_autoptr (GTask) task = NULL;
  LmSnapshotWork *work;

  if (self->state != LM_WORKSPACE_OPEN)
    return;
  if (step->before == NULL)
    {
      LmEntry *entry = lm_workspace_find_any (self, &step->now->id);

      if (entry != NULL)
        lm_workspace_set_deleted_async (self, entry, TRUE, put_away_cb, NULL);
      return;
    }
  task = g_task_new (self, NULL, undone_cb, NULL);
  work = lm_snapshot_work_new (self, NULL);
  work->past = lm_record_ref (step->before);
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  lm_writer_run (self->writer, task, undo_job);
}

/* Everything ------------------------------------------------------------------------------------
 */

/* One record that the worker has the writer bring back, and waits for. */
typedef struct
{
  LmSnapshotWork *work;
  int snapshot;
  LmRecord *past;
  GMutex lock;
  GCond cond;
  gboolean done;
  gboolean changed;
  GError *error;
} Errand;

static void
errand_job (GTask *task, gpointer data)
{
  Errand *errand = data;
  g_autoptr (LmRestoreStep) step = restore_record (g_task_get_source_object (task),
                                                   errand->work,
                                                   errand->snapshot,
                                                   errand->past,
                                                   &errand->error);

  /* Before the worker goes on: then the errand is gone. */
  g_task_return_boolean (task, TRUE);
  g_mutex_lock (&errand->lock);
  errand->changed = step != NULL && step->changed;
  errand->done = TRUE;
  g_cond_signal (&errand->cond);
  g_mutex_unlock (&errand->lock);
}

static gboolean
run_errand (LmWorkspace *self, Errand *errand, GError **error)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  errand->done = FALSE;
  g_task_set_task_data (task, errand, NULL);
  lm_writer_run (self->writer, task, errand_job);
  g_object_unref (task);
  g_mutex_lock (&errand->lock);
  while (!errand->done)
    g_cond_wait (&errand->cond, &errand->lock);
  g_mutex_unlock (&errand->lock);
  if (errand->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&errand->error));
  return FALSE;
}

static gssize
restore_everything (
    GTask *task, LmSnapshotWork *work, int snapshot, GCancellable *cancellable, GError **error)
{
  LmWorkspace *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) records =
      lm_snapshot_load (snapshot, work->vault, NULL, cancellable, error);
  Errand errand = { work, snapshot };
  gssize changed = 0;

  if (records == NULL)
    return -1;
  g_mutex_init (&errand.lock);
  g_cond_init (&errand.cond);
  for (guint i = 0; i < records->len && changed >= 0; i++)
    {
      errand.past = records->pdata[i];
      errand.changed = FALSE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          (lm_restore_is_wanted (errand.past) && !run_errand (self, &errand, error)))
        changed = -1;
      else
        changed += errand.changed;
      lm_snapshot_work_progress (i + 1, records->len, task);
    }
  g_mutex_clear (&errand.lock);
  g_cond_clear (&errand.cond);
  return changed;
}

static void
restore_all_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  int snapshot = snapshots != NULL ? lm_snapshots_open_one (snapshots, work->name, &error) : -1;
  g_autofree char *before =
      snapshot >= 0 ? lm_snapshot_work_make (task, snapshots, cancellable, &error) : NULL;
  gssize changed = -1;

  if (before != NULL)
    changed = restore_everything (task, work, snapshot, cancellable, &error);
  if (snapshot >= 0)
    close (snapshot);
  if (changed >= 0)
    g_task_return_int (task, changed);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_restore_all_async:
 * @name: of lm_workspace_list_snapshots_finish ()
 * @cancellable: (nullable): to stop; what was brought back until then stays so
 * @progress: (nullable): called in the main thread with records done and in all; not after
 *   @cancellable was cancelled
 *
 * Makes a snapshot of the present, and then brings back every record that is not as it was. What is
 * newer than the snapshot stays, and each present state is kept as a version.
 */
void
lm_workspace_restore_all_async (LmWorkspace *self,
                                const char *name,
                                GCancellable *cancellable,
                                GFileProgressCallback progress,
                                gpointer progress_data,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  LmSnapshotWork *work = lm_snapshot_work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_all_async);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  lm_snapshot_work_run (self, task, restore_all_job);
}

/* Returns: how many records have changed, or -1 */
gssize
lm_workspace_restore_all_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

static void
to_folder_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LmSnapshotWork *work = data;
  GError *error = NULL;
  int snapshot = lm_snapshot_work_open (work, &error);
  gboolean good =
      snapshot >= 0 &&
      lm_restore_whole (snapshot, work->path, lm_snapshot_work_progress, task, cancellable, &error);

  if (snapshot >= 0)
    close (snapshot);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_restore_to_folder_async:
 * @path: a new or empty folder
 * @cancellable: (nullable): to stop; then nothing is left
 *
 * Writes a whole snapshot as a journal of its own. It opens with the same passphrase.
 */
void
lm_workspace_restore_to_folder_async (LmWorkspace *self,
                                      const char *name,
                                      const char *path,
                                      GCancellable *cancellable,
                                      GFileProgressCallback progress,
                                      gpointer progress_data,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  LmSnapshotWork *work = lm_snapshot_work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_to_folder_async);
  work->path = g_strdup (path);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, lm_snapshot_work_free);
  g_task_run_in_thread (task, to_folder_job);
}

gboolean
lm_workspace_restore_to_folder_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
