/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-place.h"
#include "workspace/lm-loss-item.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-problem-item.h"
#include "workspace/lm-workspace-private.h"

/* What others write into the journal's folder while it is open: a sync tool, a second computer, the
 * command line. The folder is looked at again when it changes, when the window gets the focus (a
 * folder behind a portal or a network tells nothing), and while something is still arriving. */

/* A sync tool writes many files at once: one look for all of them. */
#define DEBOUNCE_MS 300
#define RETRY_S     30
/* A drive that was taken out is missed. */
#define AWAY_S 5

static void ask_for_rescan (LmWorkspace *self, guint delay_ms);

/* Taking what was found ------------------------------------------------------------------------ */

/* Has everything ready for searching that the main thread would have to wait for; in any thread. */
void
lm_workspace_fold_changed (LmRescan *rescan)
{
  for (guint i = 0; i < rescan->changed->len; i++)
    {
      LmRecord *record = rescan->changed->pdata[i];

      if (record->kind == LM_RECORD_ENTRY)
        lm_record_folded (record);
    }
}

static void
take_changed (LmWorkspace *self, LmRecord *record)
{
  if (record->kind == LM_RECORD_GONE)
    {
      lm_search_index_remove (self->index, &record->id);
      lm_entry_list_remove (self->entries, &record->id);
      lm_entry_list_remove (self->sealed, &record->id);
      lm_entry_list_remove (self->people, &record->id);
      lm_entry_list_remove (self->appointments, &record->id);
      lm_entry_list_remove (self->guides, &record->id);
      lm_entry_list_remove (self->others, &record->id);
      return;
    }
  for (guint i = 0; i < self->open_drafts->len; i++)
    if (lm_id_equal (lm_draft_get_id (self->open_drafts->pdata[i]), &record->id))
      lm_draft_told (self->open_drafts->pdata[i], record);
  lm_workspace_take_record (self, record);
}

/* What a look at the folder tells of: entries, and attachments with other names. */
static gboolean
is_about_entries (LmProblemItem *item)
{
  const char *file = lm_problem_item_get_file (item);

  return g_str_has_prefix (file, LM_FOLDER_ENTRIES "/") ||
         g_str_has_prefix (file, LM_FOLDER_ATTACHMENTS "/");
}

/* The problems with files of entries, in the order of the list. */
static gboolean
problems_are (GListStore *list, GPtrArray *problems)
{
  guint at = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LmProblemItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (!is_about_entries (item))
        continue;
      if (at >= problems->len || !lm_problem_item_is (item, problems->pdata[at]))
        return FALSE;
      at++;
    }
  return at == problems->len;
}

static void
take_problems (LmWorkspace *self, GPtrArray *problems)
{
  if (problems_are (self->problems, problems))
    return;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->problems)); i > 0; i--)
    {
      g_autoptr (LmProblemItem) item = g_list_model_get_item (G_LIST_MODEL (self->problems), i - 1);

      if (is_about_entries (item))
        g_list_store_remove (self->problems, i - 1);
    }
  for (guint i = 0; i < problems->len; i++)
    {
      g_autoptr (LmProblemItem) item = lm_problem_item_new (problems->pdata[i]);

      g_list_store_append (self->problems, item);
    }
}

static void
mark (LmWorkspace *self, const LmId *id)
{
  LmEntry *entry = lm_workspace_find_any (self, id);

  if (entry != NULL)
    lm_entry_set_conflict (entry, g_hash_table_contains (self->conflicts, id));
}

static void
take_conflicts (LmWorkspace *self, GPtrArray *conflicts)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->conflicts);
  GHashTableIter iter;
  gpointer id;

  self->conflicts =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < conflicts->len; i++)
    {
      LmConflict *conflict = conflicts->pdata[i];
      GPtrArray *list = g_hash_table_lookup (self->conflicts, &conflict->own->id);

      if (list == NULL)
        {
          list = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_conflict_free);
          g_hash_table_insert (self->conflicts, lm_id_copy (&conflict->own->id), list);
        }
      g_ptr_array_add (list, lm_conflict_copy (conflict));
    }
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    mark (self, id);
  g_hash_table_iter_init (&iter, self->conflicts);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    mark (self, id);
  lm_workspace_show_disputes (self);
}

static gboolean
retry_cb (gpointer data)
{
  LmWorkspace *self = data;

  self->retry_timer = 0;
  lm_workspace_rescan (self);
  return G_SOURCE_REMOVE;
}

/* Shows what a look at the folder has found. */
void
lm_workspace_take_rescan (LmWorkspace *self, LmRescan *rescan)
{
  for (guint i = 0; i < rescan->changed->len; i++)
    take_changed (self, rescan->changed->pdata[i]);
  take_conflicts (self, rescan->conflicts);
  take_problems (self, rescan->problems);
  lm_workspace_check_seals (self);
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  if (rescan->problems->len > 0 || self->shared)
    self->retry_timer = g_timeout_add_seconds (RETRY_S, retry_cb, self);
}

