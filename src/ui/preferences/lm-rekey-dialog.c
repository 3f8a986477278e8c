/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/first-run/lm-recovery-copies.h"
#include "ui/lm-window.h"
#include "ui/preferences/lm-rekey-dialog.h"
#include "ui/widgets/lm-secret-entry.h"
#include "ui/widgets/lm-strength.h"
#include "vault/lm-recovery-code.h"
#include "workspace/lm-error-text.h"

/* Another passphrase, another recovery code, or both with a new key: one page after the other. */

struct _LmRekeyDialog
{
  AdwDialog parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *intro_label;
  GtkEditable *present_row;
  AdwSwitchRow *by_code_row;
  GtkWidget *new_group;
  GtkEditable *new_row;
  GtkEditable *again_row;
  GtkWidget *strength_box;
  GtkLevelBar *strength_bar;
  GtkLabel *strength_label;
  GtkLabel *error_label;
  GtkButton *apply_button;
  GtkLabel *busy_label;
  GtkLabel *show_label;
  GtkLabel *code_label;
  GtkWidget *kept_button;
  GtkWidget *keep_old_button;
  GtkEditable *check_row;
  GtkLabel *check_label;
  GtkLabel *done_label;
  GtkWidget *done_button;

  LmWorkspace *workspace;
  LmRekeyKind what;
  LmRekey *rekey; /* of a code that is not committed yet */
  LmSecret *code; /* as people write it */
};

G_DEFINE_FINAL_TYPE (LmRekeyDialog, lm_rekey_dialog, ADW_TYPE_DIALOG)

static const struct
{
  const char *title;
  const char *intro;
  const char *button;
  const char *done;
} texts[] = {
  [LM_REKEY_PASSPHRASE] = {
    N_ ("Change the passphrase"),
    N_ ("The new passphrase opens the journal from then on, and the old one does not. If somebody "
        "may know the old one, this is not enough: choose “Someone may know it” instead."),
    N_ ("_Change the passphrase"),
    N_ ("The passphrase is changed. Other computers ask for the new one when the journal has been "
        "synced."),
  },
  [LM_REKEY_CODE] = {
    N_ ("New recovery code"),
    N_ ("Make a new code if the copy of the old one is lost. The old code opens the journal until "
        "you have kept the new one."),
    N_ ("_Make a new code"),
    N_ ("The new recovery code is in use. The old one is void."),
  },
  [LM_REKEY_ROTATE] = {
    N_ ("Someone may know it"),
    N_ ("You choose a new passphrase and get a new recovery code, and every file is sealed with a "
        "new key. The old passphrase and the old code then open nothing here. Sync services and "
        "backups may keep old copies, which they still open: delete those where you can."),
    N_ ("_Seal everything anew"),
    N_ ("The new passphrase and the new code are in use, and the old ones are void. The files are "
        "being sealed with the new key. You can go on writing. If you close the program, it goes "
        "on when you open the journal again. Sync services and backups may keep old copies."),
  },
};

static void
show_page (LmRekeyDialog *self, const char *name)
{
  gboolean form = g_str_equal (name, "form"), done = g_str_equal (name, "done");

  gtk_stack_set_visible_child_name (self->stack, name);
  /* Between these a code waits to be kept. */
  adw_dialog_set_can_close (ADW_DIALOG (self), form || done);
}

static void
show_error (LmRekeyDialog *self, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

/* The form ------------------------------------------------------------------------------------- */

static void
changed_cb (LmRekeyDialog *self)
{
  g_autoptr (LmSecret) present = lm_secret_entry_peek (self->present_row);
  g_autoptr (LmSecret) fresh = lm_secret_entry_peek (self->new_row);
  g_autoptr (LmSecret) again = lm_secret_entry_peek (self->again_row);
  gboolean same = lm_secret_equal (fresh, again);
  gboolean ready = self->what == LM_REKEY_CODE || (same && lm_secret_length (fresh) > 0);

  lm_strength_show (self->strength_bar, self->strength_label, fresh);
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply_button),
                            ready && lm_secret_length (present) > 0);
  if (!same && lm_secret_length (again) >= lm_secret_length (fresh))
    gtk_widget_add_css_class (GTK_WIDGET (self->again_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->again_row), "error");
}

