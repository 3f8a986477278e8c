/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/stream/lm-screen-reader.h"
#include "ui/stream/lm-stream-area.h"

/* Lines that are older fade while somebody writes, so that the eye stays with what comes. They are
 * as dark as any other text as soon as the hands rest. Nothing fades where it would be in the way:
 * with a screen reader, in high contrast, or without animations. */

/* How many lines stay as they are, and over how many more the rest fades. */
#define CLEAR_LINES 2.5
#define FADE_LINES  5
/* What is left of the oldest. */
#define FADED   0.3f
#define FADE_MS 600

struct _LmStreamArea
{
  GtkTextView parent_instance;

  AdwAnimation *animation;
  double fade; /* from 0, nothing fades, to 1 */
  gboolean resting;
};

G_DEFINE_FINAL_TYPE (LmStreamArea, lm_stream_area, GTK_TYPE_TEXT_VIEW)

enum
{
  SIGNAL_HELD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Returns: (transfer none): its text */
LmStreamBuffer *
lm_stream_area_get_buffer (LmStreamArea *self)
{
  return LM_STREAM_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)));
}

/* Keys that take away --------------------------------------------------------------------------
 */

/* Not even a sound: nothing was done wrong. */
static gboolean
is_held (GtkTextView *view)
{
  LmStreamArea *self = LM_STREAM_AREA (view);

  if (lm_stream_buffer_get_correcting (lm_stream_area_get_buffer (self)))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_HELD], 0);
  return TRUE;
}

static void
lm_stream_area_backspace (GtkTextView *view)
{
  if (!is_held (view))
    GTK_TEXT_VIEW_CLASS (lm_stream_area_parent_class)->backspace (view);
}

static void
lm_stream_area_delete_from_cursor (GtkTextView *view, GtkDeleteType type, int count)
{
  if (!is_held (view))
    GTK_TEXT_VIEW_CLASS (lm_stream_area_parent_class)->delete_from_cursor (view, type, count);
}

static void
lm_stream_area_cut_clipboard (GtkTextView *view)
{
  if (!is_held (view))
    GTK_TEXT_VIEW_CLASS (lm_stream_area_parent_class)->cut_clipboard (view);
}

/* Fading --------------------------------------------------------------------------------------- */

/* Whether older lines fade while somebody writes. */
gboolean
lm_stream_area_fades (LmStreamArea *self)
{
  return adw_get_enable_animations (GTK_WIDGET (self)) &&
         !adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) &&
         !lm_screen_reader_is_on () &&
         !lm_stream_buffer_get_correcting (lm_stream_area_get_buffer (self));
}

static void
fade_cb (double value, gpointer data)
{
  LmStreamArea *self = data;

  self->fade = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Nobody types just now: everything can be read. */
void
lm_stream_area_set_resting (LmStreamArea *self, gboolean resting)
{
  double to = !resting && lm_stream_area_fades (self) ? 1 : 0;

  self->resting = resting;
  if (adw_timed_animation_get_value_to (ADW_TIMED_ANIMATION (self->animation)) == to)
    return;
  adw_timed_animation_set_value_from (ADW_TIMED_ANIMATION (self->animation), self->fade);
  adw_timed_animation_set_value_to (ADW_TIMED_ANIMATION (self->animation), to);
  adw_animation_play (self->animation);
}

static void
add_mask (LmStreamArea *self, GtkSnapshot *snapshot)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  float faded = (float) (1 - self->fade * (1 - FADED));
  GskColorStop stops[] = { { 0, { 0, 0, 0, faded } }, { 1, { 0, 0, 0, 1 } } };
  graphene_rect_t whole;
  GdkRectangle cursor;
  int x, y;
  float clear;

  gtk_text_view_get_cursor_locations (view, NULL, &cursor, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, cursor.x, cursor.y, &x, &y);
  clear = (float) (y - CLEAR_LINES * cursor.height);
  graphene_rect_init (&whole,
                      0,
                      0,
                      (float) gtk_widget_get_width (GTK_WIDGET (self)),
                      (float) gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_snapshot_append_linear_gradient (
      snapshot,
      &whole,
      &GRAPHENE_POINT_INIT (0, clear - (float) (FADE_LINES * cursor.height)),
      &GRAPHENE_POINT_INIT (0, clear),
      stops,
      G_N_ELEMENTS (stops));
}

static void
lm_stream_area_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LmStreamArea *self = LM_STREAM_AREA (widget);

  if (self->fade <= 0)
    {
      GTK_WIDGET_CLASS (lm_stream_area_parent_class)->snapshot (widget, snapshot);
      return;
    }
  gtk_snapshot_push_mask (snapshot, GSK_MASK_MODE_ALPHA);
  add_mask (self, snapshot);
  gtk_snapshot_pop (snapshot);
  GTK_WIDGET_CLASS (lm_stream_area_parent_class)->snapshot (widget, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
surroundings_changed_cb (LmStreamArea *self)
{
  lm_stream_area_set_resting (self, self->resting);
}

static void
lm_stream_area_dispose (GObject *object)
{
  g_clear_object (&LM_STREAM_AREA (object)->animation);
  G_OBJECT_CLASS (lm_stream_area_parent_class)->dispose (object);
}

static void
lm_stream_area_class_init (LmStreamAreaClass *klass)
{
  GtkTextViewClass *view_class = GTK_TEXT_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lm_stream_area_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = lm_stream_area_snapshot;
  view_class->backspace = lm_stream_area_backspace;
  view_class->delete_from_cursor = lm_stream_area_delete_from_cursor;
  view_class->cut_clipboard = lm_stream_area_cut_clipboard;
  signals[SIGNAL_HELD] = g_signal_new ("held",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       0);
}

static void
lm_stream_area_init (LmStreamArea *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  g_autoptr (LmStreamBuffer) buffer = lm_stream_buffer_new ();

  gtk_text_view_set_buffer (view, GTK_TEXT_BUFFER (buffer));
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK);
  gtk_widget_add_css_class (GTK_WIDGET (self), "lm-writing");
  self->resting = TRUE;
  self->animation =
      adw_timed_animation_new (GTK_WIDGET (self),
                               0,
                               0,
                               FADE_MS,
                               adw_callback_animation_target_new (fade_cb, self, NULL));
  g_object_ref_sink (self->animation);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (surroundings_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
}
