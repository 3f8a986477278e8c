/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lm_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
GStrv lm_fold_words (const char *query) G_GNUC_WARN_UNUSED_RESULT;
char *lm_fold_with_origins (const char *text, guint **origins) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
