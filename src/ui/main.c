/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <libspelling.h>
#include <locale.h>

#include "base/lm-hardening.h"
#include "base/lm-restart.h"
#include "ui/lm-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (LmApplication) application = NULL;
  const char *locale_dir = g_getenv ("LEITMOTIF_LOCALE_DIR");
  int status;

  lm_restart_prepare (&argc, argv);
  lm_hardening_apply ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Before anything reads the environment that it changes. */
  lm_application_prepare (argc, argv);
  gtk_source_init ();
  spelling_init ();
  application = lm_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  return status;
}
