/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "search/lm-finder.h"

/* What finds quickly is held against what finds plainly: memmem (). */

static void
check (const char *text, gsize length, const char *word)
{
  LmFinder finder = lm_finder_new (word);
  const char *found = lm_finder_find (&finder, text, text + length);

  if (found != memmem (text, length, word, strlen (word)))
    g_test_message ("“%s” in %" G_GSIZE_FORMAT " bytes", word, length);
  g_assert_true (found == memmem (text, length, word, strlen (word)));
}

/* At every place of texts of every length around those that are looked at together. */
static void
test_everywhere (void)
{
  static const char *const words[] = {
    "q", "qz", "zq", "qq", "qzj", "evening q", "the quick brown fox jumps over", "ъ", "größer",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (gsize length = 0; length < 100; length++)
      for (gsize at = 0; at + strlen (words[i]) <= length; at++)
        {
          /* Memory that ends where the text does: reading further is seen by the sanitizers. */
          g_autofree char *text = g_malloc (length);

          memset (text, ' ', length);
          memcpy (text + at, words[i], strlen (words[i]));
          check (text, length, words[i]);
          text[at] = '.';
          check (text, length, words[i]);
        }
}

static void
test_nothing (void)
{
  LmFinder finder = lm_finder_new ("");
  const char *text = "text";

  g_assert_true (lm_finder_find (&finder, text, text + 4) == text);
  check (text, 0, "t");
  check (text, 4, "texts");
  check (text, 4, "text");
}

/* Of few letters, so that much is nearly there. */
static void
test_random (void)
{
  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 400);
      int letters = g_test_rand_int_range (1, 5);
      g_autofree char *text = g_malloc (MAX (length, 1));
      char word[12] = "";

      for (gsize i = 0; i < length; i++)
        text[i] = (char) ("eatn\xc3\xbc"[g_test_rand_int_range (0, letters + 1)]);
      for (int i = g_test_rand_int_range (1, 12) - 1; i >= 0; i--)
        word[i] = (char) ("eatn\xc3\xbc"[g_test_rand_int_range (0, letters + 1)]);
      check (text, length, word);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/finder/everywhere", test_everywhere);
  g_test_add_func ("/finder/nothing", test_nothing);
  g_test_add_func ("/finder/random", test_random);
  return g_test_run ();
}
