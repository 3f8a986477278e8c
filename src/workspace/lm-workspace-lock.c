/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-local.h"
#include "workspace/lm-workspace-private.h"

/* Locking and closing: what is being written is saved first, then the keys go. */

/* Closing the store ------------------------------------------------------------------------ */

typedef struct
{
  gboolean locked;
  gboolean only_mark;
  LmFolder *folder;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  lm_folder_unref (closing->folder);
  g_free (closing);
}

static void
close_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Closing *closing = data;
  GError *error = NULL;

  if (closing->locked)
    lm_local_set_locked (lm_folder_journal (closing->folder), TRUE, &error);
  if (!closing->only_mark && self->store != NULL)
    lm_store_close (g_steal_pointer (&self->store), NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
close_store (LmWorkspace *self, gboolean locked, gboolean only_mark, GTask *task)
{
  Closing *closing = g_new (Closing, 1);

  *closing = (Closing) { locked, only_mark, lm_folder_ref (self->folder) };
  g_task_set_task_data (task, closing, closing_free);
  lm_writer_run (self->writer, task, close_job);
}

/* Locking ----------------------------------------------------------------------------------- */

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  /* It is tried again when the store is closed, and told then. */
  g_task_propagate_boolean (G_TASK (result), NULL);
}

/* Leaves the mark of a lock on this computer, for the keyring not to be asked. */
static void
leave_mark (LmWorkspace *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, marked_cb, NULL);

  close_store (self, TRUE, TRUE, task);
}

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* The journal is locked all the same; only a restart would ask the keyring again. */
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_signal_emit_by_name (source, "change-failed", error);
  g_signal_emit_by_name (source, "settled", TRUE);
}

/**
 * lm_workspace_settle:
 *
 * Once the last text of a locked journal is safe, the keys go. Until then they are needed: what
 * could not be saved is tried again and again. To be called whenever that may have changed.
 */
void
lm_workspace_settle (LmWorkspace *self)
{
  g_autoptr (GTask) task = NULL;

  if (!self->settling || self->state != LM_WORKSPACE_LOCKED || self->open_drafts->len > 0)
    return;
  self->settling = FALSE;
  task = g_task_new (self, NULL, locked_cb, NULL);
  close_store (self, TRUE, FALSE, task);
}

static void
drained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmWorkspace *self = LM_WORKSPACE (source);

  g_task_propagate_boolean (G_TASK (result), NULL);
  lm_workspace_settle (self);
  if (self->settling)
    g_signal_emit_by_name (self, "settled", FALSE);
}

/**
 * lm_workspace_lock:
 *
 * Saves what is being written, then forgets keys and text. The lists are empty and the state is
 * %LM_WORKSPACE_LOCKED when this returns; the saving goes on behind it, and the signal "settled"
 * tells %TRUE when every text is safe and the keys are gone, %FALSE when some text can be written
 * nowhere for now. That text waits in memory, with the keys that it is to be sealed with; it is
 * tried again until it is safe, and "settled" tells %TRUE then. The lock holds until a passphrase
 * or code is given, also across quitting, crashing and restarting.
 */
void
lm_workspace_lock (LmWorkspace *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->state != LM_WORKSPACE_OPEN)
    return;
  /* First of all: whatever happens while saving, it was locked. */
  leave_mark (self);
  self->held = TRUE;
  lm_workspace_begin_attempt (self);
  g_atomic_int_set (&self->person_types, FALSE);
  g_signal_emit_by_name (self, "flush");
  for (guint i = self->open_drafts->len; i > 0; i--)
    lm_draft_close (self->open_drafts->pdata[i - 1]);
  lm_workspace_clear_contents (self);
  lm_workspace_set_keyring_status (self, LM_KEYRING_HELD);
  lm_workspace_set_state (self, LM_WORKSPACE_LOCKED);
  self->settling = TRUE;
  for (guint i = self->open_drafts->len; i > 0; i--)
    lm_draft_let_go (self->open_drafts->pdata[i - 1]);
  /* Behind all that was given to the writer; what became of it is told in the same order. */
  task = g_task_new (self, NULL, drained_cb, NULL);
  close_store (self, FALSE, TRUE, task);
}

/**
 * lm_workspace_set_held:
 *
 * The journal was locked before this process began: the keyring is not asked, even if the mark of
 * the lock could not be written. To be called before lm_workspace_look ().
 */
void
lm_workspace_set_held (LmWorkspace *self)
{
  self->held = TRUE;
}

