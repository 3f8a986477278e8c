/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "reminder/lm-reminder-file.h"
#include "reminder/lm-reminder-service.h"
#include "workspace/lm-login-start.h"
#include "workspace/lm-reminders.h"

/* Several appointments may arrive or change at once. */
#define TELL_AFTER_MS 300

struct _LmReminders
{
  GObject parent_instance;

  LmWorkspace *workspace;
  GDBusConnection *bus; /* nullable */
  gboolean sandboxed;
  gboolean on;
  gboolean turning_off;
  LmReminderPlan *plan; /* nullable: while the journal is not open */
  guint tell_timer;
  guint orders; /* how often something was to be kept in the file */
  guint kept;   /* the last of them that was; of keep_job () */
};

G_DEFINE_FINAL_TYPE (LmReminders, lm_reminders, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The file --------------------------------------------------------------------------------------
 */

typedef struct
{
  gint64 next;
  gboolean remove;
  guint order;
} Keep;

static void
keep_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  LmReminders *self = source;
  Keep *keep = data;
  g_autofree char *path = lm_reminder_file_path ();
  GError *error = NULL;

  /* Threads begin in any order; the last word counts. */
  if (keep->order < self->kept)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (keep->remove ? lm_reminder_file_remove (path, &error)
                   : lm_reminder_file_write (path, keep->next, &error))
    {
      self->kept = keep->order;
      g_task_return_boolean (task, TRUE);
    }
  else
    g_task_return_error (task, error);
}

/* Writes or removes the file in a thread of its own. */
static void
keep_async (LmReminders *self, gboolean on, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GDateTime) next = on ? lm_reminders_get_next (self) : NULL;
  Keep *keep = g_new (Keep, 1);

  *keep = (Keep) { next != NULL ? g_date_time_to_unix (next) : 0, !on, ++self->orders };
  g_task_set_task_data (task, keep, g_free);
  g_task_run_in_thread (task, keep_job);
}

/* Telling who reminds ---------------------------------------------------------------------------
 */

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* One connection for all: what is said over it arrives in the order in which it was said. */
static void
call_async (LmReminders *self,
            const char *method,
            GVariant *parameters,
            GDBusCallFlags flags,
            GAsyncReadyCallback callback,
            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;

  if (self->bus != NULL)
    g_dbus_connection_call (self->bus,
                            LM_REMINDER_NAME,
                            LM_REMINDER_PATH,
                            LM_REMINDER_INTERFACE,
                            method,
                            sunk,
                            NULL,
                            flags,
                            -1,
                            NULL,
                            called_cb,
                            g_object_ref (task));
  else
    g_task_return_new_error_literal (task,
                                     G_IO_ERROR,
                                     G_IO_ERROR_NOT_CONNECTED,
                                     "there is no session bus");
}

