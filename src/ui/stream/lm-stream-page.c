/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "ui/stream/lm-stream-page.h"
#include "ui/widgets/lm-save-status.h"
#include "workspace/lm-draft.h"
#include "workspace/lm-phrases.h"
#include "workspace/lm-stream.h"

/* Reading again, another day, what was written without deleting. Each pause is told where it was;
 * stops, jumps and words that returned are marked by hand. Nothing is found by machine. */

#define EXCERPT 80

/* A note about a pause: text that the person did not write. All in characters. */
typedef struct
{
  guint at;     /* in the person's text */
  guint length; /* of the note */
} Note;

struct _LmStreamPage
{
  AdwNavigationPage parent_instance;

  /* Template widgets */
  LmSaveStatus *save_status;
  AdwBanner *problem_banner;
  GtkTextView *text_view;
  GtkWidget *marks_scroller;
  GtkListBox *marks_list;
  GtkWidget *mark_bar;

  LmDraft *draft;
  GArray *notes;    /* of Note, in the order of the text */
  GPtrArray *undos; /* of JsonNode, or NULL for no marks */
};

G_DEFINE_FINAL_TYPE (LmStreamPage, lm_stream_page, ADW_TYPE_NAVIGATION_PAGE)

static const struct
{
  const char *kind;
  const char *label;
  const char *marked;
} kinds[] = {
  { LM_MARK_STOP, N_ ("It stopped here"), N_ ("Marked as a stop") },
  { LM_MARK_JUMP, N_ ("It jumped here"), N_ ("Marked as a jump") },
  { LM_MARK_REPEAT, N_ ("It returned"), N_ ("Marked as something that returned") },
};

static const char *
label_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _ (kinds[i].label);
  return _ ("Marked by a newer version");
}

static LmContent *
content_of (LmStreamPage *self)
{
  return lm_draft_get_content (self->draft);
}

static GtkTextBuffer *
buffer_of (LmStreamPage *self)
{
  return gtk_text_view_get_buffer (self->text_view);
}

/* Places ------------------------------------------------------------------------------------- */

/* Where the character @place of the person's text is on the page: behind the notes that stand there
 * or, as the end of something, before them. */
static int
to_page (LmStreamPage *self, guint place, gboolean is_end)
{
  guint offset = place;

  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = &g_array_index (self->notes, Note, i);

      if (note->at < place || (!is_end && note->at == place))
        offset += note->length;
    }
  return (int) offset;
}

/* Which character of the person's text stands at @offset; a note stands for its place. */
static guint
from_page (LmStreamPage *self, int offset)
{
  guint place = (guint) offset;
  guint before = 0;

  for (guint i = 0; i < self->notes->len; i++)
    {
      Note *note = &g_array_index (self->notes, Note, i);
      guint start = note->at + before;

      if ((guint) offset <= start)
        break;
      if ((guint) offset < start + note->length)
        return note->at;
      before += note->length;
      place = (guint) offset - before;
    }
  return place;
}

static void
get_range (LmStreamPage *self, const LmStreamMark *mark, GtkTextIter *start, GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), start, to_page (self, mark->from, FALSE));
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), end, to_page (self, mark->to, TRUE));
}

/* What is selected, or the word at the cursor. */
static gboolean
get_chosen (LmStreamPage *self, guint *from, guint *to)
{
  GtkTextIter start, end;

  if (!gtk_text_buffer_get_selection_bounds (buffer_of (self), &start, &end))
    {
      if (!gtk_text_iter_inside_word (&start) && !gtk_text_iter_ends_word (&start))
        return FALSE;
      if (!gtk_text_iter_starts_word (&start))
        gtk_text_iter_backward_word_start (&start);
      end = start;
      gtk_text_iter_forward_word_end (&end);
    }
  *from = from_page (self, gtk_text_iter_get_offset (&start));
  *to = from_page (self, gtk_text_iter_get_offset (&end));
  return *from < *to;
}

/* Showing ------------------------------------------------------------------------------------- */

