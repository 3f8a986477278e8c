/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-diff.h"
#include "base/lm-text.h"
#include "ui/journal/lm-answer-text.h"
#include "ui/journal/lm-compare-page.h"
#include "ui/lm-toast.h"
#include "workspace/lm-conflicts.h"
#include "workspace/lm-phrases.h"

/* Two texts of one entry, beside each other, with the words marked that the other does not have,
 * and what to do about them. */

/* More marked stretches than this are not read out one by one. */
#define TOLD_MAX 8

struct _LmComparePage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *what_label;
  GtkLabel *own_saved;
  GtkLabel *copy_saved;
  GtkBox *own_box;
  GtkBox *copy_box;
  GtkButton *own_button;
  GtkButton *copy_button;
  GtkWidget *both_box;

  LmWorkspace *workspace;
  LmEntry *entry;
  LmConflict *conflict; /* nullable: while there is nothing to decide */
  gboolean edit_next;
};

G_DEFINE_FINAL_TYPE (LmComparePage, lm_compare_page, ADW_TYPE_NAVIGATION_PAGE)

/* Marking ------------------------------------------------------------------------------------- */

static void
mark (PangoAttrList *attributes, gsize start, gsize end)
{
  PangoAttribute *marks[] = { pango_attr_background_new (0xf9f9, 0xf0f0, 0x6b6b),
                              pango_attr_foreground_new (0, 0, 0),
                              pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      marks[i]->start_index = (guint) start;
      marks[i]->end_index = (guint) end;
      pango_attr_list_insert (attributes, marks[i]);
    }
}

/* A label with @text, in which the words of @kind are marked, for the eye and for the ear. */
static GtkWidget *
make_marked (const char *text, GArray *parts, LmDiffKind kind)
{
  GtkWidget *label = gtk_label_new (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < parts->len; i++)
    {
      const LmDiffPart *part = &g_array_index (parts, LmDiffPart, i);
      gsize start = kind == LM_DIFF_ADDED ? part->new_start : part->old_start;
      g_autofree char *words = NULL;

      if (part->kind != kind)
        continue;
      mark (attributes, start, start + part->length);
      words = g_strndup (text + start, part->length);
      if (!lm_text_is_blank (words) && told->len < TOLD_MAX)
        /* Translators: words that are marked, for screen readers */
        g_ptr_array_add (told, g_strdup_printf (_ ("“%s”"), g_strstrip (words)));
    }
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "lm-reading");
  if (told->len > 0)
    {
      g_autofree char *list = NULL, *description = NULL;

      g_ptr_array_add (told, NULL);
      list = g_strjoinv (", ", (char **) told->pdata);
      /* Translators: %s is a list of words, for screen readers */
      description = g_strdup_printf (_ ("Only here: %s"), list);
      gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      description,
                                      -1);
    }
  return label;
}

static void
add_heading (GtkBox *box, const char *heading)
{
  GtkWidget *label = gtk_label_new (heading);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (box, label);
}

/* One thing that both texts may have. A side that has nothing there has no heading either. */
static void
add_section (LmComparePage *self, const char *heading, const char *own, const char *copy)
{
  g_autoptr (GArray) parts = lm_diff_words (own, copy);

  if (!lm_text_is_blank (own))
    {
      add_heading (self->own_box, heading);
      gtk_box_append (self->own_box, make_marked (own, parts, LM_DIFF_REMOVED));
    }
  if (!lm_text_is_blank (copy))
    {
      add_heading (self->copy_box, heading);
      gtk_box_append (self->copy_box, make_marked (copy, parts, LM_DIFF_ADDED));
    }
}

static void
add_answer (LmComparePage *self, LmAnswer *own, LmAnswer *copy)
{
  g_autofree char *own_text = lm_answer_to_text (self->workspace, own),
                  *copy_text = lm_answer_to_text (self->workspace, copy);

  add_section (self, lm_answer_get_question (own != NULL ? own : copy), own_text, copy_text);
}

static void
add_answers (LmComparePage *self, LmContent *own, LmContent *copy)
{
  for (guint i = 0; i < lm_content_n_answers (own); i++)
    {
      LmAnswer *answer = lm_content_get_answer (own, i);

      if (answer != NULL)
        add_answer (self, answer, lm_content_find_answer (copy, lm_answer_get_step (answer)));
    }
  for (guint i = 0; i < lm_content_n_answers (copy); i++)
    {
      LmAnswer *answer = lm_content_get_answer (copy, i);

      if (answer != NULL && lm_content_find_answer (own, lm_answer_get_step (answer)) == NULL)
        add_answer (self, NULL, answer);
    }
}

static char *
tags_of (LmRecord *record)
{
  return g_strjoinv (", ", record->tags);
}

static void
fill (LmComparePage *self)
{
  LmRecord *own_record = self->conflict->own, *copy_record = self->conflict->copy;
  g_autoptr (LmContent) own = lm_record_content (own_record);
  g_autoptr (LmContent) copy = lm_record_content (copy_record);
  g_autofree char *own_tags = tags_of (own_record), *copy_tags = tags_of (copy_record);

  add_section (self,
               _ ("Title"),
               lm_content_get_string (own, "title"),
               lm_content_get_string (copy, "title"));
  add_section (self,
               _ ("Text"),
               lm_content_get_string (own, "text"),
               lm_content_get_string (copy, "text"));
  add_answers (self, own, copy);
  add_section (self, _ ("Tags"), own_tags, copy_tags);
  add_section (self,
               /* Translators: whether the entry is to be brought to the session */
               C_ ("entry", "For the session"),
               /* Translators: the answer to “For the session”: to bring the entry */
               own_record->in_tray ? _ ("Bring it") : "",
               copy_record->in_tray ? _ ("Bring it") : "");
}

