/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content-parts.h"
#include "workspace/lm-workspace-private.h"
#include "workspace/lm-workspace-sealed.h"

/* A seal is a courtesy: it keeps an entry out of sight until a day, and no more. So sealed entries
 * have a list of their own, which only the page that shows their days looks at. */

/* A journal may stay open past midnight. */
#define CHECK_S 300

/* Returns: (transfer none): the sealed entries, as #LmEntry, unsorted */
GListModel *
lm_workspace_get_sealed (LmWorkspace *self)
{
  return G_LIST_MODEL (self->sealed);
}

/* Returns: (transfer none) (nullable): the sealed entry with the id @id */
LmEntry *
lm_workspace_find_sealed (LmWorkspace *self, const LmId *id)
{
  return lm_entry_list_find (self->sealed, id);
}

/* Returns: (transfer none) (nullable): the entry with the id @id, in sight or not */
LmEntry *
lm_workspace_find_any (LmWorkspace *self, const LmId *id)
{
  LmEntry *entry = lm_entry_list_find (self->entries, id);

  return entry != NULL ? entry : lm_entry_list_find (self->sealed, id);
}

/* Whether @record is out of sight now. */
gboolean
lm_workspace_is_sealed (LmWorkspace *self, LmRecord *record)
{
  g_autoptr (GDateTime) now = NULL;

  /* Hardly one is: ten thousand looks at the clock take longer than all else of them. */
  if (record->sealed_until == NULL)
    return FALSE;
  now = lm_clock_now (self->clock);
  return lm_record_is_sealed (record, now);
}

/* Brings those into sight whose day has come. */
void
lm_workspace_check_seals (LmWorkspace *self)
{
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sealed)); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->sealed), i);

      if (!lm_workspace_is_sealed (self, lm_entry_get_record (entry)))
        g_ptr_array_add (opened, lm_record_ref (lm_entry_get_record (entry)));
    }
  for (guint i = 0; i < opened->len; i++)
    lm_workspace_take_record (self, opened->pdata[i]);
}

static gboolean
check_cb (gpointer data)
{
  lm_workspace_check_seals (data);
  return G_SOURCE_CONTINUE;
}

/* From when the entries have arrived. */
void
lm_workspace_watch_seals (LmWorkspace *self)
{
  g_clear_handle_id (&self->seal_timer, g_source_remove);
  self->seal_timer = g_timeout_add_seconds (CHECK_S, check_cb, self);
}

/* Opening early ----------------------------------------------------------------------- */

static void
unsealed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (lm_workspace_save_finish (LM_WORKSPACE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the seal off @entry, for good: what somebody has read need not be hidden from them. */
void
lm_workspace_unseal_async (LmWorkspace *self,
                           LmEntry *entry,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  LmRecord *record = lm_entry_get_record (entry);
  LmContent *content = lm_record_content (record);
  LmBase *base = lm_base_new (record);

  g_task_set_source_tag (task, lm_workspace_unseal_async);
  lm_content_set_sealed_until (content, NULL);
  lm_workspace_save_async (self,
                           &record->id,
                           content,
                           NULL,
                           base,
                           LM_SAVE_RECORD,
                           FALSE,
                           unsealed_cb,
                           task);
  lm_base_unref (base);
  lm_content_free (content);
}

gboolean
lm_workspace_unseal_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
