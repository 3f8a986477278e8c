/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"
#include "library/lm-library-words.h"
#include "library/lm-stemmer.h"

/* The words of the library, in the languages that its texts are in. There are a few thousand: all
 * are looked through for each word that is typed, so that a prefix and a slip of the finger cost no
 * more than the word itself. */

/* Shorter words have too many neighbors. */
#define MIN_FUZZY 4
/* Longer ones are looked up the long way. */
#define MAX_QUICK 64

typedef struct
{
  char *code;
  LmStemmer *stemmer;
  GHashTable *by_text; /* as written → place among the words + 1 */
  GHashTable *by_form; /* folded → the same */
  GHashTable *by_stem; /* stem → the same */
} Language;

typedef struct
{
  const char *text; /* folded */
  guint word;
} Form;

typedef struct
{
  guint language;
  const char *stem;
} Word;

struct _LmLibraryWords
{
  GPtrArray *languages;
  GArray *forms;
  GArray *words;
  guint64 work;
};

static void
language_free (gpointer data)
{
  Language *language = data;

  g_free (language->code);
  lm_stemmer_free (language->stemmer);
  g_hash_table_unref (language->by_text);
  g_hash_table_unref (language->by_form);
  g_hash_table_unref (language->by_stem);
  g_free (language);
}

LmLibraryWords *
lm_library_words_new (void)
{
  LmLibraryWords *words = g_new0 (LmLibraryWords, 1);

  words->languages = g_ptr_array_new_with_free_func (language_free);
  words->forms = g_array_new (FALSE, FALSE, sizeof (Form));
  words->words = g_array_new (FALSE, FALSE, sizeof (Word));
  return words;
}

void
lm_library_words_free (LmLibraryWords *words)
{
  g_ptr_array_unref (words->languages);
  g_array_unref (words->forms);
  g_array_unref (words->words);
  g_free (words);
}

static guint
find_language (LmLibraryWords *words, const char *code)
{
  Language *language;

  for (guint i = 0; i < words->languages->len; i++)
    if (g_str_equal (((Language *) words->languages->pdata[i])->code, code))
      return i;
  language = g_new (Language, 1);
  *language = (Language) { g_strdup (code),
                           lm_stemmer_new (code),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                           g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_ptr_array_add (words->languages, language);
  return words->languages->len - 1;
}

/* Returns: the place of the word + 1 */
static guint
add_stem (LmLibraryWords *words, guint number, const char *text)
{
  Language *language = words->languages->pdata[number];
  g_autofree char *stem = lm_stemmer_stem (language->stemmer, text);
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (language->by_stem, stem));
  Word word = { number, stem };

  if (place > 0)
    return place;
  g_array_append_val (words->words, word);
  place = words->words->len;
  g_hash_table_insert (language->by_stem, g_steal_pointer (&stem), GUINT_TO_POINTER (place));
  return place;
}

/**
 * lm_library_words_add:
 * @language: the code of the text's language
 * @text: (array length=length): begins with one word
 * @length: of that word, in bytes
 *
 * Returns: the place of the word among all; other forms of it have the same
 */
guint
lm_library_words_add (LmLibraryWords *words, const char *language, const char *text, gsize length)
{
  guint number = find_language (words, language);
  Language *in = words->languages->pdata[number];
  char quick[MAX_QUICK + 1];
  g_autofree char *copy = NULL, *folded = NULL;
  guint place = 0;

  /* Most words were there before. */
  if (length <= MAX_QUICK)
    {
      memcpy (quick, text, length);
      quick[length] = '\0';
      place = GPOINTER_TO_UINT (g_hash_table_lookup (in->by_text, quick));
    }
  if (place > 0)
    return place - 1;
  copy = g_strndup (text, length);
  folded = lm_fold (copy);
  place = add_stem (words, number, copy);
  if (!g_hash_table_contains (in->by_form, folded))
    {
      Form form = { folded, place - 1 };

      g_array_append_val (words->forms, form);
      g_hash_table_insert (in->by_form, g_steal_pointer (&folded), GUINT_TO_POINTER (place));
    }
  g_hash_table_insert (in->by_text, g_steal_pointer (&copy), GUINT_TO_POINTER (place));
  return place - 1;
}

/* Returns: how many different words there are */
guint
lm_library_words_n (LmLibraryWords *words)
{
  return words->words->len;
}

/* Returns: how many comparisons were made so far */
guint64
lm_library_words_get_work (LmLibraryWords *words)
{
  return words->work;
}

/* Whether @a becomes @b when one letter is added, left out or replaced, or two are swapped. Bytes
 * will do: it is asked of folded words. */