static void
clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
set_saved (GtkLabel *label, LmRecord *record)
{
  g_autofree char *when =
      record->modified != NULL ? lm_phrase_day_and_time (record->modified) : g_strdup ("");
  /* Translators: %s is a day and a time, as in "Monday, 23 November 2026, 21:04" */
  g_autofree char *text = g_strdup_printf (C_ ("day and time", "Saved %s"), when);

  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), record->modified != NULL);
}

/* There the entry was deleted: that text is what is left of it, which is nothing or the old one. */
static void
show_deleted (LmComparePage *self)
{
  GtkWidget *label = gtk_label_new (_ ("There the entry was deleted."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_prepend (self->copy_box, label);
  gtk_label_set_label (self->what_label,
                       _ ("This entry was deleted on one computer and changed on another, "
                          "which did not know of that yet. It is still here."));
  gtk_button_set_label (self->own_button, _ ("Keep the _entry"));
  gtk_button_set_label (self->copy_button, _ ("Move it to the _trash"));
}

static void
show_conflict (LmComparePage *self)
{
  gboolean deleted;

  g_clear_pointer (&self->conflict, lm_conflict_free);
  self->conflict = lm_workspace_find_conflict (self->workspace, lm_entry_get_id (self->entry));
  gtk_stack_set_visible_child_name (self->stack, self->conflict != NULL ? "texts" : "waiting");
  clear (self->own_box);
  clear (self->copy_box);
  if (self->conflict == NULL)
    return;
  deleted = self->conflict->copy->kind == LM_RECORD_GONE ||
            (self->conflict->copy->deleted && !self->conflict->own->deleted);
  gtk_label_set_label (self->what_label,
                       _ ("This entry was changed on two computers, and neither knew of the other. "
                          "What stands on one side only is marked."));
  gtk_button_set_label (self->own_button, C_ ("text", "Keep _this"));
  gtk_button_set_label (self->copy_button, C_ ("text", "Keep t_hat"));
  if (self->conflict->retired)
    gtk_label_set_label (
        self->what_label,
        _ ("The text over there is sealed with a key that was given up. A computer that did not "
           "know of the new key yet may have written it, or somebody who knows the old one. What "
           "stands on one side only is marked."));
  set_saved (self->own_saved, self->conflict->own);
  set_saved (self->copy_saved, self->conflict->copy);
  fill (self);
  if (deleted)
    show_deleted (self);
  gtk_widget_set_visible (self->both_box, !deleted);
}

/* Deciding ------------------------------------------------------------------------------------- */

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmComparePage) self = data;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *pages = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  gboolean good = lm_workspace_resolve_finish (LM_WORKSPACE (source), result, &error);

  if (self->entry == NULL || window == NULL)
    return; /* the page was left */
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), TRUE);
  if (!good)
    {
      lm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  lm_toast (GTK_WIDGET (self), adw_toast_new (_ ("Both texts stay in the history of the entry")));
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (pages));
  if (self->edit_next)
    gtk_widget_activate_action (window,
                                "win.edit-entry",
                                "s",
                                lm_id_format (lm_entry_get_id (self->entry)).digits);
}

static void
resolve (LmComparePage *self, LmResolution resolution, LmContent *merged)
{
  if (self->conflict == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), FALSE);
  lm_workspace_resolve_async (self->workspace,
                              self->conflict,
                              resolution,
                              merged,
                              resolved_cb,
                              g_object_ref (self));
}

static void
keep_own_cb (LmComparePage *self)
{
  resolve (self, LM_KEEP_OWN, NULL);
}

static void
keep_copy_cb (LmComparePage *self)
{
  resolve (self, LM_KEEP_COPY, NULL);
}

static void
keep_both_cb (LmComparePage *self)
{
  resolve (self, LM_KEEP_BOTH, NULL);
}

static void
merged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmComparePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LmContent) merged = lm_workspace_merge_finish (LM_WORKSPACE (source), result, &error);

  if (self->entry == NULL)
    return;
  if (merged == NULL)
    {
      lm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->edit_next = TRUE;
  resolve (self, LM_KEEP_MERGED, merged);
}

static void
merge_cb (LmComparePage *self)
{
  if (self->conflict != NULL)
    lm_workspace_merge_async (self->workspace, self->conflict, merged_cb, g_object_ref (self));
}

/* The whole ---------------------------------------------------------------------------------------
 */

static void
lm_compare_page_dispose (GObject *object)
{
  LmComparePage *self = LM_COMPARE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_COMPARE_PAGE);
  g_clear_pointer (&self->conflict, lm_conflict_free);
  g_clear_object (&self->entry);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_compare_page_parent_class)->dispose (object);
}

static void
lm_compare_page_class_init (LmComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_compare_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/journal/lm-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, what_label);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, own_saved);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, copy_saved);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, own_box);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, copy_box);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, own_button);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, LmComparePage, both_box);
  gtk_widget_class_bind_template_callback (widget_class, keep_own_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_both_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_cb);
}

static void
lm_compare_page_init (LmComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Shows the first question about @entry, also if it is only found in a moment. */
LmComparePage *
lm_compare_page_new (LmWorkspace *workspace, LmEntry *entry)
{
  LmComparePage *self = g_object_new (LM_TYPE_COMPARE_PAGE, NULL);

  self->workspace = g_object_ref (workspace);
  self->entry = g_object_ref (entry);
  g_signal_connect_object (entry,
                           "notify::conflict",
                           G_CALLBACK (show_conflict),
                           self,
                           G_CONNECT_SWAPPED);
  show_conflict (self);
  lm_workspace_rescan (workspace);
  return self;
}
