/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "journal/lm-store-error.h"
#include "ui/export/lm-export-dialog.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-file-dialog.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-workspace-sealed.h"

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
  GtkWidget *sealed_group;
  AdwSwitchRow *sealed_row;
  GtkProgressBar *progress_bar;
  GtkLabel *result_title;
  GtkLabel *result_text;
  GtkWidget *result_scroller;
  GtkLabel *result_files;
  GtkButton *result_button;

  LmWorkspace *workspace;
  GPtrArray *selected; /* nullable, of LmEntry */
  GCancellable *cancellable;
  gboolean good; /* whether there is an export now */
};

G_DEFINE_FINAL_TYPE (LmExportDialog, lm_export_dialog, ADW_TYPE_DIALOG)

/* What came of it --------------------------------------------------------------------------------
 */

static void
show_result (LmExportDialog *self,
             const char *title,
             const char *text,
             const char *files,
             const char *button)
{
  gtk_label_set_label (self->result_title, title);
  gtk_label_set_label (self->result_text, text);
  gtk_label_set_label (self->result_files, files);
  gtk_widget_set_visible (self->result_scroller, files[0] != '\0');
  gtk_button_set_label (self->result_button, button);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "result");
  gtk_widget_grab_focus (GTK_WIDGET (self->result_button));
}

static char *
reason_of (const GError *error)
{
  if (g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NO_SPACE))
    return g_strdup (_ ("There is not enough free space. Make some room, or choose another "
                        "folder."));
  if (g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_READ_ONLY))
    return g_strdup (_ ("Nothing can be written there. Choose another folder."));
  return lm_error_text (error);
}

static void
show_failure (LmExportDialog *self, const LmExportReport *report, const GError *error)
{
  g_autofree char *reason = reason_of (error);
  g_autofree char *text = NULL;

  if (report->failed != NULL)
    /* Translators: %1$s is the name of a file, %2$s a sentence that says why */
    text = g_strdup_printf (_ ("“%1$s” could not be written. %2$s Nothing was left behind."),
                            report->failed,
                            reason);
  else
    /* Translators: %s is a sentence that says why */
    text = g_strdup_printf (_ ("%s Nothing was left behind."), reason);
  /* These messages name the file or the folder. */
  show_result (self,
               _ ("The export was not finished"),
               text,
               report->failed == NULL && error->domain == LM_STORE_ERROR ? error->message : "",
               _ ("_Back"));
}

/* The export is there, without some files. */
static void
show_left_out (LmExportDialog *self, GPtrArray *problems)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("Everything else was exported, unencrypted. %u file is missing or damaged and is "
                "left out. In the journal it stays as it is.",
                "Everything else was exported, unencrypted. %u files are missing or damaged and "
                "are left out. In the journal they stay as they are.",
                problems->len),
      problems->len);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? "\n" : "",
                            ((LmExportProblem *) problems->pdata[i])->file);
  show_result (self, _ ("Exported, but not everything"), text, names->str, _ ("_Close"));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmExportDialog) self = data;
  g_autoptr (LmExportReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = lm_workspace_export_finish (LM_WORKSPACE (source), result, &report, &error);

  if (self->workspace == NULL)
    return;
  self->good = good;
  if (good && report->problems->len > 0)
    show_left_out (self, report->problems);
  else if (good)
    {
      lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("Exported, unencrypted")));
      adw_dialog_force_close (ADW_DIALOG (self));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lm_toast_error (GTK_WIDGET (self->stack), error);
      adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
      gtk_stack_set_visible_child_name (self->stack, "choose");
    }
  else
    show_failure (self, report, error);
}

static void
result_cb (LmExportDialog *self)
{
  if (self->good)
    adw_dialog_close (ADW_DIALOG (self));
  else
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
                             adw_switch_row_get_active (self->sealed_row),
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
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();

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

/* Nobody who takes everything along should miss what is sealed without knowing. */
static void
show_sealed (LmExportDialog *self)
{
  guint n = g_list_model_get_n_items (lm_workspace_get_sealed (self->workspace));
  g_autofree char *count = g_strdup_printf (ngettext ("%u sealed entry is left out otherwise",
                                                      "%u sealed entries are left out otherwise",
                                                      n),
                                            n);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sealed_row), count);
  gtk_widget_set_visible (self->sealed_group,
                          n > 0 && gtk_check_button_get_active (self->everything_button));
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
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, sealed_group);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, sealed_row);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, result_title);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, result_text);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, result_scroller);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, result_files);
  gtk_widget_class_bind_template_child (widget_class, LmExportDialog, result_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_cb);
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
  g_signal_connect_object (self->everything_button,
                           "toggled",
                           G_CALLBACK (show_sealed),
                           self,
                           G_CONNECT_SWAPPED);
  self->selected = selected;
  gtk_widget_set_visible (self->choice_group, selected != NULL);
  adw_action_row_set_subtitle (self->selected_row, count);
  if (selected != NULL)
    gtk_check_button_set_active (self->selected_button, TRUE);
  show_sealed (self);
  return self;
}
