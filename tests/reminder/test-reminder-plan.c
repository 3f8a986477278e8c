/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "reminder/lm-reminder-plan.h"

/* When there is a reminder: on every clock that people have, and on clocks that jump. */

#define MINUTE (gint64) 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define DAILY  0x7f

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time);
}

#define assert_time(time, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GDateTime) time_ = g_date_time_new_from_unix_utc (time);                            \
    g_autofree char *text_ = g_date_time_format_iso8601 (time_);                                   \
    g_assert_cmpstr (text_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static LmReminderPlan *
plan_of (guint evenings, guint hour, guint minute)
{
  LmReminderPlan *plan = lm_reminder_plan_new ();

  plan->evenings = evenings;
  plan->minute = hour * 60 + minute;
  return plan;
}

static GTimeZone *
zone_of (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  g_assert_nonnull (zone);
  return zone;
}

/* Planning --------------------------------------------------------------------------------------
 */

static void
test_evenings (void)
{
  /* Monday and Thursday. */
  g_autoptr (LmReminderPlan) plan = plan_of (1 | 8, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  gint64 next, until;

  /* 2026-11-23 is a Monday. */
  next = lm_reminder_plan_next (plan, berlin, at ("2026-11-23T20:29:59+01:00"), &until);
  assert_time (next, "2026-11-23T19:30:00Z");
  assert_time (until, "2026-11-23T22:59:00Z");
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-11-26T19:30:00Z");
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-11-30T19:30:00Z");
  /* In the morning it may be late by four hours, and in the night not into the next day. */
  plan->minute = 8 * 60;
  lm_reminder_plan_next (plan, berlin, at ("2026-11-23T00:00:00+01:00"), &until);
  assert_time (until, "2026-11-23T11:00:00Z");
  plan->minute = 23 * 60 + 59;
  lm_reminder_plan_next (plan, berlin, at ("2026-11-23T00:00:00+01:00"), &until);
  assert_time (until, "2026-11-23T22:59:00Z");
  plan->evenings = 0;
  g_assert_cmpint (lm_reminder_plan_next (plan, berlin, next, &until), ==, 0);
}

static void
test_summer_time (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  gint64 next = lm_reminder_plan_next (plan, berlin, at ("2026-03-28T12:00:00+01:00"), NULL);

  assert_time (next, "2026-03-28T19:30:00Z");
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-03-29T18:30:00Z");
  next = lm_reminder_plan_next (plan, berlin, at ("2026-10-24T21:00:00+02:00"), NULL);
  assert_time (next, "2026-10-25T19:30:00Z");
  /* Half past two is left out in spring, and there twice in autumn. */
  plan->minute = 2 * 60 + 30;
  next = lm_reminder_plan_next (plan, berlin, at ("2026-03-28T12:00:00+01:00"), NULL);
  g_assert_cmpint (next, >=, at ("2026-03-29T00:00:00Z"));
  g_assert_cmpint (next, <=, at ("2026-03-29T01:59:59Z"));
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-03-30T00:30:00Z");
  next = lm_reminder_plan_next (plan, berlin, at ("2026-10-24T12:00:00+02:00"), NULL);
  g_assert_cmpint (next, >=, at ("2026-10-25T00:30:00Z"));
  g_assert_cmpint (next, <=, at ("2026-10-25T01:30:00Z"));
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-10-26T01:30:00Z");
}

static void
test_places (void)
{
  g_autoptr (LmReminderPlan) fridays = plan_of (16, 20, 30);
  g_autoptr (LmReminderPlan) daily = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) apia = zone_of ("Pacific/Apia");
  g_autoptr (GTimeZone) kiritimati = zone_of ("Pacific/Kiritimati");
  g_autoptr (GTimeZone) lord_howe = zone_of ("Australia/Lord_Howe");
  g_autoptr (GTimeZone) kathmandu = zone_of ("Asia/Kathmandu");
  gint64 next;

  /* There was no Friday, 30 December 2011. */
  next = lm_reminder_plan_next (fridays, apia, at ("2011-12-29T12:00:00-10:00"), NULL);
  assert_time (next, "2012-01-06T06:30:00Z");
  next = lm_reminder_plan_next (daily, kiritimati, at ("2026-11-23T00:00:00Z"), NULL);
  assert_time (next, "2026-11-23T06:30:00Z");
  next = lm_reminder_plan_next (daily, kathmandu, at ("2026-11-23T00:00:00Z"), NULL);
  assert_time (next, "2026-11-23T14:45:00Z");
  /* Its summer time is half an hour: 10:30 and 11 hours. */
  next = lm_reminder_plan_next (daily, lord_howe, at ("2026-10-03T00:00:00Z"), NULL);
  assert_time (next, "2026-10-03T10:00:00Z");
  next = lm_reminder_plan_next (daily, lord_howe, next, NULL);
  assert_time (next, "2026-10-04T09:30:00Z");
  /* A leap day, a Tuesday. */
  daily->evenings = 2;
  next = lm_reminder_plan_next (daily, kathmandu, at ("2028-02-28T20:00:00Z"), NULL);
  assert_time (next, "2028-02-29T14:45:00Z");
}

static void
test_sessions (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (0, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  gint64 sessions[] = { at ("2026-12-03T17:10:00+01:00"), at ("2026-11-26T17:10:00+01:00"), -5 };
  gint64 now = at ("2026-11-23T21:00:00+01:00"), next, until;

  g_array_append_vals (plan->sessions, sessions, G_N_ELEMENTS (sessions));
  g_assert_cmpint (lm_reminder_plan_next (plan, berlin, now, NULL), ==, 0);
  plan->before = 60;
  next = lm_reminder_plan_next (plan, berlin, now, &until);
  assert_time (next, "2026-11-26T15:10:00Z");
  /* Not once it has begun. */
  assert_time (until, "2026-11-26T16:10:00Z");
  next = lm_reminder_plan_next (plan, berlin, next, NULL);
  assert_time (next, "2026-12-03T15:10:00Z");
  g_assert_cmpint (lm_reminder_plan_next (plan, berlin, next, NULL), ==, 0);
  /* With an evening between them. */
  plan->evenings = 1;
  next = lm_reminder_plan_next (plan, berlin, at ("2026-11-26T18:00:00+01:00"), NULL);
  assert_time (next, "2026-11-30T19:30:00Z");
  /* The day before. */
  plan->before = 24 * 60;
  next = lm_reminder_plan_next (plan, berlin, now, &until);
  assert_time (next, "2026-11-25T16:10:00Z");
  assert_time (until, "2026-11-25T20:10:00Z");
}

static void
test_travels (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (3, 20, 30);
  g_autoptr (LmReminderPlan) again = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autofree char *long_title = g_strnfill (LM_REMINDER_TITLE_MAX + 1, 'x');
  g_autofree char *long_text = g_strnfill (LM_REMINDER_TEXT_MAX + 1, 'x');
  gint64 session = 1234567890;
  const char *bad[] = {
    "(uint32 128, uint32 0, uint32 0, @ax [], '', '')",
    "(uint32 1, uint32 1440, uint32 0, @ax [], '', '')",
    "(uint32 1, uint32 0, uint32 2881, @ax [], '', '')",
    "(uint32 1, uint32 0, uint32 0, @ax [], '')",
    "('', uint32 0, uint32 0, @ax [], '', '')",
  };

  plan->before = 30;
  g_array_append_val (plan->sessions, session);
  g_set_str (&plan->title, "Ein Moment?");
  g_set_str (&plan->text, "Tee.");
  variant = g_variant_ref_sink (lm_reminder_plan_to_variant (plan));
  again = lm_reminder_plan_from_variant (variant);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->evenings, ==, 3);
  g_assert_cmpuint (again->minute, ==, 20 * 60 + 30);
  g_assert_cmpuint (again->before, ==, 30);
  g_assert_cmpuint (again->sessions->len, ==, 1);
  g_assert_cmpint (g_array_index (again->sessions, gint64, 0), ==, session);
  g_assert_cmpstr (again->title, ==, "Ein Moment?");
  g_assert_cmpstr (again->text, ==, "Tee.");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GVariant) other = g_variant_parse (NULL, bad[i], NULL, NULL, NULL);

      g_assert_nonnull (other);
      g_assert_null (lm_reminder_plan_from_variant (other));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LmReminderPlan) large = lm_reminder_plan_new ();
      g_autoptr (GVariant) other = NULL;

      if (i == 0)
        g_set_str (&large->title, long_title);
      if (i == 1)
        g_set_str (&large->text, long_text);
      for (guint k = 0; i == 2 && k <= LM_REMINDER_SESSIONS_MAX; k++)
        g_array_append_val (large->sessions, session);
      other = g_variant_ref_sink (lm_reminder_plan_to_variant (large));
      g_assert_null (lm_reminder_plan_from_variant (other));
    }
}

