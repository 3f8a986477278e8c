/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "workspace/lm-session-watch.h"

/* In a sandbox there is the portal, and nothing else can be reached: it tells of the screen and of
 * the session's end, not of sleep. Outside, logind tells of sleep and of its own lock, the screen
 * savers of the screen, GNOME's session manager and those like it of the end. */

#define PORTAL       "org.freedesktop.portal.Desktop"
#define PORTAL_PATH  "/org/freedesktop/portal/desktop"
#define INHIBIT      "org.freedesktop.portal.Inhibit"
#define LOGIND       "org.freedesktop.login1"
#define LOGIND_PATH  "/org/freedesktop/login1"
#define MANAGER      "org.freedesktop.login1.Manager"
#define SESSION      "org.freedesktop.login1.Session"
#define SESSIONS     "org.gnome.SessionManager"
#define SESSIONS_OBJ "/org/gnome/SessionManager"
#define CLIENT       "org.gnome.SessionManager.ClientPrivate"

/* The portal's session-state. */
enum
{
  PORTAL_RUNNING = 1,
  PORTAL_QUERY_END = 2,
  PORTAL_ENDING = 3,
};

static const char *const screen_savers[] = {
  "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver",
  "org.mate.ScreenSaver",        "org.xfce.ScreenSaver",
};

struct _LmSessionWatch
{
  GObject parent_instance;

  char *app_id;
  gboolean sandboxed;
  GCancellable *cancellable;
  GDBusConnection *session; /* nullable */
  GDBusConnection *system;  /* nullable */
  GArray *session_ids;      /* of guint: subscriptions */
  GArray *system_ids;

  char *login_session; /* nullable: its path at logind */
  int inhibitor;       /* while this is open, sleep waits; -1 */
  gboolean screen_active;
  guint portal_state;
  char *portal_session; /* nullable: who waits for lm_session_watch_answer_end () */
  char *client;         /* nullable: our path at the session manager */
  gboolean client_asks;
};

G_DEFINE_FINAL_TYPE (LmSessionWatch, lm_session_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_SCREEN_LOCKED,
  SIGNAL_SLEEPING,
  SIGNAL_QUERY_END,
  SIGNAL_END,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
subscribe (LmSessionWatch *self,
           gboolean system,
           const char *sender,
           const char *interface,
           const char *member,
           GDBusSignalCallback callback)
{
  guint id = g_dbus_connection_signal_subscribe (system ? self->system : self->session,
                                                 sender,
                                                 interface,
                                                 member,
                                                 NULL,
                                                 NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE,
                                                 callback,
                                                 self,
                                                 NULL);

  g_array_append_val (system ? self->system_ids : self->session_ids, id);
}

static void
unsubscribe (GDBusConnection *connection, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_dbus_connection_signal_unsubscribe (connection, g_array_index (ids, guint, i));
  g_array_set_size (ids, 0);
}

/* The screen --------------------------------------------------------------------------------- */

static void
take_screen (LmSessionWatch *self, gboolean active)
{
  if (active && !self->screen_active)
    g_signal_emit (self, signals[SIGNAL_SCREEN_LOCKED], 0);
  self->screen_active = active;
}

static void
screen_saver_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *member,
                 GVariant *parameters,
                 gpointer data)
{
  gboolean active;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &active);
  take_screen (data, active);
}

/* The portal ---------------------------------------------------------------------------------- */

static void
portal_state_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *member,
                 GVariant *parameters,
                 gpointer data)
{
  LmSessionWatch *self = data;
  g_autoptr (GVariant) state = NULL;
  const char *handle;
  gboolean active;
  guint session;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    return;
  g_variant_get (parameters, "(&o@a{sv})", &handle, &state);
  if (g_variant_lookup (state, "screensaver-active", "b", &active))
    take_screen (self, active);
  if (!g_variant_lookup (state, "session-state", "u", &session) || session == self->portal_state)
    return;
  self->portal_state = session;
  if (session == PORTAL_QUERY_END)
    {
      g_set_str (&self->portal_session, handle);
      g_signal_emit (self, signals[SIGNAL_QUERY_END], 0);
    }
  else if (session == PORTAL_ENDING)
    g_signal_emit (self, signals[SIGNAL_END], 0);
}

