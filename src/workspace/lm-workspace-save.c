/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-place.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-workspace-private.h"

/* Changing what is in the journal. */

/* Saving --------------------------------------------------------------------------------- */

struct _LmBase
{
  gatomicrefcount ref_count;
  LmRecord *record; /* nullable */
};

/* @record is %NULL for something new. */
LmBase *
lm_base_new (LmRecord *record)
{
  LmBase *base = g_new (LmBase, 1);

  g_atomic_ref_count_init (&base->ref_count);
  base->record = record != NULL ? lm_record_ref (record) : NULL;
  return base;
}

LmBase *
lm_base_ref (LmBase *base)
{
  g_atomic_ref_count_inc (&base->ref_count);
  return base;
}

void
lm_base_unref (LmBase *base)
{
  if (!g_atomic_ref_count_dec (&base->ref_count))
    return;
  g_clear_pointer (&base->record, lm_record_unref);
  g_free (base);
}

typedef struct
{
  LmId id;
  LmContent *content;
  LmContent *begun; /* nullable */
  LmBase *base;
  LmSaveHow how;
  gboolean beside;
  /* What comes of it. */
  LmRecord *record;
  GBytes *unkept; /* nullable: of what was saved, its version is still to be kept */
  gboolean conflict;
  LmKept kept;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  lm_content_free (save->content);
  g_clear_pointer (&save->begun, lm_content_free);
  lm_base_unref (save->base);
  g_clear_pointer (&save->record, lm_record_unref);
  g_clear_pointer (&save->unkept, g_bytes_unref);
  g_free (save);
}

static gboolean
save_entry (LmStore *store, Save *save, GError **error)
{
  LmBase *base = save->base;

  if (!lm_store_is_here (store, error))
    return FALSE;
  save->record = lm_store_save_first (store,
                                      &save->id,
                                      save->content,
                                      base->record,
                                      &save->conflict,
                                      &save->unkept,
                                      error);
  if (save->record == NULL)
    return FALSE;
  g_clear_pointer (&base->record, lm_record_unref);
  base->record = lm_record_ref (save->record);
  if (save->record->kind == LM_RECORD_ENTRY)
    lm_record_folded (save->record);
  return TRUE;
}

/* Puts what was changed of a record onto what it is by now: a mark set elsewhere, on this page or
 * another, stays. Returns: whether anything of it is not there yet */
static gboolean
put_together (LmStore *store, Save *save)
{
  LmBase *base = save->base;
  LmRecord *now = lm_store_read (store, &save->id, NULL);
  LmContent *whole;
  gboolean differs;

  if (now != NULL && now->kind != LM_RECORD_GONE)
    {
      g_clear_pointer (&base->record, lm_record_unref);
      base->record = lm_record_ref (now);
    }
  g_clear_pointer (&now, lm_record_unref);
  if (base->record == NULL)
    return TRUE;
  whole = lm_record_content (base->record);
  differs = lm_content_carry (whole, save->begun, save->content);
  lm_content_free (save->content);
  save->content = whole;
  return differs;
}

static gboolean
drop_draft (LmStore *store, Save *save, GError **error)
{
  return save->beside ? lm_store_drop_draft_beside (store, &save->id, error)
                      : lm_store_drop_draft (store, &save->id, error);
}

static gboolean
save_draft (LmStore *store, Save *save, GError **error)
{
  lm_draft_content_set_beside (save->content, save->beside);
  return lm_store_save_draft (store, &save->id, save->content, save->base->record, error);
}

static void
version_failed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit_by_name (source, "change-failed", error);
}

/* Behind what was saved, which is told already: whoever waits for it does not wait for this.
 * Returns: whether the version is kept; if not, it is told */
static gboolean
keep_version (LmWorkspace *self, Save *save)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  if (lm_store_keep_saved (self->store, save->record, save->unkept, &error))
    return TRUE;
  task = g_task_new (self, NULL, version_failed_cb, NULL);
  g_task_set_source_tag (task, keep_version);
  g_task_return_error (task, error);
  return FALSE;
}

