/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "search/lm-query.h"

G_BEGIN_DECLS

/**
 * LmSearchMark:
 * @begin: bytes from the start of the excerpt
 * @end: behind the last byte
 *
 * A place in an excerpt that was looked for.
 */
typedef struct
{
  guint begin;
  guint end;
} LmSearchMark;

char *lm_search_excerpt (const char *text, LmQuery *query, guint characters, GArray **marks)
    G_GNUC_WARN_UNUSED_RESULT;
GArray *lm_search_marks (const char *text, LmQuery *query) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