/* Turning ---------------------------------------------------------------------------------------
 */

typedef struct
{
  LmReminderState state;
  const LmReminderPlan *plan; /* nullable */
  GTimeZone *zone;
  gint64 running; /* microseconds */
} Scene;

/* Some seconds after the last turn, whatever the clock says. */
static gboolean
turn_after (Scene *scene, gint64 seconds, gint64 now)
{
  scene->running += seconds * G_USEC_PER_SEC;
  return lm_reminder_turn (&scene->state, scene->plan, scene->zone, now, scene->running);
}

static gboolean
turn (Scene *scene, gint64 seconds, const char *now)
{
  return turn_after (scene, seconds, at (now));
}

static void
test_on_time (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  Scene scene = { { 0 }, plan, berlin, 1 };

  g_assert_false (turn (&scene, 0, "2026-11-23T20:00:00+01:00"));
  assert_time (scene.state.next, "2026-11-23T19:30:00Z");
  g_assert_false (turn (&scene, 1799, "2026-11-23T20:29:59+01:00"));
  g_assert_true (turn (&scene, 1, "2026-11-23T20:30:00+01:00"));
  assert_time (scene.state.next, "2026-11-24T19:30:00Z");
  g_assert_false (turn (&scene, 0, "2026-11-23T20:30:00+01:00"));
  g_assert_false (turn (&scene, 3600, "2026-11-23T21:30:00+01:00"));
  g_assert_true (turn (&scene, 23 * 3600, "2026-11-24T20:30:00+01:00"));
}

