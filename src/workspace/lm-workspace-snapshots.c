/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "base/lm-fold.h"
#include "journal/lm-restore.h"
#include "journal/lm-store-error.h"
#include "workspace/lm-past.h"
#include "workspace/lm-workspace-private.h"

/* Snapshots, in a worker: the writer only gives its keys for reading and does the single saves of a
 * restore, between which the person's own are done. */

/* Main-thread callbacks of progress come at most this often, in files. */
#define STEPS 32

typedef struct
{
  /* What is asked for. */
  LmId journal;
  char *folder; /* the journal's */
  LmClock *clock;
  char *name; /* nullable: of a snapshot */
  char *path; /* nullable: of a new folder */
  LmRecord *past;
  GHashTable *present; /* nullable: LmId → LmRecord */
  GFileProgressCallback progress;
  gpointer progress_data;
  GTaskThreadFunc func; /* what to do when the keys are there */
  guint attempt;
  /* On the way. */
  LmVault *vault; /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  lm_clock_unref (work->clock);
  g_free (work->name);
  g_free (work->path);
  g_clear_pointer (&work->past, lm_record_unref);
  g_clear_pointer (&work->present, g_hash_table_unref);
  g_clear_pointer (&work->vault, lm_vault_unref);
  g_free (work);
}

static Work *
work_new (LmWorkspace *self, const char *name)
{
  Work *work = g_new0 (Work, 1);

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

static void
tell_progress (guint done, guint total, gpointer data)
{
  GTask *task = data;
  Work *work = g_task_get_task_data (task);
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
  Work *work = data;

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
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_run_in_thread (task, work->func);
  else
    g_task_return_error (task, error);
}

/* Does @func in a worker, with the keys in its work. Takes @task. */
static void
run_with_keys (LmWorkspace *self, GTask *task, GTaskThreadFunc func)
{
  g_autoptr (GTask) asking = g_task_new (self, NULL, vault_cb, task);
  Work *work = g_task_get_task_data (task);

  work->func = func;
  g_task_set_task_data (asking, work, NULL);
  lm_writer_run (self->writer, asking, vault_job);
}

/* Making ------------------------------------------------------------------------------------------
 */

static char *
make (GTask *task, LmSnapshots *snapshots, GCancellable *cancellable, GError **error)
{
  Work *work = g_task_get_task_data (task);

  return lm_snapshot_make (snapshots,
                           work->folder,
                           work->clock,
                           tell_progress,
                           task,
                           cancellable,
                           error);
}

static void
make_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  char *name = snapshots != NULL ? make (task, snapshots, cancellable, &error) : NULL;

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
  Work *work = work_new (self, NULL);

  g_task_set_source_tag (task, lm_workspace_make_snapshot_async);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, work_free);
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
  Work *work = data;
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
    name = make (task, snapshots, cancellable, &error);
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
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  lm_workspace_stop_snapshot (self);
  self->snapshot_stop = g_cancellable_new ();
  task = g_task_new (NULL, self->snapshot_stop, daily_cb, weak);
  g_task_set_source_tag (task, lm_workspace_make_daily_snapshot);
  g_task_set_task_data (task, work_new (self, NULL), work_free);
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
  Work *work = data;
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
  g_task_set_task_data (task, work_new (self, NULL), work_free);
  g_task_run_in_thread (task, list_job);
}

/* Returns: (transfer full) (element-type utf8): their names, oldest first; lm_snapshot_time () says
 * when they were made */
GPtrArray *
lm_workspace_list_snapshots_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static int
open_one (Work *work, GError **error)
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
state_of (Work *work, LmRecord *past)
{
  LmRecord *present = g_hash_table_lookup (work->present, &past->id);

  if (present == NULL)
    return LM_PAST_MISSING;
  return lm_restore_differs (past, present) ? LM_PAST_DIFFERENT : LM_PAST_SAME;
}

static void
read_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  int snapshot = open_one (work, &error);
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
        g_ptr_array_add (pasts, lm_past_new (record, state_of (work, record)));
    }
  g_ptr_array_sort (pasts, newest_first);
  g_task_return_pointer (task, g_steal_pointer (&pasts), (GDestroyNotify) g_ptr_array_unref);
}

