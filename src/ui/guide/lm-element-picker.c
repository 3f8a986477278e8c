/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/lm-text.h"
#include "ui/guide/lm-element-picker.h"
#include "ui/widgets/lm-growing.h"
#include "ui/widgets/lm-text-area.h"

/* The text that somebody wrote before, to be read and not to be changed here: what they select of
 * it, by mouse, finger or keys, can be taken, and then written about. */

/* Of what is taken; nobody picks more than a few sentences. */
#define WORDS_MAX 400

/* In the row of an element. */
#define WORDS "words"
#define AREA  "area"

struct _LmElementPicker
{
  AdwBin parent_instance;

  GtkTextView *view;
  GtkTextTag *picked; /* borrowed from the view's text */
  GtkWidget *take_button;
  GtkBox *rows;

  LmWorkspace *workspace;
};

G_DEFINE_FINAL_TYPE (LmElementPicker, lm_element_picker, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed (LmElementPicker *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Marking ----------------------------------------------------------------------------- */

/* Marks in the text what was taken. Words that were changed since are not found, and stay. */
static void
mark_picked (LmElementPicker *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->picked, &start, &end);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkTextIter from, found, behind;

      gtk_text_buffer_get_start_iter (buffer, &from);
      if (gtk_text_iter_forward_search (&from,
                                        g_object_get_data (G_OBJECT (row), WORDS),
                                        GTK_TEXT_SEARCH_TEXT_ONLY,
                                        &found,
                                        &behind,
                                        NULL))
        gtk_text_buffer_apply_tag (buffer, self->picked, &found, &behind);
    }
}

/* Rows -------------------------------------------------------------------------------- */

static void
remove_cb (GtkButton *button, LmElementPicker *self)
{
  GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (button)));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_box_remove (self->rows, row);
  mark_picked (self);
  changed (self);
}

static GtkWidget *
make_head (LmElementPicker *self, const char *words)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: words from a dream that somebody picked */
  g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), words);
  /* Translators: for screen readers: not to pick them after all. %s is a few words */
  g_autofree char *put_back = g_strdup_printf (C_ ("words", "Put back “%s”"), words);

  gtk_label_set_label (GTK_LABEL (label), quoted);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _ ("Put it back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  put_back,
                                  -1);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), button);
  return head;
}

/* Returns: (transfer none): where to write about @words */
static GtkWidget *
add_row (LmElementPicker *self, const char *words, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *area = lm_text_area_new ();
  /* Translators: for screen readers, of a field to write in. %s is a few words that somebody picked
   */
  g_autofree char *label = g_strdup_printf (_ ("What “%s” makes you think of"), words);

  lm_text_area_set_workspace (LM_TEXT_AREA (area), self->workspace);
  lm_text_area_set_text (LM_TEXT_AREA (area), text);
  gtk_widget_set_size_request (area, -1, 72);
  gtk_widget_add_css_class (area, "lm-boxed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (area)),
                           "changed",
                           G_CALLBACK (changed),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), make_head (self, words));
  gtk_box_append (GTK_BOX (row), area);
  g_object_set_data_full (G_OBJECT (row), WORDS, g_strdup (words), g_free);
  g_object_set_data (G_OBJECT (row), AREA, area);
  gtk_box_append (self->rows, row);
  return area;
}

static GtkWidget *
find_area (LmElementPicker *self, const char *words)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), WORDS), words) == 0)
      return g_object_get_data (G_OBJECT (row), AREA);
  return NULL;
}

/* Taking ------------------------------------------------------------------------------ */

/* Returns: (transfer full) (nullable): the words that are selected */
static char *
selected_words (LmElementPicker *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    return NULL;
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (lm_text_is_blank (text))
    return NULL;
  if (g_utf8_strlen (text, -1) > WORDS_MAX)
    *g_utf8_offset_to_pointer (text, WORDS_MAX) = '\0';
  return g_strdup (g_strstrip (text));
}

