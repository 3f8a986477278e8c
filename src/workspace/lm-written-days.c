/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <langinfo.h>

#include "journal/lm-entry.h"
#include "workspace/lm-day-index.h"
#include "workspace/lm-written-days.h"

/* On which days something was written, for the calendar: by the clock of where it was begun, and
 * without what is in the trash. Counted anew only when somebody looks. */

struct _LmWrittenDays
{
  GObject parent_instance;

  GListModel *entries;
  GHashTable *counts; /* day as a number → entries; months are there too, with day 0 */
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (LmWrittenDays, lm_written_days, G_TYPE_OBJECT)

static int
number (int year, int month, int day)
{
  return year * 10000 + month * 100 + day;
}

static void
add (GHashTable *counts, int day)
{
  gpointer key = GINT_TO_POINTER (day);

  g_hash_table_insert (counts,
                       key,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
}

static guint
look_up (LmWrittenDays *self, int day)
{
  if (self->stale)
    {
      GArray *days = lm_day_index_of (self->entries);

      g_hash_table_remove_all (self->counts);
      for (guint i = 0; i < days->len; i++)
        {
          LmDay each = g_array_index (days, LmDay, i);
          g_autoptr (LmEntry) entry = g_list_model_get_item (self->entries, i);

          if (lm_entry_get_deleted (entry))
            continue;
          add (self->counts, number (each.year, each.month_day / 100, each.month_day % 100));
          add (self->counts, number (each.year, each.month_day / 100, 0));
        }
      self->stale = FALSE;
    }
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, GINT_TO_POINTER (day)));
}

static void
entries_changed_cb (LmWrittenDays *self)
{
  self->stale = TRUE;
}

static void
lm_written_days_finalize (GObject *object)
{
  LmWrittenDays *self = LM_WRITTEN_DAYS (object);

  g_hash_table_unref (self->counts);
  g_object_unref (self->entries);
  G_OBJECT_CLASS (lm_written_days_parent_class)->finalize (object);
}

static void
lm_written_days_class_init (LmWrittenDaysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_written_days_finalize;
}

static void
lm_written_days_init (LmWrittenDays *self)
{
  self->counts = g_hash_table_new (NULL, NULL);
  self->stale = TRUE;
}

/* @entries: (transfer none): of #LmEntry */
LmWrittenDays *
lm_written_days_new (GListModel *entries)
{
  LmWrittenDays *self = g_object_new (LM_TYPE_WRITTEN_DAYS, NULL);

  self->entries = g_object_ref (entries);
  lm_day_index_of (entries);
  g_signal_connect_object (entries,
                           "items-changed",
                           G_CALLBACK (entries_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* Returns: how many entries were begun on @day */
guint
lm_written_days_count (LmWrittenDays *self, const GDate *day)
{
  return look_up (
      self,
      number (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day)));
}

/* Whether anything was begun in @month, from 1. */
gboolean
lm_written_days_in_month (LmWrittenDays *self, int year, int month)
{
  return look_up (self, number (year, month, 0)) > 0;
}

/**
 * lm_written_days_position:
 * @entries: of #LmEntry, the newest first
 *
 * Returns: the first entry of @day; where there is none, the newest of those before it; where there
 *   is none either, the last. 0 in an empty list
 */
guint
lm_written_days_position (GListModel *entries, const GDate *day)
{
  int wanted = number (g_date_get_year (day), (int) g_date_get_month (day), g_date_get_day (day));
  guint from = 0, to = g_list_model_get_n_items (entries), n = to;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, middle);
      int year, month, of_month;

      g_date_time_get_ymd (lm_entry_get_created (entry), &year, &month, &of_month);
      if (number (year, month, of_month) > wanted)
        from = middle + 1;
      else
        to = middle;
    }
  return n == 0 ? 0 : MIN (from, n - 1);
}

/* Returns: the day with which a week begins where the person lives */
GDateWeekday
lm_first_weekday (void)
{
  /* As in glibc's locales: a date whose weekday is the first of the list of weekdays, and which of
   * that list begins the week. */
  guint first = (guint) (guchar) nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  guintptr origin = (guintptr) nl_langinfo (_NL_TIME_WEEK_1STDAY);
  guint sunday_based = (origin == 19971201 ? 1 : 0) + first - 1;

  return (GDateWeekday) ((sunday_based + 6) % 7 + 1);
}
