/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "reminder/lm-reminder-file.h"
#include "reminder/lm-reminder-plan.h"
#include "reminder/lm-reminder-service.h"

/* Reminds, and can do nothing else: it is linked to no code that could open a journal or ask a
 * keyring. From the open journal it is told the plan, and keeps that in memory as long as it runs;
 * after the next login it knows the time that the file says, and the usual words. */

#define NOTIFICATION "reminder"
/* Who has nothing to wait for ends; who was just started may be told something yet. */
#define IDLE_SECONDS 10
/* It looks at least that often: nobody tells that the time zone is another. */
#define LOOK_SECONDS (60 * 60)
/* A window that does not answer is not being written in. */
#define ANSWER_MS 3000

struct _LmReminderService
{
  GObject parent_instance;

  GApplication *application;
  GMainLoop *loop;
  GDBusConnection *bus;
  char *path;
  LmReminderPlan *plan; /* nullable */
  LmReminderState state;
  gint64 shown_until; /* 0 if none shows */

  guint name;
  guint object;
  guint idle;
  int timer; /* follows the clock on the wall, through sleep */
  guint timer_source;
};

G_DEFINE_FINAL_TYPE (LmReminderService, lm_reminder_service, G_TYPE_OBJECT)

static const char xml[] = "<node>"
                          " <interface name='" LM_REMINDER_INTERFACE "'>"
                          "  <method name='Plan'>"
                          "   <arg type='u' direction='in' name='evenings'/>"
                          "   <arg type='u' direction='in' name='minute'/>"
                          "   <arg type='u' direction='in' name='before'/>"
                          "   <arg type='ax' direction='in' name='sessions'/>"
                          "   <arg type='s' direction='in' name='title'/>"
                          "   <arg type='s' direction='in' name='text'/>"
                          "  </method>"
                          "  <method name='Off'/>"
                          " </interface>"
                          "</node>";

/* Showing ------------------------------------------------------------------------------------- */

static gint64
wall_clock (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Goes on while the computer sleeps, and nobody sets it. */
static gint64
running_clock (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000 + 1;
}

static void
withdraw (LmReminderService *self)
{
  if (self->shown_until == 0)
    return;
  self->shown_until = 0;
  g_application_withdraw_notification (self->application, NOTIFICATION);
}

static void
show (LmReminderService *self, GTimeZone *zone, gint64 now)
{
  const char *title = self->plan != NULL ? self->plan->title : "";
  const char *text = self->plan != NULL ? self->plan->text : "";
  g_autoptr (GNotification) notification =
      /* Translators: the usual words of a reminder, if no others were chosen */
      g_notification_new (title[0] != '\0' ? title : _ ("A moment for yourself?"));

  if (text[0] != '\0')
    g_notification_set_body (notification, text);
  g_notification_add_button (notification, _ ("Write one line"), "app.new-moment");
  g_application_send_notification (self->application, NOTIFICATION, notification);
  self->shown_until = lm_reminder_until (zone, now);
}

/* Asks the window's program, which the bus starts if it does not run. */
static void
ask_app (LmReminderService *self, const char *method, GVariant *parameters)
{
  g_dbus_connection_call (self->bus,
                          APP_ID,
                          g_application_get_dbus_object_path (self->application),
                          "org.freedesktop.Application",
                          method,
                          parameters,
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          NULL,
                          NULL);
}

static void
activate_cb (GApplication *application, LmReminderService *self)
{
  GVariantBuilder platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  ask_app (self, "Activate", g_variant_new ("(a{sv})", &platform));
}

static void
new_moment_cb (LmReminderService *self)
{
  GVariantBuilder parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  GVariantBuilder platform = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  ask_app (self,
           "ActivateAction",
           g_variant_new ("(sava{sv})", "new-moment", &parameters, &platform));
}

/* Waiting ------------------------------------------------------------------------------------- */

static void
idle_cb (gpointer data)
{
  LmReminderService *self = data;

  self->idle = 0;
  g_main_loop_quit (self->loop);
}

static void
arm (LmReminderService *self, gint64 now)
{
  gint64 at = now + LOOK_SECONDS;
  struct itimerspec when = { 0 };

  if (self->state.next > 0)
    at = MIN (at, self->state.next);
  if (self->shown_until > 0)
    at = MIN (at, self->shown_until + 1);
  when.it_value.tv_sec = MAX (at, now + 1);
  timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->plan == NULL && self->state.next == 0 && self->shown_until == 0)
    self->idle = g_timeout_add_seconds_once (IDLE_SECONDS, idle_cb, self);
}

static gboolean
is_in_use (GVariant *description)
{
  g_autoptr (GVariant) states = NULL;
  g_autoptr (GVariant) state = NULL;

  if (description == NULL)
    return FALSE;
  g_variant_get (description, "((bg@av))", NULL, NULL, &states);
  if (g_variant_n_children (states) == 0)
    return FALSE;
  g_variant_get_child (states, 0, "v", &state);
  return g_variant_is_of_type (state, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (state);
}

/* Whatever went wrong with the question: then it is shown. */
static void
described_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmReminderService) self = data;
  g_autoptr (GVariant) description =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = wall_clock ();

  if (is_in_use (description))
    return;
  show (self, zone, now);
  arm (self, now);
}

/* Who is at the open journal just then is not reminded of it. The program is not started for that
 * question. */
