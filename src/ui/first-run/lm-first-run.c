/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/first-run/lm-first-run.h"
#include "ui/first-run/lm-recovery-copies.h"
#include "ui/lm-window.h"
#include "ui/unlock/lm-unavailable-page.h"
#include "ui/widgets/lm-secret-entry.h"
#include "ui/widgets/lm-strength.h"
#include "vault/lm-recovery-code.h"
#include "workspace/lm-error-text.h"
#include "workspace/lm-settings.h"

/* The first three pages anybody sees: what this is and is not, the passphrase, the recovery code.
 */

struct _LmFirstRun
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwNavigationView *pages;
  GtkImage *app_icon;
  GtkEditable *passphrase_row;
  GtkEditable *again_row;
  GtkLevelBar *strength_bar;
  GtkLabel *strength_label;
  GtkCheckButton *only_me_button;
  GtkLabel *error_label;
  GtkWidget *create_button;
  GtkStack *create_stack;
  GtkStack *code_stack;
  GtkLabel *code_label;
  GtkEditable *check_row;
  GtkLabel *check_label;

  LmWorkspace *workspace;
  LmSecret *code; /* as people write it; until the last page is left */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (LmFirstRun, lm_first_run, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Welcome ------------------------------------------------------------------------------------ */

static void
begin_cb (LmFirstRun *self)
{
  adw_navigation_view_push_by_tag (self->pages, "passphrase");
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase_row));
}

static void
open_existing_cb (LmFirstRun *self)
{
  lm_choose_journal_folder (GTK_WIDGET (self), self->workspace);
}

/* The passphrase ------------------------------------------------------------------------------- */

static void
passphrase_changed_cb (LmFirstRun *self)
{
  g_autoptr (LmSecret) passphrase = lm_secret_entry_peek (self->passphrase_row);
  g_autoptr (LmSecret) again = lm_secret_entry_peek (self->again_row);
  gboolean same = lm_secret_equal (passphrase, again);

  lm_strength_show (self->strength_bar, self->strength_label, passphrase);
  gtk_widget_set_sensitive (self->create_button,
                            !self->busy && same && lm_secret_length (passphrase) > 0);
  if (!same && lm_secret_length (again) >= lm_secret_length (passphrase))
    gtk_widget_add_css_class (GTK_WIDGET (self->again_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->again_row), "error");
}

static void
show_error (LmFirstRun *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
}

static void
set_busy (LmFirstRun *self, gboolean busy)
{
  self->busy = busy;
  gtk_stack_set_visible_child_name (self->create_stack, busy ? "busy" : "label");
  gtk_widget_set_sensitive (GTK_WIDGET (self->pages), !busy);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmFirstRun) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  self->code = lm_workspace_create_finish (LM_WORKSPACE (source), result, &error);
  set_busy (self, FALSE);
  if (self->code == NULL)
    {
      text = lm_error_text (error);
      show_error (self, text);
      return;
    }
  lm_secret_entry_clear (self->passphrase_row);
  lm_secret_entry_clear (self->again_row);
  gtk_label_set_label (self->code_label, (const char *) lm_secret_peek (self->code));
  adw_navigation_view_push_by_tag (self->pages, "code");
}

static void
create_cb (LmFirstRun *self)
{
  g_autoptr (LmSecret) passphrase = NULL;

  if (!gtk_widget_get_sensitive (self->create_button))
    return;
  passphrase = lm_secret_entry_peek (self->passphrase_row);
  show_error (self, NULL);
  set_busy (self, TRUE);
  lm_workspace_create_async (self->workspace,
                             passphrase,
                             gtk_check_button_get_active (self->only_me_button),
                             created_cb,
                             g_object_ref (self));
}

/* The recovery code ------------------------------------------------------------------------------
 */

static void
print_cb (LmFirstRun *self)
{
  lm_recovery_print (GTK_WIDGET (self), self->code);
}

static void
copy_cb (LmFirstRun *self)
{
  lm_recovery_copy (GTK_WIDGET (self), self->code);
}

static void
save_cb (LmFirstRun *self)
{
  lm_recovery_save (GTK_WIDGET (self), self->code, lm_workspace_get_path (self->workspace));
}

static void
kept_cb (LmFirstRun *self)
{
  gtk_stack_set_visible_child_name (self->code_stack, "check");
  gtk_widget_grab_focus (GTK_WIDGET (self->check_row));
}

static void
show_again_cb (LmFirstRun *self)
{
  gtk_stack_set_visible_child_name (self->code_stack, "show");
}

static void
finish (LmFirstRun *self, gboolean checked)
{
  g_settings_set_boolean (lm_workspace_get_settings (self->workspace),
                          LM_SETTING_CODE_CHECKED,
                          checked);
  gtk_label_set_label (self->code_label, "");
  lm_secret_entry_clear (self->check_row);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
later_cb (LmFirstRun *self)
{
  finish (self, FALSE);
}

/* Whether the code that was typed is the code; else why not. */
static gboolean
is_the_code (LmFirstRun *self, char **why)
{
  g_autoptr (LmSecret) typed = lm_secret_entry_peek (self->check_row);
  g_autoptr (GError) error = NULL;
  g_autoptr (LmSecret) bytes = lm_recovery_code_parse (typed, &error);
  g_autoptr (LmSecret) expected = lm_recovery_code_parse (self->code, NULL);

  if (bytes == NULL)
    *why = lm_error_text (error);
  else if (lm_secret_equal (bytes, expected))
    return TRUE;
  else
    *why = g_strdup (_ ("This is the code of another journal."));
  return FALSE;
}

static void
check_cb (LmFirstRun *self)
{
  g_autofree char *why = NULL;

  if (is_the_code (self, &why))
    {
      finish (self, TRUE);
      return;
    }
  gtk_label_set_label (self->check_label, why);
  gtk_widget_set_visible (GTK_WIDGET (self->check_label), TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), why, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  gtk_widget_grab_focus (GTK_WIDGET (self->check_row));
}

static void
lm_first_run_dispose (GObject *object)
{
  LmFirstRun *self = LM_FIRST_RUN (object);

  /* The bin must let go of its child before the template does. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_FIRST_RUN);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->code, lm_secret_unref);
  G_OBJECT_CLASS (lm_first_run_parent_class)->dispose (object);
}

static void
lm_first_run_class_init (LmFirstRunClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_first_run_dispose;
  /* The pages are done and the journal is open. */
  signals[SIGNAL_DONE] = g_signal_new ("done",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       0);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/first-run/lm-first-run.ui");
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, pages);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, app_icon);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, again_row);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, strength_bar);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, strength_label);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, only_me_button);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, error_label);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, create_button);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, create_stack);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, code_stack);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, code_label);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, check_row);
  gtk_widget_class_bind_template_child (widget_class, LmFirstRun, check_label);
  gtk_widget_class_bind_template_callback (widget_class, begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_existing_cb);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, kept_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, later_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
}

static void
lm_first_run_init (LmFirstRun *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_image_set_from_icon_name (self->app_icon, APP_ID);
}

LmFirstRun *
lm_first_run_new (LmWorkspace *workspace)
{
  LmFirstRun *self = g_object_new (LM_TYPE_FIRST_RUN, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}
