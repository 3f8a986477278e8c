/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-stem.h"

/* What two forms of an English word have in common, found by their endings alone. It need not be a
 * word, and need not be right for every word: what is looked for goes through it as well. */

static gboolean
has_vowel (const char *text)
{
  return strpbrk (text, "aeiouy") != NULL;
}

static gboolean
cut (char *word, const char *ending, gsize at_least)
{
  gsize length = strlen (word), tail = strlen (ending);

  if (length < tail + at_least || !g_str_has_suffix (word, ending))
    return FALSE;
  word[length - tail] = '\0';
  return TRUE;
}

static void
cut_plural (char *word)
{
  gsize length = strlen (word);

  if (length < 4 || word[length - 1] != 's')
    return;
  if (cut (word, "ies", 2))
    strcat (word, "y"); /* shorter than what was cut */
  else if (g_str_has_suffix (word, "sses") || g_str_has_suffix (word, "shes") ||
           g_str_has_suffix (word, "ches") || g_str_has_suffix (word, "xes"))
    word[length - 2] = '\0';
  else if (strchr ("sui", word[length - 2]) == NULL)
    word[length - 1] = '\0';
}

/* "stopped" and "stop" */
static void
cut_double (char *word)
{
  gsize length = strlen (word);

  if (length > 3 && word[length - 1] == word[length - 2] &&
      strchr ("bdfgmnprt", word[length - 1]) != NULL)
    word[length - 1] = '\0';
}

static void
cut_verb (char *word)
{
  static const char *const endings[] = { "ing", "ed" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *rest = g_strdup (word);

      if (cut (rest, endings[i], 3) && has_vowel (rest))
        {
          strcpy (word, rest);
          cut_double (word);
          return;
        }
    }
}

/**
 * lm_stem:
 * @folded: one word, from lm_fold ()
 *
 * Returns: (transfer full): its stem
 */
char *
lm_stem (const char *folded)
{
  char *word = g_strdup (folded);
  gsize length;

  cut_plural (word);
  cut_verb (word);
  if (!cut (word, "ness", 3))
    cut (word, "ly", 4);
  length = strlen (word);
  if (length > 5 && g_str_has_suffix (word, "ion") && strchr ("st", word[length - 4]) != NULL)
    word[length - 3] = '\0';
  cut (word, "e", 3);
  return word;
}

/* Whether @a becomes @b when one letter is added, left out or replaced, or two are swapped. Bytes
 * will do: it is asked of folded words. */
gboolean
lm_stem_within_one (const char *a, const char *b)
{
  gsize a_length = strlen (a), b_length = strlen (b);

  if (a_length > b_length + 1 || b_length > a_length + 1)
    return FALSE;
  while (*a != '\0' && *a == *b)
    {
      a++;
      b++;
    }
  if (a_length < b_length)
    return g_str_equal (a, b + 1);
  if (a_length > b_length)
    return g_str_equal (a + 1, b);
  if (*a == '\0' || g_str_equal (a + 1, b + 1))
    return TRUE;
  return a[0] == b[1] && a[1] == b[0] && g_str_equal (a + 2, b + 2);
}
