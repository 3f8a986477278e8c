/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/unlock/lm-unlock-page.h"
#include "ui/widgets/lm-secret-entry.h"
#include "workspace/lm-demo.h"
#include "workspace/lm-error-text.h"

/* Asks for the passphrase or the recovery code, and says in one line why the keyring did not open
 * the journal. */

struct _LmUnlockPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *why_label;
  GtkWidget *waiting_box;
  GtkEditable *passphrase_row;
  GtkEditable *code_row;
  GtkLabel *error_label;
  GtkWidget *unlock_button;
  GtkStack *button_stack;
  GtkLabel *switch_label;

  LmWorkspace *workspace;
  gboolean by_code;
};

G_DEFINE_FINAL_TYPE (LmUnlockPage, lm_unlock_page, ADW_TYPE_BIN)

static GtkEditable *
current_row (LmUnlockPage *self)
{
  return self->by_code ? self->code_row : self->passphrase_row;
}

/* Returns: (nullable): one line that says what became of the keyring */
static const char *
why (LmKeyringStatus status)
{
  switch (status)
    {
    case LM_KEYRING_NOTHING:
      return _ ("Your keyring does not hold the passphrase any more.");
    case LM_KEYRING_LOCKED:
      return _ ("Your keyring stayed locked.");
    case LM_KEYRING_NO_SERVICE:
      return _ ("There is no keyring on this computer.");
    case LM_KEYRING_WRONG:
      return _ ("The passphrase in your keyring does not open this journal.");
    case LM_KEYRING_FAILED:
      return _ ("Your keyring did not answer as it should.");
    case LM_KEYRING_HELD:
    case LM_KEYRING_LATE:
    case LM_KEYRING_UNUSED:
    case LM_KEYRING_ASKING:
    case LM_KEYRING_WAITING:
    case LM_KEYRING_GOOD:
    default:
      return NULL;
    }
}

static void
show_why (LmUnlockPage *self)
{
  LmKeyringStatus status = lm_workspace_get_keyring_status (self->workspace);
  const char *text = why (status);
  g_autofree char *demo = NULL;

  if (lm_workspace_is_demo (self->workspace))
    {
      /* Translators: %s is a word to type */
      demo = g_strdup_printf (_ ("The passphrase of the demo is “%s”."), LM_DEMO_PASSPHRASE);
      text = demo;
    }
  gtk_widget_set_visible (self->waiting_box, status == LM_KEYRING_WAITING);
  gtk_label_set_label (self->why_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_label), text != NULL);
}

static void
show_busy (LmUnlockPage *self, gboolean busy)
{
  gtk_stack_set_visible_child_name (self->button_stack, busy ? "busy" : "label");
  gtk_widget_set_sensitive (self->unlock_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->passphrase_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code_row), !busy);
}

static void
show_error (LmUnlockPage *self, const char *text)
{
  gtk_label_set_label (self->error_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), text != NULL);
  if (text != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             text,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmUnlockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (lm_workspace_unlock_finish (LM_WORKSPACE (source), result, &error))
    return;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  text = lm_error_text (error);
  show_busy (self, FALSE);
  show_error (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (current_row (self)));
}

static void
unlock_cb (LmUnlockPage *self)
{
  g_autoptr (LmSecret) typed = NULL;

  if (gtk_editable_get_text (current_row (self))[0] == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (current_row (self)));
      return;
    }
  typed = lm_secret_entry_take (current_row (self));
  show_error (self, NULL);
  show_busy (self, TRUE);
  gtk_widget_set_visible (self->waiting_box, FALSE);
  lm_workspace_unlock_async (self->workspace,
                             self->by_code ? LM_KEY_SLOT_RECOVERY : LM_KEY_SLOT_PASSPHRASE,
                             typed,
                             unlocked_cb,
                             g_object_ref (self));
}

static void
typed_cb (LmUnlockPage *self)
{
  if (self->workspace != NULL && gtk_editable_get_text (current_row (self))[0] != '\0')
    lm_workspace_set_person_types (self->workspace);
}

static void
show_kind (LmUnlockPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->passphrase_row), !self->by_code);
  gtk_widget_set_visible (GTK_WIDGET (self->code_row), self->by_code);
  gtk_label_set_label (self->switch_label,
                       self->by_code ? _ ("Use the passphrase") : _ ("Use the recovery code"));
}

static void
switch_cb (LmUnlockPage *self)
{
  lm_secret_entry_clear (current_row (self));
  self->by_code = !self->by_code;
  show_kind (self);
  show_error (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (current_row (self)));
}

static void
lm_unlock_page_dispose (GObject *object)
{
  LmUnlockPage *self = LM_UNLOCK_PAGE (object);

  if (self->passphrase_row != NULL)
    {
      lm_secret_entry_clear (self->passphrase_row);
      lm_secret_entry_clear (self->code_row);
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_UNLOCK_PAGE);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_unlock_page_parent_class)->dispose (object);
}

static void
lm_unlock_page_class_init (LmUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_unlock_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/unlock/lm-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, why_label);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, passphrase_row);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, button_stack);
  gtk_widget_class_bind_template_child (widget_class, LmUnlockPage, switch_label);
  gtk_widget_class_bind_template_callback (widget_class, unlock_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, switch_cb);
}

static void
lm_unlock_page_init (LmUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_kind (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->unlock_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open"),
                                  -1);
}

LmUnlockPage *
lm_unlock_page_new (LmWorkspace *workspace)
{
  LmUnlockPage *self = g_object_new (LM_TYPE_UNLOCK_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  g_signal_connect_object (workspace,
                           "notify::keyring-status",
                           G_CALLBACK (show_why),
                           self,
                           G_CONNECT_SWAPPED);
  show_why (self);
  return self;
}

/* Puts the cursor where the passphrase goes. */
void
lm_unlock_page_grab_focus (LmUnlockPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (current_row (self)));
}
