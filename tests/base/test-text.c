/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-text.h"
#include "lm-test.h"

static void
assert_excerpt (const char *text, guint characters, const char *expected)
{
  g_autofree char *excerpt = lm_text_excerpt (text, characters);

  g_assert_cmpstr (excerpt, ==, expected);
}

static void
test_excerpt (void)
{
  assert_excerpt (NULL, 10, "");
  assert_excerpt ("", 10, "");
  assert_excerpt (" \n\t ", 10, "");
  assert_excerpt ("short", 10, "short");
  assert_excerpt ("  one\n\n  two \t three  ", 40, "one two three");
  assert_excerpt ("# A *heading*\n> and `more`", 40, "A heading and more");
  assert_excerpt ("** ~~", 40, "");
}

static void
test_excerpt_cut (void)
{
  assert_excerpt ("hello world", 11, "hello world");
  assert_excerpt ("hello world  ", 11, "hello world");
  assert_excerpt ("hello world!", 11, "hello…");
  assert_excerpt ("hello world again", 11, "hello world…");
  assert_excerpt ("hello world again", 12, "hello world…");
  assert_excerpt ("hello world", 7, "hello…");
  assert_excerpt ("hello world", 5, "hello…");
  assert_excerpt ("incomprehensibilities", 4, "inco…");
  assert_excerpt ("x", 0, "…");
}

/* Characters are counted, not bytes, and none is cut in two. */
static void
test_excerpt_unicode (void)
{
  assert_excerpt ("äöüß", 4, "äöüß");
  assert_excerpt ("äöüßé", 4, "äöüß…");
  assert_excerpt ("😀😀😀", 2, "😀😀…");
  assert_excerpt ("שלום עולם", 6, "שלום…");
  assert_excerpt ("a\u00a0b\u2028c", 10, "a b c");
  for (guint n = 0; n < 40; n++)
    {
      g_autofree char *excerpt = lm_text_excerpt ("Grüße aus Łódź, 😀 日本語 und mehr", n);

      g_assert_true (g_utf8_validate (excerpt, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, n + 1);
    }
}

static void
test_blank (void)
{
  g_assert_true (lm_text_is_blank (NULL));
  g_assert_true (lm_text_is_blank (""));
  g_assert_true (lm_text_is_blank (" \t\r\n\u00a0\u2003\u3000"));
  g_assert_false (lm_text_is_blank (" . "));
  g_assert_false (lm_text_is_blank ("\u200d"));
  g_assert_false (lm_text_is_blank ("#"));
  g_assert_false (lm_text_is_blank ("\n\n😀"));
}

static void
assert_slug (const char *text, const char *expected)
{
  g_autofree char *slug = lm_text_slug (text);

  g_assert_cmpstr (slug, ==, expected);
}

static void
test_slug (void)
{
  assert_slug ("", "");
  assert_slug ("What Happened", "what-happened");
  assert_slug ("  What   --  happened?!  ", "what-happened");
  assert_slug ("CCRT: the core (conflict)", "ccrt-the-core-conflict");
  assert_slug ("Über Ängste", "über-ängste");
  assert_slug ("1. Step", "1-step");
  assert_slug ("--", "");
  assert_slug ("?!", "");
}

static void
assert_tag (const char *text, const char *expected)
{
  g_autofree char *tag = lm_text_clean_tag (text);

  g_assert_cmpstr (tag, ==, expected);
}

static void
test_tag (void)
{
  assert_tag ("", "");
  assert_tag ("work", "work");
  assert_tag ("#work", "work");
  assert_tag (" ## work ", "work");
  assert_tag ("my  mother\n", "my mother");
  assert_tag ("C#", "C#");
  assert_tag ("a #b", "a #b");
  assert_tag ("#", "");
  assert_tag (" \t ", "");
  assert_tag ("a\ab", "a b");
  assert_tag ("Familie 👪", "Familie 👪");
  assert_tag ("bad\xff", "bad\ufffd");
}

/* A tag that was cleaned stays as it is. */
static void
test_tag_settled (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint i = 0; i < 5000; i++)
    {
      static const char *const parts[] = { "#", " ", "a", "ß", "\t", "😀", "-", "\u00a0", "\xfe" };
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *once = NULL, *twice = NULL;

      for (guint k = 0; k < 8; k++)
        g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
      once = lm_text_clean_tag (text->str);
      twice = lm_text_clean_tag (once);
      g_assert_cmpstr (once, ==, twice);
    }
}

static void
test_words (void)
{
  g_assert_cmpuint (lm_text_words (""), ==, 0);
  g_assert_cmpuint (lm_text_words (" \n "), ==, 0);
  g_assert_cmpuint (lm_text_words ("one"), ==, 1);
  g_assert_cmpuint (lm_text_words (" one  two\nthree\t"), ==, 3);
  g_assert_cmpuint (lm_text_words ("don't – stop"), ==, 3);
  g_assert_cmpuint (lm_text_words ("a\u00a0b"), ==, 2);
}

static void
test_capitalize (void)
{
  static const char *const texts[][2] = {
    { "viernes, 27 de noviembre", "Viernes, 27 de noviembre" },
    { "Friday, 27 November", "Friday, 27 November" },
    { "única", "Única" },
    { "ǆep", "ǅep" },
    { "27 November", "27 November" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = lm_text_capitalize (g_strdup (texts[i][0]));

      g_assert_cmpstr (text, ==, texts[i][1]);
    }
  g_assert_null (lm_text_capitalize (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/text/excerpt", test_excerpt);
  g_test_add_func ("/base/text/excerpt-cut", test_excerpt_cut);
  g_test_add_func ("/base/text/excerpt-unicode", test_excerpt_unicode);
  g_test_add_func ("/base/text/blank", test_blank);
  g_test_add_func ("/base/text/slug", test_slug);
  g_test_add_func ("/base/text/tag", test_tag);
  g_test_add_func ("/base/text/tag-settled", test_tag_settled);
  g_test_add_func ("/base/text/words", test_words);
  g_test_add_func ("/base/text/capitalize", test_capitalize);
  return g_test_run ();
}
