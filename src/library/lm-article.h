/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

#include "library/lm-document.h"

G_BEGIN_DECLS

/* The language of all articles that do not name another. */
#define LM_ARTICLE_LANGUAGE "en"

#define LM_TYPE_ARTICLE (lm_article_get_type ())
G_DECLARE_FINAL_TYPE (LmArticle, lm_article, LM, ARTICLE, GObject)

LmArticle *lm_article_read (const char *name, const char *text, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
const char *lm_article_get_id (LmArticle *self);
const char *lm_article_get_language (LmArticle *self);
const char *lm_article_get_title (LmArticle *self);
const char *lm_article_get_group (LmArticle *self);
guint lm_article_get_order (LmArticle *self);
guint lm_article_get_minutes (LmArticle *self);
const char *lm_article_get_summary (LmArticle *self);
const char *const *lm_article_get_guides (LmArticle *self);
const char *const *lm_article_get_references (LmArticle *self);
gboolean lm_article_get_reviewed (LmArticle *self);
LmDocument *lm_article_get_document (LmArticle *self);

G_END_DECLS
