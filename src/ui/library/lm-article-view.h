/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-citation.h"
#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_ARTICLE_VIEW (lm_article_view_get_type ())
G_DECLARE_FINAL_TYPE (LmArticleView, lm_article_view, LM, ARTICLE_VIEW, AdwBin)

GtkWidget *lm_article_view_new (LmLibrary *library,
                                LmArticle *article,
                                const char *section,
                                gboolean with_guides);
guint lm_article_view_find (LmArticleView *self, const char *text);
void lm_article_view_show_found (LmArticleView *self, guint index);
void lm_article_view_show_section (LmArticleView *self, const char *section);
void lm_article_view_set_passage (LmArticleView *self, const char *section, const char *passage);
void lm_article_view_show_marks (LmArticleView *self, LmWorkspace *workspace);
void lm_article_view_set_menu (LmArticleView *self, GMenuModel *menu);
LmCitation *lm_article_view_get_passage (LmArticleView *self);
guint lm_article_view_get_place (LmArticleView *self);
void lm_article_view_set_place (LmArticleView *self, guint place);
gboolean lm_article_view_was_read (LmArticleView *self);
void lm_article_view_set_size (LmArticleView *self, guint size);
char *lm_article_view_get_quotation (LmArticleView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
