/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-diff.h"

/* What differs between two texts, word by word (Myers, "An O(ND) Difference Algorithm and Its
 * Variations", 1986): lines first, and words inside the lines that differ. And what comes of two
 * texts that began as one, sentence by sentence. */

/* Two stretches with more differences than this are called different as a whole. It bounds time and
 * memory (a quarter of its square, in words of 4 bytes). */
#define EDITS_MAX 1500

typedef struct
{
  gsize start; /* in bytes */
  gsize length;
  guint value; /* the same for the same text */
} Token;

/* Cuts one token off: returns where the next one begins. */
typedef const char *(*NextToken) (const char *text);

static const char *
next_line (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL ? end + 1 : text + strlen (text);
}

/* Scripts that are written without spaces: each letter counts by itself. */
static gboolean
is_word_of_its_own (gunichar letter)
{
  GUnicodeScript script = g_unichar_get_script (letter);

  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_THAI ||
         script == G_UNICODE_SCRIPT_LAO || script == G_UNICODE_SCRIPT_KHMER ||
         script == G_UNICODE_SCRIPT_MYANMAR;
}

static gboolean
goes_on_word (const char *text)
{
  gunichar letter = g_utf8_get_char (text);

  if (letter == '\'' || letter == 0x2019)
    return g_unichar_isalnum (g_utf8_get_char (g_utf8_next_char (text)));
  return g_unichar_isalnum (letter) && !is_word_of_its_own (letter);
}

static const char *
skip_marks (const char *text)
{
  while (*text != '\0' && (g_unichar_ismark (g_utf8_get_char (text)) ||
                           g_unichar_iszerowidth (g_utf8_get_char (text))))
    text = g_utf8_next_char (text);
  return text;
}

