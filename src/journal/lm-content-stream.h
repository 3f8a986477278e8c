/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content.h"

G_BEGIN_DECLS

/* The kinds of marks that Leitmotif sets; others are kept and shown. */
#define LM_MARK_STOP   "stop"
#define LM_MARK_JUMP   "jump"
#define LM_MARK_REPEAT "repeat"

/**
 * LmStreamPause:
 * @at: how many characters stand before it
 * @seconds: how long it was
 *
 * A silence while somebody wrote without deleting.
 */
typedef struct
{
  guint at;
  guint seconds;
} LmStreamPause;

/**
 * LmStreamMark:
 * @from: the first character
 * @to: the character behind the last; larger than @from
 * @kind: borrowed from the content
 *
 * What somebody marked when they read it again.
 */
typedef struct
{
  guint from;
  guint to;
  const char *kind;
} LmStreamMark;

JsonObject *lm_content_stream (LmContent *content, const char *step);
const char *lm_content_stream_step (LmContent *content);
gboolean lm_content_is_stream (LmContent *content, LmAnswer *answer);
const char *lm_content_stream_text (LmContent *content);
void lm_content_set_stream_text (LmContent *content, const char *text, guint *from);
guint lm_content_stream_minutes (LmContent *content);
guint lm_content_stream_seconds (LmContent *content);
gboolean lm_content_stream_is_running (LmContent *content);
void lm_content_stream_end (LmContent *content);

GArray *lm_content_pauses (LmContent *content);
void lm_content_add_pause (LmContent *content, guint at, guint seconds);

GArray *lm_content_marks (LmContent *content);
gboolean lm_content_add_mark (LmContent *content, guint from, guint to, const char *kind);
void lm_content_remove_mark (LmContent *content, guint from, guint to, const char *kind);
JsonNode *lm_content_save_marks (LmContent *content);
void lm_content_restore_marks (LmContent *content, JsonNode *marks);

G_END_DECLS