static void
watch_portal (LmSessionWatch *self)
{
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  /* It tells only us of our own session, so that whose signal it is needs no asking. */
  subscribe (self, FALSE, PORTAL, INHIBIT, "StateChanged", portal_state_cb);
  g_variant_builder_add (&options,
                         "{sv}",
                         "session_handle_token",
                         g_variant_new_string ("leitmotif"));
  g_dbus_connection_call (self->session,
                          PORTAL,
                          PORTAL_PATH,
                          INHIBIT,
                          "CreateMonitor",
                          g_variant_new ("(sa{sv})", "", &options),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          NULL,
                          NULL);
}

/* The session manager ---------------------------------------------------------------------------
 */

static void
client_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *member,
           GVariant *parameters,
           gpointer data)
{
  LmSessionWatch *self = data;

  if (g_strcmp0 (path, self->client) != 0)
    return;
  self->client_asks = g_str_equal (member, "QueryEndSession") || g_str_equal (member, "EndSession");
  if (g_str_equal (member, "QueryEndSession"))
    g_signal_emit (self, signals[SIGNAL_QUERY_END], 0);
  else if (g_str_equal (member, "EndSession") || g_str_equal (member, "Stop"))
    g_signal_emit (self, signals[SIGNAL_END], 0);
}

static void
registered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionWatch) self = data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_variant_get (reply, "(o)", &self->client);
}

static void
watch_session_manager (LmSessionWatch *self)
{
  subscribe (self, FALSE, SESSIONS, CLIENT, NULL, client_cb);
  g_dbus_connection_call (self->session,
                          SESSIONS,
                          SESSIONS_OBJ,
                          SESSIONS,
                          "RegisterClient",
                          g_variant_new ("(ss)", self->app_id, ""),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          self->cancellable,
                          registered_cb,
                          g_object_ref (self));
}

static void
session_bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionWatch) self = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->session = g_steal_pointer (&bus);
  if (self->sandboxed)
    {
      watch_portal (self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (screen_savers); i++)
    subscribe (self, FALSE, screen_savers[i], screen_savers[i], "ActiveChanged", screen_saver_cb);
  watch_session_manager (self);
}

/* logind ------------------------------------------------------------------------------------------
 */

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionWatch) self = data;
  g_autoptr (GUnixFDList) files = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source),
                                                       &files,
                                                       result,
                                                       NULL);
  int index;

  if (reply == NULL || files == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  lm_session_watch_may_sleep (self);
  g_variant_get (reply, "(h)", &index);
  self->inhibitor = g_unix_fd_list_get (files, index, NULL);
}

/* While we hold what this gives, the computer waits a few seconds before it sleeps. */
static void
delay_sleep (LmSessionWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (
      self->system,
      LOGIND,
      LOGIND_PATH,
      MANAGER,
      "Inhibit",
      /* Translators: why the computer waits a moment before it sleeps; the system may show it */
      g_variant_new ("(ssss)", "sleep", "Leitmotif", _ ("The journal is being locked"), "delay"),
      G_VARIANT_TYPE ("(h)"),
      G_DBUS_CALL_FLAGS_NO_AUTO_START,
      -1,
      NULL,
      self->cancellable,
      inhibited_cb,
      g_object_ref (self));
}

static void
sleep_cb (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *member,
          GVariant *parameters,
          gpointer data)
{
  LmSessionWatch *self = data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (begins)
    g_signal_emit (self, signals[SIGNAL_SLEEPING], 0);
  else if (self->inhibitor < 0)
    delay_sleep (self);
}

static void
login_lock_cb (GDBusConnection *connection,
               const char *sender,
               const char *path,
               const char *interface,
               const char *member,
               GVariant *parameters,
               gpointer data)
{
  LmSessionWatch *self = data;

  /* Of another person's session we are told as well. */
  if (g_strcmp0 (path, self->login_session) == 0)
    g_signal_emit (self, signals[SIGNAL_SCREEN_LOCKED], 0);
}

static void
login_session_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionWatch) self = data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_variant_get (reply, "(o)", &self->login_session);
}

