/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/library/lm-article-history.h"
#include "ui/library/lm-article-page.h"

/* The way forward again: AdwNavigationView goes back by itself (Alt+Left, the mouse's button, a
 * swipe) and asks for a page when somebody wants to go forward. */

typedef struct
{
  LmLibrary *library;
  LmWorkspace *workspace;
  GPtrArray *left; /* of LmArticle, the last one left at the end */
} History;

static void
history_free (gpointer data)
{
  History *history = data;

  g_object_unref (history->library);
  g_object_unref (history->workspace);
  g_ptr_array_unref (history->left);
  g_free (history);
}

static LmArticle *
next_of (History *history)
{
  return history->left->len > 0 ? history->left->pdata[history->left->len - 1] : NULL;
}

static void
popped_cb (AdwNavigationView *pages, AdwNavigationPage *page, History *history)
{
  if (LM_IS_ARTICLE_PAGE (page))
    g_ptr_array_add (history->left,
                     g_object_ref (lm_article_page_get_article (LM_ARTICLE_PAGE (page))));
  else
    g_ptr_array_set_size (history->left, 0);
}

static void
pushed_cb (AdwNavigationView *pages, History *history)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (pages);

  if (LM_IS_ARTICLE_PAGE (page) &&
      lm_article_page_get_article (LM_ARTICLE_PAGE (page)) == next_of (history))
    g_ptr_array_set_size (history->left, (int) history->left->len - 1);
  else
    g_ptr_array_set_size (history->left, 0);
}

static AdwNavigationPage *
next_cb (AdwNavigationView *pages, History *history)
{
  LmArticle *article = next_of (history);

  AdwNavigationPage *page;

  if (article == NULL)
    return NULL;
  page = lm_article_page_new (history->library, article, NULL, TRUE);
  lm_article_page_keep (LM_ARTICLE_PAGE (page), history->workspace);
  /* The signal hands over a reference, not a floating one. */
  return g_object_ref_sink (page);
}

/* Lets people go forward to the articles that they left. */
void
lm_article_history_keep (AdwNavigationView *pages, LmLibrary *library, LmWorkspace *workspace)
{
  History *history = g_new (History, 1);

  *history = (History) { g_object_ref (library),
                         g_object_ref (workspace),
                         g_ptr_array_new_with_free_func (g_object_unref) };
  g_object_set_data_full (G_OBJECT (pages), "article-history", history, history_free);
  g_signal_connect (pages, "popped", G_CALLBACK (popped_cb), history);
  g_signal_connect (pages, "pushed", G_CALLBACK (pushed_cb), history);
  g_signal_connect (pages, "get-next-page", G_CALLBACK (next_cb), history);
}
