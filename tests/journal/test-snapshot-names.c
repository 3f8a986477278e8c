/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-hardening.h"
#include "journal/lm-snapshot.h"

static GDateTime *
utc (const char *text)
{
  GDateTime *time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return time;
}

static void
test_name (void)
{
  g_autoptr (GDateTime) time = utc ("2026-11-23T21:04:11+01:00");
  g_autofree char *name = lm_snapshot_name (time);
  g_autoptr (GDateTime) again = lm_snapshot_time (name);
  const char *const others[] = { "",
                                 "2026-11-23",
                                 ".2026-11-23T200411Z.part",
                                 "2026-11-23T200411Zx",
                                 "2026-11-23T20:04:11Z",
                                 "2026-11-23T200411z",
                                 "2026-13-23T200411Z",
                                 "2026-02-30T200411Z",
                                 "2026-11-23T250411Z",
                                 "2026-11-23T2004 1Z",
                                 "0000-11-23T200411Z" };

  g_assert_cmpstr (name, ==, "2026-11-23T200411Z");
  g_assert_true (g_date_time_equal (again, time));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (lm_snapshot_time (others[i]));
}

static GPtrArray *
names_of (const char *const *names)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (array, g_strdup (names[i]));
  return array;
}

static void
assert_due (const char *name, const char *now, gboolean due)
{
  g_autoptr (GPtrArray) names = names_of ((const char *const[]) { name, NULL });
  g_autoptr (GDateTime) time = utc (now);

  g_assert_cmpint (lm_snapshot_is_due (names, time), ==, due);
}

/* A day is the person's own, not that of Greenwich. */
static void
test_due (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GDateTime) now = utc ("2026-11-23T21:04:11+01:00");

  g_assert_true (lm_snapshot_is_due (none, now));
  assert_due ("2026-11-23T060000Z", "2026-11-23T21:04:11+01:00", FALSE);
  assert_due ("2026-11-22T225959Z", "2026-11-23T21:04:11+01:00", TRUE);
  assert_due ("2026-11-22T230000Z", "2026-11-23T21:04:11+01:00", FALSE);
  assert_due ("2026-11-24T030000Z", "2026-11-23T20:00:00-08:00", FALSE);
  /* From the future, or long ago: not today's. */
  assert_due ("2031-11-23T060000Z", "2026-11-23T21:04:11+01:00", TRUE);
  assert_due ("2006-11-23T060000Z", "2026-11-23T21:04:11+01:00", TRUE);
}

/* Makes one a day and thins, as the app does. */
static void
live (GPtrArray *names, const char *from, guint days, guint each)
{
  g_autoptr (GDateTime) start = utc (from);

  for (guint day = 0; day < days; day += each)
    {
      g_autoptr (GDateTime) now = g_date_time_add_days (start, (int) day);
      g_autofree char *name = lm_snapshot_name (now);
      g_autoptr (GPtrArray) superfluous = NULL;

      g_ptr_array_add (names, g_steal_pointer (&name));
      g_ptr_array_sort_values (names, (GCompareFunc) g_strcmp0);
      superfluous = lm_snapshot_superfluous (names, now);
      for (guint i = 0; i < superfluous->len; i++)
        for (guint k = 0; k < names->len; k++)
          if (g_str_equal (names->pdata[k], superfluous->pdata[i]))
            g_ptr_array_remove_index (names, k--);
    }
}

static void
assert_names (GPtrArray *names, const char *const *expected)
{
  g_ptr_array_add (names, NULL);
  g_assert_cmpstrv ((char **) names->pdata, (char **) expected);
  g_ptr_array_remove_index (names, names->len - 1);
}

static void
test_two_years (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  live (names, "2025-01-01T08:00:00Z", 730, 1); /* until Thursday, 31 December 2026 */
  assert_names (
      names,
      (const char *const[]) { "2026-01-31T080000Z", "2026-02-28T080000Z", "2026-03-31T080000Z",
                              "2026-04-30T080000Z", "2026-05-31T080000Z", "2026-06-30T080000Z",
                              "2026-07-31T080000Z", "2026-08-31T080000Z", "2026-09-30T080000Z",
                              "2026-10-31T080000Z", "2026-11-30T080000Z", "2026-12-13T080000Z",
                              "2026-12-20T080000Z", "2026-12-25T080000Z", "2026-12-26T080000Z",
                              "2026-12-27T080000Z", "2026-12-28T080000Z", "2026-12-29T080000Z",
                              "2026-12-30T080000Z", "2026-12-31T080000Z", NULL });
}

/* Who opens the journal once a month has the last seven times, and a year. */
static void
test_seldom (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  live (names, "2024-01-15T08:00:00Z", 900, 30);
  g_assert_cmpuint (names->len, ==, 12);
  g_assert_cmpstr (names->pdata[11], ==, "2026-06-03T080000Z");
}

/* All of one day are kept until the next. */
static void
test_one_day (void)
{
  const char *const all[] = { "2026-11-23T080000Z",
                              "2026-11-23T090000Z",
                              "2026-11-23T100000Z",
                              NULL };
  g_autoptr (GPtrArray) names = names_of (all);
  g_autoptr (GDateTime) today = utc ("2026-11-23T20:00:00Z"), later = utc ("2026-11-25T08:00:00Z");
  g_autoptr (GPtrArray) now = lm_snapshot_superfluous (names, today),
                        then = lm_snapshot_superfluous (names, later);

  g_assert_cmpuint (now->len, ==, 0);
  assert_names (then, (const char *const[]) { all[0], all[1], NULL });
}

/* The clock stands years ahead for a while: what is from before loses a place or two, not all; and
 * back in the present, what is from the future stays and takes nobody's place. */
static void
test_jump (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint before, present = 0;

  live (names, "2025-01-01T08:00:00Z", 730, 1);
  before = names->len;
  live (names, "2046-06-10T08:00:00Z", 1, 1);
  g_assert_cmpuint (names->len, >=, before - 2);
  g_assert_cmpstr (names->pdata[names->len - 1], ==, "2046-06-10T080000Z");
  live (names, "2027-01-01T08:00:00Z", 60, 1);
  g_assert_cmpstr (names->pdata[names->len - 1], ==, "2046-06-10T080000Z");
  for (guint i = 0; i < names->len; i++)
    present += g_str_has_prefix (names->pdata[i], "2027-0");
  g_assert_cmpuint (present, ==, 10); /* seven days, two more weeks, one more month */
  /* Twenty years back: everything is from the future. */
  before = names->len;
  live (names, "2006-06-10T08:00:00Z", 3, 1);
  g_assert_cmpuint (names->len, ==, before + 3);
}

/* What is kept is never thinned by thinning again. */
static void
test_again (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free), none = NULL;
  g_autoptr (GDateTime) now = utc ("2026-12-31T20:00:00Z");

  live (names, "2025-01-01T08:00:00Z", 730, 1);
  none = lm_snapshot_superfluous (names, now);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/journal/snapshot-names/name", test_name);
  g_test_add_func ("/journal/snapshot-names/due", test_due);
  g_test_add_func ("/journal/snapshot-names/two-years", test_two_years);
  g_test_add_func ("/journal/snapshot-names/seldom", test_seldom);
  g_test_add_func ("/journal/snapshot-names/one-day", test_one_day);
  g_test_add_func ("/journal/snapshot-names/jump", test_jump);
  g_test_add_func ("/journal/snapshot-names/again", test_again);
  return g_test_run ();
}
