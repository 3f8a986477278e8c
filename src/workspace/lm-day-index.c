/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-entry.h"
#include "workspace/lm-day-index.h"

/* On which day each entry of a list was begun, by the clock of where that was. It grows with the
 * list, batch by batch: whoever asks for a day waits for nothing. */

#define KEY "lm-day-index"

static void
items_changed_cb (GListModel *entries, guint position, guint removed, guint added, GArray *index)
{
  g_autofree LmDay *days = g_new (LmDay, added);

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, position + i);
      int year, month, day;

      g_date_time_get_ymd (lm_entry_get_created (entry), &year, &month, &day);
      days[i] = (LmDay) { (guint16) year, (guint16) (month * 100 + day) };
    }
  if (removed > 0)
    g_array_remove_range (index, position, removed);
  if (added > 0)
    g_array_insert_vals (index, position, days, added);
}

/**
 * lm_day_index_of:
 * @entries: of #LmEntry
 *
 * Returns: (transfer none) (element-type LmDay): the day of each entry, at its place in @entries;
 *   it follows @entries from now on
 */
GArray *
lm_day_index_of (GListModel *entries)
{
  GArray *index = g_object_get_data (G_OBJECT (entries), KEY);

  if (index != NULL)
    return index;
  index = g_array_new (FALSE, FALSE, sizeof (LmDay));
  items_changed_cb (entries, 0, 0, g_list_model_get_n_items (entries), index);
  g_object_set_data_full (G_OBJECT (entries), KEY, index, (GDestroyNotify) g_array_unref);
  g_signal_connect (entries, "items-changed", G_CALLBACK (items_changed_cb), index);
  return index;
}
