/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <string.h>
#include <unistd.h>

#include "lm-test-workspace.h"
#include "workspace/lm-session-watch.h"

/* What the desktop says, from services that the test plays on a bus of its own. */

typedef struct
{
  GDBusConnection *desktop; /* where the services are */
  guint names[8];
  guint n_names;

  LmSessionWatch *watch;
  GString *heard;  /* what the watch told */
  GString *called; /* what the services were asked */
  int pipe;        /* the end that closes when the inhibitor does */
} Fixture;

/* One for all cases, session bus and system bus at once: GIO connects to each but once. */
static GTestDBus *bus;

static const char xml[] =
    "<node>"
    " <interface name='org.freedesktop.portal.Inhibit'>"
    "  <method name='CreateMonitor'><arg type='s' direction='in'/>"
    "   <arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "  <method name='QueryEndResponse'><arg type='o' direction='in'/></method>"
    " </interface>"
    " <interface name='org.freedesktop.login1.Manager'>"
    "  <method name='GetSession'><arg type='s' direction='in'/>"
    "   <arg type='o' direction='out'/></method>"
    "  <method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "   <arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "   <arg type='h' direction='out'/></method>"
    " </interface>"
    " <interface name='org.gnome.SessionManager'>"
    "  <method name='RegisterClient'><arg type='s' direction='in'/>"
    "   <arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
    " </interface>"
    " <interface name='org.gnome.SessionManager.ClientPrivate'>"
    "  <method name='EndSessionResponse'><arg type='b' direction='in'/>"
    "   <arg type='s' direction='in'/></method>"
    " </interface>"
    "</node>";