/* A word, or white space on one line, or one other character. */
static const char *
next_word (const char *text)
{
  gunichar first = g_utf8_get_char (text);

  text = g_utf8_next_char (text);
  if (first == '\n') /* never across the end of a line */
    return text;
  text = skip_marks (text);
  if (g_unichar_isspace (first))
    {
      while (*text != '\0' && *text != '\n' && g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
    }
  else if (g_unichar_isalnum (first) && !is_word_of_its_own (first))
    {
      while (*text != '\0' && goes_on_word (text))
        text = skip_marks (g_utf8_next_char (text));
    }
  return text;
}

static gboolean
ends_sentence (gunichar letter)
{
  return letter == '.' || letter == '!' || letter == '?' || letter == 0x2026 /* … */ ||
         letter == 0x3002 /* 。 */ || letter == 0xff01 || letter == 0xff1f || letter == 0x061f;
}

/* A sentence with the white space behind it; never more than a line. */
static const char *
next_sentence (const char *text)
{
  while (*text != '\0')
    {
      gunichar letter = g_utf8_get_char (text);

      text = g_utf8_next_char (text);
      if (letter == '\n')
        return text;
      if (!ends_sentence (letter))
        continue;
      while (*text != '\0' && !g_unichar_isspace (g_utf8_get_char (text)) &&
             !g_unichar_isalnum (g_utf8_get_char (text)))
        text = g_utf8_next_char (text); /* closing quotes and the like */
      if (!g_unichar_isspace (g_utf8_get_char (text)) &&
          !is_word_of_its_own (g_utf8_get_char (text)))
        continue;
      while (*text != '\0' && *text != '\n' && g_unichar_isspace (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
      return *text == '\n' ? text + 1 : text;
    }
  return text;
}

/* @values gives the same number to the same text. */
static GArray *
cut (const char *text, NextToken next, GHashTable *values)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  const char *at = text;

  while (*at != '\0')
    {
      const char *end = next (at);
      g_autofree char *own = g_strndup (at, (gsize) (end - at));
      gpointer value = g_hash_table_lookup (values, own);
      Token token = { (gsize) (at - text), (gsize) (end - at), 0 };

      if (value == NULL)
        {
          value = GUINT_TO_POINTER (g_hash_table_size (values) + 1);
          g_hash_table_insert (values, g_steal_pointer (&own), value);
        }
      token.value = GPOINTER_TO_UINT (value);
      g_array_append_val (tokens, token);
      at = end;
    }
  return tokens;
}

/* Comparing ------------------------------------------------------------------------------ */

typedef struct
{
  const Token *tokens;
  guint8 *changed; /* one for each token */
  int from;
  int to;
} Side;

static void
mark_all (Side *side)
{
  for (int i = side->from; i < side->to; i++)
    side->changed[i] = TRUE;
}

static gboolean
same_at (const Side *a, int x, const Side *b, int y)
{
  return a->tokens[a->from + x].value == b->tokens[b->from + y].value;
}

/* Goes back from the end through the saved states and marks what was stepped over. */
static void
walk_back (Side *a, Side *b, GPtrArray *states)
{
  int x = a->to - a->from, y = b->to - b->from;

  for (int edits = (int) states->len - 1; edits > 0; edits--)
    {
      /* The furthest points with one edit less, for the diagonals 1 - edits to edits - 1. */
      const int *before = (const int *) states->pdata[edits - 1] + (edits - 1);
      int diagonal = x - y, from;

      if (diagonal == -edits || (diagonal != edits && before[diagonal - 1] < before[diagonal + 1]))
        {
          from = before[diagonal + 1];
          y = from - diagonal - 1;
          b->changed[b->from + y] = TRUE;
        }
      else
        {
          from = before[diagonal - 1];
          y = from - diagonal + 1;
          a->changed[a->from + from] = TRUE;
        }
      x = from;
    }
}

/* Marks what differs between two stretches that neither begin nor end alike. */
static void
compare_core (Side *a, Side *b)
{
  int n = a->to - a->from, m = b->to - b->from;
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);

  for (int edits = 0; edits <= MIN (n + m, EDITS_MAX); edits++)
    {
      /* One for each second diagonal would do; this is easier to follow. */
      int *state = g_new (int, 2 * edits + 1), *now = state + edits;
      const int *before = edits > 0 ? (const int *) states->pdata[edits - 1] + (edits - 1) : NULL;

      g_ptr_array_add (states, state);
      for (int diagonal = -edits; diagonal <= edits; diagonal += 2)
        {
          int x = 0;

          if (edits > 0 && (diagonal == -edits ||
                            (diagonal != edits && before[diagonal - 1] < before[diagonal + 1])))
            x = before[diagonal + 1];
          else if (edits > 0)
            x = before[diagonal - 1] + 1;
          while (x < n && x - diagonal < m && same_at (a, x, b, x - diagonal))
            x++;
          now[diagonal] = x;
          if (diagonal == n - m && x >= n)
            {
              walk_back (a, b, states);
              return;
            }
        }
    }
  mark_all (a);
  mark_all (b);
}

static void
compare (Side a, Side b)
{
  while (a.from < a.to && b.from < b.to && same_at (&a, 0, &b, 0))
    {
      a.from++;
      b.from++;
    }
  while (a.from < a.to && b.from < b.to && a.tokens[a.to - 1].value == b.tokens[b.to - 1].value)
    {
      a.to--;
      b.to--;
    }
  if (a.from == a.to || b.from == b.to)
    {
      mark_all (&a);
      mark_all (&b);
    }
  else
    compare_core (&a, &b);
}

/* Words ----------------------------------------------------------------------------------- */

typedef struct
{
  GArray *lines;
  GArray *words;
  guint8 *line_changed;
  guint8 *word_changed;
} Text;

static void
text_init (Text *text, const char *string, GHashTable *lines, GHashTable *words)
{
  text->lines = cut (string, next_line, lines);
  text->words = cut (string, next_word, words);
  text->line_changed = g_new0 (guint8, text->lines->len + 1);
  text->word_changed = g_new0 (guint8, text->words->len + 1);
}

static void
text_clear (Text *text)
{
  g_array_unref (text->lines);
  g_array_unref (text->words);
  g_free (text->line_changed);
  g_free (text->word_changed);
}

static Side
side_of (GArray *tokens, guint8 *changed)
{
  return (Side) { (const Token *) (void *) tokens->data, changed, 0, (int) tokens->len };
}

/* Moves both ends of @side over the words of the changed lines from @line on; returns the line
 * behind them. */
static guint
take_changed_lines (Text *text, guint line, Side *side)
{
  gsize end = 0;

  while (line < text->lines->len && text->line_changed[line])
    {
      const Token *token = &g_array_index (text->lines, Token, line++);

      end = token->start + token->length;
    }
  side->from = side->to;
  while (side->to < (int) text->words->len && side->tokens[side->to].start < end)
    side->to++;
  return line;
}

static void
skip_line (Text *text, guint line, Side *side)
{
  const Token *token = &g_array_index (text->lines, Token, line);

  while (side->to < (int) text->words->len &&
         side->tokens[side->to].start < token->start + token->length)
    side->to++;
}

static void
compare_words (Text *a, Text *b)
{
  Side words_a = side_of (a->words, a->word_changed), words_b = side_of (b->words, b->word_changed);
  guint i = 0, k = 0;

  compare (side_of (a->lines, a->line_changed), side_of (b->lines, b->line_changed));
  words_a.to = words_b.to = 0;
  while (i < a->lines->len || k < b->lines->len)
    {
      guint i_next = take_changed_lines (a, i, &words_a);
      guint k_next = take_changed_lines (b, k, &words_b);

      if (i_next > i || k_next > k)
        compare (words_a, words_b);
      i = i_next;
      k = k_next;
      /* Now both stand before a line that they share, or at the end. */
      if (i < a->lines->len)
        skip_line (a, i++, &words_a);
      if (k < b->lines->len)
        skip_line (b, k++, &words_b);
    }
}

/* A space between two changed words reads better as changed with them. */
static gboolean
is_lone_space (const char *text, Text *a, guint i, Text *b, guint k)
{
  const Token *token = &g_array_index (a->words, Token, i);
  gboolean before = (i > 0 && a->word_changed[i - 1]) || (k > 0 && b->word_changed[k - 1]);
  gboolean after = (i + 1 < a->words->len && a->word_changed[i + 1]) ||
                   (k + 1 < b->words->len && b->word_changed[k + 1]);

  return before && after && text[token->start] != '\n' &&
         g_unichar_isspace (g_utf8_get_char (text + token->start));
}

static void
add_part (GArray *parts, LmDiffKind kind, gsize old_start, gsize new_start, gsize length)
{
  LmDiffPart *last = parts->len > 0 ? &g_array_index (parts, LmDiffPart, parts->len - 1) : NULL;
  LmDiffPart part = { kind, old_start, new_start, length };

  if (length == 0)
    return;
  if (last != NULL && last->kind == kind)
    last->length += length;
  else
    g_array_append_val (parts, part);
}

/* Joins the marked words to parts: for each place first what went, then what came. */
static GArray *
collect (const char *old_text, Text *a, Text *b)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (LmDiffPart));
  guint i = 0, k = 0;
  gsize old_at = 0, new_at = 0;

  while (i < a->words->len || k < b->words->len)
    {
      gsize removed = 0, added = 0;

      for (;;)
        if (i < a->words->len && a->word_changed[i])
          removed += g_array_index (a->words, Token, i++).length;
        else if (k < b->words->len && b->word_changed[k])
          added += g_array_index (b->words, Token, k++).length;
        else if (removed + added > 0 && i < a->words->len && k < b->words->len &&
                 is_lone_space (old_text, a, i, b, k))
          {
            removed += g_array_index (a->words, Token, i++).length;
            added += g_array_index (b->words, Token, k++).length;
          }
        else
          break;
      add_part (parts, LM_DIFF_REMOVED, old_at, new_at, removed);
      old_at += removed;
      add_part (parts, LM_DIFF_ADDED, old_at, new_at, added);
      new_at += added;
      if (i < a->words->len && k < b->words->len)
        {
          gsize length = g_array_index (a->words, Token, i).length;

          add_part (parts, LM_DIFF_SAME, old_at, new_at, length);
          old_at += length;
          new_at += length;
          i++;
          k++;
        }
    }
  return parts;
}

