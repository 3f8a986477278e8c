/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"
#include "lm-test.h"

static void
assert_fold (const char *text, const char *expected)
{
  g_autofree char *folded = lm_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_case (void)
{
  assert_fold ("", "");
  assert_fold ("Hello, World 42", "hello, world 42");
  assert_fold ("ÄÖÜ", "aou");
  assert_fold ("ПРИВЕТ", "привет");
  assert_fold ("Straße", "strasse");
  assert_fold ("STRASSE", "strasse");
  assert_fold ("GROẞ", "gross");
}

static void
test_accents (void)
{
  assert_fold ("café", "cafe");
  assert_fold ("cafe\u0301", "cafe");
  assert_fold ("CAFE\u0301", "cafe");
  assert_fold ("Łódź", "lodz");
  assert_fold ("Ørsted đ ħ ŧ æ œ", "orsted d h t ae oe");
  assert_fold ("naïve façade", "naive facade");
  assert_fold ("Ελλάδα", "ελλαδα");
  assert_fold ("й", "и");
  assert_fold ("a\u0300\u0301\u0302b", "ab");
  assert_fold ("\u0301", "");
}

/* What is not ASCII is folded run by run: it makes no difference where a run begins. */
static void
test_runs (void)
{
  assert_fold ("I don’t “know” — CAFÉ, café\u0301s, x\u0301é y",
               "i don’t “know” — cafe, cafes, xe y");
  assert_fold ("aé", "ae");
  assert_fold ("éa", "ea");
  assert_fold ("雨rain雨", "雨rain雨");
  assert_fold ("\u1112\u1161\u11ab x 한", "\u1112\u1161\u11ab x \u1112\u1161\u11ab");
}

/* One small letter for both forms of sigma, so that "οδος" finds "ΟΔΟΣ". */
static void
test_sigma (void)
{
  assert_fold ("ΟΔΟΣ", "οδοσ");
  assert_fold ("οδος", "οδοσ");
}

/* Without Turkish rules, which would break English: İ, I, i and ı are one. */
static void
test_turkish (void)
{
  assert_fold ("İstanbul", "istanbul");
  assert_fold ("I", "i");
  assert_fold ("ı", "i");
}

static void
test_compatibility (void)
{
  assert_fold ("ﬁnal", "final");
  assert_fold ("ＦＵＬＬ", "full");
  assert_fold ("x²", "x2");
  assert_fold ("\u212a\u212b", "ka"); /* Kelvin, Ångström */
  /* Syllables come apart, so that what is half typed finds its word. */
  assert_fold ("한", "\u1112\u1161\u11ab");
  assert_fold ("日本語", "日本語");
  assert_fold ("😀", "😀");
  /* Capital letters that come out of a compatibility form are folded too. */
  assert_fold ("™", "tm");
  assert_fold ("№ 5", "no 5");
  assert_fold ("𝐁old", "bold");
}

/* ASCII has a way of its own: the same must come out as for a text that needs the tables. */
static void
test_ascii_path (void)
{
  for (guint c = 1; c < 0x80; c++)
    {
      const char short_text[] = { (char) c, '\0' };
      g_autofree char *long_text = g_strdup_printf ("%cß", (int) c);
      g_autofree char *quick = lm_fold (short_text), *slow = lm_fold (long_text);

      g_assert_true (g_str_has_suffix (slow, "ss"));
      slow[strlen (slow) - 2] = '\0';
      g_assert_cmpstr (quick, ==, slow);
    }
}

/* GLib has each letter of Cherokee fold to its other form. */
static gboolean
is_cherokee (gunichar c)
{
  return (c >= 0x13a0 && c <= 0x13fd) || (c >= 0xab70 && c <= 0xabbf);
}

/* Folding what was folded changes nothing, for every character there is. */
static void
test_settled (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[8] = { 0 };
      g_autofree char *once = NULL, *twice = NULL;

      if (!g_unichar_validate (c) || is_cherokee (c))
        continue;
      g_unichar_to_utf8 (c, text);
      once = lm_fold (text);
      twice = lm_fold (once);
      if (!g_str_equal (once, twice))
        g_error ("U+%04X: “%s” becomes “%s”, and then “%s”", c, text, once, twice);
    }
}

static void
test_words (void)
{
  g_auto (GStrv) none = lm_fold_words (" \t\n");
  g_auto (GStrv) some = lm_fold_words ("  Große\tANGST\r\ncafé ");

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpstrv (some, ((const char *[]) { "grosse", "angst", "cafe", NULL }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/fold/case", test_case);
  g_test_add_func ("/base/fold/accents", test_accents);
  g_test_add_func ("/base/fold/runs", test_runs);
  g_test_add_func ("/base/fold/sigma", test_sigma);
  g_test_add_func ("/base/fold/turkish", test_turkish);
  g_test_add_func ("/base/fold/compatibility", test_compatibility);
  g_test_add_func ("/base/fold/ascii-path", test_ascii_path);
  g_test_add_func ("/base/fold/settled", test_settled);
  g_test_add_func ("/base/fold/words", test_words);
  return g_test_run ();
}
