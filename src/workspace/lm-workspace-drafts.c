/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store.h"
#include "workspace/lm-workspace-drafts.h"
#include "workspace/lm-workspace-private.h"

/* Beginning to write, or going on with it. Each record has one draft: what was left unsaved of it
 * is where its next page begins. */

static LmEntry *
find_record (LmWorkspace *self, const LmId *id)
{
  LmEntryList *lists[] = { self->people, self->guides };
  LmEntry *found = lm_workspace_find_any (self, id);

  for (guint i = 0; i < G_N_ELEMENTS (lists) && found == NULL; i++)
    found = lm_entry_list_find (lists[i], id);
  return found;
}

/* Whole records -------------------------------------------------------------------------------- */

static LmEntry *
find_draft (LmWorkspace *self, const LmId *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->drafts)); i++)
    {
      g_autoptr (LmEntry) draft = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);

      if (lm_id_equal (lm_entry_get_id (draft), id))
        return draft; /* the list keeps it */
    }
  return NULL;
}

/* Whether a draft of @id is offered on Today. */
gboolean
lm_workspace_is_offered (LmWorkspace *self, const LmId *id)
{
  return find_draft (self, id) != NULL;
}

/* Returns: (transfer full) (nullable): what was written in @entry before and is not saved yet. A
 * record has one draft: a second one would take its file. */
static LmDraft *
begin_where_it_was (LmWorkspace *self, LmEntry *entry)
{
  LmEntry *offered = find_draft (self, lm_entry_get_id (entry));
  LmDraft *draft, *open;

  if (offered != NULL)
    {
      draft = lm_workspace_continue (self, offered);
      lm_draft_changed (draft);
      return draft;
    }
  draft = lm_workspace_take_back (self, lm_entry_get_id (entry));
  if (draft != NULL)
    return draft;
  /* The page with its margin closes only when the next one is there. */
  open = lm_workspace_find_open (self, lm_entry_get_id (entry));
  return open != NULL && lm_draft_is_part (open)
             ? lm_draft_hand_over (open, lm_entry_get_record (entry))
             : NULL;
}

/**
 * lm_workspace_begin:
 * @entry: (nullable) (transfer none): what to change; %NULL for something new
 *
 * Begins with what was left unsaved of @entry, if there is such a text.
 *
 * Returns: (transfer full): to be written in; close it with lm_draft_close ()
 */
LmDraft *
lm_workspace_begin (LmWorkspace *self, LmEntry *entry)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  LmDraft *draft = entry != NULL ? begin_where_it_was (self, entry) : NULL;
  LmRecord *record = entry != NULL ? lm_entry_get_record (entry) : NULL;
  LmContent *content;
  LmId id = record != NULL ? record->id : lm_id_new_random ();

  if (draft != NULL)
    return draft;
  content = record != NULL ? lm_record_content (record) : lm_content_new ("entry", now);
  return lm_draft_new (self, &id, content, record);
}

static void
remove_from_drafts (LmWorkspace *self, LmEntry *draft_entry)
{
  guint place;

  if (g_list_store_find (self->drafts, draft_entry, &place))
    g_list_store_remove (self->drafts, place);
}

/* Returns: (transfer full) (nullable): the state that a draft began from, as far as saving needs
 * it. If the entry has become another one since, both will be kept. */
static LmRecord *
base_of_draft (LmWorkspace *self, LmRecord *draft, LmContent *content)
{
  LmEntry *saved = find_record (self, &draft->id);
  g_autoptr (GBytes) payload = NULL;
  LmRecord *base;
  LmId hash;

  if (saved == NULL)
    return NULL;
  if (!lm_id_parse (lm_content_get_string (content, "base"), -1, &hash) ||
      lm_id_equal (&hash, &lm_entry_get_record (saved)->hash))
    return lm_record_ref (lm_entry_get_record (saved));
  /* A draft counts the saves of what it began from. */
  payload = lm_record_payload (draft);
  base = lm_record_read (&draft->id, payload, NULL);
  base->hash = hash;
  return base;
}

/**
 * lm_workspace_continue:
 * @draft_entry: of lm_workspace_get_drafts (); it is taken out there
 *
 * Returns: (transfer full): to be written on
 */
