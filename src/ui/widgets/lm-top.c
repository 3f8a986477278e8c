/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-top.h"

/* GtkListView begins with the first row at the top edge, and its header above that, out of sight;
 * and it does so while the first frames are laid out. When that has been done it is put right, so
 * that it is laid out once more and painted only then. */

#define KEY    "lm-top"
#define FRAMES 6

/* How many more frames the list is held at its top. */
static guint
get_frames (GtkScrolledWindow *window)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (window), KEY));
}

static void
set_frames (GtkScrolledWindow *window, guint frames)
{
  g_object_set_data (G_OBJECT (window), KEY, GUINT_TO_POINTER (frames));
}

static void
back_to_top (GtkScrolledWindow *window)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (window), 0);
}

static gboolean
stay_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkScrolledWindow *window = GTK_SCROLLED_WINDOW (widget);

  g_signal_handlers_disconnect_by_func (clock, back_to_top, window);
  set_frames (window, get_frames (window) - 1);
  if (get_frames (window) == 0)
    return G_SOURCE_REMOVE;
  g_signal_connect_object (clock,
                           "layout",
                           G_CALLBACK (back_to_top),
                           window,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return G_SOURCE_CONTINUE;
}

/* Holds the list in @window at its top until it stays there by itself. */
void
lm_top_stay (GtkScrolledWindow *window)
{
  if (get_frames (window) == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (window), stay_cb, NULL, NULL);
  set_frames (window, FRAMES);
}

/* Another place of the list is wanted now. */
void
lm_top_leave (GtkScrolledWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));

  if (get_frames (window) == 0)
    return;
  /* The next frame is the last then. */
  set_frames (window, 1);
  if (clock != NULL)
    g_signal_handlers_disconnect_by_func (clock, back_to_top, window);
}
