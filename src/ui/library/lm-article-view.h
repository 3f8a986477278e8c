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

G_END_DECLS
