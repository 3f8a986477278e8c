/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/lm-toast.h"
#include "ui/preferences/lm-desktop-search-group.h"
#include "ui/preferences/lm-lock-group.h"
#include "ui/preferences/lm-passphrase-group.h"
#include "ui/preferences/lm-preferences-dialog.h"
#include "ui/preferences/lm-reminders-group.h"
#include "ui/preferences/lm-suggestions-group.h"
#include "ui/unlock/lm-unavailable-page.h"
#include "ui/widgets/lm-secret-entry.h"
#include "workspace/lm-settings.h"

struct _LmPreferencesDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  AdwActionRow *keyring_row;
  GtkWidget *forget_button;
  GtkEditable *keep_row;
  LmPassphraseGroup *passphrase_group;
  AdwActionRow *folder_row;
  AdwComboRow *appearance_row;
  LmLockGroup *lock_group;
  LmRemindersGroup *reminders_group;
  LmSuggestionsGroup *suggestions_group;
  LmDesktopSearchGroup *desktop_search_group;

  LmWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (LmPreferencesDialog, lm_preferences_dialog, ADW_TYPE_DIALOG)

/* The keyring -------------------------------------------------------------------------------- */

static void
show_keyring (LmPreferencesDialog *self)
{
  gboolean keeps =
      g_settings_get_boolean (lm_workspace_get_settings (self->workspace), LM_SETTING_KEYRING);

  adw_action_row_set_subtitle (
      self->keyring_row,
      keeps ? _ ("The journal opens with your login. Anyone at your unlocked login could read "
                 "everything.")
            : _ ("The passphrase is kept nowhere. You type it at each start."));
  gtk_widget_set_visible (self->forget_button, keeps);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_row),
                          !keeps && !lm_workspace_is_demo (self->workspace));
}

/* What had the focus is hidden or was insensitive: the keyboard goes on with what took its place.
 */
static void
focus_keyring (LmPreferencesDialog *self)
{
  if (gtk_widget_get_visible (self->forget_button))
    gtk_widget_grab_focus (self->forget_button);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->keep_row));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmPreferencesDialog) self = data;
  g_autoptr (GError) error = NULL;

  focus_keyring (self);
  if (lm_workspace_forget_finish (LM_WORKSPACE (source), result, &error))
    lm_toast (GTK_WIDGET (self->keyring_row),
              adw_toast_new (_ ("The keyring has forgotten the passphrase")));
  else
    lm_toast_error (GTK_WIDGET (self->keyring_row), error);
}

static void
forget_cb (LmPreferencesDialog *self)
{
  lm_workspace_forget_async (self->workspace, forgotten_cb, g_object_ref (self));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmPreferencesDialog) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_row), TRUE);
  focus_keyring (self);
  if (lm_workspace_keep_finish (LM_WORKSPACE (source), result, &error))
    lm_toast (GTK_WIDGET (self->keyring_row),
              adw_toast_new (_ ("The keyring keeps the passphrase now")));
  else
    lm_toast_error (GTK_WIDGET (self->keyring_row), error);
}

static void
keep_cb (LmPreferencesDialog *self)
{
  g_autoptr (LmSecret) typed = lm_secret_entry_take (self->keep_row);

  if (lm_secret_length (typed) == 0)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep_row), FALSE);
  /* What went wrong with the last try would keep what comes of this one waiting. */
  adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (
      gtk_widget_get_ancestor (GTK_WIDGET (self->keyring_row), ADW_TYPE_TOAST_OVERLAY)));
  lm_workspace_keep_async (self->workspace, typed, kept_cb, g_object_ref (self));
}

/* The rest ------------------------------------------------------------------------------------- */

static void
folder_cb (LmPreferencesDialog *self)
{
  lm_choose_journal_folder (GTK_WIDGET (self), self->workspace);
}

static void
appearance_cb (LmPreferencesDialog *self)
{
  if (self->workspace != NULL)
    g_settings_set_enum (lm_workspace_get_settings (self->workspace),
                         LM_SETTING_APPEARANCE,
                         (int) adw_combo_row_get_selected (self->appearance_row));
}

static void
lm_preferences_dialog_dispose (GObject *object)
{
  LmPreferencesDialog *self = LM_PREFERENCES_DIALOG (object);

  if (self->keep_row != NULL)
    lm_secret_entry_clear (self->keep_row);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_preferences_dialog_parent_class)->dispose (object);
}

static void
lm_preferences_dialog_class_init (LmPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_preferences_dialog_dispose;
  g_type_ensure (LM_TYPE_DESKTOP_SEARCH_GROUP);
  g_type_ensure (LM_TYPE_LOCK_GROUP);
  g_type_ensure (LM_TYPE_REMINDERS_GROUP);
  g_type_ensure (LM_TYPE_SUGGESTIONS_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, keyring_row);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, forget_button);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, passphrase_group);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, appearance_row);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, lock_group);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, reminders_group);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, suggestions_group);
  gtk_widget_class_bind_template_child (widget_class, LmPreferencesDialog, desktop_search_group);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, appearance_cb);
}

static void
lm_preferences_dialog_init (LmPreferencesDialog *self)
{
  g_type_ensure (LM_TYPE_PASSPHRASE_GROUP);
  gtk_widget_init_template (GTK_WIDGET (self));
}

LmPreferencesDialog *
lm_preferences_dialog_new (LmWorkspace *workspace, LmLibrary *library, LmReminders *reminders)
{
  LmPreferencesDialog *self = g_object_new (LM_TYPE_PREFERENCES_DIALOG, NULL);
  GSettings *settings = lm_workspace_get_settings (workspace);

  adw_combo_row_set_selected (self->appearance_row,
                              (guint) g_settings_get_enum (settings, LM_SETTING_APPEARANCE));
  self->workspace = g_object_ref (workspace);
  lm_lock_group_set_settings (self->lock_group, settings);
  lm_reminders_group_set_reminders (self->reminders_group, reminders);
  lm_suggestions_group_set_library (self->suggestions_group, library);
  lm_desktop_search_group_set_settings (self->desktop_search_group, settings);
  lm_passphrase_group_set_workspace (self->passphrase_group, workspace);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->folder_row), FALSE);
  adw_action_row_set_subtitle (self->folder_row, lm_workspace_get_path (workspace));
  g_signal_connect_object (settings,
                           "changed::" LM_SETTING_KEYRING,
                           G_CALLBACK (show_keyring),
                           self,
                           G_CONNECT_SWAPPED);
  show_keyring (self);
  return self;
}
