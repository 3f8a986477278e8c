/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/widgets/lm-keep-place.h"

/* GtkListBox stays so many pixels from its top, whatever comes or goes above: the row that somebody
 * reads moves away under their eyes. Here the row stays. GtkListView does that by itself. */

#define KEY "lm-place"

typedef struct
{
  GPtrArray *rows; /* those to be seen, from the top, before the list changed */
  GArray *tops;    /* where each was in the list, in pixels */
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_ptr_array_unref (place->rows);
  g_array_unref (place->tops);
  g_free (place);
}

/* Returns: (nullable): how the page with @list scrolls; %NULL if nobody has scrolled */
static GtkAdjustment *
scrolled (GtkWidget *list)
{
  GtkWidget *window = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
      window != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)) : NULL;

  return adjustment != NULL && gtk_adjustment_get_value (adjustment) > 0 ? adjustment : NULL;
}

static void
before_cb (GListModel *model, guint position, guint removed, guint added, GtkWidget *list)
{
  Place *place = g_object_get_data (G_OBJECT (list), KEY);
  GtkWidget *window = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);

  g_ptr_array_set_size (place->rows, 0);
  g_array_set_size (place->tops, 0);
  if (scrolled (list) == NULL)
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t in_list, in_window;

      if (!gtk_widget_compute_bounds (row, list, &in_list) ||
          !gtk_widget_compute_bounds (row, window, &in_window) || in_window.origin.y < 0)
        continue;
      if (in_window.origin.y > (float) gtk_widget_get_height (window))
        break;
      g_ptr_array_add (place->rows, g_object_ref (row));
      g_array_append_val (place->tops, in_list.origin.y);
    }
}

/* Where @row will be once the list is laid out. */
static int
top_of (GtkWidget *list, GtkWidget *row)
{
  int top = 0;

  for (GtkWidget *above = gtk_widget_get_prev_sibling (row); above != NULL;
       above = gtk_widget_get_prev_sibling (above))
    {
      int height = 0;

      if (gtk_widget_get_visible (above))
        gtk_widget_measure (above,
                            GTK_ORIENTATION_VERTICAL,
                            gtk_widget_get_width (list),
                            NULL,
                            &height,
                            NULL,
                            NULL);
      top += height;
    }
  return top;
}

/* Before the frame in which the list is seen anew. */
static void
after_cb (GListModel *model, guint position, guint removed, guint added, GtkWidget *list)
{
  Place *place = g_object_get_data (G_OBJECT (list), KEY);
  GtkAdjustment *adjustment = scrolled (list);
  guint i = 0;

  while (i < place->rows->len && gtk_widget_get_parent (place->rows->pdata[i]) != list)
    i++;
  if (i < place->rows->len && adjustment != NULL)
    {
      double by = top_of (list, place->rows->pdata[i]) - g_array_index (place->tops, float, i);

      /* It will be as much longer: otherwise the end of what it was is in the way. */
      gtk_adjustment_set_upper (adjustment, gtk_adjustment_get_upper (adjustment) + MAX (by, 0));
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + by);
    }
  g_ptr_array_set_size (place->rows, 0);
}

/* To be called before @list is bound to @model. */
void
lm_keep_place_begin (GtkListBox *list, GListModel *model)
{
  Place *place = g_new (Place, 1);

  *place = (Place) { g_ptr_array_new_with_free_func (g_object_unref),
                     g_array_new (FALSE, FALSE, sizeof (float)) };
  g_object_set_data_full (G_OBJECT (list), KEY, place, place_free);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (before_cb), list, 0);
}

/* To be called after it. */
void
lm_keep_place_end (GtkListBox *list, GListModel *model)
{
  g_signal_connect_object (model, "items-changed", G_CALLBACK (after_cb), list, 0);
}