/* Returns: where the text is safe, now that it could not be saved */
static LmKept
keep (LmStore *store, Save *save)
{
  if (save->how == LM_SAVE_RECORD && save_draft (store, save, NULL))
    return LM_KEPT_DRAFT;
  lm_draft_content_set_beside (save->content, save->beside);
  if (lm_store_put_draft_aside (store, &save->id, save->content, save->base->record, NULL))
    return LM_KEPT_ASIDE;
  return LM_KEPT_NOWHERE;
}

static void
save_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  LmStore *store = self->store;
  Save *save = data;
  GError *error = NULL;
  gboolean good;

  if (store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  if (save->begun != NULL && !put_together (store, save))
    good = drop_draft (store, save, &error); /* as it was before */
  else if (save->base->record == NULL && lm_content_is_entry (save->content) &&
           lm_content_is_empty (save->content))
    good = drop_draft (store, save, &error); /* begun and emptied again */
  else if (save->how == LM_SAVE_DRAFT)
    good = save_draft (store, save, &error);
  else
    good = save_entry (store, save, &error);
  if (good)
    {
      g_task_return_boolean (task, TRUE);
      /* The draft holds the text until the version does. */
      if (save->unkept != NULL && keep_version (self, save))
        drop_draft (store, save, NULL);
      return;
    }
  save->kept = keep (store, save);
  g_task_return_error (task, error);
}

/**
 * lm_workspace_save_async:
 * @id: the record's id
 * @content: copied before this returns
 * @begun: (nullable): what the record was when this began: then only what differs is saved, on top
 *   of what the record is by then. Copied before this returns
 * @base: what it is based on; afterwards, what it became
 * @beside: whether its draft is another one than that of the record, which holds another text
 *
 * Saves behind everything that was to be saved before.
 */
void
lm_workspace_save_async (LmWorkspace *self,
                         const LmId *id,
                         LmContent *content,
                         LmContent *begun,
                         LmBase *base,
                         LmSaveHow how,
                         gboolean beside,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Save *save = g_new0 (Save, 1);

  g_task_set_source_tag (task, lm_workspace_save_async);
  save->id = *id;
  save->content = lm_content_copy (content);
  save->begun = begun != NULL ? lm_content_copy (begun) : NULL;
  save->base = lm_base_ref (base);
  save->how = how;
  save->beside = beside;
  g_task_set_task_data (task, save, save_free);
  lm_writer_run (self->writer, task, save_job);
}

/* Shows what was saved, if the journal is still open. */
static void
show_saved (LmWorkspace *self, Save *save)
{
  if (self->state != LM_WORKSPACE_OPEN || save->record == NULL)
    return;
  lm_workspace_take_record (self, save->record);
  if (save->conflict)
    {
      g_signal_emit_by_name (self, "conflict", lm_workspace_find_any (self, &save->id));
      lm_workspace_rescan (self);
    }
}

/**
 * lm_workspace_save_finish:
 * @kept: (out) (optional): after a failure: where the text is safe all the same
 */
gboolean
lm_workspace_save_finish (LmWorkspace *self, GAsyncResult *result, LmKept *kept, GError **error)
{
  Save *save = g_task_get_task_data (G_TASK (result));

  if (kept != NULL)
    *kept = save->kept;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    {
      /* The drive may have been taken out. */
      lm_workspace_rescan (self);
      return FALSE;
    }
  show_saved (self, save);
  return TRUE;
}

/* Changing what is on disk ----------------------------------------------------------------
 *
 * Read, change, write, all in the writer's thread: based on what the last save before it left. */

typedef void (*ChangeFunc) (LmContent *content, gpointer data);

typedef struct
{
  Save save;
  const char *kind; /* of a record that is not there yet; NULL if it must be there */
  ChangeFunc func;
  gpointer data;
  GDestroyNotify data_free;
  LmRecord *before; /* nullable: what it was */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_clear_pointer (&change->save.content, lm_content_free);
  g_clear_pointer (&change->save.base, lm_base_unref);
  g_clear_pointer (&change->save.record, lm_record_unref);
  g_clear_pointer (&change->save.unkept, g_bytes_unref);
  g_clear_pointer (&change->before, lm_record_unref);
  if (change->data_free != NULL)
    change->data_free (change->data);
  g_free (change);
}