/* Whether the keyring must not be asked. */
gboolean
lm_workspace_is_held (LmWorkspace *self)
{
  gboolean marked = lm_local_is_locked (lm_folder_journal (self->folder));

  if (self->held && !marked)
    leave_mark (self);
  return self->held || marked;
}

/* Whether a text that could not be written anywhere waits in memory behind the lock. */
gboolean
lm_workspace_is_settling (LmWorkspace *self)
{
  return self->settling;
}

/**
 * lm_workspace_take_back:
 *
 * Returns: (transfer full) (nullable): the text with the id @id that was left and could not be
 *   saved yet, to be written on; close it with lm_draft_close ()
 */
LmDraft *
lm_workspace_take_back (LmWorkspace *self, const LmId *id)
{
  LmDraft *open = lm_workspace_find_open (self, id);
  LmDraft *draft = open != NULL ? lm_draft_reopen (open) : NULL;
  LmEntry *entry = lm_workspace_find_any (self, id);

  if (draft != NULL)
    lm_draft_make_whole (draft, entry != NULL ? lm_entry_get_record (entry) : NULL);
  return draft;
}

/* Whether every text that could be saved on no disk is aside in the runtime folder: then it
 * outlives this program, but not the login. */
gboolean
lm_workspace_is_kept_aside (LmWorkspace *self)
{
  for (guint i = 0; i < self->open_drafts->len; i++)
    {
      LmDraft *draft = self->open_drafts->pdata[i];

      if (lm_draft_get_state (draft) == LM_DRAFT_FAILED &&
          lm_draft_get_kept (draft) == LM_KEPT_NOWHERE)
        return FALSE;
    }
  return TRUE;
}

/* Saving everything and closing -------------------------------------------------------------- */

/* Saving everything that is being written, one answer for each draft. */
typedef struct
{
  guint left;
  GError *error; /* the first */
  gboolean closes;
} Flush;

static void
flush_free (gpointer data)
{
  Flush *flush = data;

  g_clear_error (&flush->error);
  g_free (flush);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_propagate_boolean (G_TASK (result), NULL);
  LM_WORKSPACE (source)->closed = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
finish_flush (LmWorkspace *self, GTask *task)
{
  Flush *flush = g_task_get_task_data (task);

  /* A keyring that answers from now on opens nothing. */
  if (flush->error == NULL && flush->closes)
    lm_workspace_begin_attempt (self);
  if (flush->error != NULL)
    g_task_return_error (task, g_steal_pointer (&flush->error));
  else if (!flush->closes || self->folder == NULL)
    g_task_return_boolean (task, TRUE);
  else
    {
      g_autoptr (GTask) work = g_task_new (self, NULL, closed_cb, g_object_ref (task));

      close_store (self, self->held, FALSE, work);
    }
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Flush *flush = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!lm_draft_flush_finish (LM_DRAFT (source), result, &error) && flush->error == NULL)
    flush->error = g_steal_pointer (&error);
  if (--flush->left == 0)
    finish_flush (g_task_get_source_object (task), task);
}

static void
flush_all (LmWorkspace *self, gboolean closes, GTask *task)
{
  Flush *flush = g_new0 (Flush, 1);

  g_task_set_task_data (task, flush, flush_free);
  flush->closes = closes;
  flush->left = self->open_drafts->len;
  if (flush->left == 0)
    finish_flush (self, task);
  for (guint i = 0, n = self->open_drafts->len; i < n; i++)
    lm_draft_flush_async (self->open_drafts->pdata[i], flushed_cb, g_object_ref (task));
}

/**
 * lm_workspace_save_all_async:
 *
 * Saves what is being written and goes on. An error only if something could be saved neither as an
 * entry nor as a draft on a disk.
 */
void
lm_workspace_save_all_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_save_all_async);
  g_signal_emit_by_name (self, "flush");
  flush_all (self, FALSE, task);
}

gboolean
lm_workspace_save_all_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * lm_workspace_close_async:
 *
 * Saves what is being written and closes the journal, before the program ends. If something could
 * be saved neither as an entry nor as a draft on a disk, that is the error, and everything stays
 * open; see lm_workspace_is_kept_aside ().
 */
void
lm_workspace_close_async (LmWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, lm_workspace_close_async);
  g_signal_emit_by_name (self, "flush");
  lm_workspace_stop_snapshot (self);
  flush_all (self, TRUE, task);
}

gboolean
lm_workspace_close_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
