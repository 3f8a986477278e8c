/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "library/lm-library.h"

/* The library as it is built into the program. What its articles and guides say is checked by the
 * tests of the suite "content". */

static LmLibrary *
load (void)
{
  g_autoptr (GError) error = NULL;
  LmLibrary *library = lm_library_new ((const char *const[]) { NULL }, &error);

  g_assert_no_error (error);
  g_assert_nonnull (library);
  return library;
}

static void
test_loads (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);
  GListModel *guides = lm_library_get_guides (library);

  g_assert_true (g_list_model_get_item_type (articles) == LM_TYPE_ARTICLE);
  g_assert_true (g_list_model_get_item_type (guides) == LM_TYPE_GUIDE);
  g_assert_cmpuint (g_list_model_get_n_items (articles), >=, 30);
  g_assert_cmpuint (g_list_model_get_n_items (guides), >=, 1);
  g_assert_cmpuint (g_hash_table_size (lm_library_get_references (library)), >=, 20);
  g_assert_cmpuint (lm_library_get_helplines (library)->countries->len, >=, 30);
}

static void
test_order (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);
  guint before = 0;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);

      g_assert_cmpuint (lm_article_get_order (article), >, before);
      before = lm_article_get_order (article);
    }
}

static void
check_language (const char *const *languages,
                const char *article,
                const char *title,
                const char *using)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (LmLibrary) library = lm_library_new (languages, &error);
  LmArticle *translated, *other;
  LmGuide *guide;

  g_assert_no_error (error);
  translated = lm_library_find_article (library, "what-psychodynamic-therapy-is");
  other = lm_library_find_article (library, "transference");
  guide = lm_library_find_guide (library, "relationship-episode");
  g_assert_cmpstr (lm_article_get_language (translated), ==, article);
  g_assert_cmpstr (lm_article_get_title (translated), ==, title);
  g_assert_cmpstr (lm_article_get_language (other), ==, "en");
  g_assert_cmpstr (lm_guide_get_language (guide), ==, article);
  root = lm_library_read_using (library, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (
      lm_json_get_string (lm_json_at_object (lm_json_get_array (root, "sections"), 0), "title"),
      ==,
      using);
}

static void
test_languages (void)
{
  check_language ((const char *const[]) { "de_AT.UTF-8", "de_AT", "de", "C", NULL },
                  "de",
                  "Was psychodynamische Therapie ist",
                  "Wo Ihre Worte sind");
  check_language ((const char *const[]) { "fr", "es_MX", "es", NULL },
                  "es",
                  "Qué es la terapia psicodinámica",
                  "Dónde están tus palabras");
  /* Who puts English first reads English. */
  check_language ((const char *const[]) { "en_GB", "de", NULL },
                  "en",
                  "What psychodynamic therapy is",
                  "Where your words are");
  check_language ((const char *const[]) { "C", NULL },
                  "en",
                  "What psychodynamic therapy is",
                  "Where your words are");
}

/* The reading path goes through one group after the other. */
static void
test_groups (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);
  guint before = 0;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);
      const char *id = lm_article_get_group (article);
      const LmGroup *group = lm_library_find_group (library, id);
      guint position = lm_library_group_position (library, id);

      g_assert_nonnull (group);
      g_assert_cmpstr (group->id, ==, id);
      g_assert_true (group->title != NULL && group->title[0] != '\0');
      g_assert_cmpuint (position, >=, before);
      before = position;
    }
  g_assert_null (lm_library_find_group (library, "no-such-group"));
  g_assert_null (lm_library_find_group (library, NULL));
  g_assert_cmpuint (lm_library_group_position (library, "start-here"), ==, 0);
  g_assert_cmpuint (lm_library_group_position (library, "no-such-group"), >, before);
}

static void
test_find (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);
  GListModel *guides = lm_library_get_guides (library);
  GHashTableIter iter;
  gpointer key, value;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);

      g_assert_true (lm_library_find_article (library, lm_article_get_id (article)) == article);
    }
  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);

      g_assert_true (lm_library_find_guide (library, lm_guide_get_id (guide)) == guide);
    }
  g_hash_table_iter_init (&iter, lm_library_get_references (library));
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_true (lm_library_find_reference (library, key) == value);
  g_assert_null (lm_library_find_article (library, "no-such-article"));
  g_assert_null (lm_library_find_article (library, NULL));
  g_assert_null (lm_library_find_guide (library, "transference"));
  g_assert_null (lm_library_find_guide (library, NULL));
  g_assert_null (lm_library_find_reference (library, "nobody-1900"));
}

