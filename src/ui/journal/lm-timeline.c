/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <gtk/gtk.h>

#include "ui/journal/lm-timeline.h"

/* All the entries that are not in the trash, newest first, in months. */

static gboolean
is_shown (gpointer item, gpointer data)
{
  return !lm_entry_get_deleted (item);
}

static int
newest_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return lm_entry_newest_first ((LmEntry *) a, (LmEntry *) b);
}

static int
newest_month_first (gconstpointer a, gconstpointer b, gpointer data)
{
  return lm_entry_get_month ((LmEntry *) b) - lm_entry_get_month ((LmEntry *) a);
}

/* Returns: (transfer full): a list of #LmEntry with a section for each month */
GListModel *
lm_timeline_new (LmWorkspace *workspace)
{
  g_autoptr (GtkSorter) months =
      GTK_SORTER (gtk_custom_sorter_new (newest_month_first, NULL, NULL));
  GtkSorter *days = GTK_SORTER (gtk_custom_sorter_new (newest_first, NULL, NULL));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (is_shown, NULL, NULL));
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  filtered =
      gtk_filter_list_model_new (g_object_ref (lm_workspace_get_entries (workspace)), filter);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), days);
  gtk_sort_list_model_set_section_sorter (sorted, months);
  return G_LIST_MODEL (sorted);
}
