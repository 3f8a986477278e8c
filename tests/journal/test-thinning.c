/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-thinning.h"

/* Which versions go by their age: by example, and for a thousand random histories. */

#define HOUR 3600
#define DAY  (24 * HOUR)
/* 2027-06-15T12:00:00Z */
#define NOW G_GINT64_CONSTANT (1813060800)

static GDateTime *
ago (gint64 seconds)
{
  return g_date_time_new_from_unix_utc (NOW - seconds);
}

/* In use on every day of the last ones. */
static LmDays *
use (int n_days)
{
  LmDays *days = lm_days_new ();

  for (int i = n_days - 1; i >= 0; i--)
    {
      g_autoptr (GDateTime) day = ago ((gint64) i * DAY);

      lm_days_note (days, day);
    }
  return days;
}

/* Thins versions of these ages, in seconds, the oldest first; -1 for one without a time. */
static LmThinItem *
choose (const gint64 *ages, gsize n, LmDays *days)
{
  LmThinItem *items = g_new0 (LmThinItem, n);
  g_autoptr (GDateTime) now = ago (0);

  for (gsize i = 0; i < n; i++)
    items[i].modified = ages[i] >= 0 ? ago (ages[i]) : NULL;
  lm_thinning_choose (items, n, days, now);
  return items;
}

static void
free_items (LmThinItem *items, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&items[i].modified, g_date_time_unref);
  g_free (items);
}

/* The ages of what stays. */
static void
assert_stays (const gint64 *ages, const gboolean *stays, gsize n, int n_days)
{
  g_autoptr (LmDays) days = use (n_days);
  LmThinItem *items = choose (ages, n, days);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpint (items[i].goes, ==, !stays[i]);
  free_items (items, n);
}

static void
test_last_day (void)
{
  gint64 ages[60];
  gboolean stays[60];

  for (int i = 0; i < 60; i++)
    {
      ages[i] = 24 * HOUR - 60 - i;
      stays[i] = TRUE;
    }
  assert_stays (ages, stays, 60, 400);
}

/* Half an hour past the hour, and so on: NOW is noon. */
static void
test_rules (void)
{
  gint64 ages[] = { 400 * DAY + 2,
                    400 * DAY + 1,
                    30 * DAY + 2 * HOUR,
                    30 * DAY + HOUR,
                    2 * DAY + 120,
                    2 * DAY + 60,
                    2 * DAY,
                    1 };
  gboolean stays[] = { FALSE, TRUE, FALSE, TRUE, FALSE, TRUE, TRUE, TRUE };

  assert_stays (ages, stays, G_N_ELEMENTS (ages), 400);
}

/* The journal rested for two years: that makes nothing old. */
static void
test_rested (void)
{
  gint64 ages[] = { 700 * DAY + 3, 700 * DAY + 2, 700 * DAY + 1, 700 * DAY };
  gboolean stays[] = { TRUE, TRUE, TRUE, TRUE };

  assert_stays (ages, stays, G_N_ELEMENTS (ages), 1);
}

/* Times that the clock cannot have meant: none, 1970, the future. */
static void
test_wrong_times (void)
{
  gint64 ages[] = { -1, -1, NOW - 1000, NOW - 999, NOW - 998 };
  gboolean stays[] = { TRUE, TRUE, TRUE, TRUE, TRUE };

  assert_stays (ages, stays, G_N_ELEMENTS (ages), 400);
}

/* Saved while the clock was twenty years ahead, then more with the clock put right: those are not
 * older than what they are based on. */
static void
test_ahead (void)
{
  g_autoptr (LmDays) days = use (400);
  gint64 ages[] = { 30 * DAY + 60, 30 * DAY, -1, 30 * DAY - 60, 30 * DAY - 61 };
  LmThinItem *items = choose (ages, G_N_ELEMENTS (ages), days);
  g_autoptr (GDateTime) now = ago (0);

  items[2].modified = ago (-20 * 365 * (gint64) DAY);
  lm_thinning_choose (items, G_N_ELEMENTS (ages), days, now);
  g_assert_true (items[0].goes);
  for (gsize i = 1; i < G_N_ELEMENTS (ages); i++)
    g_assert_false (items[i].goes);
  free_items (items, G_N_ELEMENTS (ages));
}

/* The clock is twenty years ahead just now: nothing goes that would not go anyway. */
static void
test_clock_now (void)
{
  g_autoptr (LmDays) days = use (3);
  g_autoptr (GDateTime) now = ago (-20 * 365 * (gint64) DAY);
  g_autoptr (GDateTime) past = ago (20 * 365 * (gint64) DAY);
  gint64 ages[] = { 90, 60, 30, 1 };
  LmThinItem *items = choose (ages, G_N_ELEMENTS (ages), days);

  lm_days_note (days, now);
  lm_thinning_choose (items, G_N_ELEMENTS (ages), days, now);
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    g_assert_false (items[i].goes);
  lm_days_note (days, past);
  lm_thinning_choose (items, G_N_ELEMENTS (ages), days, past);
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++)
    g_assert_false (items[i].goes);
  free_items (items, G_N_ELEMENTS (ages));
}

