/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <libstemmer.h>
#include <string.h>

#include "base/lm-fold.h"
#include "library/lm-stemmer.h"

/* What the forms of a word have in common, in its language; libstemmer knows. */

struct _LmStemmer
{
  struct sb_stemmer *snowball; /* nullable: the language has none */
};

/**
 * lm_stemmer_new:
 * @language: its code, "de" or "pt_BR"
 *
 * Returns: (transfer full): what takes words to their stems; in a language that libstemmer does not
 *   know, it leaves them as they are
 */
LmStemmer *
lm_stemmer_new (const char *language)
{
  LmStemmer *stemmer = g_new (LmStemmer, 1);
  g_autofree char *code = g_strndup (language, strcspn (language, "_.@-"));

  stemmer->snowball = sb_stemmer_new (code, "UTF_8");
  return stemmer;
}

void
lm_stemmer_free (LmStemmer *stemmer)
{
  sb_stemmer_delete (stemmer->snowball);
  g_free (stemmer);
}

/**
 * lm_stemmer_stem:
 * @word: one word in UTF-8, with its accents: in some languages they tell endings apart
 *
 * Returns: (transfer full): its stem, folded as lm_fold () does; it need not be a word
 */
char *
lm_stemmer_stem (LmStemmer *stemmer, const char *word)
{
  g_autofree char *composed = NULL, *stem = NULL;
  const sb_symbol *stemmed;

  if (stemmer->snowball == NULL)
    return lm_fold (word);
  if (g_str_is_ascii (word))
    composed = g_ascii_strdown (word, -1);
  else
    {
      /* Not g_utf8_strdown(), which asks what language the computer speaks. */
      g_autofree char *lower = g_utf8_casefold (word, -1);

      composed = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
    }
  stemmed =
      sb_stemmer_stem (stemmer->snowball, (const sb_symbol *) composed, (int) strlen (composed));
  if (stemmed == NULL)
    g_error ("out of memory while stemming"); /* its only failure */
  stem = g_strndup ((const char *) stemmed, (gsize) sb_stemmer_length (stemmer->snowball));
  return lm_fold (stem);
}
