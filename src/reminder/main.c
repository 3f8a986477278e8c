/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>

#include "base/lm-core-dumps.h"
#include "reminder/lm-reminder-service.h"

/* leitmotif-reminder: started at login while reminders are on, or by the bus. */

static gboolean
terminated_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LmReminderService) service = NULL;
  g_autoptr (GError) error = NULL;
  const char *locale_dir = g_getenv ("LEITMOTIF_LOCALE_DIR");

  /* The words that somebody chose get onto no disk by a crash either. */
  lm_core_dumps_turn_off ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (argc > 1)
    {
      g_print ("Leitmotif %s\n", PACKAGE_VERSION);
      return g_str_equal (argv[1], "--version") ? 0 : 2;
    }
  /* Under the app's name, but not in its place. */
  application = g_application_new (APP_ID, G_APPLICATION_NON_UNIQUE);
  service = lm_reminder_service_new (application, loop);
  if (!lm_reminder_service_start (service, &error))
    {
      g_printerr ("leitmotif-reminder: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, terminated_cb, loop);
  g_unix_signal_add (SIGINT, terminated_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
