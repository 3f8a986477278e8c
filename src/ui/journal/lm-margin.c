/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/journal/lm-margin.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-document-view.h"
#include "ui/widgets/lm-focus.h"
#include "ui/widgets/lm-save-status.h"
#include "ui/widgets/lm-text-area.h"
#include "ui/widgets/lm-undo-toast.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-workspace-drafts.h"
#include "workspace/lm-workspace-notes.h"

/* The margin of an entry: what was noted when it was read again, each note with its day, and the
 * one that is being written. What is typed is saved after a moment, and on leaving; if that fails
 * it is kept and tried on. */

struct _LmMargin
{
  AdwBin parent_instance;

  GtkBox *notes_box;
  GtkWidget *writing_box;
  GtkLabel *writing_label;
  LmTextArea *area;
  AdwBanner *problem_banner;

  LmWorkspace *workspace;
  LmEntry *entry;
  char *created;  /* nullable: of the note that is being written */
  LmDraft *draft; /* nullable: what was written here last */
};

G_DEFINE_FINAL_TYPE (LmMargin, lm_margin, ADW_TYPE_BIN)

/* Writing -------------------------------------------------------------------------------------- */

static void
begin (LmMargin *self)
{
  if (self->draft != NULL && !lm_draft_is_closed (self->draft))
    return;
  g_clear_object (&self->draft);
  self->draft = lm_workspace_begin_part (self->workspace, lm_entry_get_id (self->entry), "entry");
  lm_save_status_show_on (self->problem_banner, self->draft);
}

/* The page is left: what is being written is saved, and tried on if that fails. */
void
lm_margin_save (LmMargin *self)
{
  if (self->draft != NULL)
    lm_draft_close (self->draft);
  g_clear_object (&self->draft); /* another page may go on with it */
}

static void
set_note (LmMargin *self, const char *created, const char *text)
{
  begin (self);
  lm_content_set_note (lm_draft_get_content (self->draft), created, text);
  lm_draft_changed (self->draft);
}

static void
changed_cb (LmMargin *self)
{
  g_autofree char *text = NULL;

  if (self->created == NULL || self->area == NULL)
    return;
  text = lm_text_area_get_text (self->area);
  set_note (self, self->created, text);
}

static void
write_note (LmMargin *self, const char *created, const char *text)
{
  g_autoptr (GDateTime) time = lm_time_from_rfc3339 (created);
  g_autofree char *day =
      time != NULL ? lm_text_capitalize (lm_phrase_day_with_year (time)) : g_strdup ("");

  g_clear_pointer (&self->created, g_free);
  gtk_label_set_label (self->writing_label, day);
  lm_text_area_set_text (self->area, text);
  self->created = g_strdup (created);
  gtk_widget_set_visible (self->writing_box, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->area));
}

/* Puts an empty note into the margin, and the cursor into it. */
void
lm_margin_begin (LmMargin *self)
{
  g_autoptr (GDateTime) now = lm_clock_now (lm_workspace_get_clock (self->workspace));
  g_autofree char *created = lm_time_to_rfc3339 (now);

  if (self->created != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->area));
      return;
    }
  write_note (self, created, "");
}

/* The note is shown among the others, whether it is on the disk yet or not. */
static void
done_cb (LmMargin *self)
{
  if (self->draft != NULL)
    lm_draft_flush (self->draft);
  g_clear_pointer (&self->created, g_free);
  gtk_widget_set_visible (self->writing_box, FALSE);
  lm_margin_show (self, self->workspace, self->entry);
}

/* Showing ---------------------------------------------------------------------------------------
 */

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmUndo) undo = lm_workspace_set_note_finish (LM_WORKSPACE (source), result, &error);

  if (undo != NULL)
    lm_undo_toast (self, LM_WORKSPACE (source), _ ("The note is removed"), undo);
  else
    lm_toast_error (self, error);
}

/* A note that was removed before it could be saved. */
typedef struct
{
  GWeakRef margin;
  GWeakRef workspace;
  LmId entry;
  char *created;
  char *text;
} Unsaved;