static void
take (LmElementPicker *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  g_autofree char *words = selected_words (self);
  GtkTextIter end;
  GtkWidget *area;

  if (words == NULL)
    return;
  area = find_area (self, words);
  if (area == NULL)
    {
      area = add_row (self, words, "");
      mark_picked (self);
      changed (self);
    }
  gtk_text_buffer_get_selection_bounds (buffer, NULL, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  gtk_widget_grab_focus (area);
}

static void
selection_cb (LmElementPicker *self)
{
  g_autofree char *words = selected_words (self);

  gtk_widget_set_sensitive (self->take_button, words != NULL);
}

/* The text cannot be changed here, so Return is free to take what is selected. */
static gboolean
key_cb (GtkEventControllerKey *keys,
        guint key,
        guint code,
        GdkModifierType state,
        LmElementPicker *self)
{
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  take (self);
  return GDK_EVENT_STOP;
}

/* Writes what was picked into @answer. */
void
lm_element_picker_store (LmElementPicker *self, LmAnswer *answer)
{
  g_autoptr (GPtrArray) elements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_element_free);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      g_autofree char *text = lm_text_area_get_text (g_object_get_data (G_OBJECT (row), AREA));

      g_ptr_array_add (elements, lm_element_new (g_object_get_data (G_OBJECT (row), WORDS), text));
    }
  lm_answer_set_elements (answer, elements);
}

/* The whole --------------------------------------------------------------------------- */

static void
lm_element_picker_dispose (GObject *object)
{
  g_clear_object (&LM_ELEMENT_PICKER (object)->workspace);
  G_OBJECT_CLASS (lm_element_picker_parent_class)->dispose (object);
}

static void
lm_element_picker_class_init (LmElementPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lm_element_picker_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
}

static GtkTextView *
make_view (LmElementPicker *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (gtk_text_view_new ());
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_PRIVATE);
  gtk_widget_add_css_class (GTK_WIDGET (view), "lm-boxed");
  gtk_widget_add_css_class (GTK_WIDGET (view), "lm-reading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your text"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Select some words with Shift and the arrow keys, then press "
                                     "Return to take them."),
                                  -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  lm_growing_watch (view);
  return view;
}

static void
lm_element_picker_init (LmElementPicker *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkTextBuffer *buffer;

  self->view = make_view (self);
  buffer = gtk_text_view_get_buffer (self->view);
  self->picked = gtk_text_buffer_create_tag (buffer,
                                             NULL,
                                             "underline",
                                             PANGO_UNDERLINE_SINGLE,
                                             "weight",
                                             PANGO_WEIGHT_BOLD,
                                             NULL);
  g_signal_connect_object (buffer,
                           "notify::has-selection",
                           G_CALLBACK (selection_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (selection_cb), self, G_CONNECT_SWAPPED);
  self->take_button = gtk_button_new_with_mnemonic (_ ("_Take the selected words"));
  gtk_widget_set_halign (self->take_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->take_button, "pill");
  g_signal_connect_swapped (self->take_button, "clicked", G_CALLBACK (take), self);
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (box), self->take_button);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->rows));
  adw_bin_set_child (ADW_BIN (self), box);
}

static GtkWidget *
make_nothing (void)
{
  GtkWidget *label =
      gtk_label_new (_ ("There is no text yet. You can go back and write some, or skip this."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

/**
 * lm_element_picker_new:
 * @text: what was written
 * @answer: (nullable): what was picked before
 */
GtkWidget *
lm_element_picker_new (LmWorkspace *workspace, const char *text, LmAnswer *answer)
{
  LmElementPicker *self = g_object_new (LM_TYPE_ELEMENT_PICKER, NULL);
  g_autoptr (GPtrArray) elements = answer != NULL ? lm_answer_get_elements (answer) : NULL;
  GtkTextIter start;

  self->workspace = g_object_ref (workspace);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (self->view), &start);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (self->view), &start);
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const LmElement *element = elements->pdata[i];

      add_row (self, element->words, element->text);
    }
  mark_picked (self);
  selection_cb (self);
  if (lm_text_is_blank (text))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->view), FALSE);
      gtk_widget_set_visible (self->take_button, FALSE);
      gtk_box_prepend (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), make_nothing ());
    }
  return GTK_WIDGET (self);
}
