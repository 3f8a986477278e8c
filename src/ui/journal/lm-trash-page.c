/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-trash-page.h"
#include "workspace/lm-phrases.h"

/* Entries that were thrown away, and the way back. */

struct _LmTrashPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list_box;

  GListModel *deleted;
};

G_DEFINE_FINAL_TYPE (LmTrashPage, lm_trash_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_deleted (gpointer item, gpointer data)
{
  return lm_entry_get_deleted (item);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LmEntry *entry = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *restore = gtk_button_new_with_mnemonic (_ ("_Put back"));
  g_autofree char *time = lm_phrase_day_and_time (lm_entry_get_created (entry));
  LmIdText id = lm_id_format (lm_entry_get_id (entry));
  g_autofree char *label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lm_entry_row_title (entry));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  /* Translators: %s is the title of an entry */
  label = g_strdup_printf (_ ("Put back “%s”"), lm_entry_row_title (entry));
  /* The button is named by its own label otherwise, and all would sound alike. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (restore), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (restore),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_valign (restore, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (restore), "win.restore-entries");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (restore), "s", id.digits);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), restore);
  return row;
}

static void
show_state (LmTrashPage *self)
{
  gtk_stack_set_visible_child_name (self->stack,
                                    g_list_model_get_n_items (self->deleted) > 0 ? "list"
                                                                                 : "empty");
}

static void
lm_trash_page_dispose (GObject *object)
{
  LmTrashPage *self = LM_TRASH_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_TRASH_PAGE);
  g_clear_object (&self->deleted);
  G_OBJECT_CLASS (lm_trash_page_parent_class)->dispose (object);
}

static void
lm_trash_page_class_init (LmTrashPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_trash_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-trash-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmTrashPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LmTrashPage, list_box);
}

static void
lm_trash_page_init (LmTrashPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LmTrashPage *
lm_trash_page_new (LmWorkspace *workspace)
{
  LmTrashPage *self = g_object_new (LM_TYPE_TRASH_PAGE, NULL);
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_deleted, NULL, NULL));

  self->deleted = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (lm_workspace_get_entries (workspace)), filter));
  gtk_list_box_bind_model (self->list_box, self->deleted, make_row, NULL, NULL);
  g_signal_connect_object (self->deleted,
                           "items-changed",
                           G_CALLBACK (show_state),
                           self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return self;
}