static void
test_missed (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  Scene scene = { { 0 }, plan, berlin, 1 };

  /* Woken in the same evening: now. */
  g_assert_false (turn (&scene, 0, "2026-11-23T20:00:00+01:00"));
  g_assert_true (turn (&scene, 2 * HOUR, "2026-11-23T22:00:00+01:00"));
  /* In the next morning: not any more. */
  g_assert_false (turn (&scene, 20 * HOUR, "2026-11-24T18:00:00+01:00"));
  g_assert_false (turn (&scene, 14 * HOUR, "2026-11-25T08:00:00+01:00"));
  assert_time (scene.state.next, "2026-11-25T19:30:00Z");
  /* After weeks: nothing that piled up. */
  g_assert_false (turn (&scene, 30 * DAY, "2026-12-25T08:00:00+01:00"));
  assert_time (scene.state.next, "2026-12-25T19:30:00Z");
  /* After days, on an evening: that evening's, once. */
  g_assert_true (turn (&scene, 3 * DAY, "2026-12-28T21:00:00+01:00"));
  g_assert_false (turn (&scene, 0, "2026-12-28T21:00:00+01:00"));
  assert_time (scene.state.next, "2026-12-29T19:30:00Z");
}

static void
test_only_the_time_is_known (void)
{
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  Scene scene = { { at ("2026-11-23T20:30:00+01:00"), 0, 0 }, NULL, berlin, 1 };

  g_assert_false (turn (&scene, 0, "2026-11-23T20:00:00+01:00"));
  assert_time (scene.state.next, "2026-11-23T19:30:00Z");
  g_assert_true (turn (&scene, 1800, "2026-11-23T20:30:00+01:00"));
  g_assert_cmpint (scene.state.next, ==, 0);
  g_assert_false (turn (&scene, DAY, "2026-11-24T20:30:00+01:00"));
  /* Started in the same evening, and on the day after. */
  scene = (Scene) { { at ("2026-11-23T20:30:00+01:00"), 0, 0 }, NULL, berlin, 1 };
  g_assert_true (turn (&scene, 0, "2026-11-23T23:50:00+01:00"));
  scene = (Scene) { { at ("2026-11-23T20:30:00+01:00"), 0, 0 }, NULL, berlin, 1 };
  g_assert_false (turn (&scene, 0, "2026-11-24T00:10:00+01:00"));
  g_assert_cmpint (scene.state.next, ==, 0);
}

