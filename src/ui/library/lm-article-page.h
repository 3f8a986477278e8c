/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-citation.h"
#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_ARTICLE_PAGE (lm_article_page_get_type ())
G_DECLARE_FINAL_TYPE (LmArticlePage, lm_article_page, LM, ARTICLE_PAGE, AdwNavigationPage)

AdwNavigationPage *lm_article_page_new (LmLibrary *library,
                                        LmArticle *article,
                                        const char *section,
                                        gboolean with_guides);
void lm_article_page_keep (LmArticlePage *self, LmWorkspace *workspace);
LmArticle *lm_article_page_get_article (LmArticlePage *self);
void lm_article_page_find (LmArticlePage *self);
void lm_article_page_show_passage (LmArticlePage *self, const LmCitation *citation);

G_END_DECLS
