/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-diff.h"
#include "lm-test.h"

/* The parts as text: "same [-removed-] {+added+}". Also that the parts make both texts again. */
static char *
describe (const char *old_text, const char *new_text)
{
  g_autoptr (GArray) parts = lm_diff_words (old_text, new_text);
  g_autoptr (GString) old_again = g_string_new (NULL), new_again = g_string_new (NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    {
      LmDiffPart *part = &g_array_index (parts, LmDiffPart, i);
      const char *from =
          part->kind == LM_DIFF_ADDED ? new_text + part->new_start : old_text + part->old_start;
      g_autofree char *own = g_strndup (from, part->length);

      g_assert_cmpuint (part->length, >, 0);
      g_assert_cmpuint (part->old_start, ==, old_again->len);
      g_assert_cmpuint (part->new_start, ==, new_again->len);
      if (part->kind != LM_DIFF_ADDED)
        g_string_append (old_again, own);
      if (part->kind != LM_DIFF_REMOVED)
        g_string_append (new_again, own);
      if (part->kind == LM_DIFF_SAME)
        g_string_append (text, own);
      else
        g_string_append_printf (text, part->kind == LM_DIFF_ADDED ? "{+%s+}" : "[-%s-]", own);
    }
  g_assert_cmpstr (old_again->str, ==, old_text);
  g_assert_cmpstr (new_again->str, ==, new_text);
  return g_string_free (text, FALSE);
}

static void
assert_diff (const char *old_text, const char *new_text, const char *expected)
{
  g_autofree char *text = describe (old_text, new_text);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  assert_diff ("", "", "");
  assert_diff ("", "new", "{+new+}");
  assert_diff ("old", "", "[-old-]");
  assert_diff ("the same", "the same", "the same");
  assert_diff ("a cat sat", "a dog sat", "a [-cat-]{+dog+} sat");
  assert_diff ("I was sad.", "I was sad then.", "I was sad{+ then+}.");
  /* Whole words, and the space between two changed ones with them. */
  assert_diff ("it rained", "it rains", "it [-rained-]{+rains+}");
  assert_diff ("so red blue so", "so green gray so", "so [-red blue-]{+green gray+} so");
  assert_diff ("don't", "don’t", "[-don't-]{+don’t+}");
  assert_diff ("one\ntwo\n", "one\nthree\n", "one\n[-two-]{+three+}\n");
}

static void
test_other_scripts (void)
{
  assert_diff ("今日は雨", "今日は雪", "今日は[-雨-]{+雪+}");
  assert_diff ("мне было грустно", "мне было легко", "мне было [-грустно-]{+легко+}");
  assert_diff ("e\u0301te\u0301 la", "e\u0301te ici", "[-e\u0301te\u0301 la-]{+e\u0301te ici+}");
  assert_diff ("כן לא", "כן אולי", "כן [-לא-]{+אולי+}");
}

static char *
random_text (GRand *rand, const char *const *words, guint most)
{
  GString *text = g_string_new (NULL);

  for (guint n = (guint) g_rand_int_range (rand, 0, (int) most); n > 0; n--)
    g_string_append (text,
                     words[g_rand_int_range (rand, 0, (int) g_strv_length ((char **) words))]);
  return g_string_free (text, FALSE);
}

/* Whatever comes: the parts make both texts. */
static void
test_any (void)
{
  static const char *const words[] = {
    "a", " ", "b ", "\n", "c.", " d", "ü", "\u0301", "雨", NULL
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *a = random_text (rand, words, 40), *b = random_text (rand, words, 40);
      g_autofree char *text = describe (a, b);

      g_assert_true (!g_str_equal (a, b) || g_str_equal (text, a));
    }
}

/* The fewest words are marked: no more than a table over all prefixes says. */
static void
test_shortest (void)
{
  static const char *const words[] = { "a,", "b,", "c,", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint round = 0; round < 500; round++)
    {
      g_autofree char *a = random_text (rand, words, 24), *b = random_text (rand, words, 24);
      g_autoptr (GArray) parts = lm_diff_words (a, b);
      gsize n = strlen (a), m = strlen (b), marked = 0;
      g_autofree gsize *table = g_new0 (gsize, (n + 1) * (m + 1));

      /* Every letter and every comma is a word here. */
      for (gsize i = 1; i <= n; i++)
        for (gsize k = 1; k <= m; k++)
          table[i * (m + 1) + k] =
              a[i - 1] == b[k - 1] ? table[(i - 1) * (m + 1) + k - 1] + 1
                                   : MAX (table[(i - 1) * (m + 1) + k], table[i * (m + 1) + k - 1]);
      for (guint i = 0; i < parts->len; i++)
        if (g_array_index (parts, LmDiffPart, i).kind != LM_DIFF_SAME)
          marked += g_array_index (parts, LmDiffPart, i).length;
      g_assert_cmpuint (marked, ==, n + m - 2 * table[n * (m + 1) + m]);
    }
}

/* Two long texts without a word in common: an answer, in bounded time and memory. */
static void
test_long (void)
{
  g_autoptr (GString) a = g_string_new (NULL), b = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (a, "a%u ", i);
      g_string_append_printf (b, "b%u ", i);
    }
  text = describe (a->str, b->str);
  g_assert_true (g_str_has_prefix (text, "[-a0 "));
  g_assert_true (g_str_has_suffix (text, "b19999+} "));
}