/**
 * lm_diff_words:
 * @old_text: valid UTF-8
 * @new_text: valid UTF-8
 *
 * Compares two texts by whole words. The parts that are the same or removed make @old_text in their
 * order, those that are the same or added make @new_text.
 *
 * Returns: (transfer full) (element-type LmDiffPart): the parts, empty if both texts are
 */
GArray *
lm_diff_words (const char *old_text, const char *new_text)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Text a, b;
  GArray *parts;

  text_init (&a, old_text, lines, words);
  text_init (&b, new_text, lines, words);
  compare_words (&a, &b);
  parts = collect (old_text, &a, &b);
  text_clear (&a);
  text_clear (&b);
  return parts;
}

/* Merging ----------------------------------------------------------------------------------- */

/* For each token of the base: where it is in the other text, or -1. */
static int *
match (GArray *base, GArray *other)
{
  g_autofree guint8 *removed = g_new0 (guint8, base->len + 1);
  g_autofree guint8 *added = g_new0 (guint8, other->len + 1);
  int *places = g_new (int, base->len + 1);
  int k = 0;

  compare (side_of (base, removed), side_of (other, added));
  for (guint i = 0; i < base->len; i++)
    {
      while (k < (int) other->len && added[k])
        k++;
      places[i] = removed[i] ? -1 : k++;
    }
  places[base->len] = (int) other->len;
  return places;
}