LmDraft *
lm_workspace_continue (LmWorkspace *self, LmEntry *draft_entry)
{
  g_autoptr (LmEntry) entry = g_object_ref (draft_entry);
  LmRecord *record = lm_entry_get_record (entry);
  LmContent *content = lm_record_content (record);
  g_autoptr (LmRecord) base = base_of_draft (self, record, content);

  remove_from_drafts (self, entry);
  lm_content_set_string (content, "base", NULL);
  lm_draft_content_set_beside (content, FALSE);
  return lm_draft_new (self, &record->id, content, base);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
discard_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);

  if (self->store != NULL)
    lm_store_drop_draft (self->store, data, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
discard_beside_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);

  if (self->store != NULL)
    lm_store_drop_draft_beside (self->store, data, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Removes the draft of @id, or the one beside it, from this computer. */
void
lm_workspace_drop_draft_file (LmWorkspace *self, const LmId *id, gboolean beside)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, discarded_cb, NULL);

  g_task_set_task_data (task, lm_id_copy (id), g_free);
  lm_writer_run (self->writer, task, beside ? discard_beside_job : discard_job);
}

/* Takes a draft out of the list, or puts it back: until it is really dropped. */
void
lm_workspace_hide_draft (LmWorkspace *self, LmEntry *draft_entry, gboolean hidden)
{
  if (hidden)
    remove_from_drafts (self, draft_entry);
  else if (self->state == LM_WORKSPACE_OPEN)
    g_list_store_append (self->drafts, draft_entry);
}

/* Drops what was begun and never saved. */
void
lm_workspace_discard_draft (LmWorkspace *self, LmEntry *draft_entry)
{
  lm_workspace_drop_draft_file (self, lm_entry_get_id (draft_entry), FALSE);
  remove_from_drafts (self, draft_entry);
}

/* Parts of records --------------------------------------------------------------------------------
 *
 * A note in the margin, what is kept of a person, an own guide: written on a page on which the
 * record may change in other ways too. Only what was changed is saved, and it is never a draft that
 * is offered: it is tried on until it is saved. */

/* Returns: (transfer none) (nullable): what is being written, or waits to be saved, of the record
 * with the id @id */
LmDraft *
lm_workspace_find_open (LmWorkspace *self, const LmId *id)
{
  LmDraft *found = NULL;

  for (guint i = 0; i < self->open_drafts->len; i++)
    {
      LmDraft *draft = self->open_drafts->pdata[i];

      if (!lm_id_equal (lm_draft_get_id (draft), id))
        continue;
      if (lm_draft_is_closed (draft))
        return draft;
      found = draft;
    }
  return found;
}

/* Returns: (transfer full) (nullable): the record with the id @id, with what was written of it and
 * is not saved yet; %NULL if there is no such thing */
LmContent *
lm_workspace_get_unsaved (LmWorkspace *self, const LmId *id)
{
  LmDraft *draft = lm_workspace_find_open (self, id);
  LmEntry *entry = find_record (self, id);

  if (draft == NULL || !lm_draft_is_part (draft))
    return NULL;
  return lm_draft_put_onto (draft, entry != NULL ? lm_entry_get_record (entry) : NULL);
}

/**
 * lm_workspace_begin_part:
 * @id: of the record, new or not
 * @kind: what it becomes if it is new
 *
 * Begins to change a part of a record, with what was left unsaved of it.
 *
 * Returns: (transfer full): to be written in; close it with lm_draft_close () whenever the page is
 *   left, and begin again when more is written
 */
LmDraft *
lm_workspace_begin_part (LmWorkspace *self, const LmId *id, const char *kind)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  LmDraft *open = lm_workspace_find_open (self, id);
  LmDraft *draft = open != NULL ? lm_draft_reopen (open) : NULL;
  LmEntry *entry = find_record (self, id);
  LmRecord *record = entry != NULL ? lm_entry_get_record (entry) : NULL;
  LmContent *content;

  if (draft != NULL)
    return draft;
  content = record != NULL ? lm_record_content (record) : lm_content_new (kind, now);
  draft = lm_draft_new (self, id, content, record);
  lm_draft_set_part (draft,
                     record != NULL ? lm_content_copy (content) : NULL,
                     open != NULL || lm_workspace_is_offered (self, id));
  return draft;
}

/* After a crash, or a lock while the disk took nothing --------------------------------------------
 */

/* Whether @draft_entry was kept beside another draft of the same record: it is part of that record,
 * such as a note in the margin. */
