/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-changes.h"
#include "workspace/lm-day-index.h"
#include "workspace/lm-on-this-day.h"

/* What was written on the same day of earlier years. Old pain is not to lie in wait: what ended
 * badly does not come, nor what is sealed or was asked not to; and whoever shows it shows only the
 * year until it is asked for. */

/* From so strong on, of 5, a feeling is left where it is. */
#define STRONG 4

/* How strong it was in the end, as far as that was said. */
static guint
strength_at_the_end (LmRecord *record)
{
  return record->after > 0 ? record->after : record->before;
}

/* The 29th of February comes on the 28th in years without one. */
static gboolean
is_day_of (LmDay created, const GDate *day)
{
  guint wanted = (guint) g_date_get_month (day) * 100 + g_date_get_day (day);

  if (created.year >= g_date_get_year (day))
    return FALSE;
  return created.month_day == wanted || (created.month_day == 229 && wanted == 228 &&
                                         !g_date_is_leap_year (g_date_get_year (day)));
}

static gboolean
may_come (LmRecord *record)
{
  g_autoptr (LmContent) content = NULL;

  if (record->deleted || strength_at_the_end (record) >= STRONG)
    return FALSE;
  content = lm_record_content (record);
  return lm_content_comes_on_its_day (content);
}

/* The last year first; of one day the order in which it was written. */
static int
later_year_first (gconstpointer a, gconstpointer b)
{
  GDateTime *x = lm_entry_get_created (*(LmEntry *const *) a);
  GDateTime *y = lm_entry_get_created (*(LmEntry *const *) b);
  int years = g_date_time_get_year (y) - g_date_time_get_year (x);

  return years != 0 ? years : g_date_time_compare (x, y);
}

/**
 * lm_on_this_day:
 * @entries: of #LmEntry, without what is sealed
 * @day: a valid date
 *
 * Returns: (transfer full) (element-type LmEntry): what may be offered on @day, the last year first
 */
GPtrArray *
lm_on_this_day (GListModel *entries, const GDate *day)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GArray *days = lm_day_index_of (entries);

  for (guint i = 0; i < days->len; i++)
    if (is_day_of (g_array_index (days, LmDay, i), day))
      {
        g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

        if (may_come (lm_entry_get_record (entry)))
          g_ptr_array_add (found, g_steal_pointer (&entry));
      }
  g_ptr_array_sort (found, later_year_first);
  return found;
}

static void
set_on_its_day (LmContent *content, gpointer data)
{
  lm_content_set_on_its_day (content, GPOINTER_TO_INT (data));
}

/* Ends with lm_workspace_set_on_its_day_finish (). @comes: whether it may be offered again */
void
lm_workspace_set_on_its_day_async (
    LmWorkspace *self, LmEntry *entry, gboolean comes, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LmId));

  g_array_append_val (ids, *lm_entry_get_id (entry));
  lm_workspace_change_each_async (self,
                                  ids,
                                  set_on_its_day,
                                  GINT_TO_POINTER (comes),
                                  NULL,
                                  callback,
                                  data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if it could not be saved */
LmUndo *
lm_workspace_set_on_its_day_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return lm_workspace_change_finish (self, result, error);
}
