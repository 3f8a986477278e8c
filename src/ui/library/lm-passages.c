/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-citation.h"
#include "ui/journal/lm-write-page.h"
#include "ui/library/lm-article-page.h"
#include "ui/library/lm-passages.h"
#include "workspace/lm-draft.h"

/* From a passage in an article to an entry about it, and back. */

/* Returns: (transfer floating) (nullable): the article at the passage that @target names, from
 * lm_citation_to_target (); %NULL if the article is not there */
AdwNavigationPage *
lm_passage_open (LmWorkspace *workspace, LmLibrary *library, const char *target)
{
  g_autoptr (LmCitation) citation = lm_citation_from_target (target);
  LmArticle *article =
      citation != NULL ? lm_library_find_article (library, citation->article) : NULL;
  AdwNavigationPage *page;

  if (article == NULL)
    return NULL;
  page = lm_article_page_new (library, article, NULL, TRUE);
  lm_article_page_keep (LM_ARTICLE_PAGE (page), workspace);
  lm_article_page_show_passage (LM_ARTICLE_PAGE (page), citation);
  return page;
}

/* Returns: (transfer floating) (nullable): a new entry about that passage. Nothing is kept before
 * something is written */
AdwNavigationPage *
lm_passage_write (LmWorkspace *workspace, LmLibrary *library, const char *target)
{
  g_autoptr (LmCitation) passage = lm_citation_from_target (target);
  LmArticle *article = passage != NULL ? lm_library_find_article (library, passage->article) : NULL;
  g_autoptr (LmCitation) citation = NULL;
  g_autoptr (LmDraft) draft = NULL;

  if (article == NULL)
    return NULL;
  citation = lm_citation_new (passage->article,
                              lm_article_get_title (article),
                              passage->section,
                              passage->text);
  draft = lm_workspace_begin (workspace, NULL);
  lm_content_add_citation (lm_draft_get_content (draft), citation);
  return ADW_NAVIGATION_PAGE (lm_write_page_new (workspace, draft));
}
