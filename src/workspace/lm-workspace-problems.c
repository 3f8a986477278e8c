/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-conflicts.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-workspace-keys.h"
#include "workspace/lm-workspace-private.h"

/* What the person decides about files that came back: under a key that was given up, or after they
 * were deleted for good. */

typedef struct
{
  guint attempt;
  LmProblemItem *item;
  LmProblemAction action;
  LmRecord *record; /* nullable: as it is afterwards */
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_object_unref (settling->item);
  g_clear_pointer (&settling->record, lm_record_unref);
  g_free (settling);
}

static gboolean
settle (LmStore *store, Settling *settling, GError **error)
{
  LmRecord *record = lm_problem_item_get_record (settling->item);

  switch (settling->action)
    {
    case LM_PROBLEM_TAKE_IN:
      return lm_store_take_in (store, record, error);
    case LM_PROBLEM_BRING_OURS:
      settling->record = lm_store_bring_ours (store, &record->id, error);
      return settling->record != NULL;
    case LM_PROBLEM_TAKE_BACK:
      settling->record = lm_store_take_back (store, &record->id, error);
      return settling->record != NULL;
    case LM_PROBLEM_DELETE_AGAIN:
      settling->record = lm_store_purge_returned (store, record, error);
      return settling->record != NULL;
    case LM_PROBLEM_REMOVE_KEY:
    default:
      return lm_store_remove_slot (store, lm_problem_item_get_file (settling->item), error);
    }
}

static void
settle_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Settling *settling = data;
  GError *error = NULL;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  if (!settle (self->store, settling, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  lm_store_write_seen (self->store, NULL);
  if (settling->record != NULL && settling->record->kind == LM_RECORD_ENTRY)
    lm_record_folded (settling->record);
  g_task_return_boolean (task, TRUE);
}

/**
 * lm_workspace_settle_problem_async:
 * @item: of lm_workspace_get_problems ()
 * @action: one that lm_problem_item_offers ()
 *
 * Does what the person decided about a file that came back.
 */
void
lm_workspace_settle_problem_async (LmWorkspace *self,
                                   LmProblemItem *item,
                                   LmProblemAction action,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Settling *settling = g_new0 (Settling, 1);

  g_task_set_source_tag (task, lm_workspace_settle_problem_async);
  settling->attempt = self->attempt;
  settling->item = g_object_ref (item);
  settling->action = action;
  /* As for any deleting for good. */
  if (action == LM_PROBLEM_DELETE_AGAIN)
    lm_workspace_stop_snapshot (self);
  g_task_set_task_data (task, settling, settling_free);
  lm_writer_run (self->writer, task, settle_job);
}

gboolean
lm_workspace_settle_problem_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Settling *settling = g_task_get_task_data (G_TASK (result));
  gboolean good = g_task_propagate_boolean (G_TASK (result), error);
  guint place;

  if (settling->attempt != self->attempt || self->state != LM_WORKSPACE_OPEN)
    return good;
  if (good && g_list_store_find (self->problems, settling->item, &place))
    g_list_store_remove (self->problems, place);
  if (settling->record != NULL)
    lm_workspace_take_record (self, settling->record);
  if (good && settling->action == LM_PROBLEM_TAKE_IN)
    lm_workspace_reseal (self);
  if (settling->action == LM_PROBLEM_DELETE_AGAIN)
    lm_workspace_make_daily_snapshot (self);
  /* What was taken in is found, and a question that is still open is put again. */
  lm_workspace_rescan (self);
  return good;
}
