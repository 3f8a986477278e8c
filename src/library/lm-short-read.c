/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "library/lm-short-read.h"
#include "library/lm-stemmer.h"

/* Which article fits what was written: plain rules that anybody can follow, and nothing is read but
 * the guides and the tags. */

static void
add (GPtrArray *articles, LmArticle *article)
{
  if (article != NULL && !g_ptr_array_find (articles, article, NULL))
    g_ptr_array_add (articles, article);
}

/* The articles that belong to a guide: those it names, and those that name it. */
static void
add_for_guide (LmLibrary *library, const char *id, GPtrArray *articles)
{
  LmGuide *guide = id != NULL ? lm_library_find_guide (library, id) : NULL;
  GListModel *all = lm_library_get_articles (library);

  if (guide == NULL)
    return;
  for (const char *const *each = lm_guide_get_articles (guide); *each != NULL; each++)
    add (articles, lm_library_find_article (library, *each));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (all, i);

      if (g_strv_contains (lm_article_get_guides (article), id))
        add (articles, article);
    }
}

/* Whether @tag is a word of the title, in whatever form. */
static gboolean
is_in_title (const char *tag, LmArticle *article)
{
  g_autoptr (LmStemmer) stemmer = lm_stemmer_new (lm_article_get_language (article));
  g_auto (GStrv) words = g_strsplit_set (lm_article_get_title (article), " ,.?!:;", -1);
  g_autofree char *wanted = lm_stemmer_stem (stemmer, tag);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *stem = lm_stemmer_stem (stemmer, words[i]);

      if (g_str_equal (stem, wanted))
        return TRUE;
    }
  return FALSE;
}

static void
add_for_tag (LmLibrary *library, const char *tag, GPtrArray *articles)
{
  GListModel *all = lm_library_get_articles (library);

  /* "of" and "the" are in many titles. */
  if (g_utf8_strlen (tag, -1) < 4)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (LmArticle) article = g_list_model_get_item (all, i);

      if (is_in_title (tag, article))
        add (articles, article);
    }
}

/**
 * lm_short_read:
 * @written: the last entries, the latest first; possibly none
 * @n: how many
 * @day: a number that grows by one each day
 *
 * The latest entry with which an article has to do decides: by its tags, else by its guide. Of the
 * articles that fit, each day has another. Where nothing fits, the reading path goes on by a day.
 *
 * Returns: (transfer none): what to read today
 */
LmArticle *
lm_short_read (LmLibrary *library, const LmWritten *written, guint n, guint day)
{
  GListModel *all = lm_library_get_articles (library);
  g_autoptr (GPtrArray) fitting = g_ptr_array_new ();
  g_autoptr (LmArticle) article = NULL;

  for (guint i = 0; i < n && fitting->len == 0; i++)
    {
      for (guint k = 0; written[i].tags != NULL && written[i].tags[k] != NULL; k++)
        add_for_tag (library, written[i].tags[k], fitting);
      if (fitting->len == 0)
        add_for_guide (library, written[i].guide, fitting);
    }
  if (fitting->len > 0)
    return fitting->pdata[day % fitting->len];
  article = g_list_model_get_item (all, day % g_list_model_get_n_items (all));
  return article; /* the list keeps it */
}
