/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"

/* Letters that Unicode does not take apart, though people leave out what makes them special. */
static const struct
{
  gunichar letter;
  const char *plain;
} special[] = {
  { 0x0142, "l" },  /* ł */
  { 0x00f8, "o" },  /* ø */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0167, "t" },  /* ŧ */
  { 0x00e6, "ae" }, /* æ */
  { 0x0153, "oe" }, /* œ */
  { 0x0131, "i" },  /* ı */
};

/* Appends what is compared of a character that was taken apart and is without letter case.
 *
 * Marks are left out where they only change a letter: accents, Hebrew points, Arabic vowels. The
 * vowel signs of Indian scripts are marks as well, but have no combining class of that kind:
 * without them a word would be another word. */
static void
append_plain (GString *folded, gunichar c)
{
  if (g_unichar_ismark (c) && g_unichar_combining_class (c) >= 10)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (special[i].letter == c)
      {
        g_string_append (folded, special[i].plain);
        return;
      }
  g_string_append_unichar (folded, c);
}

static void
append_folded (GString *folded, const char *text, gssize length)
{
  /* In this order: there are capital letters in compatibility forms ("™"). */
  g_autofree char *apart = g_utf8_normalize (text, length, G_NORMALIZE_NFKD);
  g_autofree char *lower = g_utf8_casefold (apart, -1);

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    append_plain (folded, g_utf8_get_char (at));
}

static gboolean
is_ascii (const char *at)
{
  return (guchar) *at < 0x80;
}

/* Returns: the first byte from @at on that is not ASCII, or @end */
static const char *
skip_ascii (const char *at, const char *end)
{
  for (; end - at >= 8; at += 8)
    {
      guint64 eight;

      memcpy (&eight, at, sizeof eight);
      if ((eight & G_GUINT64_CONSTANT (0x8080808080808080)) != 0)
        break;
    }
  while (at < end && is_ascii (at))
    at++;
  return at;
}

/* All at once and without a branch, for this is most of what there is to fold. */
static void
append_ascii (GString *folded, const char *text, gsize length)
{
  char *at;

  g_string_append_len (folded, text, (gssize) length);
  at = folded->str + folded->len - length;
  for (gsize i = 0; i < length; i++)
    at[i] |= (char) ((guchar) (at[i] - 'A') < 26 ? 0x20 : 0);
}

/**
 * lm_fold:
 * @text: in UTF-8
 *
 * Returns: (transfer full): @text as searches compare it: without letter case, accents and
 *   compatibility forms, so that "strasse" finds "Straße" and "cafe" finds "café"
 */
char *
lm_fold (const char *text)
{
  gsize length = strlen (text);
  GString *folded = g_string_sized_new (length);
  const char *at = text, *end = text + length;

  /* Most text is ASCII, and needs no tables; what is not comes in short runs, such as one quotation
   * mark. An accent that stands alone behind its letter goes as it would beside it. */
  while (at < end)
    {
      const char *run = skip_ascii (at, end);

      append_ascii (folded, at, (gsize) (run - at));
      at = run;
      while (run < end && !is_ascii (run))
        run = g_utf8_next_char (run);
      if (run > at)
        append_folded (folded, at, run - at);
      at = run;
    }
  /* A GString has room for more, up to as much again, and these are kept for every entry. */
  length = folded->len;
  return g_realloc (g_string_free (folded, FALSE), length + 1);
}

/**
 * lm_fold_with_origins:
 * @origins: (out) (transfer full): for each byte of the result, and for its end, where in @text the
 *   character is that it came from
 *
 * Returns: (transfer full): as lm_fold (), only slower
 */
char *
lm_fold_with_origins (const char *text, guint **origins)
{
  GString *folded = g_string_sized_new (strlen (text));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  guint end = (guint) strlen (text);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint place = (guint) (at - text);

      if (is_ascii (at))
        append_ascii (folded, at, 1);
      else
        append_folded (folded, at, g_utf8_next_char (at) - at);
      while (places->len < folded->len)
        g_array_append_val (places, place);
    }
  g_array_append_val (places, end);
  *origins = (guint *) g_array_free (g_steal_pointer (&places), FALSE);
  return g_string_free (folded, FALSE);
}

/* Returns: (transfer full): the words of @query, folded, possibly none */
GStrv
lm_fold_words (const char *query)
{
  g_autofree char *folded = lm_fold (query);
  g_auto (GStrv) parts = g_strsplit_set (folded, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}
