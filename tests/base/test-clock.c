/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-clock.h"
#include "lm-test.h"

static void
test_system (void)
{
  g_autoptr (LmClock) clock = lm_clock_new_system ();
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GDateTime) now = lm_clock_now (clock);

  g_assert_cmpint (g_date_time_to_unix (now), >=, before);
  g_assert_cmpint (g_date_time_to_unix (now), <=, before + 60);
  g_assert_cmpint (g_date_time_get_microsecond (now), ==, 0);
  /* In the zone of the person, which the tests set. */
  g_assert_cmpstr (g_time_zone_get_identifier (g_date_time_get_timezone (now)),
                   ==,
                   "Europe/Berlin");
}

static void
test_set (void)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_iso8601 ("2026-11-23T21:04:11+01:00", NULL);
  g_autoptr (GDateTime) second = g_date_time_new_from_iso8601 ("2006-01-01T00:00:00Z", NULL);
  g_autoptr (LmClock) clock = lm_clock_new_set (first);
  g_autoptr (LmClock) same = lm_clock_ref (clock);
  g_autoptr (GDateTime) a = lm_clock_now (clock), b = NULL;

  g_assert_true (g_date_time_equal (a, first));
  lm_clock_set (clock, second);
  b = lm_clock_now (same);
  g_assert_true (g_date_time_equal (b, second));
}

/* Setting it to what it stands at must not free that first. */
static void
test_set_same (void)
{
  GDateTime *time = g_date_time_new_utc (2026, 1, 2, 3, 4, 5);
  g_autoptr (LmClock) clock = lm_clock_new_set (time);
  g_autoptr (GDateTime) now = NULL;

  g_date_time_unref (time);
  lm_clock_set (clock, time);
  now = lm_clock_now (clock);
  g_assert_cmpint (g_date_time_get_second (now), ==, 5);
}

static void
test_rfc3339_written (void)
{
  static const struct
  {
    const char *zone, *text;
  } vectors[] = {
    { "Europe/Berlin", "2026-03-04T05:06:07+01:00" },
    { "UTC", "2026-03-04T05:06:07+00:00" },
    { "Asia/Kolkata", "2026-03-04T05:06:07+05:30" },
    { "America/St_Johns", "2026-03-04T05:06:07-03:30" },
    { "-00:30", "2026-03-04T05:06:07-00:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (vectors[i].zone);
      g_autoptr (GDateTime) time = NULL;
      g_autofree char *text = NULL;

      g_assert_nonnull (zone);
      time = g_date_time_new (zone, 2026, 3, 4, 5, 6, 7);
      text = lm_time_to_rfc3339 (time);
      g_assert_cmpstr (text, ==, vectors[i].text);
    }
}

/* The offset stays the one that it was written with; the hour of the day matters in a journal. */
static void
test_rfc3339_round_trip (void)
{
  static const char *const texts[] = {
    "2026-11-23T21:04:11+01:00", "2026-11-23T21:04:11-03:30", "1999-12-31T23:59:59+14:00",
    "2024-02-29T00:00:00+00:00", "1950-01-01T00:00:00-12:00", "2126-06-01T12:00:00+05:45",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GDateTime) time = lm_time_from_rfc3339 (texts[i]);
      g_autofree char *text = NULL;

      g_assert_nonnull (time);
      text = lm_time_to_rfc3339 (time);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_rfc3339_read (void)
{
  static const char *const good[] = {
    "2026-11-23T21:04:11Z",      "2026-11-23t21:04:11Z",
    "2026-11-23T21:04:11.5Z",    "2026-11-23T21:04:11.123456+02:00",
    "2026-11-23T22:04:11+01:00", "2026-11-23T15:34:11-05:30"
  };
  g_autoptr (GDateTime) expected = g_date_time_new_utc (2026, 11, 23, 21, 4, 11);

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GDateTime) time = lm_time_from_rfc3339 (good[i]);

      if (time == NULL)
        g_error ("“%s” was refused", good[i]);
      if (i != 3)
        g_assert_cmpint (g_date_time_to_unix (time), ==, g_date_time_to_unix (expected));
    }
}

static void
test_rfc3339_refused (void)
{
  static const char *const bad[] = {
    "",
    "2026",
    "2026-11-23",
    "2026-11-23T21:04:11",
    "2026-11-23T21:04:11.500",
    "2026-11-23 21:04:11Z",
    "20261123T210411Z",
    "2026-W48-1T21:04:11Z",
    "2026-327T21:04:11Z",
    "2026-11-23T21:04Z",
    "2026-13-23T21:04:11Z",
    "2026-02-30T21:04:11Z",
    "2026-11-00T21:04:11Z",
    "2026-11-23T25:04:11Z",
    "2026-11-23T21:60:11Z",
    "2026-11-23T21:04:11+",
    "2026-11-23T21:04:11X",
    "2026-11-23T21:04:11Z ",
    "2026-11-23T21:04:11+25:00",
    "2026-11-23T21:04:11+01:00x",
    "xxxx-xx-xxTxx:xx:xxZ",
    "Monday, the 23rd of November",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GDateTime) time = lm_time_from_rfc3339 (bad[i]);

      if (time != NULL)
        g_error ("“%s” was taken", bad[i]);
    }
}

/* Every beginning of a time is refused: nothing is read behind the end. */
static void
test_rfc3339_truncated (void)
{
  static const char text[] = "2026-11-23T21:04:11Z";

  for (gsize n = 0; n < sizeof text - 1; n++)
    {
      g_autofree char *begin = g_strndup (text, n);
      g_autoptr (GDateTime) time = lm_time_from_rfc3339 (begin);

      if (time != NULL)
        g_error ("“%s” was taken", begin);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/clock/set", test_set);
  g_test_add_func ("/base/clock/set-same", test_set_same);
  g_test_add_func ("/base/clock/rfc3339-written", test_rfc3339_written);
  g_test_add_func ("/base/clock/rfc3339-round-trip", test_rfc3339_round_trip);
  g_test_add_func ("/base/clock/rfc3339-read", test_rfc3339_read);
  g_test_add_func ("/base/clock/rfc3339-refused", test_rfc3339_refused);
  g_test_add_func ("/base/clock/rfc3339-truncated", test_rfc3339_truncated);
  return g_test_run ();
}
