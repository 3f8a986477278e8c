/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-growing.h"

/* A text on a page that scrolls as a whole is as high as it is long. GTK lays a text out when it is
 * idle, and does not ask for the room again that it needs then; nor does a page that scrolls look
 * after the cursor in it. */

/* Room above and below the line with the cursor. */
#define MARGIN 12

static gboolean
ask_for_room_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_resize (view);
  return G_SOURCE_REMOVE;
}

static void
ask_for_room (GtkTextView *view)
{
  /* Not in the middle of being given some. */
  gtk_widget_add_tick_callback (GTK_WIDGET (view), ask_for_room_cb, NULL, NULL);
}

/* Brings the cursor of @view into sight, on the page that scrolls. */
static void
follow_cursor (GtkTextView *view)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *place;
  GdkRectangle cursor;
  graphene_point_t at;
  int x, y;
  double top;

  if (scrolled == NULL || !gtk_widget_has_focus (GTK_WIDGET (view)))
    return;
  gtk_text_view_get_cursor_locations (view, NULL, &cursor, NULL);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, cursor.x, cursor.y, &x, &y);
  if (!gtk_widget_compute_point (GTK_WIDGET (view),
                                 scrolled,
                                 &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                 &at))
    return;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  top = gtk_adjustment_get_value (place) + at.y;
  gtk_adjustment_clamp_page (place, top - MARGIN, top + cursor.height + MARGIN);
}

static gboolean
follow_cb (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  follow_cursor (GTK_TEXT_VIEW (view));
  return G_SOURCE_REMOVE;
}

/* Its text is laid out, as far as that has come. */
static void
laid_out_cb (GtkAdjustment *adjustment, GtkTextView *view)
{
  if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment))
    ask_for_room (view);
  gtk_widget_add_tick_callback (GTK_WIDGET (view), follow_cb, NULL, NULL);
}

static void
changed_cb (GtkTextBuffer *buffer, GtkTextView *view)
{
  ask_for_room (view);
}

/**
 * lm_growing_watch:
 * @view: not the child of a scrolled window itself
 *
 * From now on it grows and shrinks with its text, and the page goes with its cursor.
 */
void
lm_growing_watch (GtkTextView *view)
{
  GtkAdjustment *adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);

  gtk_scrollable_set_vadjustment (GTK_SCROLLABLE (view), adjustment);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (laid_out_cb), view, 0);
  g_signal_connect_object (gtk_text_view_get_buffer (view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           view,
                           0);
}