static void
system_bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionWatch) self = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  const char *id = g_getenv ("XDG_SESSION_ID");

  if (bus == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->system = g_steal_pointer (&bus);
  subscribe (self, TRUE, LOGIND, MANAGER, "PrepareForSleep", sleep_cb);
  subscribe (self, TRUE, LOGIND, SESSION, "Lock", login_lock_cb);
  /* "auto" is the session of who asks or, for a program that belongs to none, the one in which the
   * person's screen is. */
  g_dbus_connection_call (self->system,
                          LOGIND,
                          LOGIND_PATH,
                          MANAGER,
                          "GetSession",
                          g_variant_new ("(s)", id != NULL && id[0] != '\0' ? id : "auto"),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          -1,
                          self->cancellable,
                          login_session_cb,
                          g_object_ref (self));
  delay_sleep (self);
}

/* The object
 * --------------------------------------------------------------------------------------- */

static void
lm_session_watch_dispose (GObject *object)
{
  LmSessionWatch *self = LM_SESSION_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    unsubscribe (self->session, self->session_ids);
  if (self->system != NULL)
    unsubscribe (self->system, self->system_ids);
  lm_session_watch_may_sleep (self);
  g_clear_object (&self->session);
  g_clear_object (&self->system);
  G_OBJECT_CLASS (lm_session_watch_parent_class)->dispose (object);
}

static void
lm_session_watch_finalize (GObject *object)
{
  LmSessionWatch *self = LM_SESSION_WATCH (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->session_ids);
  g_array_unref (self->system_ids);
  g_free (self->app_id);
  g_free (self->login_session);
  g_free (self->portal_session);
  g_free (self->client);
  G_OBJECT_CLASS (lm_session_watch_parent_class)->finalize (object);
}

static void
lm_session_watch_class_init (LmSessionWatchClass *klass)
{
  static const char *const names[] = { "screen-locked", "sleeping", "query-end", "end" };

  G_OBJECT_CLASS (klass)->dispose = lm_session_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_session_watch_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i],
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
lm_session_watch_init (LmSessionWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->session_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->system_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->inhibitor = -1;
  self->portal_state = PORTAL_RUNNING;
}

/* Whether this runs in a sandbox, where only portals can be reached. */
gboolean
lm_session_watch_is_sandboxed (void)
{
  return g_strcmp0 (g_getenv ("container"), "flatpak") == 0 ||
         g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * lm_session_watch_new:
 * @app_id: how the session manager knows us
 * @sandboxed: lm_session_watch_is_sandboxed (), or another in a test
 *
 * Returns: (transfer full): begins to look at once, without waiting
 */
LmSessionWatch *
lm_session_watch_new (const char *app_id, gboolean sandboxed)
{
  LmSessionWatch *self = g_object_new (LM_TYPE_SESSION_WATCH, NULL);

  self->app_id = g_strdup (app_id);
  self->sandboxed = sandboxed;
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_cb, g_object_ref (self));
  if (!sandboxed)
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  return self;
}

/* Everything is safe: the computer need not wait for us any longer. */
void
lm_session_watch_may_sleep (LmSessionWatch *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

/**
 * lm_session_watch_answer_end:
 * @why_not: (nullable): what the person reads instead of being logged out; %NULL if everything is
 *   saved and the session may end as far as we are concerned
 *
 * A portal can only be told that we are done: it asks nothing more.
 */
void
lm_session_watch_answer_end (LmSessionWatch *self, const char *why_not)
{
  if (self->portal_session != NULL)
    g_dbus_connection_call (self->session,
                            PORTAL,
                            PORTAL_PATH,
                            INHIBIT,
                            "QueryEndResponse",
                            g_variant_new ("(o)", self->portal_session),
                            NULL,
                            G_DBUS_CALL_FLAGS_NONE,
                            -1,
                            NULL,
                            NULL,
                            NULL);
  g_clear_pointer (&self->portal_session, g_free);
  if (self->client_asks)
    g_dbus_connection_call (self->session,
                            SESSIONS,
                            self->client,
                            CLIENT,
                            "EndSessionResponse",
                            g_variant_new ("(bs)", why_not == NULL, why_not != NULL ? why_not : ""),
                            NULL,
                            G_DBUS_CALL_FLAGS_NO_AUTO_START,
                            -1,
                            NULL,
                            NULL,
                            NULL);
  self->client_asks = FALSE;
}