static void
show_text (LmStreamPage *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  g_autoptr (GArray) pauses = lm_content_pauses (content_of (self));
  const char *text = lm_content_stream_text (content_of (self));
  GtkTextIter end;
  guint at = 0;

  gtk_text_buffer_set_text (buffer, "", -1);
  g_array_set_size (self->notes, 0);
  gtk_text_buffer_get_end_iter (buffer, &end);
  for (guint i = 0; i < pauses->len; i++)
    {
      LmStreamPause *pause = &g_array_index (pauses, LmStreamPause, i);
      const char *next = g_utf8_offset_to_pointer (text, pause->at - at);
      g_autofree char *phrase = lm_phrase_pause (pause->seconds);
      /* Translators: %s is as in "You paused here for 40 seconds"; with a space on both sides */
      g_autofree char *told = g_strdup_printf (_ (" (%s) "), phrase);
      Note note = { pause->at, (guint) g_utf8_strlen (told, -1) };

      gtk_text_buffer_insert (buffer, &end, text, (int) (next - text));
      gtk_text_buffer_insert_with_tags_by_name (buffer, &end, told, -1, "pause", NULL);
      g_array_append_val (self->notes, note);
      text = next;
      at = pause->at;
    }
  gtk_text_buffer_insert (buffer, &end, text, -1);
  gtk_text_buffer_get_start_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

static GtkWidget *
make_row (LmStreamPage *self, const LmStreamMark *mark)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  const char *text = lm_content_stream_text (content_of (self));
  g_autofree char *words = g_utf8_substring (text, mark->from, mark->to);
  g_autofree char *excerpt = lm_text_excerpt (words, EXCERPT);
  /* Translators: for screen readers; %s are some words of the person's */
  g_autofree char *remove = g_strdup_printf (_ ("Remove the mark on “%s”"), excerpt);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), excerpt);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), label_of (mark->kind));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Remove this mark"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove,
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "marks.remove");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "(uus)",
                                    mark->from,
                                    mark->to,
                                    mark->kind);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_marks (LmStreamPage *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  g_autoptr (GArray) marks = lm_content_marks (content_of (self));
  GtkTextIter start, end;

  gtk_list_box_remove_all (self->marks_list);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_text_buffer_remove_tag_by_name (buffer, kinds[i].kind, &start, &end);
  for (guint i = 0; i < marks->len; i++)
    {
      LmStreamMark *mark = &g_array_index (marks, LmStreamMark, i);

      get_range (self, mark, &start, &end);
      if (gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), mark->kind) != NULL)
        gtk_text_buffer_apply_tag_by_name (buffer, mark->kind, &start, &end);
      gtk_list_box_append (self->marks_list, make_row (self, mark));
    }
  gtk_widget_set_visible (self->marks_scroller, marks->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "marks.undo", self->undos->len > 0);
}

/* Told by form as well as by colour, which are both as good on light as on dark. */
static void
make_tags (LmStreamPage *self)
{
  GtkTextBuffer *buffer = buffer_of (self);
  const GdkRGBA stop = { 0.9f, 0.38f, 0, 0.28f }, jump = { 0.21f, 0.52f, 0.89f, 0.28f },
                repeat = { 0.18f, 0.63f, 0.38f, 0.28f };

  gtk_text_buffer_create_tag (buffer,
                              LM_MARK_STOP,
                              "background-rgba",
                              &stop,
                              "underline",
                              PANGO_UNDERLINE_SINGLE,
                              NULL);
  gtk_text_buffer_create_tag (buffer,
                              LM_MARK_JUMP,
                              "background-rgba",
                              &jump,
                              "style",
                              PANGO_STYLE_ITALIC,
                              NULL);
  gtk_text_buffer_create_tag (buffer,
                              LM_MARK_REPEAT,
                              "background-rgba",
                              &repeat,
                              "weight",
                              PANGO_WEIGHT_BOLD,
                              NULL);
  gtk_text_buffer_create_tag (buffer, "pause", "style", PANGO_STYLE_ITALIC, "scale", 0.85, NULL);
}

/* Marking ------------------------------------------------------------------------------------- */

static void
json_node_free_nullable (gpointer data)
{
  g_clear_pointer ((JsonNode **) &data, json_node_unref);
}

static void
changed (LmStreamPage *self)
{
  lm_draft_changed (self->draft);
  show_marks (self);
}