static void
test_session_has_begun (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (0, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  gint64 session = at ("2026-11-26T17:10:00+01:00");
  Scene scene = { { 0 }, plan, berlin, 1 };

  plan->before = 60;
  g_array_append_val (plan->sessions, session);
  g_assert_false (turn (&scene, 0, "2026-11-26T12:00:00+01:00"));
  g_assert_false (turn (&scene, 6 * HOUR, "2026-11-26T18:00:00+01:00"));
  scene = (Scene) { { 0 }, plan, berlin, 1 };
  g_assert_false (turn (&scene, 0, "2026-11-26T12:00:00+01:00"));
  g_assert_true (turn (&scene, 5 * HOUR, "2026-11-26T17:00:00+01:00"));
}

static void
test_clock_jumps (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  Scene scene = { { 0 }, plan, berlin, 1 };
  guint shown = 0;

  /* To and fro across the time, a hundred times in a hundred seconds. */
  for (guint i = 0; i < 100; i++)
    shown += turn (&scene, 1, i % 2 ? "2026-11-23T20:30:00+01:00" : "2026-11-23T20:29:58+01:00");
  g_assert_cmpuint (shown, ==, 1);
  /* To and fro across years. */
  for (guint i = 0; i < 100; i++)
    shown += turn (&scene, 1, i % 2 ? "2046-11-23T20:40:00+01:00" : "1996-11-23T20:29:58+01:00");
  g_assert_cmpuint (shown, ==, 1);
  /* A clock that was wrong and is put right does not wait for what never comes. */
  g_assert_false (turn (&scene, 1, "2046-11-23T12:00:00+01:00"));
  g_assert_false (turn (&scene, 1, "2026-11-24T12:00:00+01:00"));
  assert_time (scene.state.next, "2026-11-24T19:30:00Z");
}

static void
test_journey (void)
{
  g_autoptr (LmReminderPlan) plan = plan_of (DAILY, 20, 30);
  g_autoptr (GTimeZone) berlin = zone_of ("Europe/Berlin");
  g_autoptr (GTimeZone) lisbon = zone_of ("Europe/Lisbon");
  Scene scene = { { 0 }, plan, berlin, 1 };

  g_assert_false (turn (&scene, 0, "2026-11-23T12:00:00Z"));
  assert_time (scene.state.next, "2026-11-23T19:30:00Z");
  /* At half past eight there, not here. */
  scene.zone = lisbon;
  g_assert_false (turn (&scene, HOUR, "2026-11-23T19:30:00Z"));
  assert_time (scene.state.next, "2026-11-23T20:30:00Z");
  g_assert_true (turn (&scene, HOUR, "2026-11-23T20:30:00Z"));
}

/* Anything at all -------------------------------------------------------------------------------
 */

static const char *const zones[] = {
  "Europe/Berlin",     "America/New_York",    "America/Santiago",   "Asia/Beirut",
  "Asia/Kathmandu",    "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago",
  "Africa/Casablanca", "America/St_Johns",    "Antarctica/Troll",   "UTC",
};

/* Whether there is a reason to remind at @now: said otherwise than the code says it. */
static gboolean
has_reason (const LmReminderPlan *plan, GTimeZone *zone, gint64 now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, zone);
  guint minute = (guint) (g_date_time_get_hour (here) * 60 + g_date_time_get_minute (here));

  for (guint i = 0; plan->before > 0 && i < plan->sessions->len; i++)
    {
      gint64 starts = g_array_index (plan->sessions, gint64, i);

      if (now >= starts - plan->before * MINUTE && now <= starts)
        return TRUE;
    }
  /* On such a day, at that minute or up to four hours later; an hour more if the clock changed. */
  return (plan->evenings >> (g_date_time_get_day_of_week (here) - 1) & 1) != 0 &&
         minute + 60 >= plan->minute && minute <= plan->minute + 5 * 60;
}

