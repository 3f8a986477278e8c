/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <time.h>

#include "workspace/lm-idle.h"

/* A computer that slept for longer than this has slept; less is the two clocks being read one after
 * the other. */
#define SLEPT 1000

struct _LmIdle
{
  LmIdleTime time;
  gpointer data;
  gint64 limit;
  gint64 warning;
  gint64 at_least;
  gboolean sleep_counts;

  gint64 last;   /* when somebody was here, with the time asleep */
  gint64 asleep; /* how long the computer slept until then */
  gboolean due;  /* until lm_idle_start () */
};

/* The clocks of this computer. */
void
lm_idle_system_time (gint64 *awake, gint64 *all, gpointer data)
{
  struct timespec now;

  *awake = g_get_monotonic_time () / 1000;
  *all = clock_gettime (CLOCK_BOOTTIME, &now) == 0
             ? (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000
             : *awake;
}

/**
 * lm_idle_new:
 * @time: lm_idle_system_time (), or another in a test
 *
 * Returns: (transfer full): no limit is set yet
 */
LmIdle *
lm_idle_new (LmIdleTime time, gpointer data)
{
  LmIdle *idle = g_new0 (LmIdle, 1);

  idle->time = time;
  idle->data = data;
  lm_idle_start (idle);
  return idle;
}

void
lm_idle_free (LmIdle *idle)
{
  g_free (idle);
}

/**
 * lm_idle_set_limit:
 * @limit: in milliseconds; 0 for none
 * @warning: how long before that it is told, in milliseconds; at most half of the limit
 */
void
lm_idle_set_limit (LmIdle *idle, gint64 limit, gint64 warning)
{
  idle->limit = MAX (limit, 0);
  idle->warning = warning;
}

/* Where somebody thinks for long: a limit shorter than @at_least milliseconds is that long. */
void
lm_idle_set_at_least (LmIdle *idle, gint64 at_least)
{
  idle->at_least = at_least;
}

/* Whether it is time to lock when this computer has slept, however short. */
void
lm_idle_set_sleep_counts (LmIdle *idle, gboolean counts)
{
  idle->sleep_counts = counts;
}

/* Counts from now. */
void
lm_idle_start (LmIdle *idle)
{
  gint64 awake, all;

  idle->time (&awake, &all, idle->data);
  idle->last = all;
  idle->asleep = all - awake;
  idle->due = FALSE;
}

static gint64
limit_of (LmIdle *idle)
{
  return MAX (idle->limit, idle->at_least);
}

static gint64
warn_at (LmIdle *idle)
{
  gint64 limit = limit_of (idle);

  return limit - CLAMP (idle->warning, 0, limit / 2);
}

/* Looks at the clocks. What is due stays due until lm_idle_start (). */
LmIdleState
lm_idle_check (LmIdle *idle)
{
  gint64 awake, all, passed;

  if (idle->due)
    return LM_IDLE_DUE;
  idle->time (&awake, &all, idle->data);
  passed = all - idle->last;
  if (idle->sleep_counts && all - awake - idle->asleep > SLEPT)
    idle->due = TRUE;
  else if (idle->limit > 0 && passed >= limit_of (idle))
    idle->due = TRUE;
  if (idle->due)
    return LM_IDLE_DUE;
  return idle->limit > 0 && passed >= warn_at (idle) ? LM_IDLE_WARNING : LM_IDLE_BUSY;
}

/**
 * lm_idle_touch:
 *
 * Somebody is here. Not if the time was over already: who opens the lid an hour later is not
 * somebody who stayed.
 *
 * Returns: %LM_IDLE_BUSY or %LM_IDLE_DUE
 */
LmIdleState
lm_idle_touch (LmIdle *idle)
{
  if (lm_idle_check (idle) == LM_IDLE_DUE)
    return LM_IDLE_DUE;
  lm_idle_start (idle);
  return LM_IDLE_BUSY;
}

/* Returns: after how many milliseconds lm_idle_check () may tell something new, if nobody comes;
 * -1 for never */
gint64
lm_idle_wait (LmIdle *idle)
{
  gint64 awake, all, passed;

  if (idle->due)
    return 0;
  if (idle->limit == 0)
    return -1;
  idle->time (&awake, &all, idle->data);
  passed = all - idle->last;
  return MAX ((passed < warn_at (idle) ? warn_at (idle) : limit_of (idle)) - passed, 0);
}
