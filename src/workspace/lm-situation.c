/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-place.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-situation.h"
#include "workspace/lm-workspace-private.h"

/* What is unlike it should be while the journal is open: its folder is away, or another one than
 * before; the clock went back; a second program is at it. */

/* In the writer's thread, for an open store. */
void
lm_state_of_store_take (LmStateOfStore *state, LmStore *store)
{
  const char *before = lm_store_folder_before (store);
  GDateTime *last = lm_store_clock_behind (store);

  state->before = g_strdup (before);
  state->last_day = last != NULL ? g_date_time_ref (last) : NULL;
  state->is_copy = lm_store_is_copy (store);
  state->shared = lm_store_is_shared (store);
  state->read_only = lm_store_is_read_only (store);
}

void
lm_state_of_store_clear (LmStateOfStore *state)
{
  g_clear_pointer (&state->before, g_free);
  g_clear_pointer (&state->last_day, g_date_time_unref);
}

static void
tell (LmWorkspace *self)
{
  g_object_notify (G_OBJECT (self), "situation");
}

/* Shows what the writer found; takes what is in @state. */
void
lm_workspace_take_state (LmWorkspace *self, LmStateOfStore *state, gboolean opened)
{
  gboolean was_read_only = self->read_only;

  g_free (self->folder_before);
  self->folder_before = g_steal_pointer (&state->before);
  if (opened)
    {
      g_clear_pointer (&self->last_day, g_date_time_unref);
      self->last_day = g_steal_pointer (&state->last_day);
      self->is_away = FALSE;
      self->shared_hidden = FALSE;
    }
  self->is_copy = state->is_copy;
  self->shared = state->shared;
  self->read_only = state->read_only;
  if (opened || was_read_only != self->read_only)
    g_object_notify (G_OBJECT (self), "read-only");
  tell (self);
}

/* Whether the folder of the open journal is not there. */
void
lm_workspace_set_away (LmWorkspace *self, gboolean away)
{
  if (self->is_away == away)
    return;
  self->is_away = away;
  tell (self);
}

LmSituation
lm_workspace_get_situation (LmWorkspace *self)
{
  if (self->state != LM_WORKSPACE_OPEN)
    return LM_SITUATION_NONE;
  if (self->is_away)
    return LM_SITUATION_AWAY;
  if (self->folder_before != NULL)
    return self->is_copy ? LM_SITUATION_COPY : LM_SITUATION_MOVED;
  if (self->last_day != NULL)
    return LM_SITUATION_CLOCK;
  return self->shared && !self->shared_hidden ? LM_SITUATION_SHARED : LM_SITUATION_NONE;
}

/* Returns: (nullable): the folder in which this computer knew the journal, if it is another one */
const char *
lm_workspace_get_folder_before (LmWorkspace *self)
{
  return self->folder_before;
}

/* Returns: (transfer none) (nullable): the last day in use, if the clock is before it */
GDateTime *
lm_workspace_get_last_day (LmWorkspace *self)
{
  return self->last_day;
}

/* The person knows of the clock, or of the other program. */
void
lm_workspace_hide_situation (LmWorkspace *self)
{
  if (lm_workspace_get_situation (self) == LM_SITUATION_CLOCK)
    g_clear_pointer (&self->last_day, g_date_time_unref);
  else if (lm_workspace_get_situation (self) == LM_SITUATION_SHARED)
    self->shared_hidden = TRUE;
  tell (self);
}

/* Moved, or a copy ------------------------------------------------------------------------------
 */

typedef struct
{
  guint attempt;
  gboolean moved;
  LmStateOfStore state;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  lm_state_of_store_clear (&answer->state);
  g_free (answer);
}

static void
answer_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Answer *answer = data;
  GError *error = NULL;

  if (self->store == NULL)
    {
      g_task_return_new_error_literal (task,
                                       G_IO_ERROR,
                                       G_IO_ERROR_CLOSED,
                                       "the journal is locked");
      return;
    }
  if (!(answer->moved ? lm_store_accept_folder (self->store, &error)
                      : lm_store_note_copy (self->store, &error)))
    {
      g_task_return_error (task, error);
      return;
    }
  lm_state_of_store_take (&answer->state, self->store);
  g_task_return_boolean (task, TRUE);
}

/**
 * lm_workspace_answer_moved_async:
 * @moved: whether the journal moved; otherwise what lies here is a copy, which can only be read
 *
 * What the person says about %LM_SITUATION_MOVED.
 */
void
lm_workspace_answer_moved_async (LmWorkspace *self,
                                 gboolean moved,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  Answer *answer = g_new0 (Answer, 1);

  g_task_set_source_tag (task, lm_workspace_answer_moved_async);
  answer->attempt = self->attempt;
  answer->moved = moved;
  g_task_set_task_data (task, answer, answer_free);
  lm_writer_run (self->writer, task, answer_job);
}

gboolean
lm_workspace_answer_moved_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  Answer *answer = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (answer->attempt != self->attempt || self->state != LM_WORKSPACE_OPEN)
    return TRUE;
  lm_workspace_take_state (self, &answer->state, FALSE);
  if (answer->moved)
    {
      /* What was left until it was known whose folder this is. */
      lm_workspace_flush (self);
      lm_workspace_rescan (self);
      lm_workspace_make_daily_snapshot (self);
    }
  return TRUE;
}
