/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/library/lm-article-page.h"
#include "ui/library/lm-article-view.h"
#include "ui/widgets/lm-parts.h"

/**
 * lm_article_page_new:
 * @section: (nullable): the heading to begin with
 * @with_guides: whether it ends with guides to write with
 */
AdwNavigationPage *
lm_article_page_new (LmLibrary *library,
                     LmArticle *article,
                     const char *section,
                     gboolean with_guides)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *header = lm_header_bar_new ();

  adw_header_bar_set_show_title (ADW_HEADER_BAR (header), FALSE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view),
                                lm_article_view_new (library, article, section, with_guides));
  return adw_navigation_page_new (view, lm_article_get_title (article));
}

/**
 * lm_passage_dialog_new:
 * @section: (nullable): the heading to begin with
 *
 * "What is this?": an article over a question. Closing it leads back to the question as it was
 * left.
 */
AdwDialog *
lm_passage_dialog_new (LmLibrary *library, LmArticle *article, const char *section)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *pages = adw_navigation_view_new ();

  adw_navigation_view_add (ADW_NAVIGATION_VIEW (pages),
                           lm_article_page_new (library, article, section, FALSE));
  adw_dialog_set_title (dialog, lm_article_get_title (article));
  adw_dialog_set_content_width (dialog, 680);
  adw_dialog_set_content_height (dialog, 720);
  adw_dialog_set_child (dialog, pages);
  return dialog;
}
