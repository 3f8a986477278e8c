/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-diff.h"
#include "base/lm-text.h"
#include "journal/lm-content-stream.h"
#include "ui/attachments/lm-attachment-strip.h"
#include "ui/journal/lm-citation-box.h"
#include "ui/journal/lm-write-page.h"
#include "ui/lock/lm-return.h"
#include "ui/widgets/lm-save-status.h"
#include "ui/widgets/lm-tag-editor.h"
#include "ui/widgets/lm-text-area.h"
#include "workspace/lm-phrases.h"

/* A page to write on. Everything is saved by itself; leaving the page saves the rest. */

struct _LmWritePage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  LmSaveStatus *save_status;
  GtkToggleButton *tray_button;
  AdwBanner *problem_banner;
  AdwBanner *conflict_banner;
  GtkLabel *date_label;
  GtkEditable *title_text;
  LmTextArea *text_area;
  GtkBox *answers_box;
  LmTagEditor *tag_editor;
  LmCitationBox *citation_box;
  LmAttachmentStrip *attachment_strip;
  GtkWidget *attach_button;

  LmWorkspace *workspace;
  LmDraft *draft;
  gboolean filling; /* what changes now is not the person's doing */
};

G_DEFINE_FINAL_TYPE (LmWritePage, lm_write_page, ADW_TYPE_NAVIGATION_PAGE)

static void
changed_cb (LmWritePage *self)
{
  LmContent *content;
  g_autofree char *text = NULL;
  g_auto (GStrv) tags = NULL;

  if (self->filling || self->draft == NULL)
    return;
  content = lm_draft_get_content (self->draft);
  text = lm_text_area_get_text (self->text_area);
  tags = lm_tag_editor_get_tags (self->tag_editor);
  lm_content_set_string (content, "title", gtk_editable_get_text (self->title_text));
  lm_content_set_string (content, "text", text);
  lm_content_set_strings (content, "tags", (const char *const *) tags);
  lm_content_set_in_tray (content, gtk_toggle_button_get_active (self->tray_button));
  lm_draft_changed (self->draft);
}

static void
title_activated_cb (LmWritePage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->text_area));
}

static void
attach_cb (LmWritePage *self)
{
  lm_attachment_strip_choose (self->attachment_strip);
}

static void
draft_state_cb (LmWritePage *self)
{
  g_autofree char *problem = lm_save_status_problem (self->draft);

  if (problem != NULL)
    adw_banner_set_title (self->problem_banner, problem);
  adw_banner_set_revealed (self->problem_banner, problem != NULL);
}

static void
conflict_cb (LmWritePage *self)
{
  LmEntry *entry = lm_draft_get_entry (self->draft);

  adw_banner_set_revealed (self->conflict_banner,
                           lm_draft_is_outdated (self->draft) ||
                               (entry != NULL && lm_entry_get_conflict (entry)));
}

/* Answers of a guide that this version does not know: their texts can be changed here. ----------
 */

static void
answer_changed_cb (GtkTextBuffer *buffer, LmWritePage *self)
{
  LmAnswer *answer = g_object_get_data (G_OBJECT (buffer), "answer");
  LmContent *content;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (self->filling || self->draft == NULL)
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  content = lm_draft_get_content (self->draft);
  /* Pauses and marks go with the words. */
  if (lm_content_is_stream (content, answer))
    lm_content_set_stream_text (content, text, NULL);
  else
    lm_answer_set_text (answer, text);
  lm_draft_changed (self->draft);
}

static void
add_answer (LmWritePage *self, LmAnswer *answer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *question = gtk_label_new (lm_answer_get_question (answer));
  GtkWidget *area = lm_text_area_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (area));

  gtk_label_set_wrap (GTK_LABEL (question), TRUE);
  gtk_label_set_xalign (GTK_LABEL (question), 0);
  gtk_widget_add_css_class (question, "heading");
  gtk_widget_add_css_class (question, "dimmed");
  lm_text_area_set_workspace (LM_TEXT_AREA (area), self->workspace);
  lm_text_area_set_text (LM_TEXT_AREA (area), lm_answer_get_text (answer));
  gtk_accessible_update_property (GTK_ACCESSIBLE (area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lm_answer_get_question (answer),
                                  -1);
  gtk_widget_add_css_class (area, "lm-boxed");
  g_object_set_data_full (G_OBJECT (buffer),
                          "answer",
                          json_object_ref (answer),
                          (GDestroyNotify) json_object_unref);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (answer_changed_cb), self, 0);
  gtk_box_append (GTK_BOX (box), question);
  gtk_box_append (GTK_BOX (box), area);
  gtk_box_append (self->answers_box, box);
}

static void
fill (LmWritePage *self)
{
  LmContent *content = lm_draft_get_content (self->draft);
  g_auto (GStrv) tags = lm_content_get_strings (content, "tags");
  g_autoptr (GDateTime) created = lm_content_get_created (content);
  g_autofree char *date =
      created != NULL ? lm_text_capitalize (lm_phrase_day_and_time (created)) : g_strdup ("");
  g_autofree char *text = NULL;
  gboolean guided = lm_content_get_guide (content) != NULL;

  self->filling = TRUE;
  gtk_label_set_label (self->date_label, date);
  text = lm_text_area_get_text (self->text_area);
  if (g_strcmp0 (gtk_editable_get_text (self->title_text),
                 lm_content_get_string (content, "title")) != 0)
    gtk_editable_set_text (self->title_text, lm_content_get_string (content, "title"));
  if (g_strcmp0 (text, lm_content_get_string (content, "text")) != 0)
    lm_text_area_set_text (self->text_area, lm_content_get_string (content, "text"));
  lm_citation_box_edit (self->citation_box, self->draft);
  lm_tag_editor_set_tags (self->tag_editor, (const char *const *) tags);
  gtk_toggle_button_set_active (self->tray_button, lm_content_is_in_tray (content));
  gtk_widget_set_visible (GTK_WIDGET (self->answers_box), guided);
  for (guint i = 0; guided && i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);

      if (answer != NULL && !lm_text_is_blank (lm_answer_get_text (answer)))
        add_answer (self, answer);
    }
  self->filling = FALSE;
}

