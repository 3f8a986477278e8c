/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "journal/lm-merge.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-workspace-keys.h"
#include "workspace/lm-workspace-private.h"

/* Entries, people and own guides that were changed on two computers: what the person decides about
 * them. */

/* People and guides have no page that compares; each is a question in a list. */
struct _LmDisputeItem
{
  GObject parent_instance;

  LmConflict *conflict;
};

G_DEFINE_FINAL_TYPE (LmDisputeItem, lm_dispute_item, G_TYPE_OBJECT)

static void
lm_dispute_item_finalize (GObject *object)
{
  lm_conflict_free (LM_DISPUTE_ITEM (object)->conflict);
  G_OBJECT_CLASS (lm_dispute_item_parent_class)->finalize (object);
}

static void
lm_dispute_item_class_init (LmDisputeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_dispute_item_finalize;
}

static void
lm_dispute_item_init (LmDisputeItem *self)
{
}

/* Returns: (transfer none): the question */
LmConflict *
lm_dispute_item_get_conflict (LmDisputeItem *self)
{
  return self->conflict;
}

/* Returns: (transfer none): as #LmDisputeItem, the people and own guides of which there are two
 * states */
GListModel *
lm_workspace_get_disputes (LmWorkspace *self)
{
  return G_LIST_MODEL (self->disputes);
}

static gboolean
is_same (LmConflict *a, LmConflict *b)
{
  return g_str_equal (a->file, b->file) && lm_id_equal (&a->own->hash, &b->own->hash) &&
         lm_id_equal (&a->copy->hash, &b->copy->hash);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LmConflict *const *) a)->file, (*(LmConflict *const *) b)->file);
}

static gboolean
disputes_are (LmWorkspace *self, GPtrArray *conflicts)
{
  GListModel *known = G_LIST_MODEL (self->disputes);

  if (g_list_model_get_n_items (known) != conflicts->len)
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      g_autoptr (LmDisputeItem) item = g_list_model_get_item (known, i);

      if (!is_same (item->conflict, conflicts->pdata[i]))
        return FALSE;
    }
  return TRUE;
}

/* Shows the questions about people and guides. A row that somebody is at stays. */
void
lm_workspace_show_disputes (LmWorkspace *self)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer list;

  g_hash_table_iter_init (&iter, self->conflicts);
  while (g_hash_table_iter_next (&iter, NULL, &list))
    {
      LmConflict *first = ((GPtrArray *) list)->pdata[0];

      if (first->own->kind == LM_RECORD_PERSON || first->own->kind == LM_RECORD_GUIDE)
        g_ptr_array_add (conflicts, first);
    }
  g_ptr_array_sort (conflicts, compare_files);
  if (disputes_are (self, conflicts))
    return;
  g_list_store_remove_all (self->disputes);
  for (guint i = 0; i < conflicts->len; i++)
    {
      g_autoptr (LmDisputeItem) item = g_object_new (LM_TYPE_DISPUTE_ITEM, NULL);

      item->conflict = lm_conflict_copy (conflicts->pdata[i]);
      g_list_store_append (self->disputes, item);
    }
}

/* Returns: (transfer full) (nullable): the first question about the entry with the id @id */
LmConflict *
lm_workspace_find_conflict (LmWorkspace *self, const LmId *id)
{
  GPtrArray *list = g_hash_table_lookup (self->conflicts, id);

  return list != NULL ? lm_conflict_copy (list->pdata[0]) : NULL;
}

typedef struct
{
  guint attempt;
  LmConflict *conflict;
  LmResolution resolution;
  LmContent *merged; /* nullable */
  /* What comes of it: the entry, and a second one. */
  LmRecord *records[2];
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  lm_conflict_free (question->conflict);
  g_clear_pointer (&question->merged, lm_content_free);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&question->records[i], lm_record_unref);
  g_free (question);
}

static Question *
question_new (LmWorkspace *self, LmConflict *conflict)
{
  Question *question = g_new0 (Question, 1);

  question->attempt = self->attempt;
  question->conflict = lm_conflict_copy (conflict);
  return question;
}

/* Whether the journal is still open; otherwise @task has its error. */
static gboolean
check_open (LmWorkspace *self, GTask *task)
{
  if (self->store != NULL)
    return TRUE;
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  return FALSE;
}

/* Bringing together ---------------------------------------------------------------------------- */

