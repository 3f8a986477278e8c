/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-attachment-list.h"
#include "ui/attachments/lm-attachment-actions.h"
#include "ui/attachments/lm-attachment-strip.h"
#include "ui/attachments/lm-image-viewer.h"
#include "ui/attachments/lm-image.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-file-dialog.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-error-text.h"

/* Pixels of an image's longer side on a page. */
#define SIDE_ON_PAGE 640

struct _LmAttachmentStrip
{
  AdwBin parent_instance;

  GtkBox *items;
  GtkWidget *busy; /* while files are being added */
  guint n_adding;

  LmWorkspace *workspace;
  LmDraft *draft; /* nullable: to read only */
  GPtrArray *attachments;
  GCancellable *loading; /* of the images */
  GCancellable *adding;
  AdwToast *toast; /* with "Undo" */
};

G_DEFINE_FINAL_TYPE (LmAttachmentStrip, lm_attachment_strip, ADW_TYPE_BIN)

static void fill (LmAttachmentStrip *self, LmContent *content);

static LmAttachment *
find (LmAttachmentStrip *self, GVariant *parameter)
{
  LmId id;

  if (!lm_id_parse (g_variant_get_string (parameter, NULL), -1, &id))
    return NULL;
  for (guint i = 0; i < self->attachments->len; i++)
    if (lm_id_equal (&((LmAttachment *) self->attachments->pdata[i])->id, &id))
      return self->attachments->pdata[i];
  return NULL;
}

static void
changed (LmAttachmentStrip *self)
{
  lm_draft_changed (self->draft);
  fill (self, lm_draft_get_content (self->draft));
}

/* Items --------------------------------------------------------------------------------------- */

static const char *
words_for (const LmAttachment *attachment)
{
  return lm_text_is_blank (attachment->description) ? attachment->name : attachment->description;
}

static GtkWidget *
make_menu (LmAttachmentStrip *self, const LmAttachment *attachment)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  LmIdText id = lm_id_format (&attachment->id);
  struct
  {
    const char *label, *action;
    gboolean editing;
  } const items[] = {
    { _ ("_Save a copy…"), "attachment.copy", FALSE },
    { _ ("_Describe…"), "attachment.describe", TRUE },
    { C_ ("file", "_Remove"), "attachment.remove", TRUE },
  };
  /* Translators: %s is the name of a file */
  g_autofree char *label = g_strdup_printf (_ ("More for %s"), attachment->name);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (items[i].label, NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", id.digits);
      if (!items[i].editing || self->draft != NULL)
        g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, label);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
make_caption (LmAttachmentStrip *self, const LmAttachment *attachment)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *size = g_format_size (attachment->size);
  /* Translators: the name or description of a file, and its size */
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"), words_for (attachment), size);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_menu (self, attachment));
  return box;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) button = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = lm_image_load_finish (result, &error);
  GtkWidget *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (texture != NULL)
    {
      child = gtk_picture_new_for_paintable (GDK_PAINTABLE (texture));
      gtk_picture_set_content_fit (GTK_PICTURE (child), GTK_CONTENT_FIT_SCALE_DOWN);
    }
  else
    {
      g_autofree char *text = lm_error_text (error);

      child = gtk_label_new (text);
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_widget_set_sensitive (button, FALSE);
    }
  gtk_button_set_child (GTK_BUTTON (button), child);
}

static GtkWidget *
make_image (LmAttachmentStrip *self, const LmAttachment *attachment)
{
  GtkWidget *button = gtk_button_new ();
  LmIdText id = lm_id_format (&attachment->id);
  /* Translators: %s is what a person wrote about an image, or its file name */
  g_autofree char *label = g_strdup_printf (_ ("Image: %s"), words_for (attachment));

  gtk_button_set_child (GTK_BUTTON (button), adw_spinner_new ());
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "lm-image");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "attachment.view");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id.digits);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  lm_image_load_async (self->workspace,
                       attachment,
                       SIDE_ON_PAGE,
                       self->loading,
                       loaded_cb,
                       g_object_ref (button));
  return button;
}

static void
fill (LmAttachmentStrip *self, LmContent *content)
{
  GtkWidget *child;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  self->attachments = lm_content_list_attachments (content);
  lm_focus_leave (GTK_WIDGET (self->items));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->items))) != NULL)
    gtk_box_remove (self->items, child);
  for (guint i = 0; i < self->attachments->len; i++)
    {
      const LmAttachment *attachment = self->attachments->pdata[i];

      if (lm_attachment_is_image (attachment))
        gtk_box_append (self->items, make_image (self, attachment));
      gtk_box_append (self->items, make_caption (self, attachment));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->attachments->len > 0 || self->n_adding > 0);
}

/* Adding ----------------------------------------------------------------------------------------
 */

