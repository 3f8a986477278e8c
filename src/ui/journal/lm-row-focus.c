/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/journal/lm-entry-row.h"
#include "ui/journal/lm-row-focus.h"
#include "ui/widgets/lm-top.h"

/* The row of a long list of entries that has the keyboard. Rows exist only near the view: one is
 * known by its entry. */

/* In which a list that begins to show is there. */
#define FRAMES_MAX 30

/**
 * lm_row_focus_get:
 *
 * Returns: (transfer none) (nullable): the entry whose row has the keyboard; %NULL if something
 * else on @page has it, or nothing
 */
LmEntry *
lm_row_focus_get (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (!LM_IS_ENTRY_ROW (row) || !gtk_widget_is_ancestor (row, page))
    return NULL;
  return lm_entry_row_get_entry (LM_ENTRY_ROW (row));
}

static GtkListView *
find_list (GtkWidget *widget)
{
  GtkListView *list = GTK_IS_LIST_VIEW (widget) ? GTK_LIST_VIEW (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && list == NULL;
       child = gtk_widget_get_next_sibling (child))
    list = find_list (child);
  return list;
}

static guint
find_entry (GListModel *entries, const LmId *id)
{
  guint n = entries != NULL ? g_list_model_get_n_items (entries) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      if (lm_id_equal (lm_entry_get_id (entry), id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

typedef struct
{
  LmId id;
  guint frames; /* how many more it may take */
} Wanted;

static gboolean
set_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *window = gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW);
  guint at;

  /* What has no height scrolls nowhere. */
  if (!gtk_widget_get_mapped (list) || gtk_widget_get_height (list) == 0)
    return wanted->frames-- > 0;
  at = find_entry (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))), &wanted->id);
  if (at == GTK_INVALID_LIST_POSITION)
    return G_SOURCE_REMOVE;
  /* Above the first row is a header, which scrolling to a row leaves out. */
  if (window != NULL && at == 0)
    lm_top_stay (GTK_SCROLLED_WINDOW (window));
  else if (window != NULL)
    lm_top_leave (GTK_SCROLLED_WINDOW (window));
  gtk_list_view_scroll_to (GTK_LIST_VIEW (list), at, GTK_LIST_SCROLL_FOCUS, NULL);
  gtk_widget_grab_focus (list);
  return G_SOURCE_REMOVE;
}

/**
 * lm_row_focus_set:
 * @page: with one list
 *
 * Has the row of the entry with the id @id be seen, and gives it the keyboard, as soon as the list
 * is there.
 */
void
lm_row_focus_set (GtkWidget *page, const LmId *id)
{
  GtkListView *list = find_list (page);
  Wanted *wanted;

  if (list == NULL)
    return;
  wanted = g_new (Wanted, 1);
  *wanted = (Wanted) { *id, FRAMES_MAX };
  gtk_widget_add_tick_callback (GTK_WIDGET (list), set_cb, wanted, g_free);
}