static void
answer_inhibit (Fixture *fixture, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  const char *what, *mode;
  int ends[2];

  g_variant_get (parameters, "(&s&s&s&s)", &what, NULL, NULL, &mode);
  g_assert_cmpstr (what, ==, "sleep");
  g_assert_cmpstr (mode, ==, "delay");
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC | O_NONBLOCK), ==, 0);
  g_assert_cmpint (g_unix_fd_list_append (files, ends[1], NULL), ==, 0);
  close (ends[1]);
  if (fixture->pipe >= 0)
    close (fixture->pipe);
  fixture->pipe = ends[0];
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation,
                                                           g_variant_new ("(h)", 0),
                                                           files);
}

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer data)
{
  Fixture *fixture = data;
  const char *id;

  g_string_append (fixture->called, method);
  if (g_str_equal (method, "EndSessionResponse"))
    g_variant_print_string (parameters, fixture->called, FALSE);
  g_string_append_c (fixture->called, ' ');
  if (g_str_equal (method, "Inhibit"))
    {
      answer_inhibit (fixture, parameters, invocation);
      return;
    }
  if (g_str_equal (method, "GetSession"))
    {
      g_variant_get (parameters, "(&s)", &id);
      g_assert_cmpstr (id, ==, "auto");
      g_dbus_method_invocation_return_value (
          invocation,
          g_variant_new ("(o)", "/org/freedesktop/login1/session/_32"));
      return;
    }
  if (g_str_equal (method, "CreateMonitor") || g_str_equal (method, "RegisterClient"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/client/1"));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
serve (Fixture *fixture, const char *name, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;

  if (interface != NULL)
    g_dbus_connection_register_object (fixture->desktop,
                                       path,
                                       g_dbus_node_info_lookup_interface (node, interface),
                                       &table,
                                       fixture,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
  if (name != NULL)
    fixture->names[fixture->n_names++] =
        g_bus_own_name_on_connection (fixture->desktop, name, 0, NULL, NULL, NULL, NULL);
}

static void
say (Fixture *fixture, const char *path, const char *interface, const char *signal, GVariant *what)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (fixture->desktop, NULL, path, interface, signal, what, &error);
  g_assert_no_error (error);
}

#define HEARS(name)                                                                                \
  static void hears_##name (LmSessionWatch *watch, Fixture *fixture)                               \
  {                                                                                                \
    g_string_append (fixture->heard, #name " ");                                                   \
  }
HEARS (locked)
HEARS (sleeping)
HEARS (query)
HEARS (end)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->heard = g_string_new (NULL);
  fixture->called = g_string_new (NULL);
  fixture->pipe = -1;
  fixture->desktop =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              NULL);
  g_dbus_connection_set_exit_on_close (fixture->desktop, FALSE);
}

static void
start (Fixture *fixture, gboolean sandboxed)
{
  fixture->watch = lm_session_watch_new ("test", sandboxed);
  g_signal_connect (fixture->watch, "screen-locked", G_CALLBACK (hears_locked), fixture);
  g_signal_connect (fixture->watch, "sleeping", G_CALLBACK (hears_sleeping), fixture);
  g_signal_connect (fixture->watch, "query-end", G_CALLBACK (hears_query), fixture);
  g_signal_connect (fixture->watch, "end", G_CALLBACK (hears_end), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer weak = fixture->watch;

  g_object_add_weak_pointer (weak, &weak);
  g_object_run_dispose (weak);
  g_object_unref (fixture->watch);
  lm_test_until (weak == NULL);
  for (guint i = 0; i < fixture->n_names; i++)
    g_bus_unown_name (fixture->names[i]);
  g_dbus_connection_close_sync (fixture->desktop, NULL, NULL);
  g_clear_object (&fixture->desktop);
  if (fixture->pipe >= 0)
    close (fixture->pipe);
  g_string_free (fixture->heard, TRUE);
  g_string_free (fixture->called, TRUE);
}

static gboolean
inhibits (Fixture *fixture)
{
  char byte;

  return fixture->pipe >= 0 && read (fixture->pipe, &byte, 1) < 0;
}

/* Runs the main loop until everything that was said so far must have arrived: what is said last and
 * is always heard has. */
static void
hear_out (Fixture *fixture)
{
  gsize before = fixture->heard->len;

  say (fixture,
       "/org/gnome/ScreenSaver",
       "org.gnome.ScreenSaver",
       "ActiveChanged",
       g_variant_new ("(b)", FALSE));
  say (fixture,
       "/org/gnome/ScreenSaver",
       "org.gnome.ScreenSaver",
       "ActiveChanged",
       g_variant_new ("(b)", TRUE));
  lm_test_until (fixture->heard->len > before && g_str_has_suffix (fixture->heard->str, "locked "));
}

static void
start_outside (Fixture *fixture)
{
  serve (fixture, "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", NULL);
  serve (fixture, "org.freedesktop.ScreenSaver", "/ScreenSaver", NULL);
  serve (fixture,
         "org.freedesktop.login1",
         "/org/freedesktop/login1",
         "org.freedesktop.login1.Manager");
  serve (fixture,
         "org.gnome.SessionManager",
         "/org/gnome/SessionManager",
         "org.gnome.SessionManager");
  serve (fixture, NULL, "/client/1", "org.gnome.SessionManager.ClientPrivate");
  start (fixture, FALSE);
  lm_test_until (strstr (fixture->called->str, "GetSession") != NULL &&
                 strstr (fixture->called->str, "RegisterClient") != NULL && inhibits (fixture));
}

static void
test_screen_savers (Fixture *fixture, gconstpointer data)
{
  start_outside (fixture);
  hear_out (fixture);
  g_assert_cmpstr (fixture->heard->str, ==, "locked ");
  /* Told twice is locked once. */
  say (fixture,
       "/ScreenSaver",
       "org.freedesktop.ScreenSaver",
       "ActiveChanged",
       g_variant_new ("(b)", TRUE));
  hear_out (fixture);
  g_assert_cmpstr (fixture->heard->str, ==, "locked locked ");
  /* Not what it says it is. */
  say (fixture,
       "/ScreenSaver",
       "org.freedesktop.ScreenSaver",
       "ActiveChanged",
       g_variant_new ("(s)", "x"));
  hear_out (fixture);
  g_assert_cmpstr (fixture->heard->str, ==, "locked locked locked ");
}

static void
test_login_lock (Fixture *fixture, gconstpointer data)
{
  const char *interface = "org.freedesktop.login1.Session";

  start_outside (fixture);
  /* Another person's. */
  say (fixture, "/org/freedesktop/login1/session/_39", interface, "Lock", NULL);
  say (fixture, "/org/freedesktop/login1/session/_32", interface, "Lock", NULL);
  lm_test_until (fixture->heard->len > 0);
  hear_out (fixture);
  g_assert_cmpstr (fixture->heard->str, ==, "locked locked ");
}

static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  const char *interface = "org.freedesktop.login1.Manager", *path = "/org/freedesktop/login1";

  start_outside (fixture);
  say (fixture, path, interface, "PrepareForSleep", g_variant_new ("(b)", TRUE));
  lm_test_until (fixture->heard->len > 0);
  g_assert_cmpstr (fixture->heard->str, ==, "sleeping ");
  g_assert_true (inhibits (fixture));
  lm_session_watch_may_sleep (fixture->watch);
  lm_test_until (!inhibits (fixture) || !g_main_context_pending (NULL));
  while (inhibits (fixture))
    g_main_context_iteration (NULL, FALSE);
  /* Awake again: the next sleep is delayed, too. */
  say (fixture, path, interface, "PrepareForSleep", g_variant_new ("(b)", FALSE));
  lm_test_until (inhibits (fixture));
}

static void
test_session_end (Fixture *fixture, gconstpointer data)
{
  const char *interface = "org.gnome.SessionManager.ClientPrivate";

  start_outside (fixture);
  say (fixture, "/client/2", interface, "EndSession", g_variant_new ("(u)", 0));
  say (fixture, "/client/1", interface, "QueryEndSession", g_variant_new ("(u)", 0));
  lm_test_until (fixture->heard->len > 0);
  g_assert_cmpstr (fixture->heard->str, ==, "query ");
  lm_session_watch_answer_end (fixture->watch, "Not yet");
  lm_test_until (strstr (fixture->called->str, "EndSessionResponse(false, 'Not yet')") != NULL);
  say (fixture, "/client/1", interface, "QueryEndSession", g_variant_new ("(u)", 0));
  lm_test_until (strstr (fixture->heard->str, "query query ") != NULL);
  lm_session_watch_answer_end (fixture->watch, NULL);
  lm_test_until (strstr (fixture->called->str, "EndSessionResponse(true, '')") != NULL);
  say (fixture, "/client/1", interface, "EndSession", g_variant_new ("(u)", 0));
  lm_test_until (strstr (fixture->heard->str, "end ") != NULL);
  g_assert_cmpstr (fixture->heard->str, ==, "query query end ");
}

static void
say_state (Fixture *fixture, gboolean screen, guint session)
{
  GVariantBuilder state = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&state, "{sv}", "screensaver-active", g_variant_new_boolean (screen));
  g_variant_builder_add (&state, "{sv}", "session-state", g_variant_new_uint32 (session));
  say (fixture,
       "/org/freedesktop/portal/desktop",
       "org.freedesktop.portal.Inhibit",
       "StateChanged",
       g_variant_new ("(oa{sv})", "/monitor/1", &state));
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  serve (fixture,
         "org.freedesktop.portal.Desktop",
         "/org/freedesktop/portal/desktop",
         "org.freedesktop.portal.Inhibit");
  start (fixture, TRUE);
  lm_test_until (strstr (fixture->called->str, "CreateMonitor") != NULL);
  say_state (fixture, FALSE, 1);
  say_state (fixture, TRUE, 1);
  say_state (fixture, TRUE, 1);
  lm_test_until (fixture->heard->len > 0);
  say_state (fixture, FALSE, 2);
  lm_test_until (strstr (fixture->heard->str, "query") != NULL);
  g_assert_cmpstr (fixture->heard->str, ==, "locked query ");
  g_assert_null (strstr (fixture->called->str, "QueryEndResponse"));
  lm_session_watch_answer_end (fixture->watch, NULL);
  lm_test_until (strstr (fixture->called->str, "QueryEndResponse") != NULL);
  say_state (fixture, FALSE, 3);
  lm_test_until (strstr (fixture->heard->str, "end") != NULL);
  g_assert_cmpstr (fixture->heard->str, ==, "locked query end ");
}

/* A desktop without any of it. */
static void
test_nothing_there (Fixture *fixture, gconstpointer data)
{
  start (fixture, g_strcmp0 (data, "sandboxed") == 0);
  /* It listens even so: what comes later is heard. */
  serve (fixture, "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", NULL);
  if (data == NULL)
    {
      while (fixture->heard->len == 0)
        {
          say (fixture,
               "/org/gnome/ScreenSaver",
               "org.gnome.ScreenSaver",
               "ActiveChanged",
               g_variant_new ("(b)", TRUE));
          g_main_context_iteration (NULL, FALSE);
          g_usleep (2000);
        }
      g_assert_cmpstr (fixture->heard->str, ==, "locked ");
    }
  lm_session_watch_may_sleep (fixture->watch);
  lm_session_watch_answer_end (fixture->watch, NULL);
}

#define ADD(name, data, func) g_test_add (name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) system = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (bus), TRUE);
  g_unsetenv ("XDG_SESSION_ID");
  system = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, NULL);
  g_dbus_connection_set_exit_on_close (system, FALSE);
  ADD ("/session-watch/screen-savers", NULL, test_screen_savers);
  ADD ("/session-watch/login-lock", NULL, test_login_lock);
  ADD ("/session-watch/sleep", NULL, test_sleep);
  ADD ("/session-watch/session-end", NULL, test_session_end);
  ADD ("/session-watch/portal", NULL, test_portal);
  ADD ("/session-watch/nothing-there", NULL, test_nothing_there);
  ADD ("/session-watch/nothing-there-sandboxed", "sandboxed", test_nothing_there);
  status = g_test_run ();
  g_clear_object (&system);
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
