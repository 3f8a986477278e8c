/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-stem.h"

static void
test_same (void)
{
  static const char *const pairs[][2] = {
    { "therapy", "therapies" },   { "session", "sessions" },      { "stop", "stopped" },
    { "grieve", "grieving" },     { "associate", "association" }, { "defense", "defenses" },
    { "sad", "sadness" },         { "quiet", "quietly" },         { "dream", "dreaming" },
    { "connect", "connections" }, { "wish", "wishes" },           { "loss", "losses" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *a = lm_stem (pairs[i][0]), *b = lm_stem (pairs[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_apart (void)
{
  static const char *const pairs[][2] = {
    { "need", "ne" },       { "red", "r" },      { "thing", "th" },
    { "process", "proce" }, { "crisis", "cri" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *a = lm_stem (pairs[i][0]), *b = lm_stem (pairs[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

static void
test_near (void)
{
  g_assert_true (lm_stem_within_one ("grief", "grief"));
  g_assert_true (lm_stem_within_one ("grief", "greif"));
  g_assert_true (lm_stem_within_one ("grief", "grif"));
  g_assert_true (lm_stem_within_one ("grief", "griefs"));
  g_assert_true (lm_stem_within_one ("grief", "brief"));
  g_assert_true (lm_stem_within_one ("", "a"));
  g_assert_false (lm_stem_within_one ("grief", "griffe"));
  g_assert_false (lm_stem_within_one ("grief", "gr"));
  g_assert_false (lm_stem_within_one ("ab", "cd"));
  g_assert_false (lm_stem_within_one ("", "ab"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/stem/same", test_same);
  g_test_add_func ("/library/stem/apart", test_apart);
  g_test_add_func ("/library/stem/near", test_near);
  return g_test_run ();
}