static void
set_adding (LmAttachmentStrip *self, int change)
{
  self->n_adding = (guint) ((int) self->n_adding + change);
  gtk_widget_set_visible (self->busy, self->n_adding > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), self->attachments->len > 0 || self->n_adding > 0);
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmAttachmentStrip) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmAttachment) attachment =
      lm_workspace_attach_finish (LM_WORKSPACE (source), result, &error);

  if (self->draft == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        lm_toast (GTK_WIDGET (self),
                  adw_toast_new (_ ("The file was not added: the page was left before that.")));
      return;
    }
  set_adding (self, -1);
  if (attachment != NULL)
    {
      lm_content_add_attachment (lm_draft_get_content (self->draft), attachment);
      changed (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lm_attachment_tell (GTK_WIDGET (self), error);
}

static GCancellable *
begin_adding (LmAttachmentStrip *self)
{
  if (self->adding == NULL || g_cancellable_is_cancelled (self->adding))
    {
      g_clear_object (&self->adding);
      self->adding = g_cancellable_new ();
    }
  set_adding (self, 1);
  return self->adding;
}

/* Adds a copy of @file; it stays where it is. */
void
lm_attachment_strip_add_file (LmAttachmentStrip *self, GFile *file)
{
  if (self->draft == NULL)
    return;
  lm_workspace_attach_file_async (self->workspace,
                                  file,
                                  begin_adding (self),
                                  attached_cb,
                                  g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmAttachmentStrip) self = data;
  g_autoptr (GListModel) files =
      gtk_file_dialog_open_multiple_finish (GTK_FILE_DIALOG (source), result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      lm_attachment_strip_add_file (self, file);
    }
}

/* Lets the person choose files to add. */
void
lm_attachment_strip_choose (LmAttachmentStrip *self)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Add images and files"));
  gtk_file_dialog_open_multiple (dialog,
                                 GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 NULL,
                                 chosen_cb,
                                 g_object_ref (self));
}

/* Taking what others give ------------------------------------------------------------------------
 */

static void
tell_not_taken (LmAttachmentStrip *self)
{
  if (self->draft != NULL)
    lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("The image could not be added.")));
}

static void
encode_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         gdk_texture_save_to_png_bytes (data),
                         (GDestroyNotify) g_bytes_unref);
}

static void
encoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (source);
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (bytes == NULL || self->draft == NULL)
    {
      tell_not_taken (self);
      return;
    }
  lm_workspace_attach_bytes_async (self->workspace,
                                   bytes,
                                   /* Translators: the name of a file */
                                   _ ("pasted image.png"),
                                   "image/png",
                                   begin_adding (self),
                                   attached_cb,
                                   g_object_ref (self));
}

static void
add_texture (LmAttachmentStrip *self, GdkTexture *texture)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, encoded_cb, NULL);

  g_task_set_task_data (task, g_object_ref (texture), g_object_unref);
  g_task_run_in_thread (task, encode_job);
}

/* What is on another computer is not fetched: nothing is ever asked of the network. */
static gboolean
add_files (LmAttachmentStrip *self, GSList *files)
{
  gboolean far = FALSE;

  for (GSList *item = files; item != NULL; item = item->next)
    if (g_file_peek_path (item->data) != NULL)
      lm_attachment_strip_add_file (self, item->data);
    else
      far = TRUE;
  if (far)
    lm_toast (GTK_WIDGET (self),
              adw_toast_new (_ ("Only files on this computer can be added. Save a copy first.")));
  return files != NULL;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LmAttachmentStrip *self)
{
  if (self->draft == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      add_texture (self, g_value_get_object (value));
      return TRUE;
    }
  return add_files (self, g_value_get_boxed (value));
}

/* Files and images that are dropped on @target are added. */
void
lm_attachment_strip_take_drops (LmAttachmentStrip *self, GtkWidget *target)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (drop, (GType[]) { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE }, 2);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drop), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop));
}

static void
texture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmAttachmentStrip) self = data;
  g_autoptr (GdkTexture) texture =
      gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);

  if (texture != NULL)
    add_texture (self, texture);
  else
    tell_not_taken (self);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmAttachmentStrip) self = data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL && self->draft != NULL)
    add_files (self, g_value_get_boxed (value));
}

/* Whether a file manager has copied files: it offers their paths as text too. */
static gboolean
holds_files (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
         gdk_content_formats_contain_mime_type (formats, "x-special/gnome-copied-files") ||
         gdk_content_formats_contain_mime_type (formats, "application/vnd.portal.filetransfer");
}

/* Where there is text, text is what is pasted, even with a picture of it. */
static gboolean
holds_text (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) ||
         gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
         gdk_content_formats_contain_mime_type (formats, "text/plain");
}

