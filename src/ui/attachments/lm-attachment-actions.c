/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-store-error.h"
#include "ui/attachments/lm-attachment-actions.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-file-dialog.h"

/* What can be done with one attachment, with the questions it takes. */

/* Says why a file could not be added. */
void
lm_attachment_tell (GtkWidget *widget, const GError *error)
{
  if (g_error_matches (error, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE))
    lm_toast (widget,
              adw_toast_new (_ ("The file is larger than 100 MB. It was not added. A shorter or "
                                "smaller one can be.")));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    lm_toast (widget, adw_toast_new (_ ("The file was changed while it was read. Add it again.")));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    lm_toast (widget, adw_toast_new (_ ("Only files can be added, no folders.")));
  else
    lm_toast_error (widget, error);
}

/* Saving a copy ------------------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *widget;
  LmWorkspace *workspace;
  LmAttachment *attachment;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->widget);
  g_object_unref (copy->workspace);
  lm_attachment_free (copy->attachment);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GError) error = NULL;

  if (lm_workspace_copy_attachment_finish (LM_WORKSPACE (source), result, &error))
    lm_toast (copy->widget, adw_toast_new (_ ("Copy saved. It is not encrypted.")));
  else
    lm_toast_error (copy->widget, error);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    lm_workspace_copy_attachment_async (copy->workspace,
                                        copy->attachment,
                                        file,
                                        NULL,
                                        copied_cb,
                                        g_steal_pointer (&copy));
}

static void
warned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autofree char *name = NULL;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  GtkRoot *root = gtk_widget_get_root (copy->widget);

  if (!g_str_equal (answer, "save") || root == NULL)
    return;
  dialog = lm_file_dialog_new ();
  /* A name leads nowhere else. */
  name = g_strdelimit (g_strdup (copy->attachment->name), "/", '_');
  gtk_file_dialog_set_title (dialog, _ ("Save a copy, unencrypted"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (root), NULL, place_chosen_cb, g_steal_pointer (&copy));
}

/* Says that the copy is not encrypted, asks where to put it, and writes it there. */
void
lm_attachment_save_copy (GtkWidget *widget, LmWorkspace *workspace, const LmAttachment *attachment)
{
  Copy *copy = g_new (Copy, 1);
  AdwDialog *dialog =
      adw_alert_dialog_new (_ ("Save a Copy?"),
                            _ ("The copy is not encrypted: whoever gets at the file can open it."));

  *copy =
      (Copy) { g_object_ref (widget), g_object_ref (workspace), lm_attachment_copy (attachment) };
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _ ("_Cancel"),
                                  "save",
                                  _ ("_Choose a Place"),
                                  NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, warned_cb, copy);
}

/* Describing --------------------------------------------------------------------------------------
 */

typedef struct
{
  GtkWidget *widget;
  LmId id;
  GtkEditable *name;
  GtkEditable *description;
  char *old_name;
  LmAttachmentDescribed described;
} Describe;

static void
describe_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Describe *describe = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "keep") && gtk_widget_get_root (describe->widget) != NULL)
    {
      const char *name = gtk_editable_get_text (describe->name);

      describe->described (&describe->id,
                           lm_text_is_blank (name) ? describe->old_name : name,
                           gtk_editable_get_text (describe->description),
                           describe->widget);
    }
  g_object_unref (describe->widget);
  g_free (describe->old_name);
  g_free (describe);
}

static GtkEditable *
add_field (GtkWidget *group, const char *title, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row), GTK_INPUT_HINT_PRIVATE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return GTK_EDITABLE (row);
}

/* Asks for the name of an attachment and what is to be seen on it; calls @described with @widget.
 */
void
lm_attachment_describe (GtkWidget *widget,
                        const LmAttachment *attachment,
                        LmAttachmentDescribed described)
{
  Describe *describe = g_new0 (Describe, 1);
  GtkWidget *group = adw_preferences_group_new ();
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Describe"),
      _ ("A few words help to find it again, and a screen reader reads them."));

  describe->widget = g_object_ref (widget);
  describe->id = attachment->id;
  describe->old_name = g_strdup (attachment->name);
  describe->described = described;
  describe->description = add_field (group, _ ("What it shows"), attachment->description);
  describe->name = add_field (group, C_ ("file", "Name"), attachment->name);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), group);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _ ("_Cancel"),
                                  "keep",
                                  /* Translators: saves the name and the description of a file */
                                  C_ ("description", "_Keep"),
                                  NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), widget, NULL, describe_cb, describe);
}