static void
merge_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  LmConflict *conflict = ((Question *) data)->conflict;
  g_autoptr (LmRecord) base = NULL;
  g_autoptr (LmContent) from = NULL, ours = NULL, theirs = NULL;
  gboolean clean;

  if (!check_open (self, task))
    return;
  base = lm_store_common_base (self->store, conflict->own, conflict->copy);
  from = base != NULL ? lm_record_content (base) : NULL;
  ours = lm_record_content (conflict->own);
  theirs = lm_record_content (conflict->copy);
  g_task_return_pointer (task,
                         lm_content_merge (from, ours, theirs, &clean),
                         (GDestroyNotify) lm_content_free);
}

/**
 * lm_workspace_merge_async:
 * @conflict: two texts
 *
 * Brings both texts together, as well as that goes without a person.
 */
void
lm_workspace_merge_async (LmWorkspace *self,
                          LmConflict *conflict,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_merge_async);
  g_task_set_task_data (task, question_new (self, conflict), question_free);
  lm_writer_run (self->writer, task, merge_job);
}

/* Returns: (transfer full): for the person to look over */
LmContent *
lm_workspace_merge_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Deciding ---------------------------------------------------------------------------------------
 */

/* The state that the person chose. To delete what was deleted for good elsewhere puts it into the
 * trash: from there it can come back. */
static LmContent *
chosen (LmWorkspace *self, Question *question)
{
  LmConflict *conflict = question->conflict;
  LmContent *content;

  if (question->resolution == LM_KEEP_MERGED)
    return g_steal_pointer (&question->merged);
  if (question->resolution != LM_KEEP_COPY)
    return lm_record_content (conflict->own);
  if (conflict->copy->kind != LM_RECORD_GONE)
    return lm_record_content (conflict->copy);
  content = lm_record_content (conflict->own);
  if (!conflict->own->deleted)
    {
      g_autoptr (GDateTime) now = lm_clock_now (self->clock);

      lm_content_set_deleted (content, now);
    }
  return content;
}

/* The other text as an entry of its own: first, so that it is safe whatever comes next. */
static gboolean
save_second (LmWorkspace *self, Question *question, GError **error)
{
  g_autoptr (LmContent) content = lm_record_content (question->conflict->copy);
  LmId id = lm_id_new_random ();

  question->records[1] = lm_store_save (self->store, &id, content, NULL, NULL, error);
  if (question->records[1] == NULL)
    return FALSE;
  lm_record_folded (question->records[1]);
  return TRUE;
}

static void
resolve_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Question *question = data;
  g_autoptr (LmContent) content = NULL;
  GError *error = NULL;
  gboolean changed_again;

  if (!check_open (self, task))
    return;
  if (question->resolution == LM_KEEP_BOTH && !save_second (self, question, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  content = chosen (self, question);
  question->records[0] =
      lm_store_resolve (self->store, question->conflict, content, &changed_again, &error);
  if (question->records[0] == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  lm_record_folded (question->records[0]);
  g_task_return_boolean (task, TRUE);
}

/**
 * lm_workspace_resolve_async:
 * @conflict: the question, of lm_workspace_find_conflict ()
 * @resolution: the answer
 * @merged: (nullable): copied before this returns; the text, for %LM_KEEP_MERGED
 *
 * Does what the person decided. Both states are kept in the history of the entry.
 */
void
lm_workspace_resolve_async (LmWorkspace *self,
                            LmConflict *conflict,
                            LmResolution resolution,
                            LmContent *merged,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Question *question = question_new (self, conflict);

  g_task_set_source_tag (task, lm_workspace_resolve_async);
  question->resolution = resolution;
  question->merged = merged != NULL ? lm_content_copy (merged) : NULL;
  g_task_set_task_data (task, question, question_free);
  lm_writer_run (self->writer, task, resolve_job);
}

/**
 * lm_workspace_resolve_finish:
 * @error: %LM_STORE_ERROR_CHANGED if the texts have changed again meanwhile: they are shown anew
 */
gboolean
lm_workspace_resolve_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Question *question = g_task_get_task_data (G_TASK (result));

  if (question->attempt == self->attempt)
    {
      for (guint i = 0; i < 2; i++)
        if (question->records[i] != NULL)
          lm_workspace_take_record (self, question->records[i]);
      lm_workspace_rescan (self);
      if (question->conflict->retired)
        lm_workspace_reseal (self);
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}