/* Looking -------------------------------------------------------------------------------------- */

typedef struct
{
  guint attempt;
  LmRescan *rescan; /* nullable */
  gboolean away;
  LmStateOfStore state;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->rescan, lm_rescan_free);
  lm_state_of_store_clear (&look->state);
  g_free (look);
}

static void
look_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Look *look = data;

  /* A folder that cannot be read now is looked at the next time; one that is not there is missed as
   * a whole, not each entry in it. */
  if (self->store != NULL)
    {
      look->away = !lm_store_come_back (self->store, NULL);
      lm_store_become_alone (self->store);
      lm_state_of_store_take (&look->state, self->store);
      if (!look->away)
        look->rescan = lm_store_rescan (self->store, NULL);
    }
  if (look->rescan != NULL)
    lm_workspace_fold_changed (look->rescan);
  g_task_return_boolean (task, TRUE);
}

/* Where the folder is, and who else is at it. */
static void
take_place (LmWorkspace *self, Look *look)
{
  gboolean was_away = self->is_away;

  lm_workspace_take_state (self, &look->state, FALSE);
  lm_workspace_set_away (self, look->away);
  if (look->away && self->retry_timer == 0)
    self->retry_timer = g_timeout_add_seconds (AWAY_S, retry_cb, self);
  if (was_away && !look->away)
    {
      lm_workspace_start_watching (self);
      lm_workspace_flush (self);
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Look *look = g_task_get_task_data (G_TASK (result));

  if (look->attempt != self->attempt)
    return;
  self->rescanning = FALSE;
  if (self->state == LM_WORKSPACE_OPEN)
    take_place (self, look);
  if (look->rescan != NULL)
    {
      lm_workspace_take_rescan (self, look->rescan);
      lm_workspace_check_losses (self);
    }
  if (self->rescan_again)
    ask_for_rescan (self, DEBOUNCE_MS);
  self->rescan_again = FALSE;
}

static gboolean
rescan_cb (gpointer data)
{
  LmWorkspace *self = data;
  g_autoptr (GTask) task = NULL;
  Look *look;

  self->rescan_timer = 0;
  if (self->state != LM_WORKSPACE_OPEN || self->loading)
    return G_SOURCE_REMOVE;
  if (self->rescanning)
    {
      self->rescan_again = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->rescanning = TRUE;
  task = g_task_new (self, NULL, looked_cb, NULL);
  look = g_new0 (Look, 1);
  look->attempt = self->attempt;
  g_task_set_task_data (task, look, look_free);
  lm_writer_run (self->writer, task, look_job);
  return G_SOURCE_REMOVE;
}

/* The first of many changes sets the time: a folder that never rests is looked at all the same. */
static void
ask_for_rescan (LmWorkspace *self, guint delay_ms)
{
  if (self->rescan_timer == 0 && self->state == LM_WORKSPACE_OPEN)
    self->rescan_timer = g_timeout_add (delay_ms, rescan_cb, self);
}

/* Looks at the folder again soon, behind what is to be saved: the window has got the focus. */
void
lm_workspace_rescan (LmWorkspace *self)
{
  ask_for_rescan (self, 0);
}

static gboolean
is_of_interest (GFile *file)
{
  g_autofree char *name = file != NULL ? g_file_get_basename (file) : NULL;

  /* What is still being written has a name with a dot. */
  return name != NULL && name[0] != '.' && g_str_has_suffix (name, ".json");
}

static void
changed_cb (
    GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, LmWorkspace *self)
{
  /* Of the folder itself, when its drive is taken out. */
  if (event == G_FILE_MONITOR_EVENT_UNMOUNTED || event == G_FILE_MONITOR_EVENT_DELETED)
    ask_for_rescan (self, DEBOUNCE_MS);
  else if (is_of_interest (file) || is_of_interest (other))
    ask_for_rescan (self, DEBOUNCE_MS);
}

/* From when the entries have arrived until they are taken out again. */
void
lm_workspace_start_watching (LmWorkspace *self)
{
  g_autofree char *path = g_build_filename (self->path, LM_FOLDER_ENTRIES, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  g_clear_object (&self->monitor);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect (self->monitor, "changed", G_CALLBACK (changed_cb), self);
  /* What changed between the reading and the watching. */
  ask_for_rescan (self, DEBOUNCE_MS);
}

void
lm_workspace_stop_watching (LmWorkspace *self)
{
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->rescan_timer, g_source_remove);
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->seal_timer, g_source_remove);
  g_clear_handle_id (&self->memory_timer, g_source_remove);
  g_clear_handle_id (&self->show_source, g_source_remove);
  self->rescanning = FALSE;
  self->rescan_again = FALSE;
  g_hash_table_remove_all (self->conflicts);
}
