/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/lm-hardening.h"

/* What was there before main () hardened this process: else the cases could not fail. */
static struct rlimit before;
static guint64 filter_before;
static gboolean has_filter;

static gboolean
read_filter (guint64 *filter)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/coredump_filter", &text, NULL, NULL))
    return FALSE;
  *filter = g_ascii_strtoull (text, NULL, 16);
  return TRUE;
}

static void
test_no_core (void)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_cur, ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, 0);
  if (before.rlim_max == 0)
    g_test_skip ("core dumps were off before");
}

static void
test_filter (void)
{
  guint64 filter;

  if (!has_filter || filter_before == 0)
    {
      g_test_skip ("this kernel has no coredump_filter, or it was 0 before");
      return;
    }
  g_assert_true (read_filter (&filter));
  g_assert_cmpuint (filter, ==, 0);
}

/* xdg-desktop-portal looks at /proc/PID/root, which it may not if we are not "dumpable". */
static void
test_portal_may_look (void)
{
  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
}

static void
test_twice (void)
{
  lm_hardening_apply ();
  test_no_core ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &before), ==, 0);
  has_filter = read_filter (&filter_before);
  g_assert_cmpint (prctl (PR_SET_DUMPABLE, 1), ==, 0);
  lm_hardening_apply ();
  g_test_add_func ("/base/hardening/no-core", test_no_core);
  g_test_add_func ("/base/hardening/filter", test_filter);
  g_test_add_func ("/base/hardening/portal-may-look", test_portal_may_look);
  g_test_add_func ("/base/hardening/twice", test_twice);
  return g_test_run ();
}
