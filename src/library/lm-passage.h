/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-document.h"

G_BEGIN_DECLS

char *lm_passage_cut (const char *text, GArray *spans, guint start, guint end)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_passage_find (
    const char *text, GArray *spans, const char *passage, guint *start, guint *end);

G_END_DECLS