static void
change_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Change *change = data;
  g_autoptr (LmRecord) record = NULL;
  GError *error = NULL;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  record = lm_store_read (self->store, &change->save.id, &error);
  if (record != NULL)
    change->save.content = lm_record_content (record);
  else if (change->kind != NULL &&
           g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    {
      g_autoptr (GDateTime) now = lm_clock_now (self->clock);

      g_clear_error (&error);
      change->save.content = lm_content_new (change->kind, now);
    }
  else
    {
      g_task_return_error (task, error);
      return;
    }
  change->func (change->save.content, change->data);
  change->save.base = lm_base_new (record);
  change->before = g_steal_pointer (&record);
  if (!save_entry (self->store, &change->save, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_boolean (task, TRUE);
  keep_version (self, &change->save);
}

static void
change_async (LmWorkspace *self,
              const LmId *id,
              const char *kind,
              ChangeFunc func,
              gpointer func_data,
              GDestroyNotify func_data_free,
              GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, change_async);
  change->save.id = *id;
  change->kind = kind;
  change->func = func;
  change->data = func_data;
  change->data_free = func_data_free;
  g_task_set_task_data (task, change, change_free);
  lm_writer_run (self->writer, task, change_job);
}

static gboolean
change_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Change *change = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  show_saved (self, &change->save);
  return TRUE;
}

/**
 * lm_workspace_change_record_async:
 * @id: of a record, which may not exist yet if @kind is given
 * @kind: (nullable): what it becomes if it does not exist
 * @func: changes it, in the writer's thread
 * @func_data_free: (nullable):
 *
 * Changes one record, behind everything that was to be saved before.
 */
void
lm_workspace_change_record_async (LmWorkspace *self,
                                  const LmId *id,
                                  const char *kind,
                                  ChangeFunc func,
                                  gpointer func_data,
                                  GDestroyNotify func_data_free,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  change_async (self, id, kind, func, func_data, func_data_free, callback, data);
}

/**
 * lm_workspace_change_record_finish:
 * @before: (out) (optional) (nullable) (transfer none): what it was
 *
 * Returns: (transfer none): what it is now; both live as long as @result
 */
LmRecord *
lm_workspace_change_record_finish (LmWorkspace *self,
                                   GAsyncResult *result,
                                   LmRecord **before,
                                   GError **error)
{
  Change *change = g_task_get_task_data (G_TASK (result));

  if (!change_finish (self, result, error))
    return NULL;
  if (before != NULL)
    *before = change->before;
  return change->save.record;
}

/* The trash --------------------------------------------------------------------------------- */

static void
set_deleted (LmContent *content, gpointer when)
{
  lm_content_set_deleted (content, when);
}

static void
unref_time (gpointer time)
{
  g_clear_pointer ((GDateTime **) &time, g_date_time_unref);
}

/**
 * lm_workspace_set_deleted_async:
 * @deleted: whether to put it into the trash, or take it out
 */
void
lm_workspace_set_deleted_async (LmWorkspace *self,
                                LmEntry *entry,
                                gboolean deleted,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  change_async (self,
                lm_entry_get_id (entry),
                NULL,
                set_deleted,
                deleted ? lm_clock_now (self->clock) : NULL,
                unref_time,
                callback,
                data);
}

gboolean
lm_workspace_set_deleted_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return change_finish (self, result, error);
}

/* People --------------------------------------------------------------------------------------- */

typedef struct
{
  char *name;
  char *circle;
} NewPerson;

static void
new_person_free (gpointer data)
{
  NewPerson *person = data;

  g_free (person->name);
  g_free (person->circle);
  g_free (person);
}

