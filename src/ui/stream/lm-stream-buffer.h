/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LmStreamBuffer:
 *
 * Text to which words can only be added at the end, and in which the cursor stays there, unless
 * #LmStreamBuffer:correcting is on.
 */
#define LM_TYPE_STREAM_BUFFER (lm_stream_buffer_get_type ())
G_DECLARE_FINAL_TYPE (LmStreamBuffer, lm_stream_buffer, LM, STREAM_BUFFER, GtkTextBuffer)

LmStreamBuffer *lm_stream_buffer_new (void);
gboolean lm_stream_buffer_get_correcting (LmStreamBuffer *self);
void lm_stream_buffer_set_correcting (LmStreamBuffer *self, gboolean correcting);
void lm_stream_buffer_load (LmStreamBuffer *self, const char *text);
char *lm_stream_buffer_get_all (LmStreamBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
