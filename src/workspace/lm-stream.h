/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-content-stream.h"

G_BEGIN_DECLS

/* A silence from this length on is noted, in milliseconds. */
#define LM_STREAM_PAUSE 10000
/* After this time without a key somebody reads rather than writes. */
#define LM_STREAM_REST 5000
/* That the time is over is said when nobody has typed for this long, … */
#define LM_STREAM_BREATH 2000
/* … and at the latest after this. */
#define LM_STREAM_PATIENCE 30000

/**
 * LmStreamTime:
 *
 * Returns: milliseconds since some moment, asleep or not; never goes back
 */
typedef gint64 (*LmStreamTime) (gpointer data);

gint64 lm_stream_system_time (gpointer data);

/**
 * LmStreamState:
 * @LM_STREAM_NEW: not begun
 * @LM_STREAM_RUNNING: words are added, nothing is taken away
 * @LM_STREAM_TIME_UP: the same, and the time that was chosen is over
 * @LM_STREAM_ENDED: the words can be changed as any others
 */
typedef enum
{
  LM_STREAM_NEW,
  LM_STREAM_RUNNING,
  LM_STREAM_TIME_UP,
  LM_STREAM_ENDED,
} LmStreamState;

/**
 * LmStream:
 *
 * Writing for some minutes without deleting, as far as no window is needed. All that it knows is
 * in the content, so that it can go on after a lock or on another day.
 */
typedef struct _LmStream LmStream;

LmStream *lm_stream_new (
    LmContent *content, const char *step, const char *question, LmStreamTime time, gpointer data);
void lm_stream_free (LmStream *stream);

void lm_stream_begin (LmStream *stream, guint minutes);
void lm_stream_keep (LmStream *stream);
void lm_stream_suspend (LmStream *stream);
void lm_stream_resume (LmStream *stream);
void lm_stream_set_text (LmStream *stream, const char *text);
void lm_stream_composing (LmStream *stream);
void lm_stream_go_on (LmStream *stream);
void lm_stream_end (LmStream *stream);

LmStreamState lm_stream_check (LmStream *stream);
gboolean lm_stream_is_resting (LmStream *stream);
int lm_stream_get_progress (LmStream *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmStream, lm_stream_free)

G_END_DECLS
