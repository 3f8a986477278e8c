/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include "ui/widgets/lm-growing.h"
#include "ui/widgets/lm-spelling.h"
#include "ui/widgets/lm-text-area.h"

/* The spelling checker's own menu can write to a word list in the home folder: names of people
 * would end up there, unencrypted. So its menu and actions are never attached; ours corrects a
 * word, or keeps it with the journal. */

#define CORRECTIONS_MAX 5

struct _LmTextArea
{
  GtkSourceView parent_instance;

  LmWorkspace *workspace;
  SpellingChecker *checker;
  SpellingTextBufferAdapter *adapter;
  GtkTextMark *word_start;
  GtkTextMark *word_end;
};

G_DEFINE_FINAL_TYPE (LmTextArea, lm_text_area, GTK_SOURCE_TYPE_VIEW)

static GtkTextBuffer *
buffer_of (LmTextArea *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

/* Spelling ------------------------------------------------------------------------------------ */

/* The misspelled word at @at; FALSE if there is none. */
static gboolean
find_misspelled (LmTextArea *self, GtkTextIter *at, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextTag *tag =
      self->adapter != NULL ? spelling_text_buffer_adapter_get_tag (self->adapter) : NULL;

  if (tag == NULL || !(gtk_text_iter_has_tag (at, tag) || gtk_text_iter_ends_tag (at, tag)))
    return FALSE;
  *start = *end = *at;
  if (!gtk_text_iter_starts_tag (start, tag))
    gtk_text_iter_backward_to_tag_toggle (start, tag);
  if (!gtk_text_iter_ends_tag (end, tag))
    gtk_text_iter_forward_to_tag_toggle (end, tag);
  return TRUE;
}

static char *
current_word (LmTextArea *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (buffer_of (self), &start, self->word_start);
  gtk_text_buffer_get_iter_at_mark (buffer_of (self), &end, self->word_end);
  return gtk_text_iter_get_slice (&start, &end);
}

static GMenuModel *
make_menu (LmTextArea *self, const char *word)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) corrections = g_menu_new ();
  g_autoptr (GMenu) keep = g_menu_new ();
  g_auto (GStrv) words = spelling_checker_list_corrections (self->checker, word);

  for (guint i = 0; words != NULL && words[i] != NULL && i < CORRECTIONS_MAX; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (words[i], NULL);

      g_menu_item_set_action_and_target (item, "writing.correct", "s", words[i]);
      g_menu_append_item (corrections, item);
    }
  g_menu_append (keep, _ ("_Keep this word in the journal"), "writing.keep-word");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (corrections));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keep));
  return G_MENU_MODEL (menu);
}

/* Prepares the context menu for what is at @at. */
static void
update_menu (LmTextArea *self, GtkTextIter *at)
{
  g_autoptr (GMenuModel) menu = NULL;
  g_autofree char *word = NULL;
  GtkTextIter start, end;

  if (find_misspelled (self, at, &start, &end))
    {
      gtk_text_buffer_move_mark (buffer_of (self), self->word_start, &start);
      gtk_text_buffer_move_mark (buffer_of (self), self->word_end, &end);
      word = current_word (self);
      menu = make_menu (self, word);
    }
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self), menu);
}

static void
pressed_cb (GtkGestureClick *gesture, int n, double x, double y, LmTextArea *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  GtkTextIter at;
  int bx, by;

  if (event == NULL || !gdk_event_triggers_context_menu (event))
    return;
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self),
                                         GTK_TEXT_WINDOW_WIDGET,
                                         (int) x,
                                         (int) y,
                                         &bx,
                                         &by);
  gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &at, bx, by);
  update_menu (self, &at);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, LmTextArea *self)
{
  GtkTextIter at;

  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    {
      gtk_text_buffer_get_iter_at_mark (buffer_of (self),
                                        &at,
                                        gtk_text_buffer_get_insert (buffer_of (self)));
      update_menu (self, &at);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
correct_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmTextArea *self = LM_TEXT_AREA (widget);
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, self->word_start);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, self->word_end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
keep_word_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LmTextArea *self = LM_TEXT_AREA (widget);
  g_autofree char *word = current_word (self);

  lm_workspace_add_word (self->workspace, word);
  /* For this session only, and in memory; the journal keeps it. */
  spelling_checker_ignore_word (self->checker, word);
  spelling_text_buffer_adapter_invalidate_all (self->adapter);
}

