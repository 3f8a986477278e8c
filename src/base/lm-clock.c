/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-clock.h"

struct _LmClock
{
  gatomicrefcount ref_count;
  GMutex lock;
  GDateTime *set; /* NULL for the system's time */
};

static LmClock *
clock_new (GDateTime *set)
{
  LmClock *clock = g_new0 (LmClock, 1);

  g_atomic_ref_count_init (&clock->ref_count);
  g_mutex_init (&clock->lock);
  clock->set = set != NULL ? g_date_time_ref (set) : NULL;
  return clock;
}

/* Returns: (transfer full): the system's clock, in the person's time zone */
LmClock *
lm_clock_new_system (void)
{
  return clock_new (NULL);
}

/* Returns: (transfer full): a clock that stands at @time until it is set again */
LmClock *
lm_clock_new_set (GDateTime *time)
{
  return clock_new (time);
}

LmClock *
lm_clock_ref (LmClock *clock)
{
  g_atomic_ref_count_inc (&clock->ref_count);
  return clock;
}

void
lm_clock_unref (LmClock *clock)
{
  if (!g_atomic_ref_count_dec (&clock->ref_count))
    return;
  g_clear_pointer (&clock->set, g_date_time_unref);
  g_mutex_clear (&clock->lock);
  g_free (clock);
}

/* Makes the clock stand at @time. */
void
lm_clock_set (LmClock *clock, GDateTime *time)
{
  g_mutex_lock (&clock->lock);
  g_date_time_ref (time);
  g_clear_pointer (&clock->set, g_date_time_unref);
  clock->set = time;
  g_mutex_unlock (&clock->lock);
}

/**
 * lm_clock_now:
 *
 * May be called from any thread.
 *
 * Returns: (transfer full): the time of day, in whole seconds, as files keep it
 */
GDateTime *
lm_clock_now (LmClock *clock)
{
  GDateTime *now;

  g_mutex_lock (&clock->lock);
  now = clock->set != NULL ? g_date_time_ref (clock->set) : NULL;
  g_mutex_unlock (&clock->lock);
  if (now == NULL)
    {
      g_autoptr (GDateTime) exact = g_date_time_new_now_local ();

      now = g_date_time_add (exact, -g_date_time_get_microsecond (exact));
    }
  return now;
}

/* Returns: (transfer full): the time as in "2026-11-23T21:04:11+01:00" */
char *
lm_time_to_rfc3339 (GDateTime *time)
{
  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
}

/**
 * lm_time_from_rfc3339:
 * @text: a date and time with an offset
 *
 * Returns: (transfer full) (nullable): the time, in the offset that it was written with; %NULL if
 *   @text is something else
 */
GDateTime *
lm_time_from_rfc3339 (const char *text)
{
  /* GLib takes more than RFC 3339 does: week dates, compact forms, no offset. */
  if (strlen (text) < strlen ("2026-11-23T21:04:11Z") || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
    return NULL;
  return g_date_time_new_from_iso8601 (text, NULL);
}