static void
set_person (LmContent *content, gpointer data)
{
  NewPerson *person = data;

  lm_content_set_string (content, "name", person->name);
  lm_content_set_strings (content, "circles", (const char *const[]) { person->circle, NULL });
}

/**
 * lm_workspace_add_person_async:
 * @name: what the person is called here
 * @circle: "now", "then" or "therapy"
 */
void
lm_workspace_add_person_async (LmWorkspace *self,
                               const char *name,
                               const char *circle,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  NewPerson *person = g_new (NewPerson, 1);
  LmId id = lm_id_new_random ();

  *person = (NewPerson) { g_strdup (name), g_strdup (circle) };
  change_async (self, &id, "person", set_person, person, new_person_free, callback, data);
}

/* Returns: (transfer none): the new person */
LmEntry *
lm_workspace_add_person_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Change *change = g_task_get_task_data (G_TASK (result));

  return change_finish (self, result, error) ? lm_entry_list_find (self->people, &change->save.id)
                                             : NULL;
}

/* Own words for the spelling checker --------------------------------------------------------------
 *
 * One settings record for each computer, united when they are read, so that they never conflict.
 * Never a word list in the person's home folder: names of people are in it. */

#define COMPUTER "computer"
#define SPELLING "spelling"

/* Returns: (transfer full): the words that the spelling checker takes for right */
GStrv
lm_workspace_get_words (LmWorkspace *self)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->others)); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->others), i);
      g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));
      g_auto (GStrv) own = lm_content_get_strings (content, SPELLING);

      g_strv_builder_addv (words, (const char **) own);
    }
  return g_strv_builder_end (words);
}

/* The id of this computer's settings record, which may not exist yet. */
const LmId *
lm_workspace_own_settings (LmWorkspace *self)
{
  LmIdText device = lm_id_format (&self->device);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->others)); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->others), i);
      g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (entry));

      if (lm_entry_get_record (entry)->kind == LM_RECORD_SETTINGS &&
          g_str_equal (lm_content_get_string (content, COMPUTER), device.digits))
        self->own_settings = *lm_entry_get_id (entry);
    }
  if (lm_id_is_null (&self->own_settings))
    self->own_settings = lm_id_new_random ();
  return &self->own_settings;
}

typedef struct
{
  LmIdText device;
  char *word;
} NewWord;

static void
new_word_free (gpointer data)
{
  NewWord *new_word = data;

  g_free (new_word->word);
  g_free (new_word);
}

static void
add_word (LmContent *content, gpointer data)
{
  NewWord *new_word = data;
  g_auto (GStrv) words = lm_content_get_strings (content, SPELLING);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) words);
  if (!g_strv_contains ((const char *const *) words, new_word->word))
    g_strv_builder_add (builder, new_word->word);
  all = g_strv_builder_end (builder);
  lm_content_set_string (content, COMPUTER, new_word->device.digits);
  lm_content_set_strings (content, SPELLING, (const char *const *) all);
}

static void
word_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!change_finish (LM_WORKSPACE (source), result, &error))
    g_signal_emit_by_name (source, "change-failed", error);
}

/**
 * lm_workspace_change_own:
 * @id: of a record that this computer alone writes, which may not exist yet
 * @kind: what it is
 * @func: changes it, in the writer's thread
 *
 * Changes one of this computer's records; a failure is told by the signal "change-failed".
 */
void
lm_workspace_change_own (LmWorkspace *self,
                         const LmId *id,
                         const char *kind,
                         void (*func) (LmContent *content, gpointer data),
                         gpointer data,
                         GDestroyNotify data_free)
{
  change_async (self, id, kind, func, data, data_free, word_added_cb, NULL);
}

/* Takes @word for right from now on. */
void
lm_workspace_add_word (LmWorkspace *self, const char *word)
{
  NewWord *new_word = g_new (NewWord, 1);

  *new_word = (NewWord) { lm_id_format (&self->device), g_strdup (word) };
  change_async (self,
                lm_workspace_own_settings (self),
                "settings",
                add_word,
                new_word,
                new_word_free,
                word_added_cb,
                NULL);
}