/* One of the three texts, and how far it is merged. */
typedef struct
{
  const char *text;
  GArray *tokens;
  int *places; /* nullable: for the base itself */
  int at;
} Strand;

static gsize
start_of (const Strand *strand, int token)
{
  return token < (int) strand->tokens->len ? g_array_index (strand->tokens, Token, token).start
                                           : strlen (strand->text);
}

static char *
stretch (const Strand *strand, int to)
{
  gsize from = start_of (strand, strand->at);

  return g_strndup (strand->text + from, start_of (strand, to) - from);
}

/* Both sides changed the same place: what each says stays, one after the other. */
static void
append_both (GString *merged, const char *ours, const char *theirs)
{
  g_string_append (merged, ours);
  if (ours[0] != '\0' && theirs[0] != '\0' &&
      !g_unichar_isspace (g_utf8_get_char (g_utf8_find_prev_char (ours, ours + strlen (ours)))))
    g_string_append_c (merged, '\n');
  g_string_append (merged, theirs);
}

static void
merge_stretch (
    GString *merged, const char *base, const char *ours, const char *theirs, gboolean *clean)
{
  if (g_str_equal (ours, theirs) || g_str_equal (theirs, base))
    g_string_append (merged, ours);
  else if (g_str_equal (ours, base))
    g_string_append (merged, theirs);
  else
    {
      append_both (merged, ours, theirs);
      *clean = FALSE;
    }
}

/**
 * lm_diff_merge:
 * @base: (nullable): what both began from; %NULL if that is not known
 * @ours: valid UTF-8
 * @theirs: valid UTF-8
 * @clean: (out): whether no place was changed on both sides
 *
 * Brings two texts together, sentence by sentence. What only one side changed is taken; where both
 * did, the sentences of both stay, ours before theirs. No sentence of either is lost that its own
 * side had added or changed.
 *
 * Returns: (transfer full): the text, for a person to look over
 */
char *
lm_diff_merge (const char *base, const char *ours, const char *theirs, gboolean *clean)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *from = base != NULL ? base : "";
  g_autoptr (GArray) base_tokens = cut (from, next_sentence, values);
  g_autoptr (GArray) our_tokens = cut (ours, next_sentence, values);
  g_autoptr (GArray) their_tokens = cut (theirs, next_sentence, values);
  g_autofree int *our_places = match (base_tokens, our_tokens);
  g_autofree int *their_places = match (base_tokens, their_tokens);
  Strand b = { from, base_tokens, NULL, 0 }, o = { ours, our_tokens, our_places, 0 },
         t = { theirs, their_tokens, their_places, 0 };
  GString *merged = g_string_new (NULL);

  *clean = TRUE;
  for (int i = 0; i <= (int) base_tokens->len; i++)
    {
      g_autofree char *base_text = NULL, *our_text = NULL, *their_text = NULL;

      /* Goes from one sentence that all three have to the next; the end is one as well. */
      if (our_places[i] < 0 || their_places[i] < 0)
        continue;
      base_text = stretch (&b, i);
      our_text = stretch (&o, our_places[i]);
      their_text = stretch (&t, their_places[i]);
      merge_stretch (merged, base_text, our_text, their_text, clean);
      if (i < (int) base_tokens->len)
        {
          const Token *token = &g_array_index (base_tokens, Token, i);

          g_string_append_len (merged, from + token->start, (gssize) token->length);
        }
      b.at = i + 1;
      o.at = our_places[i] + 1;
      t.at = their_places[i] + 1;
    }
  return g_string_free (merged, FALSE);
}
