/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-changes.h"
#include "workspace/lm-workspace-private.h"

/* Changes of one or more records that can be taken back. */

typedef struct
{
  LmUndo *undo;
  LmId id; /* of the first record */
  guint left;
  GError *error; /* nullable: the first that happened */
  gpointer func_data;
  GDestroyNotify func_data_free; /* nullable */
} Changes;

static void
changes_free (gpointer data)
{
  Changes *changes = data;

  if (changes->func_data_free != NULL)
    changes->func_data_free (changes->func_data);
  lm_undo_unref (changes->undo);
  g_clear_error (&changes->error);
  g_free (changes);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Changes *changes = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  LmRecord *before = NULL;
  LmRecord *after =
      lm_workspace_change_record_finish (LM_WORKSPACE (source), result, &before, &error);

  if (after != NULL)
    lm_undo_add (changes->undo, before, after);
  else if (changes->error == NULL)
    changes->error = g_steal_pointer (&error);
  if (--changes->left > 0)
    return;
  if (changes->error != NULL)
    g_task_return_error (task, g_steal_pointer (&changes->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
change (LmWorkspace *self,
        GArray *ids,
        const char *kind,
        LmChangeFunc func,
        gpointer func_data,
        GDestroyNotify func_data_free,
        GAsyncReadyCallback callback,
        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Changes *changes = g_new0 (Changes, 1);

  g_task_set_source_tag (task, change);
  changes->undo = lm_undo_new ();
  changes->left = ids->len;
  changes->func_data = func_data;
  changes->func_data_free = func_data_free;
  g_task_set_task_data (task, changes, changes_free);
  if (ids->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    changes->id = g_array_index (ids, LmId, 0);
  for (guint i = 0; i < ids->len; i++)
    lm_workspace_change_record_async (self,
                                      &g_array_index (ids, LmId, i),
                                      kind,
                                      func,
                                      func_data,
                                      NULL,
                                      changed_cb,
                                      g_object_ref (task));
}

/**
 * lm_workspace_change_one_async:
 * @kind: (nullable): what the record becomes if it does not exist; %NULL if it must be there
 * @func_data_free: (nullable):
 */
void
lm_workspace_change_one_async (LmWorkspace *self,
                               const LmId *id,
                               const char *kind,
                               LmChangeFunc func,
                               gpointer func_data,
                               GDestroyNotify func_data_free,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LmId));

  g_array_append_val (ids, *id);
  change (self, ids, kind, func, func_data, func_data_free, callback, data);
}

/* Changes the records with the ids in @ids (of #LmId), which are there. */
void
lm_workspace_change_each_async (LmWorkspace *self,
                                GArray *ids,
                                LmChangeFunc func,
                                gpointer func_data,
                                GDestroyNotify func_data_free,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  change (self, ids, NULL, func, func_data, func_data_free, callback, data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if not all could be saved */
LmUndo *
lm_workspace_change_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Changes *changes = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? lm_undo_ref (changes->undo) : NULL;
}

/* Returns: the id of the record that was changed */
const LmId *
lm_workspace_change_get_id (GAsyncResult *result)
{
  return &((Changes *) g_task_get_task_data (G_TASK (result)))->id;
}
