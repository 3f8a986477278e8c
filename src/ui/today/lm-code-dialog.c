/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-toast.h"
#include "ui/today/lm-code-dialog.h"
#include "ui/widgets/lm-secret-entry.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-settings.h"

/* Asks the recovery code back, for those who put it off in the first run. The app does not know the
 * code any more: it tries whether this one would open the journal. */

struct _LmCodeDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkEditable *code_row;
  GtkLabel *result_label;
  GtkWidget *check_button;
  GtkStack *stack;

  LmWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (LmCodeDialog, lm_code_dialog, ADW_TYPE_DIALOG)

static void
set_busy (LmCodeDialog *self, gboolean busy)
{
  gtk_stack_set_visible_child_name (self->stack, busy ? "busy" : "label");
  gtk_widget_set_sensitive (self->check_button, !busy);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmCodeDialog) self = data;
  LmWorkspace *workspace = LM_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (lm_workspace_check_code_finish (workspace, result, &error))
    {
      g_settings_set_boolean (lm_workspace_get_settings (workspace), LM_SETTING_CODE_CHECKED, TRUE);
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        {
          lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("The code is right. Keep it safe.")));
          adw_dialog_close (ADW_DIALOG (self));
        }
      return;
    }
  text = lm_error_text (error);
  set_busy (self, FALSE);
  gtk_label_set_label (self->result_label, text);
  gtk_widget_add_css_class (GTK_WIDGET (self->result_label), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (GTK_WIDGET (self->code_row));
}

static void
check_cb (LmCodeDialog *self)
{
  g_autoptr (LmSecret) typed = lm_secret_entry_peek (self->code_row);

  if (lm_secret_length (typed) == 0 || !gtk_widget_get_sensitive (self->check_button))
    return;
  set_busy (self, TRUE);
  lm_workspace_check_code_async (self->workspace, typed, checked_cb, g_object_ref (self));
}

static void
lm_code_dialog_dispose (GObject *object)
{
  LmCodeDialog *self = LM_CODE_DIALOG (object);

  if (self->code_row != NULL)
    lm_secret_entry_clear (self->code_row);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_CODE_DIALOG);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_code_dialog_parent_class)->dispose (object);
}

static void
lm_code_dialog_class_init (LmCodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_code_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/today/lm-code-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LmCodeDialog, code_row);
  gtk_widget_class_bind_template_child (widget_class, LmCodeDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, LmCodeDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, LmCodeDialog, stack);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
}

static void
lm_code_dialog_init (LmCodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

LmCodeDialog *
lm_code_dialog_new (LmWorkspace *workspace)
{
  LmCodeDialog *self = g_object_new (LM_TYPE_CODE_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}