/* What must stay stays, and stands for its hour. */
static void
test_held (void)
{
  g_autoptr (LmDays) days = use (400);
  gint64 ages[] = { 3 * DAY + 30, 3 * DAY + 20, 3 * DAY + 10 };
  LmThinItem *items = choose (ages, 3, days);
  g_autoptr (GDateTime) now = ago (0);

  items[0].held = TRUE;
  lm_thinning_choose (items, 3, days, now);
  g_assert_false (items[0].goes);
  g_assert_true (items[1].goes);
  g_assert_false (items[2].goes);
  free_items (items, 3);
}

/* Properties ------------------------------------------------------------------------------- */

static char *
bucket (GDateTime *time, const char *format)
{
  return g_date_time_format (time, format);
}

/* Whether some version that stays is in the same stretch of time as @i, and no older. */
static gboolean
is_stood_for (LmThinItem *items, gsize n, gsize i, const char *format)
{
  g_autofree char *wanted = bucket (items[i].modified, format);

  for (gsize k = i + 1; k < n; k++)
    {
      g_autofree char *other =
          items[k].modified != NULL ? bucket (items[k].modified, format) : NULL;

      if (!items[k].goes && g_strcmp0 (wanted, other) == 0)
        return TRUE;
    }
  return FALSE;
}

static gint64
random_age (GRand *rand)
{
  static const gint64 spans[] = { 2 * DAY, 10 * DAY, 400 * DAY, 900 * DAY };

  return g_rand_int_range (rand, 0, (gint32) spans[g_rand_int_range (rand, 0, 4)]);
}

static int
oldest_first (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x < *y) - (*x > *y);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261126);

  for (int round = 0; round < 1000; round++)
    {
      gsize n = (gsize) g_rand_int_range (rand, 1, 60), staying = 0;
      int n_days = g_rand_int_range (rand, 1, 420);
      g_autoptr (LmDays) days = use (n_days);
      g_autoptr (GDateTime) now = ago (0);
      gint64 ages[60];
      LmThinItem *items;
      LmThinItem left[60];

      for (gsize i = 0; i < n; i++)
        ages[i] = random_age (rand);
      qsort (ages, n, sizeof ages[0], oldest_first);
      items = choose (ages, n, days);
      for (gsize i = 0; i < n; i++)
        items[i].held = g_rand_int_range (rand, 0, 8) == 0;
      lm_thinning_choose (items, n, days, now);
      /* The newest always stays. */
      g_assert_false (items[n - 1].goes);
      for (gsize i = 0; i < n; i++)
        {
          gint64 age = MIN (ages[i] / DAY, (gint64) lm_days_since (days, items[i].modified));

          if (!items[i].goes)
            {
              left[staying++] = items[i];
              continue;
            }
          g_assert_false (items[i].held);
          g_assert_cmpint (age, >=, 1);
          g_assert_true (is_stood_for (items,
                                       n,
                                       i,
                                       age < 7     ? "%F %H"
                                       : age < 365 ? "%F"
                                                   : "%Y-%m"));
        }
      /* Once more takes nothing more. */
      lm_thinning_choose (left, staying, days, now);
      for (gsize i = 0; i < staying; i++)
        g_assert_false (left[i].goes);
      free_items (items, n);
    }
}

/* Thinning every day leaves, in the end, what thinning once at the end leaves, or more: the last of
 * every hour, day and month is always among it. */
static void
test_stepwise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 20; round++)
    {
      gsize n = 80;
      gint64 ages[80];
      gboolean gone[80] = { FALSE };
      LmThinItem *at_once, left[80];
      g_autoptr (LmDays) all = use (400);

      for (gsize i = 0; i < n; i++)
        ages[i] = random_age (rand) % (390 * DAY);
      qsort (ages, n, sizeof ages[0], oldest_first);
      at_once = choose (ages, n, all);
      for (int day = 399; day >= 0; day--)
        {
          g_autoptr (LmDays) days = lm_days_new ();
          g_autoptr (GDateTime) now = ago ((gint64) day * DAY);
          gsize places[80], m = 0;

          for (int i = 399; i >= day; i--)
            {
              g_autoptr (GDateTime) used = ago ((gint64) i * DAY);

              lm_days_note (days, used);
            }
          for (gsize i = 0; i < n; i++)
            if (!gone[i] && ages[i] >= (gint64) day * DAY)
              {
                left[m] = at_once[i];
                places[m++] = i;
              }
          lm_thinning_choose (left, m, days, now);
          for (gsize i = 0; i < m; i++)
            gone[places[i]] = left[i].goes;
        }
      for (gsize i = 0; i < n; i++)
        if (!at_once[i].goes)
          g_assert_false (gone[i]);
      free_items (at_once, n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/journal/thinning/last-day", test_last_day);
  g_test_add_func ("/journal/thinning/rules", test_rules);
  g_test_add_func ("/journal/thinning/rested", test_rested);
  g_test_add_func ("/journal/thinning/wrong-times", test_wrong_times);
  g_test_add_func ("/journal/thinning/ahead", test_ahead);
  g_test_add_func ("/journal/thinning/clock-now", test_clock_now);
  g_test_add_func ("/journal/thinning/held", test_held);
  g_test_add_func ("/journal/thinning/random", test_random);
  g_test_add_func ("/journal/thinning/stepwise", test_stepwise);
  return g_test_run ();
}
