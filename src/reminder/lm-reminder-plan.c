/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "reminder/lm-reminder-plan.h"

/* When there is a reminder, and which of those that were missed is still worth showing: one at
 * most, and only on its own evening. Nothing here looks at a clock, a disk or a display. */

#define MINUTES_A_DAY (24 * 60)
#define SECONDS_A_DAY (24 * 60 * 60)
/* After that an evening's reminder is dropped, even on the same day. */
#define LATE_MAX (4 * 60 * 60)
/* Two never come closer together, whatever the clock does; in microseconds. */
#define APART (60 * G_TIME_SPAN_MINUTE)
/* What was missed before that is not looked at. */
#define LOOK_BACK (2 * SECONDS_A_DAY + LATE_MAX)

LmReminderPlan *
lm_reminder_plan_new (void)
{
  LmReminderPlan *plan = g_new0 (LmReminderPlan, 1);

  plan->sessions = g_array_new (FALSE, FALSE, sizeof (gint64));
  plan->title = g_strdup ("");
  plan->text = g_strdup ("");
  return plan;
}

void
lm_reminder_plan_free (LmReminderPlan *plan)
{
  g_array_unref (plan->sessions);
  g_free (plan->title);
  g_free (plan->text);
  g_free (plan);
}

/* Returns: (transfer floating): for lm_reminder_plan_from_variant () */
GVariant *
lm_reminder_plan_to_variant (const LmReminderPlan *plan)
{
  GVariant *sessions = g_variant_new_fixed_array (G_VARIANT_TYPE_INT64,
                                                  plan->sessions->data,
                                                  plan->sessions->len,
                                                  sizeof (gint64));

  return g_variant_new ("(uuu@axss)",
                        plan->evenings,
                        plan->minute,
                        plan->before,
                        sessions,
                        plan->title,
                        plan->text);
}

/**
 * lm_reminder_plan_from_variant:
 * @variant: from anybody
 *
 * Returns: (transfer full) (nullable): the plan; %NULL if it is none, or one that is too large
 */
LmReminderPlan *
lm_reminder_plan_from_variant (GVariant *variant)
{
  g_autoptr (LmReminderPlan) plan = lm_reminder_plan_new ();
  g_autoptr (GVariant) sessions = NULL;
  const char *title, *text;
  const gint64 *times;
  gsize n_times;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (LM_REMINDER_PLAN_TYPE)))
    return NULL;
  g_variant_get (variant,
                 "(uuu@ax&s&s)",
                 &plan->evenings,
                 &plan->minute,
                 &plan->before,
                 &sessions,
                 &title,
                 &text);
  times = g_variant_get_fixed_array (sessions, &n_times, sizeof (gint64));
  if (plan->evenings > 0x7f || plan->minute >= MINUTES_A_DAY ||
      plan->before > LM_REMINDER_BEFORE_MAX || n_times > LM_REMINDER_SESSIONS_MAX ||
      g_utf8_strlen (title, -1) > LM_REMINDER_TITLE_MAX ||
      g_utf8_strlen (text, -1) > LM_REMINDER_TEXT_MAX)
    return NULL;
  g_array_append_vals (plan->sessions, times, (guint) n_times);
  g_set_str (&plan->title, title);
  g_set_str (&plan->text, text);
  return g_steal_pointer (&plan);
}

/* When ----------------------------------------------------------------------------------------- */

/* Returns: (transfer full) (nullable): @time on the clock of @zone */
static GDateTime *
local_time (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

/* Returns: @minute of the day that @day is in, in seconds since 1970; 0 if the clock does not know
 * that day. A minute that the clock leaves out in spring is the hour after it, and of one that it
 * has twice in autumn there is one. */
static gint64
at_minute (GTimeZone *zone, GDateTime *day, guint minute)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone,
                                                g_date_time_get_year (day),
                                                g_date_time_get_month (day),
                                                g_date_time_get_day_of_month (day),
                                                (int) minute / 60,
                                                (int) minute % 60,
                                                0);

  if (time == NULL || g_date_time_get_day_of_month (time) != g_date_time_get_day_of_month (day))
    return 0;
  return g_date_time_to_unix (time);
}