static gboolean
has_to_say (LmReminders *self)
{
  return self->on && !self->turning_off && self->plan != NULL;
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmReminders *self = LM_REMINDERS (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  /* Nobody is there who could write it: it counts from the next login on. */
  g_debug ("who reminds cannot be told: %s", error->message);
  if (has_to_say (self))
    keep_async (self, TRUE, NULL, NULL);
}

static void
tell (LmReminders *self)
{
  if (has_to_say (self))
    call_async (self,
                "Plan",
                lm_reminder_plan_to_variant (self->plan),
                G_DBUS_CALL_FLAGS_NONE,
                told_cb,
                NULL);
}

/* The open journal ------------------------------------------------------------------------------
 */

static void
tell_cb (gpointer data)
{
  LmReminders *self = data;

  g_autoptr (LmReminderPlan) plan = lm_workspace_get_reminders (self->workspace);

  self->tell_timer = 0;
  /* What was chosen here may not be in the record yet. */
  if (self->plan != NULL)
    {
      g_array_unref (self->plan->sessions);
      self->plan->sessions = g_array_ref (plan->sessions);
    }
  else
    self->plan = g_steal_pointer (&plan);
  tell (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The journal was opened or locked, or an appointment changed. What was told stays with who
 * reminds: it is to remind while the journal is locked. */
static void
look (LmReminders *self)
{
  gboolean open = lm_workspace_get_state (self->workspace) == LM_WORKSPACE_OPEN &&
                  !lm_workspace_get_loading (self->workspace) &&
                  !lm_workspace_is_demo (self->workspace);

  if (!open)
    {
      g_clear_handle_id (&self->tell_timer, g_source_remove);
      g_clear_pointer (&self->plan, lm_reminder_plan_free);
    }
  else if (self->tell_timer == 0)
    self->tell_timer = g_timeout_add_once (TELL_AFTER_MS, tell_cb, self);
}

/* Returns: (transfer none) (nullable): what the person chose; %NULL while the journal is not open
 */
const LmReminderPlan *
lm_reminders_get_plan (LmReminders *self)
{
  return self->plan;
}

/* Takes @plan for what the person chooses now. Its sessions do not matter. */
void
lm_reminders_set_plan (LmReminders *self, LmReminderPlan *plan)
{
  if (self->plan != NULL)
    {
      g_array_unref (plan->sessions);
      plan->sessions = g_array_ref (self->plan->sessions);
      lm_reminder_plan_free (self->plan);
      self->plan = plan;
      lm_workspace_set_reminders (self->workspace, plan);
      tell (self);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  else
    lm_reminder_plan_free (plan);
}

/* Returns: (transfer full) (nullable): when the next reminder is, if they are on */
GDateTime *
lm_reminders_get_next (LmReminders *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  gint64 next = 0;

  if (self->plan != NULL)
    next = lm_reminder_plan_next (self->plan,
                                  g_date_time_get_timezone (now),
                                  g_date_time_to_unix (now),
                                  NULL);
  return next != 0 ? g_date_time_new_from_unix_local (next) : NULL;
}

/* On and off ------------------------------------------------------------------------------------
 */

gboolean
lm_reminders_get_on (LmReminders *self)
{
  return self->on;
}

static void
set_on (LmReminders *self, gboolean on)
{
  self->on = on;
  tell (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  gboolean on = GPOINTER_TO_INT (g_task_get_task_data (task));
  LmReminders *self = LM_REMINDERS (source);
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->turning_off = FALSE;
  /* If it did not work, who reminds is to know again what was taken from it. */
  set_on (self, done ? on : self->on);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
login_start_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  gboolean on = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;

  /* Turned off, it starts at login and finds nothing to do, at worst. */
  if (!lm_login_start_set_finish (result, &error) && on)
    g_task_return_error (task, error);
  else
    {
      g_clear_error (&error);
      keep_async (g_task_get_source_object (task), on, kept_cb, g_object_ref (task));
    }
}

static void
off_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmReminders *self = LM_REMINDERS (source);

  /* If it does not run there is nobody to be turned off. */
  g_task_propagate_boolean (G_TASK (result), NULL);
  lm_login_start_set_async (self->sandboxed, FALSE, NULL, login_start_cb, data);
}

/**
 * lm_reminders_set_on_async:
 *
 * Turns reminders on or off, on this computer. Only then is anything written outside of the
 * journal, or the desktop asked whether something may run in the background.
 */
void
lm_reminders_set_on_async (LmReminders *self,
                           gboolean on,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
  self->turning_off = !on;
  if (on)
    lm_login_start_set_async (self->sandboxed, TRUE, NULL, login_start_cb, g_object_ref (task));
  else
    call_async (self, "Off", NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, off_cb, g_object_ref (task));
}

/* Returns: FALSE if the system does not allow it, or the disk does not take it: then they are as
 * they were */
gboolean
lm_reminders_set_on_finish (LmReminders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The object --------------------------------------------------------------------------------------
 */

static void
lm_reminders_dispose (GObject *object)
{
  LmReminders *self = LM_REMINDERS (object);

  g_clear_handle_id (&self->tell_timer, g_source_remove);
  g_clear_pointer (&self->plan, lm_reminder_plan_free);
  g_clear_object (&self->workspace);
  g_clear_object (&self->bus);
  G_OBJECT_CLASS (lm_reminders_parent_class)->dispose (object);
}

static void
lm_reminders_class_init (LmRemindersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_reminders_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static void
lm_reminders_init (LmReminders *self)
{
}

/**
 * lm_reminders_new:
 * @bus: (nullable): the session's, if there is one
 * @sandboxed: lm_session_watch_is_sandboxed (), or another in a test
 *
 * Returns: (transfer full): follows @workspace from now on
 */
LmReminders *
lm_reminders_new (LmWorkspace *workspace, GDBusConnection *bus, gboolean sandboxed)
{
  LmReminders *self = g_object_new (LM_TYPE_REMINDERS, NULL);
  g_autofree char *path = lm_reminder_file_path ();
  gint64 next;

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->bus, bus);
  self->sandboxed = sandboxed;
  self->on = lm_reminder_file_read (path, &next);
  for (guint i = 0; i < 2; i++)
    g_signal_connect_object (workspace,
                             i == 0 ? "notify::state" : "notify::loading",
                             G_CALLBACK (look),
                             self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (lm_workspace_get_appointments (workspace),
                           "items-changed",
                           G_CALLBACK (look),
                           self,
                           G_CONNECT_SWAPPED);
  look (self);
  return self;
}
