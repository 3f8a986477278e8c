/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "library/lm-article.h"
#include "library/lm-library-error.h"

#define HEAD                                                                                       \
  "id: tea\n"                                                                                      \
  "title: About tea: a beginning\n"                                                                \
  "group: start-here\n"                                                                            \
  "order: 20\n"                                                                                    \
  "minutes: 4\n"                                                                                   \
  "summary: What a \"pot\" holds.\n"

static LmArticle *
read_whole (const char *text)
{
  g_autoptr (GError) error = NULL;
  LmArticle *article = lm_article_read ("tea.md", text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (article);
  return article;
}

static void
test_whole (void)
{
  g_autoptr (LmArticle) article =
      read_whole ("---\n" HEAD "guides: one,  two ,three\nreferences: a-2001\nreviewed: true\n---\n"
                  "The *text*.[^a-2001]\n\n## A heading\n");
  const char *const *guides = lm_article_get_guides (article);
  LmDocument *document = lm_article_get_document (article);

  g_assert_cmpstr (lm_article_get_id (article), ==, "tea");
  g_assert_cmpstr (lm_article_get_title (article), ==, "About tea: a beginning");
  g_assert_cmpstr (lm_article_get_group (article), ==, "start-here");
  g_assert_cmpuint (lm_article_get_order (article), ==, 20);
  g_assert_cmpuint (lm_article_get_minutes (article), ==, 4);
  g_assert_cmpstr (lm_article_get_summary (article), ==, "What a \"pot\" holds.");
  g_assert_true (lm_article_get_reviewed (article));
  g_assert_true (g_strv_equal (guides, (const char *[]) { "one", "two", "three", NULL }));
  g_assert_true (
      g_strv_equal (lm_article_get_references (article), (const char *[]) { "a-2001", NULL }));
  g_assert_cmpuint (document->blocks->len, ==, 2);
  g_assert_cmpstr (((LmBlock *) document->blocks->pdata[0])->text, ==, "The text.1");
  g_assert_cmpstr (((LmBlock *) document->blocks->pdata[1])->anchor, ==, "a-heading");
}

static void
test_least (void)
{
  g_autoptr (LmArticle) article = read_whole ("---\n\n" HEAD "\n---\n");

  g_assert_false (lm_article_get_reviewed (article));
  g_assert_null (lm_article_get_guides (article)[0]);
  g_assert_null (lm_article_get_references (article)[0]);
  g_assert_cmpuint (lm_article_get_document (article)->blocks->len, ==, 0);
}

static void
test_empty_lists (void)
{
  g_autoptr (LmArticle) article =
      read_whole ("---\n" HEAD "guides:\nreferences: \nreviewed: false\n---\ntext\n");

  g_assert_null (lm_article_get_guides (article)[0]);
  g_assert_null (lm_article_get_references (article)[0]);
  g_assert_false (lm_article_get_reviewed (article));
}

static void
test_properties (void)
{
  g_autoptr (LmArticle) article = read_whole ("---\n" HEAD "---\n");
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;
  guint minutes;

  g_object_get (article, "title", &title, "summary", &summary, "minutes", &minutes, NULL);
  g_assert_cmpstr (title, ==, lm_article_get_title (article));
  g_assert_cmpstr (summary, ==, lm_article_get_summary (article));
  g_assert_cmpuint (minutes, ==, 4);
}

/* Mistakes: each message names the file, and the line where there is one. */

typedef struct
{
  const char *name;
  const char *text;
  const char *told;
} Mistake;

static const Mistake mistakes[] = {
  { "empty", "", "does not begin" },
  { "no-front-matter", "# A title\n", "does not begin" },
  { "space-before-it", " ---\n" HEAD "---\n", "does not begin" },
  { "carriage-returns", "---\r\n" HEAD "---\r\n", "does not begin" },
  { "no-end", "---\n" HEAD "text\n", "does not end" },
  { "end-not-alone", "---\n" HEAD "--- \ntext\n", "does not end" },
  { "no-colon", "---\nid: tea\ntitle\n---\n", "line 2" },
  { "unknown-key", "---\n" HEAD "author: me\n---\n", "line 7" },
  { "key-in-capitals", "---\nId: tea\n---\n", "line 1" },
  { "no-key", "---\n: tea\n---\n", "line 1" },
  { "empty-title", "---\nid: tea\ntitle:\n---\n", "line 2" },
  { "title-twice", "---\n" HEAD "title: once more\n---\n", "line 7" },
  { "order-twice", "---\n" HEAD "\norder: 21\n---\n", "line 8" },
  { "guides-twice", "---\n" HEAD "guides: a\nguides: b\n---\n", "line 8" },
  { "reviewed-twice", "---\nreviewed: true\nreviewed: true\n---\n", "line 2" },
  { "order-zero", "---\nid: tea\norder: 0\n---\n", "line 2" },
  { "order-no-number", "---\norder: ten\n---\n", "line 1" },
  { "order-below-zero", "---\norder: -1\n---\n", "line 1" },
  { "minutes-a-fraction", "---\nminutes: 4.5\n---\n", "line 1" },
  { "minutes-huge", "---\nminutes: 99999999999999999999\n---\n", "line 1" },
  { "reviewed-yes", "---\n" HEAD "reviewed: yes\n---\n", "line 7" },
  { "nothing-in-it", "---\n\n---\n", "is missing" },
  { "no-id", "---\ntitle: t\ngroup: g\norder: 1\nminutes: 1\nsummary: s\n---\n", "is missing" },
  { "no-summary", "---\nid: i\ntitle: t\ngroup: g\norder: 1\nminutes: 1\n---\n", "is missing" },
  { "no-minutes", "---\nid: i\ntitle: t\ngroup: g\norder: 1\nsummary: s\n---\n", "is missing" },
};

static void
test_mistake (gconstpointer data)
{
  const Mistake *mistake = data;
  g_autoptr (GError) error = NULL;
  LmArticle *article = lm_article_read ("tea.md", mistake->text, &error);

  g_assert_null (article);
  g_assert_error (error, LM_LIBRARY_ERROR, LM_LIBRARY_ERROR_MALFORMED);
  g_assert_true (g_str_has_prefix (error->message, "tea.md: "));
  g_assert_nonnull (g_strstr_len (error->message, -1, mistake->told));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/article/whole", test_whole);
  g_test_add_func ("/article/least", test_least);
  g_test_add_func ("/article/empty-lists", test_empty_lists);
  g_test_add_func ("/article/properties", test_properties);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strconcat ("/article/mistake/", mistakes[i].name, NULL);

      g_test_add_data_func (path, &mistakes[i], test_mistake);
    }
  return g_test_run ();
}
