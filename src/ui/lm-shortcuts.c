/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-shortcuts.h"

/* The one table of shortcuts: from it they are registered, and shown on Ctrl+?. */

/* Translators: a heading over shortcuts */
#define WRITING N_ ("Writing")
#define GOING   N_ ("Going somewhere")
#define APP     N_ ("The app")

static const LmShortcut table[] = {
  { WRITING, N_ ("New entry"), "win.new-entry", "<Control>n" },
  { WRITING, N_ ("A moment: one line"), "win.new-moment", "<Control><Shift>m", TRUE },
  { WRITING, N_ ("Search on this page"), "win.find", "<Control>f" },
  { GOING, N_ ("Today"), "win.place::today", "<Control>1" },
  { GOING, N_ ("Journal"), "win.place::journal", "<Control>2" },
  { GOING, N_ ("For the session"), "win.place::session", "<Control>3" },
  { GOING, N_ ("Library"), "win.place::library", "<Control>4" },
  { GOING, N_ ("Help now, as a page"), "win.place::help", "<Control>5" },
  { GOING, N_ ("People"), "win.people", "<Control>6" },
  { GOING, N_ ("Help now, from anywhere"), "win.help-now", "<Control><Shift>h", TRUE },
  /* Translators: an action: locks the journal */
  { APP, N_ ("Lock"), "win.lock", "<Control>l", TRUE },
  { APP, N_ ("Preferences"), "win.preferences", "<Control>comma" },
  { APP, N_ ("Main menu"), NULL, "F10" },
  { APP, N_ ("Using Leitmotif"), "app.using", "F1" },
  { APP, N_ ("Keyboard shortcuts"), "app.shortcuts", "<Control>question" },
  { APP, N_ ("Close the dialog or the window"), "window.close", "<Control>w", TRUE },
  { APP, N_ ("Quit"), "app.quit", "<Control>q", TRUE },
};

/* Returns: (transfer none) (array length=n): all of them, group by group */
const LmShortcut *
lm_shortcuts_get (guint *n)
{
  *n = G_N_ELEMENTS (table);
  return table;
}

void
lm_shortcuts_register (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *const accels[] = { table[i].accel, NULL };

      if (table[i].action != NULL)
        gtk_application_set_accels_for_action (application, table[i].action, accels);
    }
}

/* While a dialog is open, libadwaita keeps all keys from the window: those that are to work even
 * then are given to @dialog. To be called once for each. */
void
lm_shortcuts_add_to_dialog (GtkWidget *dialog)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].in_dialogs)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (table[i].accel),
                            gtk_named_action_new (table[i].action)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (dialog, controller);
}
