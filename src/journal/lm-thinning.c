/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-thinning.h"

/* Which versions go is the one choice in the app that loses text for good. It is made here and
 * nowhere else, touches no file, and errs towards keeping:
 *
 * - A version is as old as the clock says, or as many days as the journal was in use since, if that
 *   is less: neither a clock that was set wrong nor a journal that rested makes anything go.
 * - A version that was saved later is never taken for the older one, whatever the clock said.
 * - One without a time, or with a time before this app existed, stays.
 * - What represents its hour, day or month is the last of it, so that thinning again later never
 *   misses one that went before. */

/* In days. */
#define HOURLY_FROM  1
#define DAILY_FROM   7
#define MONTHLY_FROM 365

/* No version can have been saved before this, in seconds of Unix time: 2026-01-01. */
#define BEFORE_US G_GINT64_CONSTANT (1767225600)

typedef enum
{
  EVERY,
  ONE_AN_HOUR,
  ONE_A_DAY,
  ONE_A_MONTH,
} Rule;

static const char *const bucket_formats[] = {
  [ONE_AN_HOUR] = "1 %Y-%m-%d %H",
  [ONE_A_DAY] = "2 %Y-%m-%d",
  [ONE_A_MONTH] = "3 %Y-%m",
};

static Rule
rule_for (GDateTime *time, LmDays *days, GDateTime *now)
{
  gint64 by_clock = g_date_time_difference (now, time) / G_TIME_SPAN_DAY;
  gint64 age = MIN (by_clock, (gint64) lm_days_since (days, time));

  if (age < HOURLY_FROM)
    return EVERY;
  return age < DAILY_FROM ? ONE_AN_HOUR : age < MONTHLY_FROM ? ONE_A_DAY : ONE_A_MONTH;
}

/**
 * lm_thinning_choose:
 * @items: all versions of one record, in the order in which they were saved, the oldest first
 * @days: the days on which the journal was in use
 * @now: the time, by the clock
 *
 * Chooses what goes: all of the last 24 hours stay, then one an hour for a week, one a day for a
 * year, one a month after.
 */
void
lm_thinning_choose (LmThinItem *items, gsize n_items, LmDays *days, GDateTime *now)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree GDateTime **times = g_new0 (GDateTime *, n_items);
  GDateTime *latest = NULL;

  for (gsize i = 0; i < n_items; i++)
    {
      GDateTime *modified = items[i].modified;

      items[i].goes = FALSE;
      if (modified == NULL || g_date_time_to_unix (modified) < BEFORE_US)
        continue;
      if (latest == NULL || g_date_time_compare (modified, latest) > 0)
        latest = modified;
      times[i] = latest;
    }
  for (gsize i = n_items; i > 0; i--)
    {
      LmThinItem *item = &items[i - 1];
      Rule rule = times[i - 1] != NULL ? rule_for (times[i - 1], days, now) : EVERY;

      if (rule == EVERY)
        continue;
      /* Also one that must stay stands for its hour, day or month. */
      if (!g_hash_table_add (taken, g_date_time_format (item->modified, bucket_formats[rule])) &&
          !item->held)
        item->goes = TRUE;
    }
}
