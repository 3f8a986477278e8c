/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-days.h"

/* Days are counted by use, and no clock can be set so that it makes something old. */

static gboolean
note (LmDays *days, const char *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (time, NULL);

  g_assert_nonnull (now);
  return lm_days_note (days, now);
}

/* The day @number behind 2026-11-01. */
static gboolean
note_nth (LmDays *days, int number)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 ("2026-11-01T20:00:00+01:00", NULL);
  g_autoptr (GDateTime) now = g_date_time_add_days (first, number);

  return lm_days_note (days, now);
}

static void
test_once (void)
{
  g_autoptr (LmDays) days = lm_days_new ();

  g_assert_true (note (days, "2026-11-01T00:00:00+01:00"));
  g_assert_cmpint (lm_days_count (days), ==, 1);
  g_assert_false (note (days, "2026-11-01T23:59:59+01:00"));
  g_assert_cmpint (lm_days_count (days), ==, 1);
  g_assert_true (note (days, "2026-11-02T00:00:00+01:00"));
  g_assert_true (note (days, "2026-11-09T00:00:00+01:00"));
  g_assert_cmpint (lm_days_count (days), ==, 3);
}

/* Yesterday again, as across a time zone, or by a clock that is set to and fro. */
static void
test_to_and_fro (void)
{
  g_autoptr (LmDays) days = lm_days_new ();

  note_nth (days, 0);
  note_nth (days, 1);
  for (int i = 0; i < 100; i++)
    {
      note_nth (days, 0);
      note_nth (days, 1);
    }
  g_assert_cmpint (lm_days_count (days), ==, 2);
}

/* A clock that begins in 1970 at every start and is put right later. */
static void
test_dead_battery (void)
{
  g_autoptr (LmDays) days = lm_days_new ();

  note_nth (days, 0);
  for (int day = 1; day <= 5; day++)
    for (int start = 0; start < 4; start++)
      {
        note (days, "1970-01-01T00:01:00Z");
        note_nth (days, day);
      }
  g_assert_cmpint (lm_days_count (days), ==, 6);
}

static void
test_jumps (void)
{
  g_autoptr (LmDays) days = lm_days_new ();

  for (int i = 0; i < 10; i++)
    note_nth (days, i);
  for (int i = 0; i < 40; i++)
    {
      note (days, "2046-11-10T12:00:00+01:00");
      note (days, "2006-11-10T12:00:00+01:00");
      note_nth (days, 9);
    }
  g_assert_cmpint (lm_days_count (days), ==, 10);
  /* It goes on from where the clock is right again. */
  note_nth (days, 10);
  g_assert_cmpint (lm_days_count (days), ==, 11);
  /* And from where it stays wrong, a day at a time. */
  note (days, "2046-11-10T12:00:00+01:00");
  g_assert_cmpint (lm_days_count (days), ==, 11);
  note (days, "2046-11-11T12:00:00+01:00");
  g_assert_cmpint (lm_days_count (days), ==, 12);
}

static void
test_since (void)
{
  g_autoptr (LmDays) days = lm_days_new ();
  g_autoptr (GDateTime) third = g_date_time_new_from_iso8601 ("2026-11-04T01:00:00+01:00", NULL);
  g_autoptr (GDateTime) future = g_date_time_new_from_iso8601 ("2046-11-04T01:00:00+01:00", NULL);

  for (int i = 0; i < 10; i++)
    note_nth (days, i);
  g_assert_cmpuint (lm_days_since (days, third), ==, 6);
  g_assert_cmpuint (lm_days_since (days, future), ==, 0);
}

static void
test_kept (void)
{
  g_autoptr (LmDays) days = lm_days_new ();
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (LmDays) again = NULL;
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 ("2026-10-01T20:00:00+01:00", NULL);

  for (int i = 0; i < 1000; i++)
    note_nth (days, i);
  json = lm_days_write (days);
  again = lm_days_read (json);
  g_assert_cmpint (lm_days_count (again), ==, 1000);
  g_assert_cmpuint (lm_days_since (again, first), ==, LM_DAYS_KEPT);
  g_assert_false (note_nth (again, 999));
  g_assert_true (note_nth (again, 1000));
  g_assert_cmpint (lm_days_count (again), ==, 1001);
}

static void
test_broken (void)
{
  g_autoptr (LmDays) none = lm_days_read (NULL);
  g_autoptr (JsonObject) json = json_object_new ();
  g_autoptr (LmDays) broken = NULL;
  JsonArray *dates = json_array_new ();

  g_assert_cmpint (lm_days_count (none), ==, 0);
  json_array_add_string_element (dates, "yesterday");
  json_array_add_null_element (dates);
  json_array_add_string_element (dates, "2026-13-41");
  json_object_set_array_member (json, "dates", dates);
  json_object_set_int_member (json, "count", -4);
  json_object_set_string_member (json, "last", "");
  broken = lm_days_read (json);
  g_assert_cmpint (lm_days_count (broken), ==, 0);
  g_assert_true (note_nth (broken, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/days/once", test_once);
  g_test_add_func ("/journal/days/to-and-fro", test_to_and_fro);
  g_test_add_func ("/journal/days/dead-battery", test_dead_battery);
  g_test_add_func ("/journal/days/jumps", test_jumps);
  g_test_add_func ("/journal/days/since", test_since);
  g_test_add_func ("/journal/days/kept", test_kept);
  g_test_add_func ("/journal/days/broken", test_broken);
  return g_test_run ();
}
