/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-trash-page.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-focus.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-history.h"

/* Entries that were thrown away, and the way back. */

/* Characters of a title in a question. */
#define TITLE_MAX 60

struct _LmTrashPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list_box;

  GListModel *deleted;
  int place; /* of the row that had the keyboard before the list changed; -1 if none had */
};

G_DEFINE_FINAL_TYPE (LmTrashPage, lm_trash_page, ADW_TYPE_NAVIGATION_PAGE)

static gboolean
is_deleted (gpointer item, gpointer data)
{
  return lm_entry_get_deleted (item);
}

static GtkWidget *
make_purge_button (LmEntry *entry)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("lm-trash-symbolic");
  LmIdText id = lm_id_format (lm_entry_get_id (entry));
  /* Translators: %s is the title of an entry */
  g_autofree char *label = g_strdup_printf (_ ("Delete “%s” for good"), lm_entry_row_title (entry));

  gtk_widget_set_tooltip_text (button, _ ("Delete for good…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.purge-entry");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id.digits);
  return button;
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  LmEntry *entry = item;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *restore = gtk_button_new_with_mnemonic (_ ("_Put back"));
  g_autofree char *time =
      lm_text_capitalize (lm_phrase_day_and_time (lm_entry_get_created (entry)));
  LmIdText id = lm_id_format (lm_entry_get_id (entry));
  g_autofree char *label = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lm_entry_row_title (entry));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), time);
  /* Translators: out of the trash. %s is the title of an entry */
  label = g_strdup_printf (C_ ("entry", "Put back “%s”"), lm_entry_row_title (entry));
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
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_purge_button (entry));
  return row;
}

static void
before_cb (LmTrashPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  self->place = row != NULL && gtk_widget_get_parent (row) == GTK_WIDGET (self->list_box)
                    ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))
                    : -1;
}

static void
show_state (LmTrashPage *self)
{
  int n = (int) g_list_model_get_n_items (self->deleted);

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  /* The row that had it may have gone: then the next. */
  if (self->place >= 0 && n > 0)
    lm_focus_give (
        GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, MIN (self->place, n - 1))));
  else
    lm_focus_enter (GTK_WIDGET (self), self->place >= 0);
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

  self->place = -1;
  self->deleted = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (lm_workspace_get_entries (workspace)), filter));
  g_signal_connect_object (self->deleted,
                           "items-changed",
                           G_CALLBACK (before_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_bind_model (self->list_box, self->deleted, make_row, NULL, NULL);
  g_signal_connect_object (self->deleted,
                           "items-changed",
                           G_CALLBACK (show_state),
                           self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return self;
}

/* Deleting for good -----------------------------------------------------------------------------
 */

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) parent = data;
  g_autoptr (GError) error = NULL;

  if (!lm_workspace_purge_finish (LM_WORKSPACE (source), result, &error))
    lm_toast_error (parent, error);
  else
    lm_toast (parent, adw_toast_new (_ ("Deleted for good")));
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  LmWorkspace *workspace = g_object_get_data (G_OBJECT (dialog), "workspace");
  LmEntry *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  if (g_str_equal (response, "delete"))
    lm_workspace_purge_async (workspace, entry, purged_cb, g_object_ref (data));
}

/* Asks before what no undo brings back, and says what it cannot reach. */
void
lm_trash_ask_purge (GtkWidget *parent, LmWorkspace *workspace, LmEntry *entry)
{
  g_autofree char *title = lm_text_excerpt (lm_entry_row_title (entry), TITLE_MAX);
  /* Translators: %s is the title of an entry, or how it begins */
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s” for good?"), title);
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);

  adw_alert_dialog_set_body (
      ADW_ALERT_DIALOG (dialog),
      _ ("Its text, its versions, its drafts, its attachments, and the copies of it in the "
         "snapshots on this computer go at once. Nothing brings them back.\n\n"
         "Sync services and backups may keep old copies, still encrypted."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  /* Translators: not to delete the entry */
                                  C_ ("entry", "_Keep"),
                                  "delete",
                                  C_ ("entry", "_Delete for good"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog),
                                            "delete",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "workspace", g_object_ref (workspace), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "entry", g_object_ref (entry), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), parent, 0);
  adw_dialog_present (dialog, parent);
}
