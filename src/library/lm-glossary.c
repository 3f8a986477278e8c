/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-glossary.h"
#include "library/lm-library-error.h"

/* The glossary (docs/writing-articles.md), and where its words stand in a text. */

struct _LmGlossary
{
  GPtrArray *terms;   /* of LmGlossaryTerm, in the file's order */
  GHashTable *by_id;  /* id → LmGlossaryTerm */
  GHashTable *forms;  /* folded form → LmGlossaryTerm */
  guint longest_form; /* in words */
};

static void
term_free (gpointer data)
{
  LmGlossaryTerm *term = data;

  g_free (term->id);
  g_free (term->term);
  g_strfreev (term->forms);
  g_free (term->definition);
  g_free (term->article);
  g_free (term);
}

void
lm_glossary_free (LmGlossary *glossary)
{
  g_hash_table_unref (glossary->forms);
  g_hash_table_unref (glossary->by_id);
  g_ptr_array_unref (glossary->terms);
  g_free (glossary);
}

/* Words ------------------------------------------------------------------------------------ */

/* A hyphen or an apostrophe between letters belongs to the word. */
static gboolean
goes_on (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (g_unichar_isalnum (c) || g_unichar_ismark (c))
    return TRUE;
  return (c == '-' || c == '\'' || c == 0x2019) &&
         g_unichar_isalnum (g_utf8_get_char (g_utf8_next_char (p)));
}

/* Returns: the end of the word that begins at @p, @p itself if none does */
static const char *
end_of_word (const char *p)
{
  if (!g_unichar_isalnum (g_utf8_get_char (p)))
    return p;
  while (*p != '\0' && goes_on (p))
    p = g_utf8_next_char (p);
  return p;
}

static guint
count_words (const char *text)
{
  guint n = 0;

  while (*text != '\0')
    {
      const char *end = end_of_word (text);

      n += end != text;
      text = end != text ? end : g_utf8_next_char (text);
    }
  return n;
}

/* Reading ------------------------------------------------------------------------------------ */

static gboolean
read_forms (LmGlossary *glossary, LmGlossaryTerm *term, JsonArray *forms)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < lm_json_array_size (forms); i++)
    {
      const char *form = lm_json_at_string (forms, i);
      g_autofree char *folded = NULL;

      if (form == NULL || count_words (form) == 0)
        return FALSE;
      folded = g_utf8_casefold (form, -1);
      glossary->longest_form = MAX (glossary->longest_form, count_words (form));
      if (!g_hash_table_insert (glossary->forms, g_steal_pointer (&folded), term))
        return FALSE; /* one word with two meanings */
      g_strv_builder_add (builder, form);
    }
  term->forms = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_term (LmGlossary *glossary, JsonObject *object)
{
  LmGlossaryTerm *term = g_new0 (LmGlossaryTerm, 1);

  g_ptr_array_add (glossary->terms, term);
  term->id = g_strdup (lm_json_get_string (object, "id"));
  term->term = g_strdup (lm_json_get_string (object, "term"));
  term->definition = g_strdup (lm_json_get_string (object, "definition"));
  term->article = g_strdup (lm_json_get_string (object, "article"));
  return term->id != NULL && term->term != NULL && term->definition != NULL &&
         term->article != NULL && g_hash_table_insert (glossary->by_id, term->id, term) &&
         read_forms (glossary, term, lm_json_get_array (object, "forms"));
}

/**
 * lm_glossary_read:
 * @name: of the file, for messages
 * @error: %LM_LIBRARY_ERROR_MALFORMED
 *
 * Returns: (transfer full): the glossary
 */
LmGlossary *
lm_glossary_read (const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (LmGlossary) glossary = g_new0 (LmGlossary, 1);
  g_autoptr (JsonObject) root = lm_json_parse (text, length, NULL);
  JsonArray *terms = lm_json_get_array (root, "terms");

  glossary->terms = g_ptr_array_new_with_free_func (term_free);
  glossary->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  glossary->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (lm_json_array_size (terms) == 0)
    {
      g_set_error (error,
                   LM_LIBRARY_ERROR,
                   LM_LIBRARY_ERROR_MALFORMED,
                   "%s: not of its form",
                   name);
      return NULL;
    }
  for (guint i = 0; i < lm_json_array_size (terms); i++)
    if (!read_term (glossary, lm_json_at_object (terms, i)))
      {
        g_set_error (error,
                     LM_LIBRARY_ERROR,
                     LM_LIBRARY_ERROR_MALFORMED,
                     "%s: term number %u lacks something or stands twice",
                     name,
                     i + 1);
        return NULL;
      }
  return g_steal_pointer (&glossary);
}

/* Returns: (transfer none) (element-type LmGlossaryTerm): all terms, in the order of the file */
GPtrArray *
lm_glossary_get_terms (LmGlossary *glossary)
{
  return glossary->terms;
}

/* Returns: (transfer none) (nullable): the term with the id @id */
const LmGlossaryTerm *
lm_glossary_find (LmGlossary *glossary, const char *id)
{
  return g_hash_table_lookup (glossary->by_id, id);
}

/* Marking ------------------------------------------------------------------------------------ */

/* Returns: (nullable): the term whose longest form begins at the word at @start; @end is set to
 * the byte behind it */
static const LmGlossaryTerm *
term_at (LmGlossary *glossary, const char *start, const char **end)
{
  const LmGlossaryTerm *found = NULL;
  const char *p = start;

  for (guint words = 0; words < glossary->longest_form; words++)
    {
      const char *behind = end_of_word (p);
      g_autofree char *folded = NULL;
      const LmGlossaryTerm *term;

      if (behind == p)
        break;
      folded = g_utf8_casefold (start, behind - start);
      term = g_hash_table_lookup (glossary->forms, folded);
      if (term != NULL)
        {
          found = term;
          *end = behind;
        }
      /* Only one space may stand between the words of a form. */
      if (*behind != ' ')
        break;
      p = behind + 1;
    }
  return found;
}

/**
 * lm_glossary_mark:
 * @text: without any mark-up
 * @seen: (element-type utf8) (nullable): a set of ids of terms that were marked already and are
 *   left out; those that are found are added. With one set for an article each term is marked
 *   where it stands first.
 *
 * Returns: (transfer full) (element-type LmGlossaryPlace): where terms stand in @text, in order,
 *   none over another
 */
GArray *
lm_glossary_mark (LmGlossary *glossary, const char *text, GHashTable *seen)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (LmGlossaryPlace));
  const char *p = text;

  while (*p != '\0')
    {
      const char *end = end_of_word (p);
      const LmGlossaryTerm *term = end != p ? term_at (glossary, p, &end) : NULL;

      if (term != NULL && (seen == NULL || g_hash_table_add (seen, term->id)))
        {
          LmGlossaryPlace place = { (guint) (p - text), (guint) (end - text), term };

          g_array_append_val (places, place);
        }
      p = end != p ? end : g_utf8_next_char (p);
    }
  return places;
}
