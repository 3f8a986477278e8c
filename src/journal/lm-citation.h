/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"

G_BEGIN_DECLS

/**
 * LmCitation:
 * @article: its id
 * @title: its title, as it was called then
 * @section: the anchor of the heading above the words; "" at the beginning
 * @text: the words
 *
 * A passage of an article that an entry is about. It reads by itself for ever, whatever becomes of
 * the article.
 */
typedef struct
{
  char *article;
  char *title;
  char *section;
  char *text;
} LmCitation;

LmCitation *lm_citation_new (const char *article,
                             const char *title,
                             const char *section,
                             const char *text);
void lm_citation_free (LmCitation *citation);
char *lm_citation_to_target (const LmCitation *citation) G_GNUC_WARN_UNUSED_RESULT;
LmCitation *lm_citation_from_target (const char *target) G_GNUC_WARN_UNUSED_RESULT;

GPtrArray *lm_content_list_citations (LmContent *content) G_GNUC_WARN_UNUSED_RESULT;
void lm_content_add_citation (LmContent *content, const LmCitation *citation);
gboolean lm_content_remove_citation (LmContent *content, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmCitation, lm_citation_free)

G_END_DECLS