static void
show_unless_in_use (LmReminderService *self)
{
  g_dbus_connection_call (self->bus,
                          APP_ID,
                          g_application_get_dbus_object_path (self->application),
                          "org.gtk.Actions",
                          "Describe",
                          g_variant_new ("(s)", LM_REMINDER_IN_USE),
                          G_VARIANT_TYPE ("((bgav))"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          ANSWER_MS,
                          NULL,
                          described_cb,
                          g_object_ref (self));
}

/* On the disk before it shows: whatever happens then, it does not come again. */
static void
keep_next (LmReminderService *self, gint64 before)
{
  g_autoptr (GError) error = NULL;

  if (self->state.next != before && !lm_reminder_file_write (self->path, self->state.next, &error))
    g_warning ("the next reminder's time could not be kept: %s", error->message);
}

static void
turn (LmReminderService *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = wall_clock (), before = self->state.next;
  gboolean due = lm_reminder_turn (&self->state, self->plan, zone, now, running_clock ());

  keep_next (self, before);
  if (self->shown_until != 0 && now > self->shown_until)
    withdraw (self);
  if (due)
    show_unless_in_use (self);
  arm (self, now);
}

/* The time has come, or the clock was set: then reading fails with ECANCELED. */
static gboolean
timer_cb (int file, GIOCondition condition, gpointer data)
{
  guint64 count;

  while (read (file, &count, sizeof count) == sizeof count)
    ;
  turn (data);
  return G_SOURCE_CONTINUE;
}

/* Being told -------------------------------------------------------------------------------------
 */

static void
take_plan (LmReminderService *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (LmReminderPlan) plan = lm_reminder_plan_from_variant (parameters);

  if (plan == NULL)
    {
      g_dbus_method_invocation_return_error_literal (invocation,
                                                     G_DBUS_ERROR,
                                                     G_DBUS_ERROR_INVALID_ARGS,
                                                     "this is no plan");
      return;
    }
  g_clear_pointer (&self->plan, lm_reminder_plan_free);
  self->plan = g_steal_pointer (&plan);
  /* Who has the journal open needs no reminder of what is past. */
  self->state.seen = 0;
  self->state.next = -1;
  withdraw (self);
  turn (self);
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
turn_off (LmReminderService *self, GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;

  withdraw (self);
  if (!lm_reminder_file_remove (self->path, &error))
    {
      g_dbus_method_invocation_return_gerror (invocation, error);
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  g_dbus_connection_flush_sync (self->bus, NULL, NULL);
  g_main_loop_quit (self->loop);
}

static void
called_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  if (g_str_equal (method, "Plan"))
    take_plan (data, parameters, invocation);
  else
    turn_off (data, invocation);
}

/* Another one reminds already. */
static void
name_lost_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  LmReminderService *self = data;

  g_main_loop_quit (self->loop);
}

static void
name_acquired_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  LmReminderService *self = data;

  /* Only now: of two that were started at once, one shows it. */
  if (self->plan == NULL)
    {
      lm_reminder_file_read (self->path, &self->state.next);
      turn (self);
    }
}

/* The object --------------------------------------------------------------------------------------
 */

static void
lm_reminder_service_finalize (GObject *object)
{
  LmReminderService *self = LM_REMINDER_SERVICE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_handle_id (&self->timer_source, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);
  g_clear_handle_id (&self->name, g_bus_unown_name);
  if (self->object != 0)
    g_dbus_connection_unregister_object (self->bus, self->object);
  g_clear_pointer (&self->plan, lm_reminder_plan_free);
  g_free (self->path);
  g_clear_object (&self->bus);
  g_clear_object (&self->application);
  g_main_loop_unref (self->loop);
  G_OBJECT_CLASS (lm_reminder_service_parent_class)->finalize (object);
}

static void
lm_reminder_service_class_init (LmReminderServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_reminder_service_finalize;
}

static void
lm_reminder_service_init (LmReminderService *self)
{
  self->timer = -1;
  self->path = lm_reminder_file_path ();
}

/**
 * lm_reminder_service_new:
 * @application: has the id of the window's program, in whose name reminders are shown
 * @loop: ended when there is nothing to remind of any more
 *
 * Returns: (transfer full): to be started with lm_reminder_service_start ()
 */
LmReminderService *
lm_reminder_service_new (GApplication *application, GMainLoop *loop)
{
  LmReminderService *self = g_object_new (LM_TYPE_REMINDER_SERVICE, NULL);
  GSimpleAction *action = g_simple_action_new ("new-moment", NULL);

  self->application = g_object_ref (application);
  self->loop = g_main_loop_ref (loop);
  /* Where the desktop gives clicks to whoever showed the notification. */
  g_signal_connect_object (action, "activate", G_CALLBACK (new_moment_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  g_object_unref (action);
  g_signal_connect_object (application, "activate", G_CALLBACK (activate_cb), self, 0);
  return self;
}

/* Begins to wait. FALSE where there is no session bus, or no timer: then nobody could be reminded.
 */
gboolean
lm_reminder_service_start (LmReminderService *self, GError **error)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, error);

  if (node == NULL || !g_application_register (self->application, NULL, error))
    return FALSE;
  self->bus = g_application_get_dbus_connection (self->application);
  self->timer = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->bus == NULL || self->timer < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "no session bus or timer");
      return FALSE;
    }
  g_object_ref (self->bus);
  self->timer_source = g_unix_fd_add (self->timer, G_IO_IN | G_IO_ERR, timer_cb, self);
  self->object = g_dbus_connection_register_object (self->bus,
                                                    LM_REMINDER_PATH,
                                                    node->interfaces[0],
                                                    &table,
                                                    self,
                                                    NULL,
                                                    error);
  if (self->object == 0)
    return FALSE;
  self->name = g_bus_own_name_on_connection (self->bus,
                                             LM_REMINDER_NAME,
                                             G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE,
                                             name_acquired_cb,
                                             name_lost_cb,
                                             self,
                                             NULL);
  return TRUE;
}
