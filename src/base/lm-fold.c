/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"

/* Most text is ASCII, and needs no tables. */
static gboolean
fold_ascii (const char *text, char *folded)
{
  for (; *text != '\0'; text++)
    {
      if ((guchar) *text >= 0x80)
        return FALSE;
      *folded++ = g_ascii_tolower (*text);
    }
  *folded = '\0';
  return TRUE;
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
  char *ascii = g_malloc (strlen (text) + 1);
  g_autofree char *apart = NULL, *lower = NULL;
  GString *folded;

  if (fold_ascii (text, ascii))
    return ascii;
  g_free (ascii);
  /* In this order: there are capital letters in compatibility forms ("™"). */
  apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  lower = g_utf8_casefold (apart, -1);
  folded = g_string_sized_new (strlen (lower));
  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (folded, g_utf8_get_char (at));
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
