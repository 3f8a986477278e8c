/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/help/lm-shortcuts-dialog.h"
#include "ui/widgets/lm-parts.h"

/* The keys that do something everywhere. GTK's own window for this is deprecated, and libadwaita
 * has one only from 1.8 on. */

static const struct
{
  const char *title;
  struct
  {
    const char *title;
    const char *action;
  } keys[6];
} groups[] = {
  { /* Translators: a heading over shortcuts */
    N_ ("Writing"),
    { { N_ ("New entry"), "win.new-entry" },
      { N_ ("A moment: one line"), "win.new-moment" },
      { N_ ("Search on this page"), "win.find" } } },
  { N_ ("Going somewhere"),
    { { N_ ("Today"), "win.place::today" },
      { N_ ("Journal"), "win.place::journal" },
      { N_ ("For the session"), "win.place::session" },
      { N_ ("Library"), "win.place::library" },
      { N_ ("Help now"), "win.help-now" } } },
  { N_ ("The app"),
    { /* Translators: an action: locks the journal */
      { N_ ("Lock"), "win.lock" },
      { N_ ("Preferences"), "win.preferences" },
      { N_ ("Using Leitmotif"), "app.using" },
      { N_ ("Keyboard shortcuts"), "app.shortcuts" },
      { N_ ("Close"), "app.quit" } } },
};

static GtkWidget *
make_row (GtkApplication *application, const char *title, const char *action)
{
  GtkWidget *row = adw_action_row_new ();
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, action);
  g_autofree char *keys = NULL;
  GdkModifierType modifiers;
  guint key;

  if (accels[0] != NULL && gtk_accelerator_parse (accels[0], &key, &modifiers))
    keys = gtk_accelerator_get_label (key, modifiers);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (keys != NULL)
    {
      GtkWidget *label = gtk_label_new (keys);

      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      keys,
                                      -1);
    }
  return row;
}

/* Returns: (transfer floating): a dialog that says which keys do what */
AdwDialog *
lm_shortcuts_dialog_new (GtkApplication *application)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (groups[i].title));
      for (guint k = 0; groups[i].keys[k].title != NULL; k++)
        adw_preferences_group_add (
            ADW_PREFERENCES_GROUP (group),
            make_row (application, _ (groups[i].keys[k].title), groups[i].keys[k].action));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Keyboard shortcuts"));
  adw_dialog_set_content_width (dialog, 420);
  adw_dialog_set_content_height (dialog, 600);
  adw_dialog_set_child (dialog, view);
  return dialog;
}
