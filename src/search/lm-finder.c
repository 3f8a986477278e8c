/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "search/lm-finder.h"

/* Looks for the three rarest bytes of a word at their distances, many places at once, and compares
 * the word only where all are. strstr () and memmem () look at one place after another, and get
 * ready anew for every text: over ten thousand short texts that is most of what they do. */

/* Compilers make of this what the processor has: SSE2, NEON, or several words. */
#define LANES 16
typedef guint8 Lanes __attribute__ ((vector_size (LANES)));
typedef guint64 Halves __attribute__ ((vector_size (LANES)));

/* How often a byte comes in what people write, as far as it matters which of two is taken: folded
 * text has small letters; a letter of other scripts begins with one of few bytes. */
static guint
how_common (guint8 byte)
{
  static const char by_frequency[] = " etaoinsrhldcumfgpwybvk";
  const char *at = byte < 0x80 ? memchr (by_frequency, byte, sizeof by_frequency - 1) : NULL;

  if (at != NULL)
    return (guint) (sizeof by_frequency - (gsize) (at - by_frequency));
  return byte >= 0xc0 ? 20 : byte >= 0x80 ? 10 : 0;
}

/* Returns: the rarest byte of @word that is not at @a or @b; @a if there is no other */
static gsize
rarest_but (const char *word, gsize length, gsize a, gsize b)
{
  gsize rarest = a;
  guint least = G_MAXUINT;

  for (gsize i = 0; i < length; i++)
    if (i != a && i != b && how_common ((guint8) word[i]) < least)
      {
        rarest = i;
        least = how_common ((guint8) word[i]);
      }
  return rarest;
}

/* Returns: @word, which must stay as it is, made ready to be looked for */
LmFinder
lm_finder_new (const char *word)
{
  LmFinder finder = { .word = word, .length = strlen (word) };

  finder.rare[0] = rarest_but (word, finder.length, finder.length, finder.length);
  if (finder.length == 0)
    finder.rare[0] = 0;
  finder.rare[1] = rarest_but (word, finder.length, finder.rare[0], finder.rare[0]);
  finder.rare[2] = rarest_but (word, finder.length, finder.rare[0], finder.rare[1]);
  return finder;
}

static inline Lanes
load (const char *at)
{
  Lanes lanes;

  memcpy (&lanes, at, sizeof lanes);
  return lanes;
}

/* The lowest bits of a place that may be it are set. */
static inline guint64
half (Lanes lanes, guint which)
{
  return GUINT64_FROM_LE (((Halves) lanes)[which]);
}

/* Returns: (nullable): where the word is among the places behind @at that are set in @half */
static inline const char *
among (const LmFinder *finder, const char *at, guint64 half)
{
  while (half != 0)
    {
      guint lane = (guint) __builtin_ctzll (half) / 8;

      if (memcmp (at + lane, finder->word, finder->length) == 0)
        return at + lane;
      half &= ~((guint64) 0xff << (8 * lane));
    }
  return NULL;
}

/* Returns: (nullable): where the word is among the places from @text to @last */
static const char *
one_by_one (const LmFinder *finder, const char *text, const char *last)
{
  gsize rare = finder->rare[0];

  for (; text <= last; text++)
    if (text[rare] == finder->word[rare] && memcmp (text, finder->word, finder->length) == 0)
      return text;
  return NULL;
}

/* The bytes that are looked for, each in every lane. */
typedef struct
{
  Lanes rare[LM_FINDER_BYTES];
} Wanted;

static inline Lanes
maybe (const LmFinder *finder, const char *at, const Wanted *wanted)
{
  return (Lanes) ((load (at + finder->rare[0]) == wanted->rare[0]) &
                  (load (at + finder->rare[1]) == wanted->rare[1]) &
                  (load (at + finder->rare[2]) == wanted->rare[2]));
}

/**
 * lm_finder_find:
 * @text: where to begin
 * @end: where the text ends
 *
 * Returns: (transfer none) (nullable): where the word begins for the first time; @text if the word
 *   is empty
 */
const char *
lm_finder_find (const LmFinder *finder, const char *text, const char *end)
{
  Wanted wanted;
  const char *last;

  if (finder->length <= 1)
    return finder->length == 0 ? text : memchr (text, finder->word[0], (gsize) (end - text));
  if ((gsize) (end - text) < finder->length)
    return NULL;
  /* The last place at which the word could begin. */
  last = end - finder->length;
  for (guint i = 0; i < LM_FINDER_BYTES; i++)
    wanted.rare[i] = (Lanes) {} + (guint8) finder->word[finder->rare[i]];
  /* Two at a time: where nothing is, reading is all that takes time. The places of both end at the
   * last one, so that nothing is read behind the end. */
  for (; last - text >= 2 * LANES - 1; text += 2 * LANES)
    {
      Lanes first = maybe (finder, text, &wanted);
      Lanes second = maybe (finder, text + LANES, &wanted);
      const char *found;

      if ((half (first | second, 0) | half (first | second, 1)) == 0)
        continue;
      found = among (finder, text, half (first, 0));
      if (found == NULL)
        found = among (finder, text + LANES / 2, half (first, 1));
      if (found == NULL)
        found = among (finder, text + LANES, half (second, 0));
      if (found == NULL)
        found = among (finder, text + LANES + LANES / 2, half (second, 1));
      if (found != NULL)
        return found;
    }
  return one_by_one (finder, text, last);
}
