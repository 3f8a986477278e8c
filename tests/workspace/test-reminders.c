/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lm-test-workspace.h"
#include "reminder/lm-reminder-file.h"
#include "reminder/lm-reminder-service.h"
#include "workspace/lm-login-start.h"
#include "workspace/lm-reminders.h"
#include "workspace/lm-workspace-session.h"

/* What the open journal says to who reminds, and to the desktop; both are played on a bus of the
 * test's own. */

typedef struct
{
  LmTestWorkspace test;
  GDBusConnection *desktop;
  GArray *names; /* of guint */
  GString *called;
  GVariant *plan; /* nullable: what was told last */
  GVariant *options;
  guint response;
  LmReminders *reminders;
} Fixture;

static GTestDBus *bus;
static GDBusConnection *session;

static const char xml[] =
    "<node>"
    " <interface name='" LM_REMINDER_INTERFACE "'>"
    "  <method name='Plan'><arg type='u' direction='in'/><arg type='u' direction='in'/>"
    "   <arg type='u' direction='in'/><arg type='ax' direction='in'/>"
    "   <arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
    "  <method name='Off'/>"
    " </interface>"
    " <interface name='org.freedesktop.portal.Background'>"
    "  <method name='RequestBackground'><arg type='s' direction='in'/>"
    "   <arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    " </interface>"
    "</node>";

