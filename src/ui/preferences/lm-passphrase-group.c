/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/preferences/lm-passphrase-group.h"
#include "ui/preferences/lm-rekey-dialog.h"
#include "workspace/lm-error-text.h"

/* The rows about the passphrase in the preferences, and how far a change of the key is. */

struct _LmPassphraseGroup
{
  AdwPreferencesGroup parent_instance;

  /* Template widgets */
  AdwActionRow *progress_row;
  GtkButton *progress_button;
  AdwActionRow *change_row;
  AdwActionRow *code_row;
  AdwActionRow *rotate_row;

  LmWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (LmPassphraseGroup, lm_passphrase_group, ADW_TYPE_PREFERENCES_GROUP)

static void
present (LmPassphraseGroup *self, LmRekeyKind what)
{
  adw_dialog_present (ADW_DIALOG (lm_rekey_dialog_new (self->workspace, what)),
                      GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
change_cb (LmPassphraseGroup *self)
{
  present (self, LM_REKEY_PASSPHRASE);
}

static void
code_cb (LmPassphraseGroup *self)
{
  present (self, LM_REKEY_CODE);
}

static void
rotate_cb (LmPassphraseGroup *self)
{
  present (self, LM_REKEY_ROTATE);
}

static void
progress_cb (LmPassphraseGroup *self)
{
  LmResealing *resealing = lm_workspace_get_resealing (self->workspace);

  if (lm_resealing_get_state (resealing) == LM_RESEALING_RUNS)
    lm_workspace_stop_reseal (self->workspace);
  else
    lm_workspace_reseal (self->workspace);
}

static void
show_progress (LmPassphraseGroup *self)
{
  LmResealing *resealing = lm_workspace_get_resealing (self->workspace);
  LmResealingState state = lm_resealing_get_state (resealing);
  const GError *error = lm_resealing_get_error (resealing);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->progress_row), state != LM_RESEALING_NOTHING);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_button), state != LM_RESEALING_ELSEWHERE);
  gtk_button_set_label (self->progress_button,
                        state == LM_RESEALING_RUNS ? _ ("_Stop for now")
                                                   /* Translators: with the change to new keys */
                                                   : C_ ("sealing", "_Go on"));
  adw_action_row_set_subtitle (self->code_row,
                               lm_resealing_get_code_untold (resealing)
                                   ? _ ("The last code was perhaps never shown. Make a new one.")
                                   : _ ("If the copy of the old one is lost."));
  switch (state)
    {
    case LM_RESEALING_RUNS:
    case LM_RESEALING_STOPPED:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress_row),
                                     state == LM_RESEALING_RUNS
                                         ? _ ("Files are being sealed with the new key")
                                         : _ ("Sealing with the new key waits"));
      text = g_strdup_printf (
          /* Translators: both are numbers of files; the plural goes by the second */
          ngettext ("%1$u of %2$u file", "%1$u of %2$u files", lm_resealing_get_total (resealing)),
          lm_resealing_get_done (resealing),
          lm_resealing_get_total (resealing));
      break;
    case LM_RESEALING_FAILED:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress_row),
                                     _ ("Sealing with the new key does not go on"));
      text = error != NULL ? lm_error_text (error) : NULL;
      break;
    case LM_RESEALING_ELSEWHERE:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress_row),
                                     _ ("A change to a new passphrase is not finished"));
      text = g_strdup (_ ("Lock the journal and open it with the new passphrase, or begin again."));
      break;
    case LM_RESEALING_NOTHING:
    default:
      break;
    }
  adw_action_row_set_subtitle (self->progress_row, text != NULL ? text : "");
}

static void
lm_passphrase_group_dispose (GObject *object)
{
  LmPassphraseGroup *self = LM_PASSPHRASE_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_PASSPHRASE_GROUP);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_passphrase_group_parent_class)->dispose (object);
}

static void
lm_passphrase_group_class_init (LmPassphraseGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_passphrase_group_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-passphrase-group.ui");
  gtk_widget_class_bind_template_child (widget_class, LmPassphraseGroup, progress_row);
  gtk_widget_class_bind_template_child (widget_class, LmPassphraseGroup, progress_button);
  gtk_widget_class_bind_template_child (widget_class, LmPassphraseGroup, change_row);
  gtk_widget_class_bind_template_child (widget_class, LmPassphraseGroup, code_row);
  gtk_widget_class_bind_template_child (widget_class, LmPassphraseGroup, rotate_row);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, rotate_cb);
  gtk_widget_class_bind_template_callback (widget_class, progress_cb);
}

static void
lm_passphrase_group_init (LmPassphraseGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows what can be changed of @workspace's journal: of the made-up one, nothing. */
void
lm_passphrase_group_set_workspace (LmPassphraseGroup *self, LmWorkspace *workspace)
{
  LmResealing *resealing = lm_workspace_get_resealing (workspace);

  self->workspace = g_object_ref (workspace);
  gtk_widget_set_visible (GTK_WIDGET (self), !lm_workspace_is_demo (workspace));
  gtk_widget_set_sensitive (GTK_WIDGET (self->change_row), !lm_workspace_get_read_only (workspace));
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_row), !lm_workspace_get_read_only (workspace));
  gtk_widget_set_sensitive (GTK_WIDGET (self->rotate_row), !lm_workspace_get_read_only (workspace));
  g_signal_connect_object (resealing,
                           "notify",
                           G_CALLBACK (show_progress),
                           self,
                           G_CONNECT_SWAPPED);
  show_progress (self);
}