/* Changes only what differs: the cursor, a selection and the place in the text stay. */
static void
reload_text (GtkTextBuffer *buffer, const char *text)
{
  GtkTextIter start, end;
  g_autofree char *old_text = NULL;
  g_autoptr (GArray) parts = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  old_text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  parts = lm_diff_words (old_text, text);
  gtk_text_buffer_begin_user_action (buffer);
  for (guint i = parts->len; i > 0; i--)
    {
      const LmDiffPart *part = &g_array_index (parts, LmDiffPart, i - 1);
      glong at = g_utf8_pointer_to_offset (old_text, old_text + part->old_start);

      gtk_text_buffer_get_iter_at_offset (buffer, &start, (int) at);
      if (part->kind == LM_DIFF_ADDED)
        gtk_text_buffer_insert (buffer, &start, text + part->new_start, (int) part->length);
      else if (part->kind == LM_DIFF_REMOVED)
        {
          glong to = g_utf8_pointer_to_offset (old_text, old_text + part->old_start + part->length);

          gtk_text_buffer_get_iter_at_offset (buffer, &end, (int) to);
          gtk_text_buffer_delete (buffer, &start, &end);
        }
    }
  gtk_text_buffer_end_user_action (buffer);
}

/* Another computer has changed the entry, and nothing was written here. */
static void
reloaded_cb (LmWritePage *self)
{
  LmContent *content = lm_draft_get_content (self->draft);
  GtkWidget *child;

  self->filling = TRUE;
  reload_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_area)),
               lm_content_get_string (content, "text"));
  self->filling = FALSE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->answers_box))) != NULL)
    gtk_box_remove (self->answers_box, child);
  fill (self);
}

static void
lm_write_page_shown (AdwNavigationPage *page)
{
  LmWritePage *self = LM_WRITE_PAGE (page);

  if (self->draft != NULL && lm_content_get_guide (lm_draft_get_content (self->draft)) == NULL)
    {
      gtk_editable_select_region (self->title_text, 0, 0);
      gtk_widget_grab_focus (GTK_WIDGET (self->text_area));
    }
}

static void
lm_write_page_dispose (GObject *object)
{
  LmWritePage *self = LM_WRITE_PAGE (object);

  if (self->draft != NULL)
    lm_draft_close (self->draft);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_WRITE_PAGE);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_write_page_parent_class)->dispose (object);
}

static void
lm_write_page_class_init (LmWritePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_write_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = lm_write_page_shown;
  g_type_ensure (LM_TYPE_SAVE_STATUS);
  g_type_ensure (LM_TYPE_TEXT_AREA);
  g_type_ensure (LM_TYPE_TAG_EDITOR);
  g_type_ensure (LM_TYPE_ATTACHMENT_STRIP);
  g_type_ensure (LM_TYPE_CITATION_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-write-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, save_status);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, tray_button);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, conflict_banner);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, date_label);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, title_text);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, text_area);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, answers_box);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, tag_editor);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, attachment_strip);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, citation_box);
  gtk_widget_class_bind_template_child (widget_class, LmWritePage, attach_button);
  gtk_widget_class_bind_template_callback (widget_class, attach_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_activated_cb);
}

static void
lm_write_page_init (LmWritePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @draft is closed when the page is left. */
LmWritePage *
lm_write_page_new (LmWorkspace *workspace, LmDraft *draft)
{
  LmWritePage *self = g_object_new (LM_TYPE_WRITE_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->draft = g_object_ref (draft);
  lm_text_area_set_workspace (self->text_area, workspace);
  lm_save_status_set_draft (self->save_status, draft);
  lm_return_note_draft (ADW_NAVIGATION_PAGE (self), draft);
  fill (self);
  lm_attachment_strip_edit (self->attachment_strip, workspace, draft);
  lm_attachment_strip_take_drops (self->attachment_strip, GTK_WIDGET (self));
  lm_attachment_strip_take_pastes (self->attachment_strip, GTK_TEXT_VIEW (self->text_area));
  gtk_widget_set_visible (self->attach_button, !lm_workspace_get_read_only (workspace));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text_area)),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tag_editor,
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft,
                           "notify::state",
                           G_CALLBACK (draft_state_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "reloaded", G_CALLBACK (reloaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft,
                           "notify::outdated",
                           G_CALLBACK (conflict_cb),
                           self,
                           G_CONNECT_SWAPPED);
  if (lm_draft_get_entry (draft) != NULL)
    g_signal_connect_object (lm_draft_get_entry (draft),
                             "notify::conflict",
                             G_CALLBACK (conflict_cb),
                             self,
                             G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->conflict_banner),
                                    "s",
                                    lm_id_format (lm_draft_get_id (draft)).digits);
  conflict_cb (self);
  return self;
}