static void
answer_portal (Fixture *fixture, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *sender =
      g_strdelimit (g_strdup (g_dbus_method_invocation_get_sender (invocation) + 1), ".", '_');
  g_autofree char *path = NULL;
  GVariantBuilder results = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  const char *token;
  gboolean autostart;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &autostart));
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  g_clear_pointer (&fixture->options, g_variant_unref);
  fixture->options = g_steal_pointer (&options);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  g_variant_builder_add (&results,
                         "{sv}",
                         "autostart",
                         g_variant_new_boolean (fixture->response == 0 && autostart));
  g_dbus_connection_emit_signal (fixture->desktop,
                                 NULL,
                                 path,
                                 "org.freedesktop.portal.Request",
                                 "Response",
                                 g_variant_new ("(ua{sv})", fixture->response, &results),
                                 NULL);
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

  g_string_append_printf (fixture->called, "%s ", method);
  if (g_str_equal (method, "RequestBackground"))
    {
      answer_portal (fixture, parameters, invocation);
      return;
    }
  if (g_str_equal (method, "Plan"))
    {
      g_clear_pointer (&fixture->plan, g_variant_unref);
      fixture->plan = g_variant_ref (parameters);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
serve (Fixture *fixture, const char *name, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  guint id = g_bus_own_name_on_connection (fixture->desktop, name, 0, NULL, NULL, NULL, NULL);

  g_array_append_val (fixture->names, id);
  g_assert_cmpuint (
      g_dbus_connection_register_object (fixture->desktop,
                                         path,
                                         g_dbus_node_info_lookup_interface (node, interface),
                                         &table,
                                         fixture,
                                         NULL,
                                         NULL),
      !=,
      0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  lm_test_workspace_set_up (&fixture->test, NULL);
  fixture->called = g_string_new (NULL);
  fixture->names = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->desktop =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL,
                                              NULL,
                                              NULL);
  g_dbus_connection_set_exit_on_close (fixture->desktop, FALSE);
  if (g_strcmp0 (data, "nobody") != 0)
    serve (fixture, LM_REMINDER_NAME, LM_REMINDER_PATH, LM_REMINDER_INTERFACE);
  serve (fixture,
         "org.freedesktop.portal.Desktop",
         "/org/freedesktop/portal/desktop",
         "org.freedesktop.portal.Background");
  fixture->reminders =
      lm_reminders_new (fixture->test.workspace, session, g_strcmp0 (data, "sandboxed") == 0);
  lm_test_until (lm_reminders_get_plan (fixture->reminders) != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_run_dispose (G_OBJECT (fixture->reminders));
  g_object_unref (fixture->reminders);
  lm_test_workspace_tear_down (&fixture->test, NULL);
  for (guint i = 0; i < fixture->names->len; i++)
    g_bus_unown_name (g_array_index (fixture->names, guint, i));
  g_array_unref (fixture->names);
  g_dbus_connection_close_sync (fixture->desktop, NULL, NULL);
  g_clear_object (&fixture->desktop);
  g_clear_pointer (&fixture->plan, g_variant_unref);
  g_clear_pointer (&fixture->options, g_variant_unref);
  g_string_free (fixture->called, TRUE);
}

static GError *
turn (Fixture *fixture, gboolean on)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  lm_reminders_set_on_async (fixture->reminders, on, lm_test_take_result, &result);
  lm_test_wait (result);
  lm_reminders_set_on_finish (fixture->reminders, result, &error);
  return error;
}

static void
choose (Fixture *fixture, guint evenings, const char *title)
{
  LmReminderPlan *plan = lm_reminder_plan_new ();

  plan->evenings = evenings;
  plan->minute = 21 * 60 + 15;
  plan->before = 120;
  g_set_str (&plan->title, title);
  lm_reminders_set_plan (fixture->reminders, plan);
}

static void
assert_next (Fixture *fixture, const char *expected)
{
  g_autoptr (GDateTime) next = lm_reminders_get_next (fixture->reminders);
  g_autofree char *text = next != NULL ? lm_time_to_rfc3339 (next) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_on_disk (void)
{
  g_autofree char *path = lm_reminder_file_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
starts_at_login (void)
{
  g_autofree char *path = lm_login_start_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Whether the title told last is @title. */
static gboolean
says (Fixture *fixture, const char *title)
{
  g_autoptr (LmReminderPlan) plan =
      fixture->plan != NULL ? lm_reminder_plan_from_variant (fixture->plan) : NULL;

  return plan != NULL && g_str_equal (plan->title, title);
}

/* Cases -----------------------------------------------------------------------------------------
 */

static void
test_off_at_first (Fixture *fixture, gconstpointer data)
{
  g_assert_false (lm_reminders_get_on (fixture->reminders));
  choose (fixture, 0x7f, "Tea");
  assert_next (fixture, "2026-11-23T21:15:00+01:00");
  g_assert_cmpstr (fixture->called->str, ==, "");
  g_assert_false (is_on_disk ());
  g_assert_false (starts_at_login ());
}

static void
test_on_and_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = lm_login_start_path ();
  g_autofree char *file = lm_reminder_file_path ();
  g_autofree char *text = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  choose (fixture, 0x7f, "Tea");
  g_assert_no_error (turn (fixture, TRUE));
  g_assert_true (lm_reminders_get_on (fixture->reminders));
  lm_test_until (fixture->plan != NULL);
  g_assert_cmpstr (fixture->called->str, ==, "Plan ");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\nExec=" BINDIR "/leitmotif-reminder\n"));
  /* Nothing but the time. */
  g_assert_true (g_file_get_contents (file, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "2026-11-23T20:15:00Z\n");
  g_assert_no_error (turn (fixture, FALSE));
  g_assert_false (lm_reminders_get_on (fixture->reminders));
  g_assert_cmpstr (fixture->called->str, ==, "Plan Off ");
  g_assert_false (is_on_disk ());
  g_assert_false (starts_at_login ());
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) starts = g_date_time_new_from_iso8601 ("2026-11-26T17:10:00+01:00", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (LmUndo) undo = NULL;
  g_autoptr (LmReminderPlan) told = NULL;

  g_assert_no_error (turn (fixture, TRUE));
  choose (fixture, 1, "Tea");
  lm_workspace_add_appointment_async (fixture->test.workspace,
                                      starts,
                                      50,
                                      1,
                                      lm_test_take_result,
                                      &result);
  lm_test_wait (result);
  undo = lm_workspace_change_session_finish (fixture->test.workspace, result, NULL);
  g_assert_nonnull (undo);
  lm_test_until (lm_reminders_get_plan (fixture->reminders)->sessions->len > 0);
  /* This evening, then before the session: two hours before ten past five. */
  assert_next (fixture, "2026-11-23T21:15:00+01:00");
  choose (fixture, 0, "Tea");
  assert_next (fixture, "2026-11-26T15:10:00+01:00");
  choose (fixture, 0, "Coffee");
  /* The last word counts. */
  lm_test_until (says (fixture, "Coffee"));
  told = lm_reminder_plan_from_variant (fixture->plan);
  g_assert_nonnull (told);
  g_assert_cmpuint (told->sessions->len, >=, 4);
  g_assert_cmpint (g_array_index (told->sessions, gint64, 0), ==, g_date_time_to_unix (starts));
}

/* However quickly one thing follows another. */
static void
test_last_word (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  g_assert_no_error (turn (fixture, TRUE));
  lm_test_until (fixture->plan != NULL);
  g_string_truncate (fixture->called, 0);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *title = g_strdup_printf ("%u", i);

      choose (fixture, 1, title);
      g_string_append (expected, "Plan ");
    }
  g_string_append (expected, "Off ");
  g_assert_no_error (turn (fixture, FALSE));
  g_assert_cmpstr (fixture->called->str, ==, expected->str);
  g_assert_true (says (fixture, "99"));
  g_assert_false (is_on_disk ());
}

static void
test_kept_in_the_journal (Fixture *fixture, gconstpointer data)
{
  const LmReminderPlan *plan;

  choose (fixture, 1 | 64, "Tea");
  g_object_run_dispose (G_OBJECT (fixture->reminders));
  g_object_unref (fixture->reminders);
  lm_test_workspace_restart (&fixture->test);
  fixture->reminders = lm_reminders_new (fixture->test.workspace, session, FALSE);
  lm_test_until ((plan = lm_reminders_get_plan (fixture->reminders)) != NULL);
  g_assert_cmpuint (plan->evenings, ==, 1 | 64);
  g_assert_cmpuint (plan->minute, ==, 21 * 60 + 15);
  g_assert_cmpuint (plan->before, ==, 120);
  g_assert_cmpstr (plan->title, ==, "Tea");
  g_assert_cmpstr (plan->text, ==, "");
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_assert_no_error (turn (fixture, TRUE));
  lm_test_until (fixture->plan != NULL);
  g_string_truncate (fixture->called, 0);
  lm_workspace_lock (fixture->test.workspace);
  lm_test_state (fixture->test.workspace, LM_WORKSPACE_LOCKED);
  /* What was told stays with who reminds. */
  g_assert_null (lm_reminders_get_plan (fixture->reminders));
  g_assert_true (lm_reminders_get_on (fixture->reminders));
  g_assert_cmpstr (fixture->called->str, ==, "");
  choose (fixture, 1, "Tea");
  g_assert_null (lm_reminders_get_plan (fixture->reminders));
  lm_test_workspace_unlock (&fixture->test);
  lm_test_until (strstr (fixture->called->str, "Plan") != NULL);
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) command = NULL;
  gboolean autostart, activatable;

  g_assert_no_error (turn (fixture, TRUE));
  g_assert_true (g_str_has_prefix (fixture->called->str, "RequestBackground "));
  g_assert_true (g_variant_lookup (fixture->options, "commandline", "^as", &command));
  g_assert_cmpuint (g_strv_length (command), ==, 1);
  g_assert_cmpstr (command[0], ==, "leitmotif-reminder");
  g_assert_true (g_variant_lookup (fixture->options, "autostart", "b", &autostart) && autostart);
  g_assert_true (g_variant_lookup (fixture->options, "dbus-activatable", "b", &activatable) &&
                 !activatable);
  g_assert_true (is_on_disk ());
  g_assert_false (starts_at_login ());
  g_assert_no_error (turn (fixture, FALSE));
  g_assert_true (g_variant_lookup (fixture->options, "autostart", "b", &autostart) && !autostart);
  g_assert_false (is_on_disk ());
}

static void
test_portal_says_no (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->response = 1;
  error = turn (fixture, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_false (lm_reminders_get_on (fixture->reminders));
  g_assert_false (is_on_disk ());
  g_assert_null (fixture->plan);
}

/* Who reminds cannot be started now: it is at the next login, and finds the time. */
static void
test_nobody_to_tell (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = lm_reminder_file_path ();
  g_autofree char *kept = NULL;
  gint64 next = 0;

  g_assert_no_error (turn (fixture, TRUE));
  choose (fixture, 0x7f, "Tea");
  lm_test_until (lm_reminder_file_read (file, &next) && next > 0);
  g_assert_true (g_file_get_contents (file, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "2026-11-23T20:15:00Z\n");
  /* The same for the time: the last word counts. */
  for (guint i = 0; i < 32; i++)
    choose (fixture, i % 2 == 0 ? 0x7f : 0, "Tea");
  g_assert_no_error (turn (fixture, FALSE));
  for (guint i = 0; i < 50; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
      g_assert_false (is_on_disk ());
    }
}

#define ADD(name, data, func)                                                                      \
  g_test_add ("/reminders/" name, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (session, FALSE);
  ADD ("off-at-first", NULL, test_off_at_first);
  ADD ("on-and-off", NULL, test_on_and_off);
  ADD ("plan", NULL, test_plan);
  ADD ("last-word", NULL, test_last_word);
  ADD ("kept-in-the-journal", NULL, test_kept_in_the_journal);
  ADD ("locked", NULL, test_locked);
  ADD ("portal", "sandboxed", test_portal);
  ADD ("portal-says-no", "sandboxed", test_portal_says_no);
  ADD ("nobody-to-tell", "nobody", test_nobody_to_tell);
  status = g_test_run ();
  g_clear_object (&session);
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