static void
unsaved_free (gpointer data)
{
  Unsaved *unsaved = data;

  g_weak_ref_clear (&unsaved->margin);
  g_weak_ref_clear (&unsaved->workspace);
  g_free (unsaved->created);
  g_free (unsaved->text);
  g_free (unsaved);
}

/* Writes it anew, also when its page was left: it is kept, and tried on, as when it was typed. */
static void
put_back (gpointer data)
{
  Unsaved *unsaved = data;
  g_autoptr (LmMargin) self = g_weak_ref_get (&unsaved->margin);
  g_autoptr (LmWorkspace) workspace = g_weak_ref_get (&unsaved->workspace);
  g_autoptr (LmDraft) draft = NULL;

  if (workspace == NULL || lm_workspace_get_state (workspace) != LM_WORKSPACE_OPEN)
    return;
  if (self != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      set_note (self, unsaved->created, unsaved->text);
      lm_draft_flush (self->draft);
      lm_margin_show (self, self->workspace, self->entry);
      return;
    }
  draft = lm_workspace_begin_part (workspace, &unsaved->entry, "entry");
  lm_content_set_note (lm_draft_get_content (draft), unsaved->created, unsaved->text);
  lm_draft_changed (draft);
  lm_draft_close (draft);
}

/* What was on its way to the disk is removed there as well. That it is not there if nothing can be
 * written just now has been told already. */
static void
removed_unsaved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmUndo) undo = lm_workspace_set_note_finish (LM_WORKSPACE (source), result, NULL);
}

static void
remove_unsaved (LmMargin *self, const char *created, const char *text)
{
  Unsaved *unsaved = g_new0 (Unsaved, 1);

  g_weak_ref_init (&unsaved->margin, self);
  g_weak_ref_init (&unsaved->workspace, self->workspace);
  unsaved->entry = *lm_entry_get_id (self->entry);
  unsaved->created = g_strdup (created);
  unsaved->text = g_strdup (text);
  /* What waits to be saved would bring it back. */
  set_note (self, unsaved->created, NULL);
  lm_draft_flush (self->draft);
  lm_workspace_set_note_async (self->workspace,
                               self->entry,
                               unsaved->created,
                               "",
                               removed_unsaved_cb,
                               NULL);
  lm_undo_toast_call (GTK_WIDGET (self),
                      _ ("The note is removed"),
                      put_back,
                      unsaved,
                      unsaved_free);
  lm_margin_show (self, self->workspace, self->entry);
}

/* Whether the note that was begun at @created is on the disk as it is shown. */
static gboolean
is_on_disk (LmMargin *self, const char *created, const char *text)
{
  g_autoptr (LmContent) saved = lm_record_content (lm_entry_get_record (self->entry));

  for (guint i = 0; i < lm_content_n_notes (saved); i++)
    {
      const char *other;
      const char *known = lm_content_get_note (saved, i, &other);

      if (g_str_equal (other, created))
        return g_strcmp0 (known, text) == 0;
    }
  return FALSE;
}

static void
remove_cb (GtkWidget *button, LmMargin *self)
{
  const char *created = g_object_get_data (G_OBJECT (button), "created");
  const char *text = g_object_get_data (G_OBJECT (button), "text");

  if (!is_on_disk (self, created, text))
    {
      remove_unsaved (self, created, text);
      return;
    }
  lm_workspace_set_note_async (self->workspace,
                               self->entry,
                               created,
                               "",
                               removed_cb,
                               g_object_ref (self));
}

static void
change_cb (GtkWidget *button, LmMargin *self)
{
  g_autofree char *created = g_strdup (g_object_get_data (G_OBJECT (button), "created"));
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (button), "text"));

  write_note (self, created, text);
  lm_margin_show (self, self->workspace, self->entry);
}

