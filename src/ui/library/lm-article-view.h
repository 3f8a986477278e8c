/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

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
guint lm_article_view_get_place (LmArticleView *self);
void lm_article_view_set_place (LmArticleView *self, guint place);
gboolean lm_article_view_was_read (LmArticleView *self);
void lm_article_view_set_size (LmArticleView *self, guint size);
char *lm_article_view_get_quotation (LmArticleView *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
