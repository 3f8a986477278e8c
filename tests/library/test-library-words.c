/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-library-words.h"

/* Which words are meant by what was typed. */

typedef struct
{
  LmLibraryWords *words;
} Fixture;

static guint
add (LmLibraryWords *words, const char *language, const char *word)
{
  return lm_library_words_add (words, language, word, strlen (word));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->words = lm_library_words_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lm_library_words_free (fixture->words);
}

static guint8
match (LmLibraryWords *words, const char *typed, guint word)
{
  g_autofree guint8 *matches = g_new (guint8, lm_library_words_n (words));

  lm_library_words_match (words, typed, matches);
  return matches[word];
}

static void
test_matches (Fixture *fixture, gconstpointer data)
{
  LmLibraryWords *words = fixture->words;
  guint transference = add (words, "en", "transference");
  guint grief = add (words, "en", "Grief");
  guint silence = add (words, "en", "silences");

  g_assert_cmpuint (add (words, "en", "TRANSFERENCES"), ==, transference);
  g_assert_cmpuint (lm_library_words_n (words), ==, 3);
  g_assert_cmpuint (match (words, "transferences", transference), ==, LM_WORD_STEM);
  /* Longer than its stem and shorter than any form of it. */
  g_assert_cmpuint (match (words, "transferen", transference), ==, LM_WORD_PREFIX);
  g_assert_cmpuint (match (words, "tr", transference), ==, LM_WORD_PREFIX);
  g_assert_cmpuint (match (words, "t", transference), ==, LM_WORD_NONE);
  g_assert_cmpuint (match (words, "gref", grief), ==, LM_WORD_NEAR);
  g_assert_cmpuint (match (words, "greif", grief), ==, LM_WORD_NEAR);
  g_assert_cmpuint (match (words, "brief", grief), ==, LM_WORD_NEAR);
  g_assert_cmpuint (match (words, "griefq", grief), ==, LM_WORD_NEAR);
  g_assert_cmpuint (match (words, "greaf", grief), ==, LM_WORD_NONE);
  g_assert_cmpuint (match (words, "gri", grief), ==, LM_WORD_PREFIX);
  g_assert_cmpuint (match (words, "silense", silence), ==, LM_WORD_NEAR);
  g_assert_cmpuint (match (words, "grief", silence), ==, LM_WORD_NONE);
  /* Where a word is meant as it stands, no other is guessed. */
  add (words, "en", "brief");
  g_assert_cmpuint (match (words, "brief", grief), ==, LM_WORD_NONE);
}

/* Each text is stemmed in its own language, and what is typed in all of them. */
static void
test_languages (Fixture *fixture, gconstpointer data)
{
  LmLibraryWords *words = fixture->words;
  guint traum = add (words, "de", "Träume");
  guint emocion = add (words, "es", "emociones");
  guint die = add (words, "en", "die");

  g_assert_cmpuint (match (words, "Traum", traum), ==, LM_WORD_STEM);
  g_assert_cmpuint (match (words, "traume", traum), ==, LM_WORD_STEM);
  g_assert_cmpuint (match (words, "trau", traum), ==, LM_WORD_PREFIX);
  g_assert_cmpuint (match (words, "emoción", emocion), ==, LM_WORD_STEM);
  g_assert_cmpuint (match (words, "emocion", emocion), ==, LM_WORD_STEM);
  g_assert_cmpuint (add (words, "de", "die"), !=, die);
  g_assert_cmpuint (match (words, "die", die), ==, LM_WORD_STEM);
}

/* In the past, which has no ending. */
static void
test_past (Fixture *fixture, gconstpointer data)
{
  guint go = add (fixture->words, "en", "going");

  g_assert_cmpuint (match (fixture->words, "Went", go), ==, LM_WORD_STEM);
  add (fixture->words, "de", "gehen");
  g_assert_cmpuint (match (fixture->words, "gone", go), ==, LM_WORD_STEM);
}

/* What says nothing depends on what the texts are in. */
static void
test_fillers (Fixture *fixture, gconstpointer data)
{
  LmLibraryWords *words = fixture->words;

  add (words, "en", "word");
  g_assert_true (lm_library_words_is_filler (words, "The"));
  g_assert_false (lm_library_words_is_filler (words, "grief"));
  g_assert_false (lm_library_words_is_filler (words, "für"));
  add (words, "de", "wort");
  g_assert_true (lm_library_words_is_filler (words, "für"));
  g_assert_false (lm_library_words_is_filler (words, "para"));
}

/* Longer than what is looked up without a copy. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strnfill (64, 'a'), *second = g_strnfill (65, 'a');
  g_autofree char *third = g_strnfill (100000, 'a');
  guint places[] = {
    add (fixture->words, "en", first),
    add (fixture->words, "en", second),
    add (fixture->words, "en", third),
  };

  g_assert_cmpuint (add (fixture->words, "en", first), ==, places[0]);
  g_assert_cmpuint (add (fixture->words, "en", second), ==, places[1]);
  g_assert_cmpuint (add (fixture->words, "en", third), ==, places[2]);
  g_assert_cmpuint (match (fixture->words, third, places[2]), ==, LM_WORD_STEM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/library/words/matches", test_matches);
  ADD ("/library/words/languages", test_languages);
  ADD ("/library/words/past", test_past);
  ADD ("/library/words/fillers", test_fillers);
  ADD ("/library/words/long", test_long);
#undef ADD
  return g_test_run ();
}
