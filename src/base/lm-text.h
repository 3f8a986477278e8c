/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lm_text_excerpt (const char *text, guint characters) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_text_is_blank (const char *text);
char *lm_text_slug (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *lm_text_clean_tag (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char *lm_text_capitalize (char *text) G_GNUC_WARN_UNUSED_RESULT;
guint lm_text_words (const char *text);
void lm_text_wipe (char *text);

G_END_DECLS
