/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-error.h"
#include "workspace/lm-undo.h"
#include "workspace/lm-workspace-private.h"

/* Taking back a change of what is not written on a page of its own: an appointment, a person, a
 * mark. What was changed once more meanwhile is left alone. */

typedef struct
{
  LmId id;
  LmRecord *before; /* nullable: it was made by the change */
  LmId after;       /* the fingerprint of what the change made of it */
} Step;

struct _LmUndo
{
  GPtrArray *steps; /* of Step */
};

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->before, lm_record_unref);
  g_free (step);
}

LmUndo *
lm_undo_new (void)
{
  LmUndo *undo = g_rc_box_new (LmUndo);

  undo->steps = g_ptr_array_new_with_free_func (step_free);
  return undo;
}

LmUndo *
lm_undo_ref (LmUndo *undo)
{
  return g_rc_box_acquire (undo);
}

static void
undo_clear (gpointer data)
{
  LmUndo *undo = data;

  g_ptr_array_unref (undo->steps);
}

void
lm_undo_unref (LmUndo *undo)
{
  g_rc_box_release_full (undo, undo_clear);
}

/**
 * lm_undo_add:
 * @before: (nullable): what the record was; %NULL if it was new
 * @after: what it became
 */
void
lm_undo_add (LmUndo *undo, LmRecord *before, LmRecord *after)
{
  g_autoptr (LmContent) content = lm_record_content (after);
  Step *step = g_new (Step, 1);

  *step = (Step) { after->id,
                   before != NULL ? lm_record_ref (before) : NULL,
                   lm_content_fingerprint (content) };
  g_ptr_array_add (undo->steps, step);
}

/* Undoing --------------------------------------------------------------------------------- */

/* One step on its way through the writer's thread. */
typedef struct
{
  LmRecord *before; /* nullable */
  LmId after;
  GDateTime *now;
  gboolean changed; /* somebody changed it meanwhile */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->before, lm_record_unref);
  g_date_time_unref (work->now);
  g_free (work);
}

static void
put_back (LmContent *content, gpointer data)
{
  Work *work = data;
  LmId fingerprint = lm_content_fingerprint (content);
  g_autoptr (LmContent) before = NULL;
  g_autoptr (GList) keys = NULL;
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (!lm_id_equal (&fingerprint, &work->after))
    {
      work->changed = TRUE;
      return;
    }
  if (work->before == NULL)
    {
      lm_content_set_deleted (content, work->now);
      return;
    }
  before = lm_record_content (work->before);
  keys = json_object_get_members (lm_content_json (content));
  for (GList *each = keys; each != NULL; each = each->next)
    json_object_remove_member (lm_content_json (content), each->data);
  json_object_iter_init_ordered (&iter, lm_content_json (before));
  while (json_object_iter_next_ordered (&iter, &key, &node))
    json_object_set_member (lm_content_json (content), key, json_node_copy (node));
}

typedef struct
{
  GPtrArray *works; /* of Work */
  guint left;
  GError *error; /* nullable: the first that happened */
} Undoing;

static void
undoing_free (gpointer data)
{
  Undoing *undoing = data;

  g_ptr_array_unref (undoing->works);
  g_clear_error (&undoing->error);
  g_free (undoing);
}

static void
put_back_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Undoing *undoing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  lm_workspace_change_record_finish (LM_WORKSPACE (source), result, NULL, &error);
  if (error != NULL && undoing->error == NULL)
    undoing->error = g_steal_pointer (&error);
  if (--undoing->left > 0)
    return;
  for (guint i = 0; i < undoing->works->len && undoing->error == NULL; i++)
    if (((Work *) undoing->works->pdata[i])->changed)
      undoing->error = g_error_new_literal (LM_STORE_ERROR,
                                            LM_STORE_ERROR_CHANGED,
                                            "it was changed again and stays as it is");
  if (undoing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&undoing->error));
  else
    g_task_return_boolean (task, TRUE);
}

/* Puts back what @undo holds. What was new goes to the trash. */
void
lm_workspace_undo_async (LmWorkspace *self,
                         LmUndo *undo,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Undoing *undoing = g_new0 (Undoing, 1);

  g_task_set_source_tag (task, lm_workspace_undo_async);
  undoing->works = g_ptr_array_new_with_free_func (work_free);
  undoing->left = undo->steps->len;
  g_task_set_task_data (task, undoing, undoing_free);
  if (undo->steps->len == 0)
    g_task_return_boolean (task, TRUE);
  for (guint i = 0; i < undo->steps->len; i++)
    {
      Step *step = undo->steps->pdata[i];
      Work *work = g_new0 (Work, 1);

      work->before = step->before != NULL ? lm_record_ref (step->before) : NULL;
      work->after = step->after;
      work->now = lm_clock_now (self->clock);
      g_ptr_array_add (undoing->works, work);
      lm_workspace_change_record_async (self,
                                        &step->id,
                                        NULL,
                                        put_back,
                                        work,
                                        NULL,
                                        put_back_cb,
                                        g_object_ref (task));
    }
}

/**
 * lm_workspace_undo_finish:
 * @error: %LM_STORE_ERROR_CHANGED if something was changed meanwhile and was left as it is
 */
gboolean
lm_workspace_undo_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
