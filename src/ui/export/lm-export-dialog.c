/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/export/lm-export-dialog.h"
#include "ui/lm-window.h"

/* Export after one plain warning: everything, or what is selected. */

struct _LmExportDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *choice_group;
  AdwActionRow *selected_row;
  GtkCheckButton *everything_button;
  GtkCheckButton *selected_button;
  GtkProgressBar *progress_bar;

  LmWorkspace *workspace;
  GPtrArray *selected; /* nullable, of LmEntry */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LmExportDialog, lm_export_dialog, ADW_TYPE_DIALOG)

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmExportDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_export_finish (LM_WORKSPACE (source), result, &error))
    {
      lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("Exported, unencrypted")));
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  lm_toast_error (GTK_WIDGET (self->stack), error);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "choose");
}

static void
progress_cb (goffset done, goffset total, gpointer data)
{
  LmExportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress_bar,
                                 total > 0 ? (double) done / (double) total : 0);
}

/* A folder inside @parent that does not exist yet. */
static char *
new_folder_in (LmExportDialog *self, const char *parent)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");

  for (guint n = 1;; n++)
    {
      g_autofree char *name = n == 1 ? g_strdup_printf ("leitmotif-export-%s", date)
                                     : g_strdup_printf ("leitmotif-export-%s-%u", date, n);
      g_autofree char *path = g_build_filename (parent, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);
  gboolean only_selected = gtk_check_button_get_active (self->selected_button);
  g_autofree char *path = NULL;

  if (folder == NULL || g_file_peek_path (folder) == NULL)
    return;
  path = new_folder_in (self, g_file_peek_path (folder));
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "busy");
  lm_workspace_export_async (self->workspace,
                             only_selected ? self->selected : NULL,
                             path,
                             self->cancellable,
                             progress_cb,
                             self,
                             exported_cb,
                             g_object_ref (self));
}

static void
choose_cb (LmExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose where to export to"));
  gtk_file_dialog_select_folder (dialog,
                                 GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 NULL,
                                 folder_chosen_cb,
                                 g_object_ref (self));
}

static void
stop_cb (LmExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
lm_export_dialog_dispose (GObject *object)
{
  LmExportDialog *self = LM_EXPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_EXPORT_DIALOG);
  g_clear_pointer (&self->selected, g_ptr_array_unref);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_export_dialog_parent_class)->dispose (object);
}

static void
lm_export_dialog_class_init (LmExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/export/lm-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, choice_group);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, selected_row);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, everything_button);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, selected_button);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, progress_bar);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
lm_export_dialog_init (LmExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lm_export_dialog_new:
 * @selected: (nullable) (transfer full) (element-type LmEntry): offered beside "everything"
 */
LmExportDialog *
lm_export_dialog_new (LmWorkspace *workspace, GPtrArray *selected)
{
  LmExportDialog *self = g_object_new (LM_TYPE_EXPORT_DIALOG, NULL);
  guint n = selected != NULL ? selected->len : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);

  self->workspace = g_object_ref (workspace);
  self->selected = selected;
  gtk_widget_set_visible (self->choice_group, selected != NULL);
  adw_action_row_set_subtitle (self->selected_row, count);
  if (selected != NULL)
    gtk_check_button_set_active (self->selected_button, TRUE);
  return self;
}
