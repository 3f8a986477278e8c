/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-text.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-history.h"
#include "workspace/lm-workspace-private.h"

/* Earlier versions, deleting for good, and the tidying that nobody asks for: everything that looks
 * into the past of an entry. */

/* One errand of the writer about one record. */
typedef struct
{
  LmId id;
  LmId hash;
  /* What comes of it. */
  LmRecord *record; /* nullable */
  LmId before;
} Errand;

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_clear_pointer (&errand->record, lm_record_unref);
  g_free (errand);
}

static GTask *
send (LmWorkspace *self,
      LmRecord *record,
      const LmId *hash,
      LmWriterFunc func,
      GAsyncReadyCallback callback,
      gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  Errand *errand = g_new0 (Errand, 1);

  errand->id = record->id;
  errand->hash = *hash;
  g_task_set_task_data (task, errand, errand_free);
  lm_writer_run (self->writer, task, func);
  return task;
}

/* Whether the journal is still open; if not, @task is answered. */
static gboolean
is_open (LmWorkspace *self, GTask *task)
{
  if (self->store != NULL)
    return TRUE;
  g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  return FALSE;
}

/* Versions --------------------------------------------------------------------------------- */

static void
list_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *versions;

  if (!is_open (self, task))
    return;
  versions = lm_store_list_versions (self->store, &errand->id, NULL, &error);
  if (versions != NULL)
    g_task_return_pointer (task, versions, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Lists the versions of @entry that this computer keeps, the newest first. */
void
lm_workspace_list_versions_async (LmWorkspace *self,
                                  LmEntry *entry,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  LmRecord *record = lm_entry_get_record (entry);
  g_autoptr (GTask) task = send (self, record, &record->hash, list_job, callback, data);
}

/* Returns: (transfer full) (element-type LmRecord): the versions; the present one has the hash of
 * the entry's record */
GPtrArray *
lm_workspace_list_versions_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
restore_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Errand *errand = data;
  g_autoptr (LmRecord) before = NULL;
  g_autoptr (GError) error = NULL;

  if (!is_open (self, task))
    return;
  errand->record =
      lm_store_restore_version (self->store, &errand->id, &errand->hash, &before, &error);
  if (errand->record == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  errand->before = before->hash;
  lm_record_folded (errand->record);
  g_task_return_boolean (task, TRUE);
}

/**
 * lm_workspace_restore_version_async:
 * @hash: of one of the versions
 *
 * Saves a version as the newest state of @entry. The state until now stays among the versions.
 */
void
lm_workspace_restore_version_async (LmWorkspace *self,
                                    LmEntry *entry,
                                    const LmId *hash,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task =
      send (self, lm_entry_get_record (entry), hash, restore_job, callback, data);
}

/**
 * lm_workspace_restore_version_finish:
 * @before: (out): the hash of the state until now, to undo it
 */
gboolean
lm_workspace_restore_version_finish (LmWorkspace *self,
                                     GAsyncResult *result,
                                     LmId *before,
                                     GError **error)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *before = errand->before;
  if (self->state == LM_WORKSPACE_OPEN)
    lm_workspace_take_record (self, errand->record);
  return TRUE;
}

/* Deleting for good ---------------------------------------------------------------------------- */

static void
purge_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  gboolean good;

  if (!is_open (self, task))
    return;
  good = lm_store_purge (self->store, &errand->id, &errand->hash, TRUE, &error);
  /* The mark may be there though something behind it failed. */
  errand->record = lm_store_read (self->store, &errand->id, NULL);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * lm_workspace_purge_async:
 *
 * Deletes @entry for good, as it is shown: with its versions, drafts and attachments, and what the
 * snapshots on this computer hold of it.
 */
void
lm_workspace_purge_async (LmWorkspace *self,
                          LmEntry *entry,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  LmRecord *record = lm_entry_get_record (entry);
  g_autoptr (GTask) task = NULL;

  /* The snapshot of this day would hold it again; it is made anew afterwards. */
  lm_workspace_stop_snapshot (self);
  task = send (self, record, &record->hash, purge_job, callback, data);
}

/* A draft of what is gone is gone too. */
static void
forget_draft (LmWorkspace *self, const LmId *id)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->drafts)); i > 0; i--)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (G_LIST_MODEL (self->drafts), i - 1);

      if (lm_id_equal (lm_entry_get_id (draft), id))
        g_list_store_remove (self->drafts, i - 1);
    }
}

