/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-glossary.h"
#include "library/lm-library-error.h"
#include "library/lm-library.h"

#define TERM(id, forms)                                                                            \
  "{\"id\":\"" id "\",\"term\":\"" id "\",\"forms\":[" forms "],\"definition\":\"D.\","            \
  "\"article\":\"a\"}"
#define FILE_OF(terms) "{\"terms\":[" terms "]}"
#define GLOSSARY                                                                                   \
  FILE_OF (TERM ("wish", "") "," TERM ("alliance", "\"alliance\",\"working alliance\"") "," TERM ( \
      "working-through",                                                                           \
      "\"working through\"") "," TERM ("meta-analysis",                                            \
                                       "\"meta-analysis\"") "," TERM ("ecole", "\"École\""))

static LmGlossary *
read_whole (const char *text)
{
  g_autoptr (GError) error = NULL;
  LmGlossary *glossary = lm_glossary_read ("glossary.json", text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (glossary);
  return glossary;
}

static void
test_whole (void)
{
  g_autoptr (LmGlossary) glossary = read_whole (GLOSSARY);
  const LmGlossaryTerm *term = lm_glossary_find (glossary, "alliance");

  g_assert_cmpuint (lm_glossary_get_terms (glossary)->len, ==, 5);
  g_assert_true (lm_glossary_get_terms (glossary)->pdata[1] == term);
  g_assert_cmpstr (term->term, ==, "alliance");
  g_assert_cmpstr (term->definition, ==, "D.");
  g_assert_cmpstr (term->article, ==, "a");
  g_assert_cmpuint (g_strv_length (term->forms), ==, 2);
  g_assert_cmpuint (g_strv_length (lm_glossary_find (glossary, "wish")->forms), ==, 0);
  g_assert_null (lm_glossary_find (glossary, "nothing"));
}

/* The places as "id@words" with blanks between them. */
static char *
marked (LmGlossary *glossary, const char *text, GHashTable *seen)
{
  g_autoptr (GArray) places = lm_glossary_mark (glossary, text, seen);
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      LmGlossaryPlace *place = &g_array_index (places, LmGlossaryPlace, i);

      g_string_append_printf (told,
                              "%s%s@%.*s",
                              i > 0 ? " " : "",
                              place->term->id,
                              (int) (place->end - place->start),
                              text + place->start);
    }
  return g_string_free (told, FALSE);
}

static void
test_mark (void)
{
  g_autoptr (LmGlossary) glossary = read_whole (GLOSSARY);
  static const char *const cases[][2] = {
    { "", "" },
    { "A wish.", "" },
    { "Alliance: yes.", "alliance@Alliance" },
    { "alliances and misalliance", "" },
    /* The longest that fits, and none inside it. */
    { "The working alliance, then.", "alliance@working alliance" },
    { "working through an alliance", "working-through@working through alliance@alliance" },
    { "working  alliance", "alliance@alliance" },
    { "working\nthrough", "" },
    { "A Meta-Analysis, no analysis.", "meta-analysis@Meta-Analysis" },
    { "meta-analysis-like", "" },
    { "the “alliance”", "alliance@alliance" },
    { "the alliance’s end", "" },
    { "À l’école", "" },
    { "une école", "ecole@école" },
    { "alliance", "alliance@alliance" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = marked (glossary, cases[i][0], NULL);

      g_test_message ("%s", cases[i][0]);
      g_assert_cmpstr (told, ==, cases[i][1]);
    }
}

/* In an article only the first of each is marked. */
static void
test_seen (void)
{
  g_autoptr (LmGlossary) glossary = read_whole (GLOSSARY);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *first = marked (glossary, "alliance, working alliance", seen);
  g_autofree char *second = marked (glossary, "an alliance and a meta-analysis", seen);

  g_assert_cmpstr (first, ==, "alliance@alliance");
  g_assert_cmpstr (second, ==, "meta-analysis@meta-analysis");
}

static void
test_mistakes (void)
{
  static const char *const mistakes[] = {
    "",
    "[]",
    "{}",
    "{\"terms\":{}}",
    FILE_OF (""),
    FILE_OF ("1"),
    FILE_OF ("null"),
    FILE_OF ("{\"id\":\"a\"}"),
    FILE_OF ("{\"id\":1,\"term\":\"a\",\"forms\":[],\"definition\":\"d\",\"article\":\"a\"}"),
    FILE_OF (TERM ("a", "") "," TERM ("a", "")),
    FILE_OF (TERM ("a", "\"x\"") "," TERM ("b", "\"X\"")),
    FILE_OF (TERM ("a", "\"\"")),
    FILE_OF (TERM ("a", "\"-\"")),
    FILE_OF (TERM ("a", "1")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (GError) error = NULL;
      LmGlossary *glossary =
          lm_glossary_read ("glossary.json", mistakes[i], strlen (mistakes[i]), &error);

      g_test_message ("%s", mistakes[i]);
      g_assert_null (glossary);
      g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
      g_assert_true (g_str_has_prefix (error->message, "glossary.json: "));
    }
}

/* The one that is built in. */
static void
test_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LmLibrary) library = lm_library_new ((const char *const[]) { NULL }, &error);
  LmGlossary *glossary;
  g_autofree char *told = NULL;

  g_assert_no_error (error);
  glossary = lm_library_get_glossary (library);
  g_assert_cmpuint (lm_glossary_get_terms (glossary)->len, >=, 80);
  for (guint i = 0; i < lm_glossary_get_terms (glossary)->len; i++)
    {
      LmGlossaryTerm *term = lm_glossary_get_terms (glossary)->pdata[i];

      g_assert_nonnull (lm_library_find_article (library, term->article));
      g_assert_true (lm_glossary_find (glossary, term->id) == term);
    }
  told = marked (glossary, "I went blank; was it transference?", NULL);
  g_assert_cmpstr (told, ==, "transference@transference");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/glossary/whole", test_whole);
  g_test_add_func ("/glossary/mark", test_mark);
  g_test_add_func ("/glossary/seen", test_seen);
  g_test_add_func ("/glossary/mistakes", test_mistakes);
  g_test_add_func ("/glossary/own", test_own);
  return g_test_run ();
}
