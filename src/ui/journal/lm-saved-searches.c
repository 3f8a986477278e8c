/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-saved-searches.h"

/* A button beside the search field: keep what is typed there, look again for what was kept. */

typedef struct
{
  LmWorkspace *workspace;
  GtkEditable *field; /* borrowed: it lives beside the button */
  GtkWidget *popover; /* the same */
  GtkStringList *list;
  GtkWidget *keep_button;
  GtkWidget *empty_label;
  GtkWidget *list_box;
  GtkWidget *scroller;
} Saved;

static void
saved_free (gpointer data)
{
  Saved *saved = data;

  g_object_unref (saved->workspace);
  g_object_unref (saved->list);
  g_free (saved);
}

static void
show_list (Saved *saved)
{
  g_auto (GStrv) searches = lm_workspace_get_searches (saved->workspace);
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (saved->field)));

  gtk_string_list_splice (saved->list,
                          0,
                          g_list_model_get_n_items (G_LIST_MODEL (saved->list)),
                          (const char *const *) searches);
  gtk_widget_set_visible (saved->empty_label, searches[0] == NULL);
  gtk_widget_set_visible (saved->scroller, searches[0] != NULL);
  gtk_widget_set_sensitive (saved->keep_button,
                            !lm_text_is_blank (typed) &&
                                !g_strv_contains ((const char *const *) searches, typed));
}

static void
keep_cb (Saved *saved)
{
  lm_workspace_keep_search (saved->workspace, gtk_editable_get_text (saved->field), TRUE);
  gtk_popover_popdown (GTK_POPOVER (saved->popover));
  gtk_widget_grab_focus (GTK_WIDGET (saved->field));
}

static void
chosen_cb (GtkListBox *box, GtkListBoxRow *row, Saved *saved)
{
  const char *typed =
      gtk_string_list_get_string (saved->list, (guint) gtk_list_box_row_get_index (row));

  gtk_popover_popdown (GTK_POPOVER (saved->popover));
  gtk_editable_set_text (saved->field, typed);
  gtk_widget_grab_focus (GTK_WIDGET (saved->field));
  gtk_editable_set_position (saved->field, -1);
}

static void
forget_cb (GtkWidget *button, Saved *saved)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  guint place = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  lm_workspace_keep_search (saved->workspace,
                            gtk_string_list_get_string (saved->list, place),
                            FALSE);
  gtk_string_list_remove (saved->list, place);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  Saved *saved = data;
  const char *typed = gtk_string_object_get_string (item);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (typed);
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-delete-symbolic");
  /* Translators: a button; %s is what was typed into the search */
  g_autofree char *title = g_strdup_printf (_ ("Forget the search “%s”"), typed);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, title);
  g_signal_connect (button, "clicked", G_CALLBACK (forget_cb), saved);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, typed, -1);
  return row;
}

static GtkWidget *
make_content (Saved *saved)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  saved->scroller = gtk_scrolled_window_new ();
  saved->keep_button = gtk_button_new_with_mnemonic (_ ("_Keep this search"));
  g_signal_connect_swapped (saved->keep_button, "clicked", G_CALLBACK (keep_cb), saved);
  saved->empty_label = gtk_label_new (_ ("No searches are kept yet."));
  gtk_widget_add_css_class (saved->empty_label, "dimmed");
  saved->list_box = gtk_list_box_new ();
  gtk_widget_add_css_class (saved->list_box, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (saved->list_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Kept searches"),
                                  -1);
  gtk_list_box_bind_model (GTK_LIST_BOX (saved->list_box),
                           G_LIST_MODEL (saved->list),
                           make_row,
                           saved,
                           NULL);
  g_signal_connect (saved->list_box, "row-activated", G_CALLBACK (chosen_cb), saved);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (saved->scroller), saved->list_box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (saved->scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (saved->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (saved->scroller), 320);
  gtk_box_append (GTK_BOX (content), saved->keep_button);
  gtk_box_append (GTK_BOX (content), saved->empty_label);
  gtk_box_append (GTK_BOX (content), saved->scroller);
  gtk_widget_set_size_request (content, 240, -1);
  return content;
}

/* Made when it is first wanted. */
static void
show_cb (GtkPopover *popover, Saved *saved)
{
  if (gtk_popover_get_child (popover) == NULL)
    gtk_popover_set_child (popover, make_content (saved));
  show_list (saved);
}

/* Returns: (transfer floating): the button; @field is the search field, which has to live as long
 */
GtkWidget *
lm_saved_searches_new (LmWorkspace *workspace, GtkEditable *field)
{
  GtkWidget *button = gtk_menu_button_new ();
  Saved *saved = g_new0 (Saved, 1);

  saved->workspace = g_object_ref (workspace);
  saved->field = field;
  saved->list = gtk_string_list_new (NULL);
  saved->popover = gtk_popover_new ();
  g_signal_connect (saved->popover, "show", G_CALLBACK (show_cb), saved);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "user-bookmarks-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), saved->popover);
  gtk_widget_set_tooltip_text (button, _ ("Kept searches"));
  g_object_set_data_full (G_OBJECT (button), "saved", saved, saved_free);
  return button;
}
