/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-toast.h"
#include "ui/lm-window.h"
#include "ui/people/lm-merge-dialog.h"
#include "ui/people/lm-people-page.h"
#include "ui/widgets/lm-parts.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-workspace-people.h"

/* Two names of one person: which of the others is it? */

typedef struct
{
  GtkWidget *parent;
  LmWorkspace *workspace;
  LmEntry *person;
  AdwDialog *dialog;
} About;

static void
about_free (gpointer data)
{
  About *about = data;

  g_object_unref (about->parent);
  g_object_unref (about->workspace);
  g_object_unref (about->person);
  g_free (about);
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  /* The page of who was merged goes with that: told in the window. */
  g_autofree char *told = data;
  GtkWidget *window = GTK_WIDGET (lm_window_find (LM_APPLICATION (g_application_get_default ())));
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo =
      lm_workspace_change_person_finish (LM_WORKSPACE (source), result, &error);

  if (window == NULL)
    return;
  if (undo != NULL)
    lm_undo_toast (window, LM_WORKSPACE (source), told, undo);
  else
    lm_toast_error (window, error);
}

static void
chosen_cb (GtkListBox *list, GtkListBoxRow *row, About *about)
{
  LmEntry *into = g_object_get_data (G_OBJECT (row), "person");
  /* Translators: both are names of one person */
  char *told = g_strdup_printf (_ ("%1$s is now the same as %2$s"),
                                lm_entry_get_title (about->person),
                                lm_entry_get_title (into));

  lm_workspace_merge_person_async (about->workspace, about->person, into, merged_cb, told);
  adw_dialog_close (about->dialog);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LmEntry *person = item;
  g_autoptr (LmContent) content = lm_record_content (lm_entry_get_record (person));
  g_autofree char *subtitle = lm_circles_text (content);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lm_entry_get_title (person));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "person", g_object_ref (person), g_object_unref);
  return row;
}

static gboolean
is_another (gpointer item, gpointer data)
{
  return item != data;
}

/* Asks who @person is the same as. */
void
lm_merge_dialog_present (GtkWidget *parent, LmWorkspace *workspace, LmEntry *person)
{
  About *about = g_new0 (About, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *box, *scroller = lm_reading_list_new (&box);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkFilter *filter =
      GTK_FILTER (gtk_custom_filter_new (is_another, g_object_ref (person), g_object_unref));
  g_autoptr (GListModel) others =
      G_LIST_MODEL (gtk_filter_list_model_new (lm_people_sorted_new (workspace), filter));
  g_autofree char *text = g_strdup_printf (
      /* Translators: %s is a name */
      _ ("Who is “%s” the same as? Their entries come together on one page. No entry is changed."),
      lm_entry_get_title (person));

  *about = (About) { g_object_ref (parent),
                     g_object_ref (workspace),
                     g_object_ref (person),
                     adw_dialog_new () };
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The same person as"),
                                  -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (list), others, make_row, NULL, NULL);
  g_signal_connect (list, "row-activated", G_CALLBACK (chosen_cb), about);
  g_object_set_data_full (G_OBJECT (about->dialog), "about", about, about_free);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), list);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), lm_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), scroller);
  adw_dialog_set_title (about->dialog, _ ("The same person"));
  adw_dialog_set_content_width (about->dialog, 420);
  adw_dialog_set_content_height (about->dialog, 520);
  adw_dialog_set_child (about->dialog, view);
  adw_dialog_present (about->dialog, parent);
}