static GHashTable *
present_records (LmWorkspace *self)
{
  GHashTable *present =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, NULL, (GDestroyNotify) lm_record_unref);
  GListModel *entries = G_LIST_MODEL (self->entries);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);
      LmRecord *record = lm_record_ref (lm_entry_get_record (entry));

      g_hash_table_insert (present, &record->id, record);
    }
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
  Work *work = work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_read_snapshot_async);
  work->present = present_records (self);
  g_task_set_task_data (task, work, work_free);
  run_with_keys (self, task, read_job);
}

/* Returns: (transfer full) (element-type LmPast): the entries, newest first; none from the trash */
GPtrArray *
lm_workspace_read_snapshot_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) pasts = g_task_propagate_pointer (G_TASK (result), error);

  /* Locked meanwhile: no text reaches the window any more. */
  if (pasts != NULL && (self->state != LM_WORKSPACE_OPEN || work->attempt != self->attempt))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
      return NULL;
    }
  return g_steal_pointer (&pasts);
}

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
  char *folded;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_object_unref (shown->workspace);
  lm_record_unref (shown->record);
  g_free (shown->folded);
  g_free (shown);
}

static gboolean
show_cb (gpointer data)
{
  Shown *shown = data;

  if (shown->attempt == shown->workspace->attempt && shown->workspace->state == LM_WORKSPACE_OPEN)
    lm_workspace_take_record (shown->workspace, shown->record, g_steal_pointer (&shown->folded));
  return G_SOURCE_REMOVE;
}

/* Has the main thread show @record; from any thread. */
static void
show_later (LmWorkspace *self, guint attempt, LmRecord *record)
{
  g_autofree char *text = record->kind == LM_RECORD_ENTRY ? lm_record_text (record) : NULL;
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown) { g_object_ref (self),
                     attempt,
                     lm_record_ref (record),
                     text != NULL ? lm_fold (text) : NULL };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, show_cb, shown, shown_free);
}

static LmRestoreStep *
restore_record (LmWorkspace *self, Work *work, int snapshot, LmRecord *past, GError **error)
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
  Work *work = data;
  GError *error = NULL;
  int snapshot = open_one (work, &error);
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
  Work *work = work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_async);
  work->past = lm_record_ref (lm_past_get_record (past));
  g_task_set_task_data (task, work, work_free);
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
  Work *work = data;
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
  Work *work;

  if (self->state != LM_WORKSPACE_OPEN)
    return;
  if (step->before == NULL)
    {
      LmEntry *entry = lm_workspace_find_entry (self, &step->now->id);

      if (entry != NULL)
        lm_workspace_set_deleted_async (self, entry, TRUE, put_away_cb, NULL);
      return;
    }
  task = g_task_new (self, NULL, undone_cb, NULL);
  work = work_new (self, NULL);
  work->past = lm_record_ref (step->before);
  g_task_set_task_data (task, work, work_free);
  lm_writer_run (self->writer, task, undo_job);
}

/* Everything ------------------------------------------------------------------------------------
 */

/* One record that the worker has the writer bring back, and waits for. */
typedef struct
{
  Work *work;
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
    GTask *task, Work *work, int snapshot, GCancellable *cancellable, GError **error)
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
      tell_progress (i + 1, records->len, task);
    }
  g_mutex_clear (&errand.lock);
  g_cond_clear (&errand.cond);
  return changed;
}

static void
restore_all_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (&work->journal, &error);
  int snapshot = snapshots != NULL ? lm_snapshots_open_one (snapshots, work->name, &error) : -1;
  g_autofree char *before = snapshot >= 0 ? make (task, snapshots, cancellable, &error) : NULL;
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
  Work *work = work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_all_async);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, work_free);
  run_with_keys (self, task, restore_all_job);
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
  Work *work = data;
  GError *error = NULL;
  int snapshot = open_one (work, &error);
  gboolean good = snapshot >= 0 &&
                  lm_restore_whole (snapshot, work->path, tell_progress, task, cancellable, &error);

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
  Work *work = work_new (self, name);

  g_task_set_source_tag (task, lm_workspace_restore_to_folder_async);
  work->path = g_strdup (path);
  work->progress = progress;
  work->progress_data = progress_data;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, to_folder_job);
}

gboolean
lm_workspace_restore_to_folder_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
