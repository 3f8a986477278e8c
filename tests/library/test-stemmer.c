/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-stemmer.h"

/* What the search relies on: forms of a word come together, and words stay apart. */

static void
test_same (void)
{
  static const char *const same[][3] = {
    { "en", "therapy", "Therapies" },
    { "en", "session", "sessions" },
    { "en", "stop", "stopped" },
    { "en", "grieve", "grieving" },
    { "en", "defense", "DEFENSES" },
    { "en_GB", "loss", "losses" },
    { "en", "connect", "connections" },
    { "de", "Traum", "Träume" },
    { "de", "Gefühl", "gefuhle" },
    { "de", "Gefühl", "Gefu\xcc\x88hle" },
    { "de_AT", "Sitzung", "Sitzungen" },
    { "de", "Straße", "strassen" },
    { "es", "emoción", "emociones" },
    { "es", "sueño", "sueños" },
    { "es_AR", "terapeuta", "terapeutas" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (LmStemmer) stemmer = lm_stemmer_new (same[i][0]);
      g_autofree char *a = lm_stemmer_stem (stemmer, same[i][1]);
      g_autofree char *b = lm_stemmer_stem (stemmer, same[i][2]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_apart (void)
{
  static const char *const apart[][3] = {
    { "en", "need", "ne" },        { "en", "thing", "th" },         { "en", "crisis", "cry" },
    { "en", "grief", "grievous" }, { "de", "Therapie", "Theorie" }, { "es", "padre", "madre" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      g_autoptr (LmStemmer) stemmer = lm_stemmer_new (apart[i][0]);
      g_autofree char *a = lm_stemmer_stem (stemmer, apart[i][1]);
      g_autofree char *b = lm_stemmer_stem (stemmer, apart[i][2]);

      g_assert_cmpstr (a, !=, b);
    }
}

/* A language that nobody knows, and words that are none. */
static void
test_unknown (void)
{
  g_autoptr (LmStemmer) none = lm_stemmer_new ("xx_YY"), english = lm_stemmer_new ("en");
  g_autofree char *as_it_is = lm_stemmer_stem (none, "Träume");
  g_autofree char *empty = lm_stemmer_stem (english, "");
  g_autofree char *number = lm_stemmer_stem (english, "2010");
  g_autofree char *other = lm_stemmer_stem (english, "Сны");

  g_assert_cmpstr (as_it_is, ==, "traume");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (number, ==, "2010");
  g_assert_cmpstr (other, ==, "сны");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/stemmer/same", test_same);
  g_test_add_func ("/library/stemmer/apart", test_apart);
  g_test_add_func ("/library/stemmer/unknown", test_unknown);
  return g_test_run ();
}
