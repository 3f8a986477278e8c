/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/lm-toast.h"
#include "ui/session/lm-session-print.h"
#include "ui/session/lm-session-sheet.h"
#include "workspace/lm-phrases.h"

/* After one plain warning: what to print of the tray, and where. What is printed goes to the
 * printer, or into the file that was chosen, through a pipe. There is no preview: that would be a
 * file for another program. */

struct _LmSessionPrint
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwPreferencesGroup *group;
  GtkWidget *print_button;

  LmWorkspace *workspace;
  GPtrArray *entries; /* of LmEntry */
  GPtrArray *buttons; /* of GtkCheckButton, one for each entry */
  GtkPrintDialog *dialog;
  GtkPrintSetup *setup; /* nullable */
};

G_DEFINE_FINAL_TYPE (LmSessionPrint, lm_session_print, ADW_TYPE_DIALOG)

/* Printing --------------------------------------------------------------------------------------
 */

static void
tell_failure (LmSessionPrint *self)
{
  gtk_widget_set_sensitive (self->print_button, TRUE);
  lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("It could not be printed. Try again.")));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionPrint) self = data;

  if (self->workspace == NULL)
    return;
  if (!lm_session_sheet_send_finish (result, NULL))
    {
      tell_failure (self);
      return;
    }
  lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("Handed to the printer, unencrypted")));
  adw_dialog_close (ADW_DIALOG (self));
}

static gboolean
is_ticked (LmSessionPrint *self, guint i)
{
  return gtk_check_button_get_active (self->buttons->pdata[i]);
}

/* A printer, or a file, is waiting. */
static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionPrint) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream =
      gtk_print_dialog_print_finish (GTK_PRINT_DIALOG (source), result, &error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_text_wipe);

  if (self->workspace == NULL || lm_workspace_get_state (self->workspace) != LM_WORKSPACE_OPEN)
    return;
  if (stream == NULL)
    {
      if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        gtk_widget_set_sensitive (self->print_button, TRUE);
      else
        tell_failure (self);
      return;
    }
  for (guint i = 0; i < self->entries->len; i++)
    if (is_ticked (self, i))
      g_ptr_array_add (texts,
                       lm_workspace_words_on_paper (self->workspace, self->entries->pdata[i]));
  lm_session_sheet_send_async (stream,
                               gtk_print_setup_get_page_setup (self->setup),
                               g_steal_pointer (&texts),
                               sent_cb,
                               g_object_ref (self));
}

static GtkWindow *
window_of (LmSessionPrint *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
set_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmSessionPrint) self = data;
  g_autoptr (GError) error = NULL;
  GtkPrintSetup *setup = gtk_print_dialog_setup_finish (GTK_PRINT_DIALOG (source), result, &error);

  if (self->workspace == NULL)
    {
      g_clear_pointer (&setup, gtk_print_setup_unref);
      return;
    }
  g_clear_pointer (&self->setup, gtk_print_setup_unref);
  self->setup = setup;
  if (setup != NULL)
    gtk_print_dialog_print (self->dialog,
                            window_of (self),
                            setup,
                            NULL,
                            ready_cb,
                            g_object_ref (self));
  else if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    gtk_widget_set_sensitive (self->print_button, TRUE);
  else
    tell_failure (self);
}

static void
print_cb (LmSessionPrint *self)
{
  gtk_widget_set_sensitive (self->print_button, FALSE);
  gtk_print_dialog_setup (self->dialog, window_of (self), NULL, set_up_cb, g_object_ref (self));
}

/* What is in the tray ---------------------------------------------------------------------------
 */

static void
ticked_cb (LmSessionPrint *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->buttons->len; i++)
    any = any || is_ticked (self, i);
  gtk_widget_set_sensitive (self->print_button, any);
}

static void
add_row (LmSessionPrint *self, LmEntry *entry)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();
  g_autofree char *day =
      lm_text_capitalize (lm_phrase_day_with_year (lm_entry_get_created (entry)));
  const char *title = lm_entry_get_title (entry);

  if (lm_text_is_blank (title))
    title = lm_entry_get_excerpt (entry);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->entries, g_object_ref (entry));
  g_ptr_array_add (self->buttons, g_object_ref (button));
}

static void
lm_session_print_dispose (GObject *object)
{
  LmSessionPrint *self = LM_SESSION_PRINT (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->dialog);
  g_clear_pointer (&self->setup, gtk_print_setup_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), LM_TYPE_SESSION_PRINT);
  G_OBJECT_CLASS (lm_session_print_parent_class)->dispose (object);
}

static void
lm_session_print_class_init (LmSessionPrintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_session_print_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/session/lm-session-print.ui");
  gtk_widget_class_bind_template_child (widget_class, LmSessionPrint, group);
  gtk_widget_class_bind_template_child (widget_class, LmSessionPrint, print_button);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
}

static void
lm_session_print_init (LmSessionPrint *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  self->dialog = gtk_print_dialog_new ();
  /* The printer's own list shows it to others. */
  gtk_print_dialog_set_title (self->dialog, C_ ("title", "Print"));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @tray: (transfer none): of #LmEntry */
LmSessionPrint *
lm_session_print_new (LmWorkspace *workspace, GListModel *tray)
{
  LmSessionPrint *self = g_object_new (LM_TYPE_SESSION_PRINT, NULL);

  self->workspace = g_object_ref (workspace);
  for (guint i = 0; i < g_list_model_get_n_items (tray); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (tray, i);

      add_row (self, entry);
    }
  return self;
}
