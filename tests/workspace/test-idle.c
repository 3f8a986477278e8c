/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-idle.h"

/* When it is time to lock, with a clock that the test turns. */

#define MINUTE 60000

typedef struct
{
  gint64 awake;
  gint64 asleep;
} Clocks;

static void
read_clocks (gint64 *awake, gint64 *all, gpointer data)
{
  Clocks *clocks = data;

  *awake = clocks->awake;
  *all = clocks->awake + clocks->asleep;
}

static LmIdle *
make (Clocks *clocks)
{
  LmIdle *idle;

  *clocks = (Clocks) { 5000, 777 };
  idle = lm_idle_new (read_clocks, clocks);
  lm_idle_set_limit (idle, 5 * MINUTE, MINUTE);
  lm_idle_set_sleep_counts (idle, TRUE);
  return idle;
}

static void
test_warns_then_locks (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  g_assert_cmpint (lm_idle_wait (idle), ==, 4 * MINUTE);
  clocks.awake += 4 * MINUTE - 1;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  g_assert_cmpint (lm_idle_wait (idle), ==, 1);
  clocks.awake += 1;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_WARNING);
  g_assert_cmpint (lm_idle_wait (idle), ==, MINUTE);
  clocks.awake += MINUTE - 1;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_WARNING);
  clocks.awake += 1;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_DUE);
  g_assert_cmpint (lm_idle_wait (idle), ==, 0);
}

static void
test_any_key_stays (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  for (guint i = 0; i < 10; i++)
    {
      clocks.awake += 5 * MINUTE - 1;
      g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_WARNING);
      g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_BUSY);
      g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
      g_assert_cmpint (lm_idle_wait (idle), ==, 4 * MINUTE);
    }
}

/* The key that comes when the time is over does not hold it open, even if nobody looked before. */
static void
test_too_late (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  clocks.awake += 5 * MINUTE;
  g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_DUE);
  g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_DUE);
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_DUE);
  lm_idle_start (idle);
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  g_assert_cmpint (lm_idle_wait (idle), ==, 4 * MINUTE);
}

static void
test_guide (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  lm_idle_set_at_least (idle, 15 * MINUTE);
  clocks.awake += 13 * MINUTE;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  clocks.awake += MINUTE;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_WARNING);
  clocks.awake += MINUTE;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_DUE);
  /* It shortens nothing. */
  lm_idle_set_limit (idle, 30 * MINUTE, MINUTE);
  lm_idle_start (idle);
  clocks.awake += 28 * MINUTE;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  /* Out of the guide again, long after the usual time. */
  lm_idle_set_limit (idle, 5 * MINUTE, MINUTE);
  lm_idle_set_at_least (idle, 0);
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_DUE);
}

static void
test_short_limit_still_warns (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  lm_idle_set_limit (idle, MINUTE, MINUTE);
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  clocks.awake += MINUTE / 2;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_WARNING);
}

static void
test_no_limit (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  lm_idle_set_limit (idle, 0, MINUTE);
  lm_idle_set_at_least (idle, 15 * MINUTE);
  clocks.awake += 900 * MINUTE;
  g_assert_cmpint (lm_idle_check (idle), ==, LM_IDLE_BUSY);
  g_assert_cmpint (lm_idle_wait (idle), ==, -1);
}

static void
test_sleep (void)
{
  Clocks clocks;
  g_autoptr (LmIdle) idle = make (&clocks);

  /* The first key after a short sleep. */
  clocks.asleep += 20000;
  g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_DUE);
  /* Where sleep alone does not count, its time does. */
  lm_idle_set_sleep_counts (idle, FALSE);
  lm_idle_start (idle);
  clocks.asleep += 20000;
  g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_BUSY);
  clocks.asleep += 5 * MINUTE;
  g_assert_cmpint (lm_idle_touch (idle), ==, LM_IDLE_DUE);
}

static void
test_system_time (void)
{
  gint64 awake, all, awake_later, all_later;

  lm_idle_system_time (&awake, &all, NULL);
  g_usleep (3000);
  lm_idle_system_time (&awake_later, &all_later, NULL);
  g_assert_cmpint (awake_later, >, awake);
  g_assert_cmpint (all_later, >, all);
  g_assert_cmpint (all, >=, awake - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/idle/warns-then-locks", test_warns_then_locks);
  g_test_add_func ("/idle/any-key-stays", test_any_key_stays);
  g_test_add_func ("/idle/too-late", test_too_late);
  g_test_add_func ("/idle/guide", test_guide);
  g_test_add_func ("/idle/short-limit-still-warns", test_short_limit_still_warns);
  g_test_add_func ("/idle/no-limit", test_no_limit);
  g_test_add_func ("/idle/sleep", test_sleep);
  g_test_add_func ("/idle/system-time", test_system_time);
  return g_test_run ();
}
