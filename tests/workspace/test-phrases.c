/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <locale.h>

#include "workspace/lm-phrases.h"

typedef char *(*Phrase) (GDateTime *time);

static void
assert_phrase (Phrase phrase, const char *expected)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2026-11-03T21:04:11+01:00", NULL);
  g_autofree char *text = phrase (time);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_dates (void)
{
  assert_phrase (lm_phrase_day, "Tuesday, 3 November");
  assert_phrase (lm_phrase_day_with_year, "Tuesday, 3 November 2026");
  assert_phrase (lm_phrase_day_and_time, "Tuesday, 3 November 2026, 21:04");
  assert_phrase (lm_phrase_month, "November 2026");
  assert_phrase (lm_phrase_weekday, "Tue");
}

/* The time of day as the locale has it, whatever the language of the words is. */
static void
test_time_by_locale (void)
{
  static const char *const times[][2] = {
    { "C.UTF-8", "21:04" },
    { "de_DE.UTF-8", "21:04" },
    { "en_US.UTF-8", "9:04 PM" },
    { "en_GB.UTF-8", "21:04" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      if (setlocale (LC_ALL, times[i][0]) == NULL)
        g_test_message ("no locale %s here", times[i][0]);
      else
        assert_phrase (lm_phrase_time, times[i][1]);
    }
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_minutes (void)
{
  g_autofree char *one = lm_phrase_minutes (1);
  g_autofree char *more = lm_phrase_minutes (12);
  g_autofree char *guide = lm_phrase_guide ("Small scenes.", 12, "en");

  g_assert_cmpstr (one, ==, "1\u00a0minute");
  g_assert_cmpstr (more, ==, "12\u00a0minutes");
  g_assert_cmpstr (guide, ==, "Small scenes. About 12\u00a0minutes.");
}

static void
test_wrote (void)
{
  g_autofree char *seconds = lm_phrase_wrote (90, 0);
  g_autofree char *one = lm_phrase_wrote (600, 1);
  g_autofree char *more = lm_phrase_wrote (600, 3);

  g_assert_cmpstr (seconds, ==, "You wrote for 90\u00a0seconds.");
  g_assert_cmpstr (one, ==, "You wrote for 10\u00a0minutes. There was 1 pause.");
  g_assert_cmpstr (more, ==, "You wrote for 10\u00a0minutes. There were 3 pauses.");
}

static void
test_words (void)
{
  g_assert_cmpstr (lm_phrase_intensity (1), ==, "barely there");
  g_assert_cmpstr (lm_phrase_intensity (5), ==, "almost too much");
  g_assert_null (lm_phrase_intensity (0));
  g_assert_null (lm_phrase_intensity (6));
  g_assert_cmpstr (lm_phrase_felt ("mixed"), ==, "mixed");
  g_assert_null (lm_phrase_felt ("other"));
  g_assert_null (lm_phrase_felt (NULL));
  g_assert_cmpstr (lm_phrase_it_was ("hard"), ==, "It was hard");
  g_assert_null (lm_phrase_it_was ("other"));
  g_assert_null (lm_phrase_it_was (NULL));
}

static void
test_checked (void)
{
  g_autofree char *recent = lm_phrase_checked ("2026-11", FALSE);
  g_autofree char *old = lm_phrase_checked ("2026-11", TRUE);

  g_assert_cmpstr (recent, ==, "Numbers checked in November 2026. They may have changed since.");
  g_assert_nonnull (strstr (old, "checked long ago, in November 2026, and may have changed"));
}

/* However somebody types a time of day. */
static void
test_minute_of_day (void)
{
  static const struct
  {
    const char *text;
    guint minute;
  } right[] = { { "17:10", 1030 },    { "17.10", 1030 }, { "1710", 1030 }, { "17h10", 1030 },
                { " 5:10 pm", 1030 }, { "5 PM", 1020 },  { "17", 1020 },   { "12 am", 0 },
                { "12:30 pm", 750 },  { "0:00", 0 },     { "23:59", 1439 } };
  static const char *const wrong[] = {
    "", "soon", "24:00", "-1:00", "12:60", "2561", "99999999999"
  };
  guint minute = 7;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_assert_true (lm_phrase_read_minute_of_day (right[i].text, &minute));
      g_assert_cmpuint (minute, ==, right[i].minute);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (lm_phrase_read_minute_of_day (wrong[i], &minute));
  for (guint i = 0; i < 24 * 60; i++)
    {
      g_autofree char *text = lm_phrase_minute_of_day (i);

      g_assert_true (lm_phrase_read_minute_of_day (text, &minute));
      g_assert_cmpuint (minute, ==, i);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/phrases/dates", test_dates);
  g_test_add_func ("/phrases/time-by-locale", test_time_by_locale);
  g_test_add_func ("/phrases/minutes", test_minutes);
  g_test_add_func ("/phrases/minute-of-day", test_minute_of_day);
  g_test_add_func ("/phrases/wrote", test_wrote);
  g_test_add_func ("/phrases/checked", test_checked);
  g_test_add_func ("/phrases/words", test_words);
  return g_test_run ();
}