static gboolean
is_beside (LmEntry *draft_entry)
{
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (draft_entry));

  return lm_draft_content_is_beside (content);
}

/* Whether what was kept as @draft_entry is still in memory. */
static gboolean
is_in_memory (LmWorkspace *self, LmEntry *draft_entry)
{
  gboolean beside = is_beside (draft_entry);

  for (guint i = 0; i < self->open_drafts->len; i++)
    {
      LmDraft *draft = self->open_drafts->pdata[i];

      if (lm_id_equal (lm_draft_get_id (draft), lm_entry_get_id (draft_entry)) &&
          lm_draft_is_beside (draft) == beside)
        return TRUE;
    }
  return FALSE;
}

/* Takes @draft_entry, which was found on the disk. A part of a record, if that is not an entry or
 * was kept beside another text, is saved when everything has arrived, and not offered as something
 * to write on. */
void
lm_workspace_take_draft (LmWorkspace *self, LmEntry *draft_entry)
{
  /* What is still in memory is newer, and takes its place. */
  if (is_in_memory (self, draft_entry))
    return;
  if (is_beside (draft_entry))
    {
      g_ptr_array_add (self->left_over, g_object_ref (draft_entry));
      return;
    }
  switch (lm_entry_get_record (draft_entry)->kind)
    {
    case LM_RECORD_PERSON:
    case LM_RECORD_GUIDE:
      g_ptr_array_add (self->left_over, g_object_ref (draft_entry));
      break;
    case LM_RECORD_ENTRY:
    case LM_RECORD_SETTINGS:
    case LM_RECORD_READING:
    case LM_RECORD_APPOINTMENT:
    case LM_RECORD_GONE:
    case LM_RECORD_OTHER:
    default:
      g_list_store_append (self->drafts, draft_entry);
    }
}

/* Returns: (transfer full) (nullable): what the record of @draft_entry is, if it is still what that
 * draft began from */
static LmContent *
unchanged_since (LmWorkspace *self, LmEntry *draft_entry)
{
  LmEntry *saved = find_record (self, lm_entry_get_id (draft_entry));
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (draft_entry));
  LmId hash;

  if (saved == NULL || !lm_id_parse (lm_content_get_string (content, "base"), -1, &hash) ||
      !lm_id_equal (&hash, &lm_entry_get_record (saved)->hash))
    return NULL;
  return lm_record_content (lm_entry_get_record (saved));
}

/* Whether @draft_entry differs from what is saved in its notes in the margin and nothing else. */
static gboolean
is_only_notes (LmWorkspace *self, LmEntry *draft_entry)
{
  g_autoptr (LmContent) draft = lm_record_content (lm_entry_get_record (draft_entry));
  g_autoptr (LmContent) saved = unchanged_since (self, draft_entry);
  LmContent *sides[] = { draft, saved };
  LmId prints[G_N_ELEMENTS (sides)];

  if (saved == NULL)
    return FALSE;
  lm_content_set_string (draft, "base", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      JsonObject *root = lm_content_json (sides[i]);

      if (json_object_has_member (root, "notes"))
        json_object_remove_member (root, "notes");
      prints[i] = lm_content_fingerprint (sides[i]);
    }
  return lm_id_equal (&prints[0], &prints[1]);
}

/* If the record is another one by now, both are kept. */
static void
adopt (LmWorkspace *self, LmEntry *draft_entry)
{
  LmContent *begun = unchanged_since (self, draft_entry);
  g_autoptr (LmDraft) draft = lm_workspace_continue (self, draft_entry);

  lm_draft_set_part (draft, begun, is_beside (draft_entry));
  lm_draft_changed (draft);
  lm_draft_close (draft);
}

/* Saves the parts of records that are in drafts. */
void
lm_workspace_adopt_left_over (LmWorkspace *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->read_only)
    return;
  g_ptr_array_extend_and_steal (all, g_steal_pointer (&self->left_over));
  self->left_over = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->drafts)); i++)
    {
      g_autoptr (LmEntry) draft_entry = g_list_model_get_item (G_LIST_MODEL (self->drafts), i);

      if (is_only_notes (self, draft_entry))
        g_ptr_array_add (all, g_steal_pointer (&draft_entry));
    }
  for (guint i = 0; i < all->len; i++)
    if (!is_in_memory (self, all->pdata[i]))
      adopt (self, all->pdata[i]);
}
