/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "journal/lm-store-error.h"
#include "ui/lm-toast.h"
#include "ui/unlock/lm-unavailable-page.h"
#include "ui/widgets/lm-file-dialog.h"
#include "workspace/lm-error-text.h"

/* The journal should be there and is not, or cannot be used. Nothing is ever made in its place
 * unless the person says so. */

struct _LmUnavailablePage
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwStatusPage *status_page;
  GtkLabel *path_label;
  GtkWidget *new_button;

  LmWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (LmUnavailablePage, lm_unavailable_page, ADW_TYPE_BIN)

/* Choosing a folder ------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *widget;
  LmWorkspace *workspace;
} Choice;

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GtkWidget) widget = choice->widget;
  g_autoptr (LmWorkspace) workspace = choice->workspace;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) folder =
      gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  if (folder != NULL && g_file_peek_path (folder) != NULL)
    lm_workspace_use_folder (workspace, g_file_peek_path (folder));
  else if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    lm_toast_error (widget, error);
}

/**
 * lm_choose_journal_folder:
 * @widget: in the window
 *
 * Asks where the journal is, and opens it there.
 */
void
lm_choose_journal_folder (GtkWidget *widget, LmWorkspace *workspace)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { g_object_ref (widget), g_object_ref (workspace) };
  gtk_file_dialog_set_title (dialog, _ ("Choose the journal’s folder"));
  gtk_file_dialog_select_folder (dialog,
                                 GTK_WINDOW (gtk_widget_get_root (widget)),
                                 NULL,
                                 folder_chosen_cb,
                                 choice);
}

/* The page --------------------------------------------------------------------------------------
 */

static void
try_again_cb (LmUnavailablePage *self)
{
  lm_workspace_look (self->workspace);
}

static void
choose_cb (LmUnavailablePage *self)
{
  lm_choose_journal_folder (GTK_WIDGET (self), self->workspace);
}

static void
start_new_cb (LmUnavailablePage *self)
{
  lm_workspace_start_new (self->workspace);
}

static void
lm_unavailable_page_dispose (GObject *object)
{
  LmUnavailablePage *self = LM_UNAVAILABLE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_UNAVAILABLE_PAGE);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_unavailable_page_parent_class)->dispose (object);
}

static void
lm_unavailable_page_class_init (LmUnavailablePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_unavailable_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/unlock/lm-unavailable-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmUnavailablePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, LmUnavailablePage, path_label);
  gtk_widget_class_bind_template_child (widget_class, LmUnavailablePage, new_button);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_new_cb);
}

static void
lm_unavailable_page_init (LmUnavailablePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LmUnavailablePage *
lm_unavailable_page_new (LmWorkspace *workspace)
{
  LmUnavailablePage *self = g_object_new (LM_TYPE_UNAVAILABLE_PAGE, NULL);
  const GError *error = lm_workspace_get_error (workspace);
  g_autofree char *text = lm_error_text (error);
  gboolean missing = g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND) ||
                     g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_A_JOURNAL);

  self->workspace = g_object_ref (workspace);
  if (missing)
    adw_status_page_set_title (self->status_page, _ ("Your journal is not here"));
  adw_status_page_set_description (self->status_page, text);
  gtk_label_set_label (self->path_label,
                       missing ? lm_workspace_get_path (workspace) : error->message);
  /* A new one beside a journal that is only damaged would hide it. */
  gtk_widget_set_visible (self->new_button, missing);
  return self;
}