static void
spelling_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LmTextArea) self = data;
  g_autoptr (SpellingChecker) checker = lm_spelling_load_finish (result);

  /* The page may be gone by now. */
  if (checker == NULL || self->workspace == NULL)
    return;
  self->checker = g_steal_pointer (&checker);
  self->adapter =
      spelling_text_buffer_adapter_new (GTK_SOURCE_BUFFER (buffer_of (self)), self->checker);
  spelling_text_buffer_adapter_set_enabled (self->adapter, TRUE);
}

/* Has the spelling checked, with the words that the journal keeps. */
void
lm_text_area_set_workspace (LmTextArea *self, LmWorkspace *workspace)
{
  /* A page that shows something anew has its checker already. */
  if (!g_set_object (&self->workspace, workspace))
    return;
  lm_spelling_load_async (workspace, spelling_loaded_cb, g_object_ref (self));
}

/* Text ---------------------------------------------------------------------------------------- */

/* Returns: (transfer full): everything that is written */
char *
lm_text_area_get_text (LmTextArea *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer_of (self), &start, &end);
  return gtk_text_buffer_get_text (buffer_of (self), &start, &end, TRUE);
}

/* Shows @text as what was written before: it cannot be undone. */
void
lm_text_area_set_text (LmTextArea *self, const char *text)
{
  GtkTextBuffer *buffer = buffer_of (self);
  GtkTextIter end;

  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
}

static void
lm_text_area_dispose (GObject *object)
{
  LmTextArea *self = LM_TEXT_AREA (object);

  if (self->adapter != NULL)
    spelling_text_buffer_adapter_set_enabled (self->adapter, FALSE);
  g_clear_object (&self->adapter);
  g_clear_object (&self->checker);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (lm_text_area_parent_class)->dispose (object);
}

/* Its adjustments are set when it is constructed. */
static void
lm_text_area_constructed (GObject *object)
{
  G_OBJECT_CLASS (lm_text_area_parent_class)->constructed (object);
  lm_growing_watch (GTK_TEXT_VIEW (object));
}

static void
lm_text_area_class_init (LmTextAreaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = lm_text_area_constructed;
  G_OBJECT_CLASS (klass)->dispose = lm_text_area_dispose;
  gtk_widget_class_install_action (widget_class, "writing.correct", "s", correct_action);
  gtk_widget_class_install_action (widget_class, "writing.keep-word", NULL, keep_word_action);
}

static void
lm_text_area_init (LmTextArea *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkTextIter start;

  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_widget_add_css_class (GTK_WIDGET (self), "lm-writing");
  gtk_source_view_set_show_line_numbers (GTK_SOURCE_VIEW (self), FALSE);
  /* No scheme: the text has the window's own colours. */
  gtk_source_buffer_set_style_scheme (GTK_SOURCE_BUFFER (buffer_of (self)), NULL);
  gtk_source_buffer_set_highlight_matching_brackets (GTK_SOURCE_BUFFER (buffer_of (self)), FALSE);
  gtk_text_buffer_get_start_iter (buffer_of (self), &start);
  self->word_start = gtk_text_buffer_create_mark (buffer_of (self), NULL, &start, TRUE);
  self->word_end = gtk_text_buffer_create_mark (buffer_of (self), NULL, &start, FALSE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
lm_text_area_new (void)
{
  return g_object_new (LM_TYPE_TEXT_AREA, NULL);
}