static void
announce (LmStreamPage *self, const char *text)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self),
                           text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmStreamPage *self = LM_STREAM_PAGE (widget);
  const char *kind = g_variant_get_string (parameter, NULL);
  JsonNode *before = lm_content_save_marks (content_of (self));
  guint from, to;
  GtkTextIter end;

  if (!get_chosen (self, &from, &to) || !lm_content_add_mark (content_of (self), from, to, kind))
    {
      json_node_free_nullable (before);
      return;
    }
  g_ptr_array_add (self->undos, before);
  gtk_text_buffer_get_iter_at_offset (buffer_of (self), &end, to_page (self, to, TRUE));
  gtk_text_buffer_place_cursor (buffer_of (self), &end);
  changed (self);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      announce (self, _ (kinds[i].marked));
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmStreamPage *self = LM_STREAM_PAGE (widget);
  g_autofree char *kind = NULL;
  guint from, to;

  g_variant_get (parameter, "(uus)", &from, &to, &kind);
  g_ptr_array_add (self->undos, lm_content_save_marks (content_of (self)));
  lm_content_remove_mark (content_of (self), from, to, kind);
  /* The button that was pressed goes. */
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  changed (self);
  announce (self, _ ("Mark removed"));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmStreamPage *self = LM_STREAM_PAGE (widget);

  if (self->undos->len == 0)
    return;
  lm_content_restore_marks (content_of (self),
                            g_ptr_array_steal_index (self->undos, self->undos->len - 1));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  changed (self);
  /* Translators: the last change of the marks, for screen readers */
  announce (self, _ ("Undone"));
}

/* Goes to the words of a mark. */
static void
mark_activated_cb (LmStreamPage *self, GtkListBoxRow *row)
{
  g_autoptr (GArray) marks = lm_content_marks (content_of (self));
  guint index = (guint) gtk_list_box_row_get_index (row);
  GtkTextIter start, end;

  if (index >= marks->len)
    return;
  get_range (self, &g_array_index (marks, LmStreamMark, index), &start, &end);
  gtk_text_buffer_select_range (buffer_of (self), &end, &start);
  gtk_text_view_scroll_mark_onscreen (self->text_view,
                                      gtk_text_buffer_get_insert (buffer_of (self)));
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* The page --------------------------------------------------------------------------------------
 */

static void
reloaded_cb (LmStreamPage *self)
{
  g_ptr_array_set_size (self->undos, 0);
  show_text (self);
  show_marks (self);
}

static void
draft_state_cb (LmStreamPage *self)
{
  g_autofree char *problem = lm_save_status_problem (self->draft);

  if (problem != NULL)
    adw_banner_set_title (self->problem_banner, problem);
  adw_banner_set_revealed (self->problem_banner, problem != NULL);
}

static void
lm_stream_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (LM_STREAM_PAGE (page)->text_view));
}

static void
lm_stream_page_dispose (GObject *object)
{
  LmStreamPage *self = LM_STREAM_PAGE (object);

  if (self->draft != NULL)
    lm_draft_close (self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (object), LM_TYPE_STREAM_PAGE);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->notes, g_array_unref);
  g_clear_pointer (&self->undos, g_ptr_array_unref);
  G_OBJECT_CLASS (lm_stream_page_parent_class)->dispose (object);
}

static void
lm_stream_page_class_init (LmStreamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_stream_page_dispose;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = lm_stream_page_shown;
  g_type_ensure (LM_TYPE_SAVE_STATUS);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/io/github/leitmotif_journal/Leitmotif/ui/stream/lm-stream-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, save_status);
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, problem_banner);
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, text_view);
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, marks_scroller);
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, marks_list);
  gtk_widget_class_bind_template_child (widget_class, LmStreamPage, mark_bar);
  gtk_widget_class_bind_template_callback (widget_class, mark_activated_cb);
  gtk_widget_class_install_action (widget_class, "marks.add", "s", add_action);
  gtk_widget_class_install_action (widget_class, "marks.remove", "(uus)", remove_action);
  gtk_widget_class_install_action (widget_class, "marks.undo", NULL, undo_action);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_z,
                                       GDK_CONTROL_MASK,
                                       "marks.undo",
                                       NULL);
}

static void
lm_stream_page_init (LmStreamPage *self)
{
  self->notes = g_array_new (FALSE, FALSE, sizeof (Note));
  self->undos = g_ptr_array_new_with_free_func (json_node_free_nullable);
  gtk_widget_init_template (GTK_WIDGET (self));
  make_tags (self);
}

/* @entry has words that were written without deleting. */
LmStreamPage *
lm_stream_page_new (LmWorkspace *workspace, LmEntry *entry)
{
  LmStreamPage *self = g_object_new (LM_TYPE_STREAM_PAGE, NULL);

  self->draft = lm_workspace_begin (workspace, entry);
  lm_save_status_set_draft (self->save_status, self->draft);
  gtk_widget_set_visible (self->mark_bar, !lm_workspace_get_read_only (workspace));
  show_text (self);
  show_marks (self);
  g_signal_connect_object (self->draft,
                           "reloaded",
                           G_CALLBACK (reloaded_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft,
                           "notify::state",
                           G_CALLBACK (draft_state_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}
