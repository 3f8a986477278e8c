/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-changes.h"
#include "workspace/lm-workspace-session.h"
#include "workspace/lm-workspace-private.h"

/* Appointments, and what is to be brought to them. */

/* When --------------------------------------------------------------------------------------- */

typedef LmSession *(*Find) (LmContent *content, GDateTime *now);

static LmSession *
find (LmWorkspace *self, Find func, gboolean earliest, LmEntry **appointment)
{
  GListModel *list = G_LIST_MODEL (self->appointments);
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);
  g_autoptr (LmSession) best = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (list, i);
      LmRecord *record = lm_entry_get_record (entry);
      g_autoptr (LmContent) content = record->deleted ? NULL : lm_record_content (record);
      g_autoptr (LmSession) session = content != NULL ? func (content, now) : NULL;

      if (session == NULL ||
          (best != NULL && (g_date_time_compare (session->starts, best->starts) < 0) != earliest))
        continue;
      g_clear_pointer (&best, lm_session_free);
      best = g_steal_pointer (&session);
      if (appointment != NULL)
        *appointment = entry; /* the list keeps it */
    }
  return g_steal_pointer (&best);
}

/**
 * lm_workspace_next_session:
 * @appointment: (out) (optional) (transfer none): which it belongs to; as it was if there is none
 *
 * Returns: (transfer full) (nullable): the session that is not over yet and comes first
 */
LmSession *
lm_workspace_next_session (LmWorkspace *self, LmEntry **appointment)
{
  return find (self, lm_appointment_next, TRUE, appointment);
}

/* Returns: (transfer full) (nullable): the session that was over last */
LmSession *
lm_workspace_last_session (LmWorkspace *self)
{
  return find (self, lm_appointment_last, FALSE, NULL);
}

/* Changing ------------------------------------------------------------------------------------- */

typedef struct
{
  GDateTime *starts; /* nullable */
  guint minutes;
  guint weeks;
  char *from; /* nullable: a day */
  char *to;   /* nullable: a day */
} Plan;

static Plan *
plan_new (GDateTime *starts, guint minutes, guint weeks, const char *from, const char *to)
{
  Plan *plan = g_new (Plan, 1);

  *plan = (Plan) { starts != NULL ? g_date_time_ref (starts) : NULL,
                   minutes,
                   weeks,
                   g_strdup (from),
                   g_strdup (to) };
  return plan;
}

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_clear_pointer (&plan->starts, g_date_time_unref);
  g_free (plan->from);
  g_free (plan->to);
  g_free (plan);
}

static void
set_plan (LmContent *content, gpointer data)
{
  Plan *plan = data;

  lm_appointment_set (content, plan->starts, plan->minutes, plan->weeks);
}

static void
cancel (LmContent *content, gpointer data)
{
  lm_appointment_cancel (content, ((Plan *) data)->from);
}

static void
move (LmContent *content, gpointer data)
{
  Plan *plan = data;

  lm_appointment_move (content, plan->from, plan->starts);
}

static void
end (LmContent *content, gpointer data)
{
  lm_appointment_end (content, ((Plan *) data)->starts);
}

static void
add_break (LmContent *content, gpointer data)
{
  Plan *plan = data;

  lm_appointment_add_break (content, plan->from, plan->to);
}

static void
remove_break (LmContent *content, gpointer data)
{
  Plan *plan = data;

  lm_appointment_remove_break (content, plan->from, plan->to);
}

static void
change (LmWorkspace *self,
        LmEntry *appointment,
        LmChangeFunc func,
        Plan *plan,
        GAsyncReadyCallback callback,
        gpointer data)
{
  LmId id = appointment != NULL ? *lm_entry_get_id (appointment) : lm_id_new_random ();

  lm_workspace_change_one_async (self,
                                 &id,
                                 appointment == NULL ? "appointment" : NULL,
                                 func,
                                 plan,
                                 plan_free,
                                 callback,
                                 data);
}

/**
 * lm_workspace_add_appointment_async:
 * @starts: the first session
 * @minutes: how long one lasts
 * @weeks: every how many weeks there is one; 0 for this one only
 */
void
lm_workspace_add_appointment_async (LmWorkspace *self,
                                    GDateTime *starts,
                                    guint minutes,
                                    guint weeks,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  change (self, NULL, set_plan, plan_new (starts, minutes, weeks, NULL, NULL), callback, data);
}

/* As lm_workspace_add_appointment_async (), for one that is there. */
void
lm_workspace_set_appointment_async (LmWorkspace *self,
                                    LmEntry *appointment,
                                    GDateTime *starts,
                                    guint minutes,
                                    guint weeks,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  change (self,
          appointment,
          set_plan,
          plan_new (starts, minutes, weeks, NULL, NULL),
          callback,
          data);
}

/* @day: of LmSession */
void
lm_workspace_cancel_session_async (LmWorkspace *self,
                                   LmEntry *appointment,
                                   const char *day,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  change (self, appointment, cancel, plan_new (NULL, 0, 0, day, NULL), callback, data);
}

/* @day: of LmSession */
void
lm_workspace_move_session_async (LmWorkspace *self,
                                 LmEntry *appointment,
                                 const char *day,
                                 GDateTime *starts,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  change (self, appointment, move, plan_new (starts, 0, 0, day, NULL), callback, data);
}

/* There are no more sessions from now on; those that were stay. */
void
lm_workspace_end_appointment_async (LmWorkspace *self,
                                    LmEntry *appointment,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GDateTime) now = lm_clock_now (self->clock);

  change (self, appointment, end, plan_new (now, 0, 0, NULL, NULL), callback, data);
}

/* No sessions from the day @from to the day @to, both as "YYYY-MM-DD". */
void
lm_workspace_add_break_async (LmWorkspace *self,
                              LmEntry *appointment,
                              const char *from,
                              const char *to,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  change (self, appointment, add_break, plan_new (NULL, 0, 0, from, to), callback, data);
}

void
lm_workspace_remove_break_async (LmWorkspace *self,
                                 LmEntry *appointment,
                                 const char *from,
                                 const char *to,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  change (self, appointment, remove_break, plan_new (NULL, 0, 0, from, to), callback, data);
}

/* The tray ------------------------------------------------------------------------------------- */

typedef struct
{
  LmTray tray;
  GDateTime *now;
} Mark;

static void
mark_free (gpointer data)
{
  Mark *mark = data;

  g_date_time_unref (mark->now);
  g_free (mark);
}

static void
set_tray (LmContent *content, gpointer data)
{
  Mark *mark = data;

  lm_content_set_tray (content, mark->tray, mark->now);
}

/**
 * lm_workspace_set_tray_async:
 * @entries: (element-type LmEntry): which
 * @tray: where they stand from now on
 */
void
lm_workspace_set_tray_async (
    LmWorkspace *self, GPtrArray *entries, LmTray tray, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LmId));
  Mark *mark = g_new (Mark, 1);

  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (ids, *lm_entry_get_id (entries->pdata[i]));
  *mark = (Mark) { tray, lm_clock_now (self->clock) };
  lm_workspace_change_each_async (self, ids, set_tray, mark, mark_free, callback, data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if it could not be saved */
LmUndo *
lm_workspace_change_session_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return lm_workspace_change_finish (self, result, error);
}