static GtkWidget *
add_button (LmMargin *self,
            GtkWidget *box,
            const char *icon,
            const char *label,
            const char *created,
            const char *text,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  g_object_set_data_full (G_OBJECT (button), "created", g_strdup (created), g_free);
  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_note (LmMargin *self, const char *created, const char *text)
{
  g_autoptr (GDateTime) time = lm_time_from_rfc3339 (created);
  /* Without a day only where another program wrote one that nobody can read. */
  g_autofree char *day = time != NULL ? lm_phrase_day_with_year (time) : NULL;
  g_autofree char *title =
      day != NULL ? lm_text_capitalize (g_strdup (day)) : g_strdup (_ ("A note in the margin"));
  /* Translators: %s is a day, as in "Monday, 23 November 2026" */
  g_autofree char *change = day != NULL ? g_strdup_printf (_ ("Change the note of %s"), day)
                                        : g_strdup (_ ("Change this note"));
  /* Translators: %s is a day, as in "Monday, 23 November 2026" */
  g_autofree char *gone = day != NULL ? g_strdup_printf (_ ("Remove the note of %s"), day)
                                      : g_strdup (_ ("Remove this note"));
  g_autoptr (LmDocument) document = lm_document_read (text, LM_DOCUMENT_ENTRY);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *view = lm_document_view_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (head), label);
  if (!lm_workspace_get_read_only (self->workspace) && created[0] != '\0')
    {
      add_button (self, head, "lm-write-symbolic", change, created, text, G_CALLBACK (change_cb));
      add_button (self, head, "lm-trash-symbolic", gone, created, text, G_CALLBACK (remove_cb));
    }
  lm_document_view_show (LM_DOCUMENT_VIEW (view), document);
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), view);
  gtk_widget_add_css_class (card, "lm-margin-note");
  return card;
}

/* Shows the notes of @entry, also those that could not be saved yet; hidden where there are none.
 * The one that is being written stays. */
void
lm_margin_show (LmMargin *self, LmWorkspace *workspace, LmEntry *entry)
{
  g_autoptr (LmContent) unsaved = lm_workspace_get_unsaved (workspace, lm_entry_get_id (entry));
  g_autoptr (LmContent) saved = lm_record_content (lm_entry_get_record (entry));
  LmContent *content = unsaved != NULL ? unsaved : saved;
  guint n = 0;
  GtkWidget *child;

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->entry, entry);
  lm_text_area_set_workspace (self->area, workspace);
  /* The page of what could not be saved is shown again: it says so. */
  if (unsaved != NULL && self->draft == NULL)
    begin (self);
  lm_focus_leave (GTK_WIDGET (self->notes_box));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->notes_box))) != NULL)
    gtk_box_remove (self->notes_box, child);
  for (guint i = 0; i < lm_content_n_notes (content); i++)
    {
      const char *created;
      const char *text = lm_content_get_note (content, i, &created);

      if (lm_text_is_blank (text) || g_strcmp0 (created, self->created) == 0)
        continue;
      gtk_box_append (self->notes_box, make_note (self, created, text));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0 || self->created != NULL);
}

static void
lm_margin_dispose (GObject *object)
{
  LmMargin *self = LM_MARGIN (object);

  lm_margin_save (self);
  self->area = NULL;
  g_clear_pointer (&self->created, g_free);
  g_clear_object (&self->entry);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_margin_parent_class)->dispose (object);
}

static void
lm_margin_class_init (LmMarginClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_margin_dispose;
}

static void
lm_margin_init (LmMargin *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *heading =
      g_object_new (GTK_TYPE_LABEL,
                    "accessible-role",
                    GTK_ACCESSIBLE_ROLE_HEADING,
                    "label",
                    /* Translators: the heading over notes of somebody who read again */
                    C_ ("notes in the margin", "Read again"),
                    NULL);
  GtkWidget *done = gtk_button_new_with_mnemonic (_ ("_Done"));

  self->notes_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->writing_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->writing_label = GTK_LABEL (gtk_label_new (NULL));
  self->area = LM_TEXT_AREA (lm_text_area_new ());
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (self->writing_label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->writing_label), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->writing_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->area), "lm-boxed");
  gtk_widget_set_halign (done, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("A note in the margin"),
                                  -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->area)),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (done, "clicked", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->writing_box), GTK_WIDGET (self->writing_label));
  gtk_box_append (GTK_BOX (self->writing_box), GTK_WIDGET (self->area));
  gtk_box_append (GTK_BOX (self->writing_box), done);
  gtk_widget_set_visible (self->writing_box, FALSE);
  self->problem_banner = ADW_BANNER (adw_banner_new (""));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem_banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->notes_box));
  gtk_box_append (GTK_BOX (box), self->writing_box);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
