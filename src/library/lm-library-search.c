/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "library/lm-library-search.h"
#include "library/lm-library-words.h"

/* Finds words in articles, in the glossary and among the references. */

#define MAX_WORDS          12
#define EXCERPT_CHARACTERS 120
/* More than being found in the text alone, and less than in a heading. */
#define PAIR         150
#define PAIR_IN_PART 2000

typedef enum
{
  PART_TITLE,
  PART_HEADING,
  PART_SUMMARY,
  PART_TEXT,
} PartKind;

static const guint weights[] = {
  [PART_TITLE] = 100, [PART_HEADING] = 40, [PART_SUMMARY] = 25, [PART_TEXT] = 10
};

typedef struct
{
  guint word;
  guint start;
  guint end;
} Token;

typedef struct
{
  guint doc;
  PartKind kind;
  const char *text;    /* the library's, or in "texts" */
  const char *section; /* nullable */
  GArray *tokens;      /* of Token */
} Part;

typedef struct
{
  LmLibraryHitKind kind;
  const char *id;
  const char *title;
  const char *language;
} Doc;

struct _LmLibrarySearch
{
  LmLibrary *library;
  GArray *docs;
  GArray *parts;
  LmLibraryWords *words;
  GPtrArray *places; /* of GArray of guint: in which parts each word occurs, each once */
  GPtrArray *texts;
  gboolean narrow;
  guint64 work;
};

/* Words ------------------------------------------------------------------------------------- */