static void
assert_merge (
    const char *base, const char *ours, const char *theirs, const char *expected, gboolean clean)
{
  gboolean was_clean;
  g_autofree char *merged = lm_diff_merge (base, ours, theirs, &was_clean);

  g_assert_cmpstr (merged, ==, expected);
  g_assert_cmpint (was_clean, ==, clean);
}

static void
test_merge (void)
{
  const char *base = "One. Two. Three.\nFour.";

  assert_merge (base, base, base, base, TRUE);
  assert_merge (base, "One. Two! Three.\nFour.", base, "One. Two! Three.\nFour.", TRUE);
  assert_merge (base, base, "One. Three.\nFour.", "One. Three.\nFour.", TRUE);
  assert_merge (base,
                "Zero. One. Two. Three.\nFour.",
                "One. Two. Three.\nFour. Five.",
                "Zero. One. Two. Three.\nFour. Five.",
                TRUE);
  assert_merge (base,
                "Zero. One. Two. Three.\nFour.",
                "One. Two. Three!\nFour.",
                "Zero. One. Two. Three!\nFour.",
                TRUE);
  /* Both the same. */
  assert_merge (base,
                "One. 2. Three.\nFour.",
                "One. 2. Three.\nFour.",
                "One. 2. Three.\nFour.",
                TRUE);
  /* Both at one place: both stay. */
  assert_merge (base,
                "One. I laughed. Three.\nFour.",
                "One. I cried. Three.\nFour.",
                "One. I laughed. I cried. Three.\nFour.",
                FALSE);
  /* Without a base everything that differs stays. */
  assert_merge (NULL, "Mine.", "Yours.", "Mine.\nYours.", FALSE);
  assert_merge (NULL, "Same.", "Same.", "Same.", TRUE);
  assert_merge (NULL, "", "Yours.", "Yours.", TRUE);
}

static gboolean
has_sentence (const char *text, const char *sentence)
{
  return strstr (text, sentence) != NULL;
}

/* A sentence that a side added is in what comes of it. */
static void
test_merge_keeps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) base = g_string_new (NULL), ours = g_string_new (NULL),
                          theirs = g_string_new (NULL);
      g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_free);
      g_autofree char *merged = NULL;
      gboolean clean;

      for (guint i = 0; i < 8; i++)
        {
          g_autofree char *sentence = g_strdup_printf ("Base %u. ", i);

          g_string_append (base, sentence);
          for (guint side = 0; side < 2; side++)
            {
              GString *own = side == 0 ? ours : theirs;

              if (g_rand_int_range (rand, 0, 4) > 0)
                g_string_append (own, sentence);
              if (g_rand_int_range (rand, 0, 3) == 0)
                {
                  char *new_sentence = g_strdup_printf ("New %u-%u.", side, i);

                  g_string_append_printf (own, "%s%s", new_sentence, i % 2 == 0 ? " " : "\n");
                  g_ptr_array_add (added, new_sentence);
                }
            }
        }
      merged = lm_diff_merge (base->str, ours->str, theirs->str, &clean);
      for (guint i = 0; i < added->len; i++)
        g_assert_true (has_sentence (merged, added->pdata[i]));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/diff/words", test_words);
  g_test_add_func ("/base/diff/other-scripts", test_other_scripts);
  g_test_add_func ("/base/diff/any", test_any);
  g_test_add_func ("/base/diff/shortest", test_shortest);
  g_test_add_func ("/base/diff/long", test_long);
  g_test_add_func ("/base/diff/merge", test_merge);
  g_test_add_func ("/base/diff/merge-keeps", test_merge_keeps);
  return g_test_run ();
}