static void
by_code_cb (LmRekeyDialog *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->present_row),
                                 adw_switch_row_get_active (self->by_code_row)
                                     ? _ ("Present recovery code")
                                     : _ ("Present passphrase"));
}

static void
clear_form (LmRekeyDialog *self)
{
  lm_secret_entry_clear (self->present_row);
  lm_secret_entry_clear (self->new_row);
  lm_secret_entry_clear (self->again_row);
}

static void
show_code (LmRekeyDialog *self)
{
  gtk_label_set_label (self->code_label, (const char *) lm_secret_peek (self->code));
  gtk_label_set_label (
      self->show_label,
      self->what == LM_REKEY_CODE
          ? _ ("If you lose the passphrase, this code opens the journal. Keep it on paper, away "
               "from this computer. It is shown only now. The old code is void when you have "
               "finished here.")
          : _ ("If you lose the passphrase, this code opens the journal. Keep it on paper, away "
               "from this computer. It is shown only now. The old code is void."));
  gtk_widget_set_visible (self->keep_old_button, self->what == LM_REKEY_CODE);
  show_page (self, "show");
  gtk_widget_grab_focus (self->kept_button);
}

static void
show_done (LmRekeyDialog *self)
{
  gtk_label_set_label (self->done_label, _ (texts[self->what].done));
  gtk_label_set_label (self->code_label, "");
  lm_secret_entry_clear (self->check_row);
  show_page (self, "done");
  gtk_widget_grab_focus (self->done_button);
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           _ (texts[self->what].done),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
changed_keys_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRekeyDialog) self = data;
  LmWorkspace *workspace = LM_WORKSPACE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (LmRekey) rekey = lm_workspace_rekey_finish (workspace, result, &error);

  /* The journal was locked meanwhile: nobody has seen the code. */
  if (self->workspace == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    {
      if (rekey != NULL && self->what == LM_REKEY_CODE)
        lm_workspace_cancel_code (workspace, g_steal_pointer (&rekey));
      return;
    }
  if (rekey == NULL)
    {
      text = lm_error_text (error);
      show_page (self, "form");
      show_error (self, self->error_label, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->present_row));
      return;
    }
  clear_form (self);
  if (self->what == LM_REKEY_PASSPHRASE)
    {
      show_done (self);
      return;
    }
  self->code = lm_secret_ref (lm_rekey_code (rekey));
  if (self->what == LM_REKEY_CODE)
    self->rekey = g_steal_pointer (&rekey);
  show_code (self);
}

static void
apply_cb (LmRekeyDialog *self)
{
  g_autoptr (LmSecret) present = NULL, fresh = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->apply_button)))
    return;
  present = lm_secret_entry_peek (self->present_row);
  if (self->what != LM_REKEY_CODE)
    fresh = lm_secret_entry_peek (self->new_row);
  show_error (self, self->error_label, NULL);
  show_page (self, "busy");
  lm_workspace_rekey_async (self->workspace,
                            self->what,
                            adw_switch_row_get_active (self->by_code_row) ? LM_KEY_SLOT_RECOVERY
                                                                          : LM_KEY_SLOT_PASSPHRASE,
                            present,
                            fresh,
                            changed_keys_cb,
                            g_object_ref (self));
}

/* The code ------------------------------------------------------------------------------------- */

static void
print_cb (LmRekeyDialog *self)
{
  lm_recovery_print (GTK_WIDGET (self), self->code);
}

static void
copy_cb (LmRekeyDialog *self)
{
  lm_recovery_copy (GTK_WIDGET (self->code_label), self->code);
}

static void
save_cb (LmRekeyDialog *self)
{
  lm_recovery_save (GTK_WIDGET (self->code_label),
                    self->code,
                    lm_workspace_get_path (self->workspace));
}

static void
kept_cb (LmRekeyDialog *self)
{
  show_page (self, "check");
  gtk_widget_grab_focus (GTK_WIDGET (self->check_row));
}

static void
show_again_cb (LmRekeyDialog *self)
{
  show_page (self, "show");
  gtk_widget_grab_focus (self->kept_button);
}