static void
test_random (void)
{
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      g_autoptr (GTimeZone) zone = zone_of (zones[round % G_N_ELEMENTS (zones)]);
      g_autoptr (LmReminderPlan) plan = plan_of ((guint) g_rand_int_range (rand, 0, 0x80),
                                                 (guint) g_rand_int_range (rand, 0, 24),
                                                 (guint) g_rand_int_range (rand, 0, 60));
      gint64 now = at ("2026-01-01T00:00:00Z") + g_rand_int_range (rand, 0, 3 * 365 * DAY);
      Scene scene = { { 0 }, plan, zone, 1 };
      guint shown = 0;

      plan->before = (guint) g_rand_int_range (rand, 0, 3) * 45;
      for (guint i = 0; i < 5; i++)
        {
          gint64 session = now + g_rand_int_range (rand, 0, 40 * DAY);

          g_array_append_val (plan->sessions, session);
        }
      for (guint i = 0; i < 120; i++)
        {
          gint64 seconds = 1, before = now;
          gboolean due;

          switch (g_rand_int_range (rand, 0, 6))
            {
            case 0: /* the clock is set */
              now += g_rand_int_range (rand, -2 * DAY, 2 * DAY);
              break;
            case 1: /* the computer sleeps */
              seconds = g_rand_int_range (rand, 1, 4 * DAY);
              now += seconds;
              break;
            default: /* it waits as it should */
              seconds = scene.state.next > now ? MIN (scene.state.next - now, HOUR) : HOUR;
              now += seconds;
            }
          due = turn_after (&scene, seconds, now);
          if (due && !has_reason (plan, zone, now))
            g_error ("round %u: reminded without a reason at %" G_GINT64_FORMAT " (%s)",
                     round,
                     now,
                     zones[round % G_N_ELEMENTS (zones)]);
          /* What is past is not made up for: there is something between this look and the last. */
          if (due && now > before)
            g_assert_cmpint (lm_reminder_plan_next (plan, zone, MIN (before, now - 1), NULL),
                             <=,
                             now);
          if (scene.state.next != 0)
            g_assert_cmpint (scene.state.next, >, now);
          else
            g_assert_cmpuint (plan->evenings, ==, 0);
          shown += due;
          g_assert_cmpuint (shown, <=, 1 + (scene.running - 1) / (HOUR * G_USEC_PER_SEC));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reminder-plan/evenings", test_evenings);
  g_test_add_func ("/reminder-plan/summer-time", test_summer_time);
  g_test_add_func ("/reminder-plan/places", test_places);
  g_test_add_func ("/reminder-plan/sessions", test_sessions);
  g_test_add_func ("/reminder-plan/travels", test_travels);
  g_test_add_func ("/reminder-plan/on-time", test_on_time);
  g_test_add_func ("/reminder-plan/missed", test_missed);
  g_test_add_func ("/reminder-plan/only-the-time-is-known", test_only_the_time_is_known);
  g_test_add_func ("/reminder-plan/session-has-begun", test_session_has_begun);
  g_test_add_func ("/reminder-plan/clock-jumps", test_clock_jumps);
  g_test_add_func ("/reminder-plan/journey", test_journey);
  g_test_add_func ("/reminder-plan/random", test_random);
  return g_test_run ();
}
