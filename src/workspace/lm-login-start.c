/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/lm-id.h"
#include "journal/lm-file.h"
#include "workspace/lm-login-start.h"

/* In a sandbox the portal is asked, which may ask the person; elsewhere a file says it, as the
 * desktop's own settings would write it. Nobody is asked and nothing is written before reminders
 * are turned on. */

#define PORTAL      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND  "org.freedesktop.portal.Background"
#define REQUEST     "org.freedesktop.portal.Request"
#define PROGRAM     "leitmotif-reminder"

/* The file ------------------------------------------------------------------------------------- */

/* Returns: (transfer full): the file that has the program started at login, outside of a sandbox */
char *
lm_login_start_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", APP_ID ".Reminder.desktop", NULL);
}

static gboolean
set_file (gboolean start, GError **error)
{
  g_autofree char *path = lm_login_start_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  /* TryExec: if Leitmotif is removed, the file means nothing. */
  static const char text[] = "[Desktop Entry]\n"
                             "Type=Application\n"
                             "Name=Leitmotif\n"
                             "Icon=" APP_ID "\n"
                             "Exec=" BINDIR "/" PROGRAM "\n"
                             "TryExec=" BINDIR "/" PROGRAM "\n"
                             "NoDisplay=true\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);

  if (start && g_mkdir_with_parents (folder, 0700) == 0)
    return lm_file_write_chosen (path, bytes, error);
  if (!start && (g_unlink (path) == 0 || errno == ENOENT))
    return TRUE;
  lm_file_set_error (error, errno, path);
  return FALSE;
}

static void
file_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (set_file (GPOINTER_TO_INT (data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The portal ----------------------------------------------------------------------------------- */

typedef struct
{
  GDBusConnection *bus; /* nullable */
  guint response;       /* subscription; 0 when it came */
  gboolean start;
} Ask;

static void
stop_listening (Ask *ask)
{
  guint response = ask->response;

  ask->response = 0;
  if (response != 0)
    g_dbus_connection_signal_unsubscribe (ask->bus, response);
}

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_object (&ask->bus);
  g_free (ask);
}

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *member,
             GVariant *parameters,
             gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean autostart = FALSE;
  guint code = 1;

  if (ask->response == 0)
    return;
  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    {
      g_variant_get (parameters, "(u@a{sv})", &code, &results);
      g_variant_lookup (results, "autostart", "b", &autostart);
    }
  stop_listening (ask);
  if (code == 0 && autostart == ask->start)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task,
                                     G_IO_ERROR,
                                     G_IO_ERROR_PERMISSION_DENIED,
                                     "the portal did not allow it");
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  /* The answer itself comes with the signal, and may be there before this one. */
  if (reply != NULL || ask->response == 0)
    {
      g_clear_error (&error);
      return;
    }
  stop_listening (ask);
  g_task_return_error (task, error);
}

static void
bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  static const char *const command[] = { PROGRAM, NULL };
  LmId id = lm_id_new_random ();
  LmIdText digits = lm_id_format (&id);
  g_autofree char *token = g_strconcat ("leitmotif", digits.digits, NULL);
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;

  ask->bus = g_bus_get_finish (result, &error);
  if (ask->bus == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (ask->bus) + 1), ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  ask->response = g_dbus_connection_signal_subscribe (ask->bus,
                                                      PORTAL,
                                                      REQUEST,
                                                      "Response",
                                                      path,
                                                      NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE,
                                                      response_cb,
                                                      g_object_ref (task),
                                                      g_object_unref);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options,
                         "{sv}",
                         "reason",
                         /* Translators: the system may show this when it asks whether Leitmotif may
                          * run in the background */
                         g_variant_new_string (_ ("To remind you at the times that you choose.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (ask->start));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  g_dbus_connection_call (ask->bus,
                          PORTAL,
                          PORTAL_PATH,
                          BACKGROUND,
                          "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options),
                          G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          asked_cb,
                          g_object_ref (task));
}

/* Either ----------------------------------------------------------------------------------------
 */

/**
 * lm_login_start_set_async:
 * @sandboxed: whether the portal is to be asked
 * @start: whether it is to be started at login
 */
void
lm_login_start_set_async (gboolean sandboxed,
                          gboolean start,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Ask *ask;

  if (!sandboxed)
    {
      g_task_set_task_data (task, GINT_TO_POINTER (start), NULL);
      g_task_run_in_thread (task, file_job);
      return;
    }
  ask = g_new0 (Ask, 1);
  ask->start = start;
  g_task_set_task_data (task, ask, ask_free);
  g_bus_get (G_BUS_TYPE_SESSION, cancellable, bus_cb, g_object_ref (task));
}

/* Returns: FALSE if it was refused, or could not be done */
gboolean
lm_login_start_set_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