/**
 * lm_reminder_until:
 * @at: when there was a reminder, in seconds since 1970
 *
 * Returns: until when it may still be shown: a few hours, and no longer than that day
 */
gint64
lm_reminder_until (GTimeZone *zone, gint64 at)
{
  g_autoptr (GDateTime) day = local_time (zone, at);
  gint64 last = day != NULL ? at_minute (zone, day, MINUTES_A_DAY - 1) : 0;

  /* A clock change at midnight may leave the last minute out. */
  return MIN (at + LATE_MAX, MAX (last, at));
}

static gint64
next_evening (const LmReminderPlan *plan, GTimeZone *zone, gint64 after)
{
  g_autoptr (GDateTime) now = local_time (zone, after);
  g_autoptr (GDateTime) today = NULL;

  if (now == NULL || plan->evenings == 0)
    return 0;
  /* Days are counted on the calendar, where each is a day long. */
  today = g_date_time_new_utc (g_date_time_get_year (now),
                               g_date_time_get_month (now),
                               g_date_time_get_day_of_month (now),
                               0,
                               0,
                               0);
  /* Two weeks: a week may have lost the evening in question to the clock. */
  for (int i = 0; i <= 14; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (today, i);
      gint64 at;

      if (day == NULL)
        return 0;
      if ((plan->evenings >> (g_date_time_get_day_of_week (day) - 1) & 1) == 0)
        continue;
      at = at_minute (zone, day, plan->minute);
      if (at > after)
        return at;
    }
  return 0;
}

/**
 * lm_reminder_plan_next:
 * @zone: where the computer is
 * @after: in seconds since 1970
 * @until: (out) (optional): until when it may be shown if it is late
 *
 * Returns: the first reminder after @after, in seconds since 1970; 0 if none is planned
 */
gint64
lm_reminder_plan_next (const LmReminderPlan *plan, GTimeZone *zone, gint64 after, gint64 *until)
{
  gint64 next = next_evening (plan, zone, after);
  gint64 end = next != 0 ? lm_reminder_until (zone, next) : 0;

  for (guint i = 0; plan->before > 0 && i < plan->sessions->len; i++)
    {
      gint64 starts = g_array_index (plan->sessions, gint64, i);
      gint64 at = starts - (gint64) plan->before * 60;

      if (starts <= 0 || at <= after || (next != 0 && at >= next))
        continue;
      next = at;
      /* Once it has begun there is nothing to prepare any more. */
      end = MIN (starts, at + LATE_MAX);
    }
  if (until != NULL)
    *until = end;
  return next;
}

/* Whether one that was planned for after @from, and not later than @now, may still be shown. */
static gboolean
missed_one (const LmReminderPlan *plan, GTimeZone *zone, gint64 from, gint64 now)
{
  gint64 at = MAX (from, now - LOOK_BACK), until;

  while ((at = lm_reminder_plan_next (plan, zone, at, &until)) != 0 && at <= now)
    if (until >= now)
      return TRUE;
  return FALSE;
}

/**
 * lm_reminder_turn:
 * @plan: (nullable): as it was told by the open journal; %NULL if only @state's next is known
 * @zone: where the computer is
 * @now: the time of day, in seconds since 1970
 * @running: the time of a clock that nobody sets, in microseconds; greater than 0
 *
 * To be called when the time may have come, when the computer woke, and when its clock was set.
 * Takes @state to @now: what was missed is dropped, and @state's next is what to wait for.
 *
 * Returns: whether to show a reminder now
 */
gboolean
lm_reminder_turn (
    LmReminderState *state, const LmReminderPlan *plan, GTimeZone *zone, gint64 now, gint64 running)
{
  gboolean show;

  if (plan != NULL)
    {
      /* Before the first look nothing was missed, nor after a clock that went back. */
      show = state->seen > 0 && missed_one (plan, zone, MIN (state->seen, now), now);
      state->next = lm_reminder_plan_next (plan, zone, now, NULL);
    }
  else
    {
      show = state->next > 0 && state->next <= now && now <= lm_reminder_until (zone, state->next);
      if (state->next <= now)
        state->next = 0;
    }
  state->seen = now;
  if (!show || (state->shown != 0 && running - state->shown < APART))
    return FALSE;
  state->shown = running;
  return TRUE;
}
