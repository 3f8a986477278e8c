/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-loss-item.h"
#include "workspace/lm-workspace-private.h"

/* Telling what is not as this computer last saw it, and what the person decides. */

struct _LmLossItem
{
  GObject parent_instance;

  LmLoss *loss; /* the writer's thread looks into it too: never changed */
};

G_DEFINE_FINAL_TYPE (LmLossItem, lm_loss_item, G_TYPE_OBJECT)

static void
lm_loss_item_finalize (GObject *object)
{
  lm_loss_free (LM_LOSS_ITEM (object)->loss);
  G_OBJECT_CLASS (lm_loss_item_parent_class)->finalize (object);
}

static void
lm_loss_item_class_init (LmLossItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_loss_item_finalize;
}

static void
lm_loss_item_init (LmLossItem *self)
{
}

/* Takes @loss. */
LmLossItem *
lm_loss_item_new (LmLoss *loss)
{
  LmLossItem *self = g_object_new (LM_TYPE_LOSS_ITEM, NULL);

  self->loss = loss;
  return self;
}

LmLossKind
lm_loss_item_get_kind (LmLossItem *self)
{
  return self->loss->kind;
}

/* Returns: (transfer none) (nullable): the record as it is now */
LmRecord *
lm_loss_item_get_present (LmLossItem *self)
{
  return self->loss->present;
}

/* Returns: (transfer none) (nullable): what can be brought back */
LmRecord *
lm_loss_item_get_lost (LmLossItem *self)
{
  return self->loss->lost;
}

/* Finding ----------------------------------------------------------------------------------------
 */

static void
find_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  GPtrArray *losses = NULL;

  if (self->store != NULL)
    losses = lm_store_find_losses (self->store, NULL);
  g_task_return_pointer (task, losses, (GDestroyNotify) g_ptr_array_unref);
}

/* Whether @losses are those that are told already: a row that somebody is at stays. */
static gboolean
is_known (LmWorkspace *self, GPtrArray *losses)
{
  GListModel *known = G_LIST_MODEL (self->losses);

  if (g_list_model_get_n_items (known) != losses->len)
    return FALSE;
  for (guint i = 0; i < losses->len; i++)
    {
      g_autoptr (LmLossItem) item = g_list_model_get_item (known, i);
      LmLoss *loss = losses->pdata[i];

      if (!lm_id_equal (&item->loss->id, &loss->id) || item->loss->kind != loss->kind ||
          (item->loss->lost == NULL) != (loss->lost == NULL) ||
          (loss->present != NULL &&
           !lm_id_equal (&item->loss->present->hash, &loss->present->hash)))
        return FALSE;
    }
  return TRUE;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  g_autoptr (GPtrArray) losses = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (losses == NULL || GPOINTER_TO_UINT (data) != self->attempt || is_known (self, losses))
    return;
  g_ptr_array_set_free_func (losses, NULL);
  for (guint i = 0; i < losses->len; i++)
    g_ptr_array_add (items, lm_loss_item_new (losses->pdata[i]));
  g_list_store_splice (self->losses,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->losses)),
                       items->pdata,
                       items->len);
}

/* Compares the journal with what was seen, behind everything that the writer has to do. To be
 * called when all was loaded, and when something has changed on the disk. */
void
lm_workspace_check_losses (LmWorkspace *self)
{
  g_autoptr (GTask) task = NULL;

  /* A copy is what it was when it was made. */
  if (self->folder_before != NULL)
    return;
  task = g_task_new (self, NULL, found_cb, GUINT_TO_POINTER (self->attempt));
  g_task_set_source_tag (task, lm_workspace_check_losses);
  lm_writer_run (self->writer, task, find_job);
}

/* Returns: (transfer none): as #LmLossItem, what is not as it was */
GListModel *
lm_workspace_get_losses (LmWorkspace *self)
{
  return G_LIST_MODEL (self->losses);
}

/* Deciding ------------------------------------------------------------------------------------- */

typedef struct
{
  LmLossItem *item;
  gboolean undo;
  LmRecord *record; /* nullable: as it is afterwards */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_object_unref (decision->item);
  g_clear_pointer (&decision->record, lm_record_unref);
  g_free (decision);
}

static void
decide_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Decision *decision = data;
  LmLoss *loss = decision->item->loss;
  GError *error = NULL;
  gboolean good;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  if (decision->undo)
    good = (decision->record = lm_store_undo_loss (self->store, loss, &error)) != NULL;
  else
    good = lm_store_accept_loss (self->store, loss, &decision->record, &error);
  if (!good)
    {
      g_task_return_error (task, error);
      return;
    }
  /* A decision is not asked for twice. */
  lm_store_write_seen (self->store, NULL);
  if (decision->record != NULL && decision->record->kind == LM_RECORD_ENTRY)
    lm_record_folded (decision->record);
  g_task_return_boolean (task, TRUE);
}

static void
decide_async (
    LmWorkspace *self, LmLossItem *item, gboolean undo, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Decision *decision = g_new0 (Decision, 1);

  g_task_set_source_tag (task, decide_async);
  decision->item = g_object_ref (item);
  decision->undo = undo;
  g_task_set_task_data (task, decision, decision_free);
  lm_writer_run (self->writer, task, decide_job);
}

/* Brings back what @item has lost. */
void
lm_workspace_undo_loss_async (LmWorkspace *self,
                              LmLossItem *item,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  decide_async (self, item, TRUE, callback, data);
}

/* The person wants it as it is. */
void
lm_workspace_accept_loss_async (LmWorkspace *self,
                                LmLossItem *item,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  decide_async (self, item, FALSE, callback, data);
}

gboolean
lm_workspace_decide_loss_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Decision *decision = g_task_get_task_data (G_TASK (result));
  guint place;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (self->state != LM_WORKSPACE_OPEN)
    return TRUE;
  if (g_list_store_find (self->losses, decision->item, &place))
    g_list_store_remove (self->losses, place);
  if (decision->record != NULL)
    lm_workspace_take_record (self, decision->record);
  return TRUE;
}