static void
keep_old_cb (LmRekeyDialog *self)
{
  lm_workspace_cancel_code (self->workspace, g_steal_pointer (&self->rekey));
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmRekeyDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean good = lm_workspace_commit_code_finish (LM_WORKSPACE (source), result, &error);

  if (self->workspace == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  show_done (self);
  if (!good)
    {
      g_autofree char *why = lm_error_text (error);
      g_autofree char *text =
          /* Translators: %s is a sentence that says why */
          g_strdup_printf (_ ("The old code could not be given up: both open the journal. %s"),
                           why);

      gtk_label_set_label (self->done_label, text);
    }
}

static void
finish (LmRekeyDialog *self, gboolean checked)
{
  if (self->what == LM_REKEY_ROTATE)
    {
      lm_workspace_code_told (self->workspace, checked);
      show_done (self);
      return;
    }
  show_page (self, "busy");
  lm_workspace_commit_code_async (self->workspace,
                                  g_steal_pointer (&self->rekey),
                                  checked,
                                  committed_cb,
                                  g_object_ref (self));
}

static void
later_cb (LmRekeyDialog *self)
{
  finish (self, FALSE);
}

static void
check_cb (LmRekeyDialog *self)
{
  g_autoptr (LmSecret) typed = lm_secret_entry_peek (self->check_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) bytes = lm_recovery_code_parse (typed, &error);
  g_autoptr (LmSecret) expected = lm_recovery_code_parse (self->code, NULL);
  g_autofree char *why = NULL;

  if (bytes != NULL && lm_secret_equal (bytes, expected))
    {
      finish (self, TRUE);
      return;
    }
  why = bytes == NULL ? lm_error_text (error)
                      : g_strdup (_ ("This is another code. Compare it with your newest copy."));
  show_error (self, self->check_label, why);
  gtk_widget_grab_focus (GTK_WIDGET (self->check_row));
}

static void
done_cb (LmRekeyDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* The widget ----------------------------------------------------------------------------------- */

static void
lm_rekey_dialog_dispose (GObject *object)
{
  LmRekeyDialog *self = LM_REKEY_DIALOG (object);

  if (self->present_row != NULL)
    {
      clear_form (self);
      lm_secret_entry_clear (self->check_row);
    }
  /* Locked before the code was kept: the old one stays. */
  if (self->rekey != NULL)
    lm_workspace_cancel_code (self->workspace, g_steal_pointer (&self->rekey));
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_REKEY_DIALOG);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->code, lm_secret_unref);
  G_OBJECT_CLASS (lm_rekey_dialog_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LmRekeyDialog, child)

static void
lm_rekey_dialog_class_init (LmRekeyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_rekey_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/preferences/lm-rekey-dialog.ui");
  BIND (stack);
  BIND (intro_label);
  BIND (present_row);
  BIND (by_code_row);
  BIND (new_group);
  BIND (new_row);
  BIND (again_row);
  BIND (strength_box);
  BIND (strength_bar);
  BIND (strength_label);
  BIND (error_label);
  BIND (apply_button);
  BIND (busy_label);
  BIND (show_label);
  BIND (code_label);
  BIND (kept_button);
  BIND (keep_old_button);
  BIND (check_row);
  BIND (check_label);
  BIND (done_label);
  BIND (done_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, by_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, kept_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_old_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
lm_rekey_dialog_init (LmRekeyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A dialog that changes @what. */
LmRekeyDialog *
lm_rekey_dialog_new (LmWorkspace *workspace, LmRekeyKind what)
{
  LmRekeyDialog *self = g_object_new (LM_TYPE_REKEY_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->what = what;
  adw_dialog_set_title (ADW_DIALOG (self), _ (texts[what].title));
  gtk_label_set_label (self->intro_label, _ (texts[what].intro));
  gtk_button_set_use_underline (self->apply_button, TRUE);
  gtk_button_set_label (self->apply_button, _ (texts[what].button));
  gtk_widget_set_visible (self->new_group, what != LM_REKEY_CODE);
  gtk_widget_set_visible (self->strength_box, what != LM_REKEY_CODE);
  if (what == LM_REKEY_ROTATE)
    gtk_label_set_label (self->busy_label,
                         _ ("A copy of the journal and the keys are being made. With many entries "
                            "this takes a while."));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->present_row));
  return self;
}