static void
paste_cb (GtkTextView *view, LmAttachmentStrip *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  if (self->draft == NULL)
    return;
  if (holds_files (gdk_clipboard_get_formats (clipboard)))
    {
      g_signal_stop_emission_by_name (view, "paste-clipboard");
      gdk_clipboard_read_value_async (clipboard,
                                      GDK_TYPE_FILE_LIST,
                                      G_PRIORITY_DEFAULT,
                                      NULL,
                                      files_cb,
                                      g_object_ref (self));
    }
  else if (!holds_text (formats) && gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    {
      g_signal_stop_emission_by_name (view, "paste-clipboard");
      gdk_clipboard_read_texture_async (clipboard, NULL, texture_cb, g_object_ref (self));
    }
}

/* An image, or files, that are pasted into @view are added. */
void
lm_attachment_strip_take_pastes (LmAttachmentStrip *self, GtkTextView *view)
{
  g_signal_connect_object (view, "paste-clipboard", G_CALLBACK (paste_cb), self, 0);
}

/* Actions
 * ------------------------------------------------------------------------------------------
 */

static void
view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (widget);
  GtkWidget *view = gtk_widget_get_ancestor (widget, ADW_TYPE_NAVIGATION_VIEW);
  LmAttachment *attachment = find (self, parameter);

  if (view != NULL && attachment != NULL)
    adw_navigation_view_push (
        ADW_NAVIGATION_VIEW (view),
        lm_image_viewer_new (self->workspace, self->attachments, &attachment->id));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (widget);
  LmAttachment *attachment = find (self, parameter);

  if (attachment != NULL)
    lm_attachment_save_copy (widget, self->workspace, attachment);
}

static void
described_cb (const LmId *id, const char *name, const char *description, gpointer data)
{
  LmAttachmentStrip *self = data;

  if (self->draft == NULL)
    return;
  lm_content_rename_attachment (lm_draft_get_content (self->draft), id, name, description);
  changed (self);
}

static void
describe_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (widget);
  LmAttachment *attachment = find (self, parameter);

  if (attachment != NULL && self->draft != NULL)
    lm_attachment_describe (widget, attachment, described_cb);
}

typedef struct
{
  LmAttachmentStrip *strip;
  JsonNode *node;
  guint place;
} Removed;

static void
removed_free (gpointer data, GClosure *closure)
{
  Removed *removed = data;

  g_object_unref (removed->strip);
  json_node_unref (removed->node);
  g_free (removed);
}

static void
undo_cb (AdwToast *toast, Removed *removed)
{
  LmAttachmentStrip *self = removed->strip;

  if (self->draft == NULL)
    return;
  lm_content_put_attachment (lm_draft_get_content (self->draft), removed->node, removed->place);
  changed (self);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (widget);
  LmAttachment *attachment = find (self, parameter);
  Removed *removed;
  JsonNode *node;
  guint place;

  if (attachment == NULL || self->draft == NULL)
    return;
  node = lm_content_take_attachment (lm_draft_get_content (self->draft), &attachment->id, &place);
  if (node == NULL)
    return;
  removed = g_new (Removed, 1);
  *removed = (Removed) { g_object_ref (self), node, place };
  g_clear_object (&self->toast);
  self->toast = g_object_ref (adw_toast_new (_ ("File removed from the entry")));
  g_signal_connect_data (self->toast,
                         "button-clicked",
                         G_CALLBACK (undo_cb),
                         removed,
                         removed_free,
                         0);
  lm_undo_toast_show (widget, g_object_ref (self->toast));
  changed (self);
}

static void
stop_cb (LmAttachmentStrip *self)
{
  g_cancellable_cancel (self->adding);
}

/* The whole --------------------------------------------------------------------------------------
 */

/* Shows the attachments of @content, to look at. */
void
lm_attachment_strip_show (LmAttachmentStrip *self, LmWorkspace *workspace, LmContent *content)
{
  g_set_object (&self->workspace, workspace);
  fill (self, content);
}

/* Shows those of @draft, to be changed. */
void
lm_attachment_strip_edit (LmAttachmentStrip *self, LmWorkspace *workspace, LmDraft *draft)
{
  g_set_object (&self->workspace, workspace);
  g_set_object (&self->draft, draft);
  fill (self, lm_draft_get_content (draft));
}

static void
lm_attachment_strip_dispose (GObject *object)
{
  LmAttachmentStrip *self = LM_ATTACHMENT_STRIP (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->adding);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  g_clear_object (&self->draft);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_attachment_strip_parent_class)->dispose (object);
}

static void
lm_attachment_strip_finalize (GObject *object)
{
  g_clear_pointer (&LM_ATTACHMENT_STRIP (object)->attachments, g_ptr_array_unref);
  G_OBJECT_CLASS (lm_attachment_strip_parent_class)->finalize (object);
}

static void
lm_attachment_strip_class_init (LmAttachmentStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_attachment_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = lm_attachment_strip_finalize;
  gtk_widget_class_install_action (widget_class, "attachment.view", "s", view_action);
  gtk_widget_class_install_action (widget_class, "attachment.copy", "s", copy_action);
  gtk_widget_class_install_action (widget_class, "attachment.describe", "s", describe_action);
  gtk_widget_class_install_action (widget_class, "attachment.remove", "s", remove_action);
}

static void
lm_attachment_strip_init (LmAttachmentStrip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *stop = gtk_button_new_with_mnemonic (_ ("_Stop"));
  GtkWidget *label = gtk_label_new (_ ("Adding and encrypting…"));

  self->attachments = g_ptr_array_new ();
  self->items = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->busy = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (self->busy), adw_spinner_new ());
  gtk_box_append (GTK_BOX (self->busy), label);
  gtk_box_append (GTK_BOX (self->busy), stop);
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (stop_cb), self);
  gtk_widget_set_visible (self->busy, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->items));
  gtk_box_append (GTK_BOX (box), self->busy);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