static gboolean
is_part_of_word (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum (c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Sets @start and @end to the next word. */
static gboolean
next_word (const char **start, const char **end)
{
  const char *at = *end;

  while (*at != '\0' && !is_part_of_word (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  *start = at;
  while (*at != '\0' && is_part_of_word (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  *end = at;
  return at != *start;
}

static void
add_part (LmLibrarySearch *search, PartKind kind, const char *text, const char *section)
{
  const char *language = g_array_index (search->docs, Doc, search->docs->len - 1).language;
  guint number = search->parts->len;
  Part part = {
    search->docs->len - 1, kind, text, section, g_array_new (FALSE, FALSE, sizeof (Token)),
  };
  const char *start, *end = text;

  while (next_word (&start, &end))
    {
      guint word = lm_library_words_add (search->words, language, start, (gsize) (end - start));
      Token token = { word, (guint) (start - text), (guint) (end - text) };
      GArray *places;

      if (word == search->places->len)
        g_ptr_array_add (search->places, g_array_new (FALSE, FALSE, sizeof (guint)));
      places = search->places->pdata[word];
      g_array_append_val (part.tokens, token);
      if (places->len == 0 || g_array_index (places, guint, places->len - 1) != number)
        g_array_append_val (places, number);
    }
  g_array_append_val (search->parts, part);
}

/* What there is ----------------------------------------------------------------------------- */

static void
add_doc (LmLibrarySearch *search,
         LmLibraryHitKind kind,
         const char *id,
         const char *title,
         const char *language)
{
  Doc doc = { kind, id, title, language };

  g_array_append_val (search->docs, doc);
  add_part (search, PART_TITLE, title, NULL);
}

static void
add_article (LmLibrarySearch *search, LmArticle *article)
{
  GPtrArray *blocks = lm_article_get_document (article)->blocks;
  const char *section = NULL;

  add_doc (search,
           LM_LIBRARY_HIT_ARTICLE,
           lm_article_get_id (article),
           lm_article_get_title (article),
           lm_article_get_language (article));
  add_part (search, PART_SUMMARY, lm_article_get_summary (article), NULL);
  for (guint i = 0; i < blocks->len; i++)
    {
      LmBlock *block = blocks->pdata[i];

      if (block->kind == LM_BLOCK_HEADING)
        section = block->anchor;
      if (block->kind == LM_BLOCK_HEADING || (block->kind != LM_BLOCK_RULE && !search->narrow))
        add_part (search,
                  block->kind == LM_BLOCK_HEADING ? PART_HEADING : PART_TEXT,
                  block->text,
                  section);
    }
}

static void
add_term (LmLibrarySearch *search, const LmGlossaryTerm *term)
{
  char *forms = g_strjoinv (", ", term->forms);

  g_ptr_array_add (search->texts, forms);
  add_doc (search, LM_LIBRARY_HIT_TERM, term->id, term->term, LM_ARTICLE_LANGUAGE);
  add_part (search, PART_TITLE, forms, NULL);
  add_part (search, PART_SUMMARY, term->definition, NULL);
}

static void
add_reference (LmLibrarySearch *search, const LmReference *reference)
{
  char *text = lm_reference_to_text (reference);

  g_ptr_array_add (search->texts, text);
  /* Its title stands in the text as well: a work is rarely what was meant by a word. */
  add_doc (search, LM_LIBRARY_HIT_REFERENCE, reference->id, reference->title, LM_ARTICLE_LANGUAGE);
  g_array_index (search->parts, Part, search->parts->len - 1).kind = PART_SUMMARY;
  add_part (search, PART_TEXT, text, NULL);
}

static int
compare_references (gconstpointer a, gconstpointer b)
{
  const LmReference *x = *(const LmReference *const *) a, *y = *(const LmReference *const *) b;

  return strcmp (x->id, y->id);
}

static LmLibrarySearch *
begin (LmLibrary *library, gboolean narrow)
{
  LmLibrarySearch *search = g_new0 (LmLibrarySearch, 1);
  GListModel *articles = lm_library_get_articles (library);

  search->library = g_object_ref (library);
  search->docs = g_array_new (FALSE, FALSE, sizeof (Doc));
  search->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  search->words = lm_library_words_new ();
  search->places = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  search->texts = g_ptr_array_new_with_free_func (g_free);
  search->narrow = narrow;
  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);

      add_article (search, article);
    }
  return search;
}

/* Returns: (transfer full): what can be looked for in @library */
LmLibrarySearch *
lm_library_search_new (LmLibrary *library)
{
  LmLibrarySearch *search = begin (library, FALSE);
  GPtrArray *terms = lm_glossary_get_terms (lm_library_get_glossary (library));
  g_autoptr (GPtrArray) references =
      g_hash_table_get_values_as_ptr_array (lm_library_get_references (library));

  for (guint i = 0; i < terms->len; i++)
    add_term (search, terms->pdata[i]);
  g_ptr_array_sort (references, compare_references);
  for (guint i = 0; i < references->len; i++)
    add_reference (search, references->pdata[i]);
  return search;
}

/* Returns: (transfer full): what the articles of @library are about: their titles, headings and
 * summaries, and of what was typed all words or nothing. For a place where people look for anything
 * at all, and mostly not for an article. */
LmLibrarySearch *
lm_library_search_new_narrow (LmLibrary *library)
{
  return begin (library, TRUE);
}

void
lm_library_search_free (LmLibrarySearch *search)
{
  for (guint i = 0; i < search->parts->len; i++)
    g_array_unref (g_array_index (search->parts, Part, i).tokens);
  g_array_unref (search->docs);
  g_array_unref (search->parts);
  lm_library_words_free (search->words);
  g_ptr_array_unref (search->places);
  g_ptr_array_unref (search->texts);
  g_object_unref (search->library);
  g_free (search);
}

/* Returns: how many different words there are */
guint
lm_library_search_n_words (LmLibrarySearch *search)
{
  return lm_library_words_n (search->words);
}

/* Returns: how many words were compared and places looked at so far, as a measure of speed that
 * does not depend on the machine */
guint64
lm_library_search_get_work (LmLibrarySearch *search)
{
  return search->work + lm_library_words_get_work (search->words);
}

/* The query --------------------------------------------------------------------------------- */

/* What was typed, word by word. */
typedef struct
{
  char *text;
  gboolean telling; /* it is looked for, and not only what stands beside it */
  guint8 *matches;  /* for each word of the library */
} Typed;

static void
typed_clear (gpointer data)
{
  Typed *typed = data;

  g_free (typed->text);
  g_free (typed->matches);
}

/* Returns: (transfer full) (element-type Typed): the words of @query; those that say nothing are
 * not looked for, unless there are no others */
static GArray *
words_of (LmLibrarySearch *search, const char *query)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Typed));
  const char *start, *end = query;
  guint telling = 0;

  g_array_set_clear_func (all, typed_clear);
  while (all->len < MAX_WORDS && next_word (&start, &end))
    {
      Typed typed = { g_strndup (start, (gsize) (end - start)), FALSE, NULL };

      typed.telling = !lm_library_words_is_filler (search->words, typed.text);
      typed.matches = g_new0 (guint8, search->places->len);
      lm_library_words_match (search->words, typed.text, typed.matches);
      telling += typed.telling;
      g_array_append_val (all, typed);
    }
  for (guint i = 0; telling == 0 && i < all->len; i++)
    g_array_index (all, Typed, i).telling = TRUE;
  return all;
}

typedef struct
{
  guint words; /* how many of the query's */
  guint score;
  guint now; /* the best place of the present word */
  guint best_part;
  guint best_score;
  guint place; /* of the document */
} Found;

/* Counts the present word where it occurs. */
static void
count_word (LmLibrarySearch *search, const guint8 *matches, Found *found, guint *part_scores)
{
  for (guint i = 0; i < search->places->len; i++)
    {
      GArray *places = search->places->pdata[i];

      for (guint k = 0; matches[i] != LM_WORD_NONE && k < places->len; k++)
        {
          guint number = g_array_index (places, guint, k);
          Part *part = &g_array_index (search->parts, Part, number);
          guint score = weights[part->kind] * matches[i];

          found[part->doc].now = MAX (found[part->doc].now, score);
          part_scores[number] += 100u * matches[i] + weights[part->kind];
          search->work++;
        }
    }
  for (guint i = 0; i < search->docs->len; i++)
    {
      found[i].words += found[i].now > 0;
      found[i].score += found[i].now;
      found[i].now = 0;
    }
}

/* Words that stand side by side here as they do there are meant together: "went blank" is nearer to
 * "going blank" than to a blank page. */
static void
count_pair (LmLibrarySearch *search, const Typed *pair, Found *found, guint *part_scores)
{
  for (guint i = 0; i < search->parts->len; i++)
    {
      Part *part = &g_array_index (search->parts, Part, i);
      const Token *tokens = (const Token *) part->tokens->data;

      if (part_scores[i] == 0)
        continue;
      search->work += part->tokens->len;
      for (guint k = 1; k < part->tokens->len; k++)
        if (pair[0].matches[tokens[k - 1].word] && pair[1].matches[tokens[k].word])
          {
            part_scores[i] += PAIR_IN_PART;
            found[part->doc].now = PAIR;
            break;
          }
    }
  for (guint i = 0; i < search->docs->len; i++)
    {
      found[i].score += found[i].now;
      found[i].now = 0;
    }
}

static void
choose_parts (LmLibrarySearch *search, Found *found, const guint *part_scores)
{
  for (guint i = 0; i < search->parts->len; i++)
    {
      Part *part = &g_array_index (search->parts, Part, i);
      Found *doc = &found[part->doc];

      /* The title is seen anyway. */
      if (part->kind != PART_TITLE && part_scores[i] > doc->best_score)
        {
          doc->best_score = part_scores[i];
          doc->best_part = i + 1;
        }
      /* What speaks of it in many places is more about it. */
      if (part_scores[i] > 0)
        doc->score++;
    }
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a, *y = b;

  if (x->words != y->words)
    return x->words > y->words ? -1 : 1;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

/* What is shown ----------------------------------------------------------------------------- */

static void
hit_free (gpointer data)
{
  LmLibraryHit *hit = data;

  g_free (hit->id);
  g_free (hit->language);
  g_free (hit->section);
  g_free (hit->title);
  g_free (hit->excerpt);
  g_array_unref (hit->marks);
  g_free (hit);
}

/* Returns: where the excerpt begins, so that @first is near its beginning */
static const char *
excerpt_start (const char *text, const char *first)
{
  const char *start = first;
  const char *space;

  if (g_utf8_pointer_to_offset (text, first) <= EXCERPT_CHARACTERS / 3)
    return text;
  for (guint n = 0; n < EXCERPT_CHARACTERS / 4; n++)
    start = g_utf8_prev_char (start);
  space = memchr (start, ' ', (gsize) (first - start));
  return space != NULL ? space + 1 : start;
}

static void
cut_excerpt (LmLibraryHit *hit, const Part *part, const guint8 *wanted)
{
  const char *text = part->text, *start = text, *end;
  g_autofree char *middle = NULL;
  gboolean found = FALSE;
  gsize shift;

  for (guint i = 0; i < part->tokens->len && !found; i++)
    {
      Token *token = &g_array_index (part->tokens, Token, i);

      found = wanted[token->word];
      if (found)
        start = excerpt_start (text, text + token->start);
    }
  end = start;
  for (guint n = 0; n < EXCERPT_CHARACTERS && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  middle = g_strndup (start, (gsize) (end - start));
  hit->excerpt = g_strconcat (start > text ? "…" : "", middle, *end != '\0' ? "…" : "", NULL);
  shift = start > text ? strlen ("…") : 0;
  for (guint i = 0; i < part->tokens->len; i++)
    {
      Token *token = &g_array_index (part->tokens, Token, i);
      LmLibraryMark mark;

      if (!wanted[token->word] || text + token->start < start || text + token->end > end)
        continue;
      mark.begin = (guint) (text + token->start - start + (gssize) shift);
      mark.end = mark.begin + token->end - token->start;
      g_array_append_val (hit->marks, mark);
    }
}

static LmLibraryHit *
make_hit (LmLibrarySearch *search, const Found *found, const guint8 *wanted)
{
  Doc *doc = &g_array_index (search->docs, Doc, found->place);
  LmLibraryHit *hit = g_new0 (LmLibraryHit, 1);
  guint number = found->best_part;

  *hit = (LmLibraryHit) { .kind = doc->kind,
                          .id = g_strdup (doc->id),
                          .language = g_strdup (doc->language),
                          .title = g_strdup (doc->title),
                          .marks = g_array_new (FALSE, FALSE, sizeof (LmLibraryMark)),
                          .score = found->score };
  /* Only the title matches: what follows it says what it is about. */
  for (guint i = 0; number == 0 && i < search->parts->len; i++)
    {
      Part *part = &g_array_index (search->parts, Part, i);

      if (part->doc == found->place && part->kind != PART_TITLE)
        number = i + 1;
    }
  if (number == 0)
    {
      hit->excerpt = g_strdup ("");
      return hit;
    }
  hit->section = g_strdup (g_array_index (search->parts, Part, number - 1).section);
  cut_excerpt (hit, &g_array_index (search->parts, Part, number - 1), wanted);
  return hit;
}

/**
 * lm_library_search_find:
 * @query: as it was typed
 * @limit: the most hits to return
 *
 * Where all words occur, only that is found; where nothing has all of them, what has the most, or
 * nothing if the search is a narrow one.
 *
 * Returns: (transfer full) (element-type LmLibraryHit): what was found, the best first
 */
GPtrArray *
lm_library_search_find (LmLibrarySearch *search, const char *query, guint limit)
{
  g_autoptr (GArray) words = words_of (search, query);
  g_autofree guint8 *wanted = g_new0 (guint8, search->places->len);
  g_autofree guint *part_scores = g_new0 (guint, search->parts->len);
  g_autofree Found *found = g_new0 (Found, search->docs->len);
  GPtrArray *hits = g_ptr_array_new_with_free_func (hit_free);
  guint telling = 0;

  for (guint i = 0; i < search->docs->len; i++)
    found[i].place = i;
  for (guint i = 0; i < words->len; i++)
    {
      const Typed *typed = &g_array_index (words, Typed, i);

      if (!typed->telling)
        continue;
      telling++;
      count_word (search, typed->matches, found, part_scores);
      for (guint k = 0; k < search->places->len; k++)
        wanted[k] |= typed->matches[k];
    }
  for (guint i = 1; i < words->len; i++)
    {
      const Typed *pair = &g_array_index (words, Typed, i - 1);

      if (pair[0].telling || pair[1].telling)
        count_pair (search, pair, found, part_scores);
    }
  choose_parts (search, found, part_scores);
  qsort (found, search->docs->len, sizeof (Found), compare_found);
  for (guint i = 0; i < search->docs->len && hits->len < limit; i++)
    {
      if (found[i].words == 0 || found[i].words < (search->narrow ? telling : found[0].words))
        break;
      g_ptr_array_add (hits, make_hit (search, &found[i], wanted));
    }
  return hits;
}
