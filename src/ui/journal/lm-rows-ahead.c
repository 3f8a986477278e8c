/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-rows-ahead.h"

/* While somebody scrolls through entries, the texts of those that come next are laid out between
 * two frames, when there is nothing else to do, rather than in the frame that shows them: that is
 * most of what a new row takes. */

#define KEY "lm-rows-ahead"

typedef struct
{
  GtkListView *list;         /* borrowed: it has this */
  GtkScrolledWindow *window; /* borrowed; weak */
  guint source;              /* 0 if all that come next are laid out */
} Ahead;

static void
ahead_free (gpointer data)
{
  Ahead *ahead = data;

  g_clear_handle_id (&ahead->source, g_source_remove);
  g_clear_weak_pointer (&ahead->window);
  g_free (ahead);
}

/* Within a page of what is to be seen. */
static gboolean
comes_next (Ahead *ahead, GtkWidget *row)
{
  float height = (float) gtk_widget_get_height (GTK_WIDGET (ahead->window));
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, GTK_WIDGET (ahead->window), &bounds) &&
         bounds.origin.y < 2 * height && bounds.origin.y + bounds.size.height > -height;
}

/* One row in one turn of the main loop. */
static gboolean
lay_out_cb (gpointer data)
{
  Ahead *ahead = data;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (ahead->list));
       child != NULL && ahead->window != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (row != NULL && LM_IS_ENTRY_ROW (row) && !lm_entry_row_is_laid_out (LM_ENTRY_ROW (row)) &&
          comes_next (ahead, child))
        {
          lm_entry_row_lay_out (LM_ENTRY_ROW (row));
          return G_SOURCE_CONTINUE;
        }
    }
  ahead->source = 0;
  return G_SOURCE_REMOVE;
}

static void
scrolled_cb (GtkAdjustment *adjustment, GObject *list)
{
  Ahead *ahead = g_object_get_data (list, KEY);

  if (ahead->source == 0)
    ahead->source = g_idle_add_full (G_PRIORITY_LOW, lay_out_cb, ahead, NULL);
}

/* From now on the rows of @list, which are #LmEntryRow, are laid out before they come into view as
 * @window scrolls. */
void
lm_rows_ahead (GtkListView *list, GtkScrolledWindow *window)
{
  Ahead *ahead = g_new0 (Ahead, 1);

  ahead->list = list;
  g_set_weak_pointer (&ahead->window, window);
  g_object_set_data_full (G_OBJECT (list), KEY, ahead, ahead_free);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (window),
                           "value-changed",
                           G_CALLBACK (scrolled_cb),
                           list,
                           0);
}