static void
test_references (void)
{
  g_autoptr (LmLibrary) library = load ();
  const LmReference *reference = lm_library_find_reference (library, "albani-2002");

  g_assert_cmpstr (reference->id, ==, "albani-2002");
  g_assert_cmpstr (reference->authors, ==, "Albani C, Pokorny D, Blaser G, et al.");
  g_assert_cmpint (reference->year, ==, 2002);
  g_assert_cmpstr (reference->source, ==, "Psychotherapy Research");
  g_assert_cmpstr (reference->volume, ==, "12(3)");
  g_assert_cmpstr (reference->pages,
                   ==,
                   "319\xe2\x80\x93"
                   "338");
  g_assert_null (reference->doi);
}

/* The numbering of the notes in the text and the list of references go together. */
static void
test_notes (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);
      GPtrArray *notes = lm_article_get_document (article)->notes;
      const char *const *references = lm_article_get_references (article);

      g_assert_cmpuint (notes->len, ==, g_strv_length ((GStrv) references));
      for (guint k = 0; k < notes->len; k++)
        {
          g_assert_cmpstr (notes->pdata[k], ==, references[k]);
          g_assert_nonnull (lm_library_find_reference (library, references[k]));
        }
    }
}

/* Every link of a text leads to something that is here; the words of the others stay. */
static void
test_links (void)
{
  g_autoptr (LmLibrary) library = load ();
  GListModel *articles = lm_library_get_articles (library);
  guint links = 0;

  for (guint i = 0; i < g_list_model_get_n_items (articles); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (articles, i);
      GPtrArray *blocks = lm_article_get_document (article)->blocks;

      for (guint j = 0; j < blocks->len; j++)
        {
          LmBlock *block = blocks->pdata[j];

          for (guint k = 0; k < block->spans->len; k++)
            {
              LmSpan *span = &g_array_index (block->spans, LmSpan, k);

              if (span->kind != LM_SPAN_LINK)
                continue;
              links++;
              if (g_str_has_prefix (span->target, "guide:"))
                g_assert_nonnull (lm_library_find_guide (library, span->target + 6));
              g_assert_cmpuint (span->end, <=, strlen (block->text));
            }
        }
    }
  g_assert_cmpuint (links, >, 30);
}

static void
test_reference_to_text (void)
{
  char authors[] = "A B", title[] = "C", source[] = "D", pages[] = "1", volume[] = "2(3)";
  char asked[] = "C?";
  LmReference reference = { .authors = authors, .year = 2001, .title = title, .source = source };
  g_autofree char *bare = lm_reference_to_text (&reference);
  g_autofree char *with_pages = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *question = NULL;

  reference.pages = pages;
  with_pages = lm_reference_to_text (&reference);
  reference.volume = volume;
  whole = lm_reference_to_text (&reference);
  reference.title = asked;
  question = lm_reference_to_text (&reference);
  g_assert_cmpstr (bare, ==, "A B (2001). C. D.");
  g_assert_cmpstr (with_pages, ==, "A B (2001). C. D, 1.");
  g_assert_cmpstr (whole, ==, "A B (2001). C. D 2(3):1.");
  g_assert_cmpstr (question, ==, "A B (2001). C? D 2(3):1.");
}

/* Two libraries share nothing but the resource. */
static void
test_twice (void)
{
  g_autoptr (LmLibrary) one = load ();
  g_autoptr (LmLibrary) two = load ();

  g_assert_true (lm_library_get_articles (one) != lm_library_get_articles (two));
  g_clear_object (&one);
  g_assert_nonnull (lm_library_find_article (two, "transference"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library/loads", test_loads);
  g_test_add_func ("/library/languages", test_languages);
  g_test_add_func ("/library/order", test_order);
  g_test_add_func ("/library/groups", test_groups);
  g_test_add_func ("/library/find", test_find);
  g_test_add_func ("/library/references", test_references);
  g_test_add_func ("/library/notes", test_notes);
  g_test_add_func ("/library/links", test_links);
  g_test_add_func ("/library/reference-to-text", test_reference_to_text);
  g_test_add_func ("/library/twice", test_twice);
  return g_test_run ();
}