gboolean
lm_workspace_purge_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Errand *errand = g_task_get_task_data (G_TASK (result));

  if (self->state == LM_WORKSPACE_OPEN && errand->record != NULL &&
      errand->record->kind == LM_RECORD_GONE)
    {
      forget_draft (self, &errand->id);
      lm_workspace_take_record (self, errand->record);
    }
  if (self->state == LM_WORKSPACE_OPEN)
    lm_workspace_make_daily_snapshot (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Tidying -------------------------------------------------------------------------------------
 *
 * Behind everything else, and a little at a time: a save never waits long for it. */

#define IDS_AT_ONCE   20
#define PURGE_AT_ONCE 3

typedef struct
{
  guint attempt;
  GPtrArray *trash; /* of LmRecord: in the trash, and not being written in */
  GPtrArray *ids;   /* of LmId: with versions; NULL until they are listed */
  guint next;
  GPtrArray *gone; /* of LmRecord: what came of the trash */
} Tidy;

static void
tidy_free (gpointer data)
{
  Tidy *tidy = data;

  g_ptr_array_unref (tidy->trash);
  g_clear_pointer (&tidy->ids, g_ptr_array_unref);
  g_ptr_array_unref (tidy->gone);
  g_free (tidy);
}

static void
empty_trash (LmStore *store, Tidy *tidy)
{
  for (guint i = 0; i < tidy->trash->len && tidy->gone->len < PURGE_AT_ONCE; i++)
    {
      LmRecord *record = tidy->trash->pdata[i];
      LmRecord *mark;

      if (lm_store_days_in_trash (store, record) < LM_TRASH_DAYS ||
          !lm_store_purge (store, &record->id, &record->hash, FALSE, NULL))
        continue;
      mark = lm_store_read (store, &record->id, NULL);
      if (mark != NULL)
        g_ptr_array_add (tidy->gone, mark);
    }
}

static void
tidy_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Tidy *tidy = data;

  if (!is_open (self, task))
    return;
  if (tidy->ids == NULL)
    {
      empty_trash (self->store, tidy);
      tidy->ids = lm_store_list_versioned (self->store, NULL);
    }
  for (guint i = 0; tidy->ids != NULL && tidy->next < tidy->ids->len && i < IDS_AT_ONCE; i++)
    {
      const LmId *id = tidy->ids->pdata[tidy->next++];

      lm_store_tidy_gone (self->store, id, NULL);
      lm_store_thin_versions (self->store, id, NULL, NULL);
    }
  g_task_return_boolean (task, tidy->ids != NULL && tidy->next < tidy->ids->len);
}

static void tidied_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
tidy_on (LmWorkspace *self, Tidy *tidy)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, tidied_cb, tidy);

  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, tidy, NULL);
  lm_writer_run (self->writer, task, tidy_job);
}

static void
tidied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);
  Tidy *tidy = data;
  gboolean more = g_task_propagate_boolean (G_TASK (result), NULL);
  gboolean current = tidy->attempt == self->attempt && self->state == LM_WORKSPACE_OPEN;

  for (guint i = 0; current && i < tidy->gone->len; i++)
    lm_workspace_take_record (self, tidy->gone->pdata[i]);
  g_ptr_array_set_size (tidy->gone, 0);
  if (more && current)
    tidy_on (self, tidy);
  else
    tidy_free (tidy);
}

static gboolean
has_draft (LmWorkspace *self, const LmId *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->drafts)); i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);

      if (lm_id_equal (lm_entry_get_id (draft), id))
        return TRUE;
    }
  for (guint i = 0; i < self->open_drafts->len; i++)
    if (lm_id_equal (lm_draft_get_id (self->open_drafts->pdata[i]), id))
      return TRUE;
  return FALSE;
}

/* Empties the trash of what lay there for long enough, and thins the versions. */
void
lm_workspace_tidy (LmWorkspace *self)
{
  GListModel *entries = G_LIST_MODEL (self->entries);
  Tidy *tidy;

  if (self->demo)
    return;
  tidy = g_new0 (Tidy, 1);
  tidy->attempt = self->attempt;
  tidy->trash = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  tidy->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      if (lm_entry_get_deleted (entry) && !has_draft (self, lm_entry_get_id (entry)))
        g_ptr_array_add (tidy->trash, lm_record_ref (lm_entry_get_record (entry)));
    }
  tidy_on (self, tidy);
}

/* Comparing ------------------------------------------------------------------------------------ */

static void
add_paragraph (GString *text, const char *words)
{
  if (lm_text_is_blank (words))
    return;
  if (text->len > 0)
    g_string_append (text, "\n\n");
  g_string_append (text, words);
}

static void
describe_answer (LmWorkspace *self, GString *text, LmAnswer *answer)
{
  g_auto (GStrv) people = lm_answer_get_people (answer);
  const char *intensity = lm_phrase_intensity ((guint) lm_answer_get_scale (answer));

  add_paragraph (text, lm_answer_get_question (answer));
  for (guint i = 0; people[i] != NULL; i++)
    {
      LmEntry *person = lm_workspace_find_person (self, people[i]);

      add_paragraph (text, person != NULL ? lm_entry_get_title (person) : NULL);
    }
  for (guint i = 0; i < lm_answer_n_choices (answer); i++)
    add_paragraph (text, lm_answer_get_choice (answer, i, NULL));
  add_paragraph (text, intensity);
  add_paragraph (text, lm_phrase_felt (lm_answer_get_felt (answer)));
  add_paragraph (text, lm_answer_get_text (answer));
}

/**
 * lm_workspace_describe:
 *
 * Returns: (transfer full): all that a person wrote or chose in @record, as one text to compare
 */
char *
lm_workspace_describe (LmWorkspace *self, LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  GString *text = g_string_new (NULL);
  g_autofree char *tags = g_strjoinv (", ", record->tags);

  add_paragraph (text, record->title);
  add_paragraph (text, lm_content_get_string (content, "text"));
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL && !lm_answer_is_empty (answer))
        describe_answer (self, text, answer);
    }
  add_paragraph (text, tags);
  return g_string_free (text, FALSE);
}