static gboolean
is_within_one (const char *a, gsize a_length, const char *b)
{
  gsize b_length = strlen (b);

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

/* People tell of what has happened, and these verbs have no ending then that could be taken away.
 *
 * Returns: (nullable): the present of a verb */
static const char *
present_of (const char *code, const char *folded)
{
  static const char *const verbs[][2] = {
    { "went", "go" },
    { "gone", "go" },
    { "felt", "feel" },
    { "fell", "fall" },
    { "froze", "freeze" },
    { "hid", "hide" },
    { "left", "leave" },
    { "lost", "lose" },
    { "said", "say" },
    { "told", "tell" },
    { "thought", "think" },
    { "wrote", "write" },
    { "forgot", "forget" },
    { "knew", "know" },
    { "dreamt", "dream" },
    { "slept", "sleep" },
    { "broke", "break" },
    { "drank", "drink" },
    { "spoke", "speak" },
    { "came", "come" },
    { "began", "begin" },
    { "kept", "keep" },
    { "understood", "understand" },
  };

  for (guint i = 0; g_str_has_prefix (code, "en") && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (folded, verbs[i][0]))
      return verbs[i][1];
  return NULL;
}

static guint
stem_place (Language *language, const char *word)
{
  g_autofree char *stem = lm_stemmer_stem (language->stemmer, word);

  return GPOINTER_TO_UINT (g_hash_table_lookup (language->by_stem, stem));
}

/* The same word, in whatever form. */
static gboolean
match_stems (LmLibraryWords *words, const char *typed, const char *folded, guint8 *matches)
{
  gboolean any = FALSE;

  for (guint i = 0; i < words->languages->len; i++)
    {
      Language *language = words->languages->pdata[i];
      const char *present = present_of (language->code, folded);
      guint places[] = {
        GPOINTER_TO_UINT (g_hash_table_lookup (language->by_form, folded)),
        /* Many leave the accents out, and endings are known with them or without. */
        stem_place (language, typed),
        stem_place (language, folded),
        present != NULL ? stem_place (language, present) : 0,
      };

      for (guint k = 0; k < G_N_ELEMENTS (places); k++)
        if (places[k] > 0)
          {
            matches[places[k] - 1] = LM_WORD_STEM;
            any = TRUE;
          }
    }
  return any;
}

/* One letter beside a word as it is written somewhere, or beside what its forms have in common. */
static void
match_near (LmLibraryWords *words, const char *typed, const char *folded, guint8 *matches)
{
  gsize length = strlen (folded);

  for (guint i = 0; i < words->forms->len; i++)
    {
      Form *form = &g_array_index (words->forms, Form, i);

      if (is_within_one (folded, length, form->text))
        matches[form->word] = LM_WORD_NEAR;
    }
  for (guint number = 0; number < words->languages->len; number++)
    {
      Language *language = words->languages->pdata[number];
      g_autofree char *stem = lm_stemmer_stem (language->stemmer, typed);

      length = strlen (stem);
      for (guint i = 0; length >= MIN_FUZZY && i < words->words->len; i++)
        {
          Word *word = &g_array_index (words->words, Word, i);

          if (word->language == number && is_within_one (stem, length, word->stem))
            matches[i] = LM_WORD_NEAR;
        }
    }
  words->work += words->forms->len + words->words->len;
}

/**
 * lm_library_words_match:
 * @typed: one word, or the beginning of one
 * @matches: (array): for each word an #LmWordMatch, set here
 *
 * Looks for a slip of the finger only where nothing else is meant.
 */
void
lm_library_words_match (LmLibraryWords *words, const char *typed, guint8 *matches)
{
  g_autofree char *folded = lm_fold (typed);
  gsize length = strlen (folded);
  gboolean any;

  memset (matches, LM_WORD_NONE, words->words->len);
  any = match_stems (words, typed, folded, matches);
  for (guint i = 0; length >= 2 && i < words->forms->len; i++)
    {
      Form *form = &g_array_index (words->forms, Form, i);

      if (strncmp (form->text, folded, length) == 0)
        {
          matches[form->word] = MAX (matches[form->word], LM_WORD_PREFIX);
          any = TRUE;
        }
    }
  words->work += words->forms->len;
  if (!any && length >= MIN_FUZZY)
    match_near (words, typed, folded, matches);
}

/* Whether @typed says nothing, in a language of the library. */
gboolean
lm_library_words_is_filler (LmLibraryWords *words, const char *typed)
{
  static const struct
  {
    const char *code;
    const char *const fillers[64];
  } all[] = {
    { "en",
      { "a",    "about", "am",   "an",   "and",  "are", "as",   "at",  "be",   "can", "did",  "do",
        "does", "for",   "go",   "got",  "have", "how", "i",    "if",  "in",   "is",  "it",   "m",
        "me",   "my",    "of",   "on",   "or",   "s",   "so",   "t",   "that", "the", "then", "to",
        "was",  "we",    "went", "what", "when", "why", "with", "you", "your" } },
    { "de", { "aber", "als", "am",  "an",  "auf", "bei",  "bin",  "das",  "dass", "dem", "den",
              "der",  "des", "die", "du",  "ein", "eine", "er",   "es",   "fur",  "hab", "habe",
              "hat",  "ich", "im",  "in",  "ist", "man",  "mein", "mich", "mir",  "mit", "oder",
              "sie",  "so",  "und", "von", "war", "was",  "wenn", "wie",  "wir",  "zu",  "zum" } },
    { "es", { "a",   "al",  "como", "con",  "cuando", "de",  "del", "el", "ella", "en",
              "era", "es",  "fue",  "ha",   "he",     "la",  "las", "lo", "los",  "me",
              "mi",  "mis", "o",    "para", "pero",   "por", "que", "se", "si",   "sobre",
              "su",  "te",  "tu",   "un",   "una",    "y",   "yo" } },
  };
  g_autofree char *folded = lm_fold (typed);

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (guint k = 0; k < words->languages->len; k++)
      if (g_str_has_prefix (((Language *) words->languages->pdata[k])->code, all[i].code) &&
          g_strv_contains (all[i].fillers, folded))
        return TRUE;
  return FALSE;
}
