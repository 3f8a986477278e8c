/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "search/lm-query.h"

G_BEGIN_DECLS

gboolean lm_term_is_filter (const LmTerm *term);
char *lm_query_without (const char *typed, guint index) G_GNUC_WARN_UNUSED_RESULT;
char *lm_query_with (const char *typed, LmTermField field, const char *value)
    G_GNUC_WARN_UNUSED_RESULT;
char *lm_query_without_field (const char *typed, LmTermField field) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
