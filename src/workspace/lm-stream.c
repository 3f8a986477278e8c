/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "workspace/lm-stream.h"

#define MINUTES "minutes"
#define SECONDS "seconds"
#define RUNNING "running"
/* Going on was chosen when the time was over. */
#define BEYOND "beyond"

struct _LmStream
{
  LmContent *content; /* borrowed */
  char *step;
  char *question;
  LmStreamTime time;
  gpointer data;

  gboolean counting; /* not while nobody is before it */
  gint64 since;      /* when counting began */
  gint64 before;     /* what had been counted until then, in milliseconds */
  gint64 last;       /* the last key */
  gint64 noted;      /* of the silence since then, what is noted already, in seconds */
  gboolean told;     /* that the time is over */
};

/* The clock of this computer. */
gint64
lm_stream_system_time (gpointer data)
{
  return g_get_monotonic_time () / 1000;
}

/**
 * lm_stream_new:
 * @content: (transfer none): keeps what is written; outlives the stream
 * @step: the step of the guide
 * @question: as it is asked
 * @time: lm_stream_system_time (), or another in a test
 *
 * Returns: (transfer full): as far as it had come in @content; the time stands still until
 *   lm_stream_begin () or lm_stream_resume ()
 */
LmStream *
lm_stream_new (
    LmContent *content, const char *step, const char *question, LmStreamTime time, gpointer data)
{
  LmStream *stream = g_new0 (LmStream, 1);

  stream->content = content;
  stream->step = g_strdup (step);
  stream->question = g_strdup (question);
  stream->time = time;
  stream->data = data;
  stream->before = (gint64) lm_content_stream_seconds (content) * 1000;
  return stream;
}

void
lm_stream_free (LmStream *stream)
{
  g_free (stream->step);
  g_free (stream->question);
  g_free (stream);
}

static gint64
now (LmStream *stream)
{
  return stream->time (stream->data);
}

/* How long it went on, in milliseconds. */
static gint64
elapsed (LmStream *stream)
{
  return stream->before + (stream->counting ? now (stream) - stream->since : 0);
}

static gint64
silence (LmStream *stream)
{
  return stream->counting ? now (stream) - stream->last : 0;
}

static void
note_time (LmStream *stream)
{
  json_object_set_int_member (lm_content_stream (stream->content, stream->step),
                              SECONDS,
                              elapsed (stream) / 1000);
}

static gboolean
is_running (LmStream *stream)
{
  return lm_content_stream_is_running (stream->content);
}

/**
 * lm_stream_begin:
 * @minutes: how long; 0 for an open end
 */
void
lm_stream_begin (LmStream *stream, guint minutes)
{
  JsonObject *kept = lm_content_stream (stream->content, stream->step);

  if (minutes > 0)
    json_object_set_int_member (kept, MINUTES, minutes);
  else if (json_object_has_member (kept, MINUTES))
    json_object_remove_member (kept, MINUTES);
  json_object_set_boolean_member (kept, RUNNING, TRUE);
  /* Made here, so that the question stands as it was asked. */
  lm_content_answer (stream->content, stream->step, stream->question);
  lm_stream_resume (stream);
}

/* From here on it is another silence. */
static void
break_silence (LmStream *stream)
{
  stream->last = now (stream);
  stream->noted = 0;
}

/* Somebody is before it again. */
void
lm_stream_resume (LmStream *stream)
{
  if (stream->counting || !is_running (stream))
    return;
  stream->counting = TRUE;
  stream->since = now (stream);
  break_silence (stream);
}

/* Notes the silence so far, if it was long: what is not noted of it yet. */
static void
note_silence (LmStream *stream, guint at)
{
  gint64 length = silence (stream), more = length / 1000 - stream->noted;

  if (length < LM_STREAM_PAUSE || more <= 0)
    return;
  lm_content_add_pause (stream->content, at, (guint) MIN (more, G_MAXINT));
  stream->noted += more;
}

static guint
length_of (LmStream *stream)
{
  return (guint) g_utf8_strlen (lm_content_stream_text (stream->content), -1);
}

/* Notes how long it has gone on and was silent, which goes on: what is kept now is to be whole. */
void
lm_stream_keep (LmStream *stream)
{
  if (!stream->counting)
    return;
  note_silence (stream, length_of (stream));
  note_time (stream);
}

/* Nobody is before it: the time stands still. A silence until here stays noted. */
void
lm_stream_suspend (LmStream *stream)
{
  if (!stream->counting)
    return;
  lm_stream_keep (stream);
  stream->before = elapsed (stream);
  stream->counting = FALSE;
}

/**
 * lm_stream_set_text:
 * @text: all that is written now
 *
 * Something was typed.
 */
void
lm_stream_set_text (LmStream *stream, const char *text)
{
  guint at;

  lm_content_set_stream_text (stream->content, text, &at);
  note_silence (stream, at);
  break_silence (stream);
  note_time (stream);
}

/* A character is being made of several keys: that is no silence. */
void
lm_stream_composing (LmStream *stream)
{
  note_silence (stream, length_of (stream));
  break_silence (stream);
}

/* The time is over, or the end had come, and the person goes on as long as they like. */
void
lm_stream_go_on (LmStream *stream)
{
  JsonObject *kept = lm_content_stream (stream->content, stream->step);

  json_object_set_boolean_member (kept, BEYOND, TRUE);
  json_object_set_boolean_member (kept, RUNNING, TRUE);
  lm_stream_resume (stream);
}

/* Drops the silence behind the last word: who has finished does not pause. */
static void
drop_last_silence (LmStream *stream)
{
  JsonObject *kept = lm_content_stream (stream->content, stream->step);
  JsonArray *pauses = lm_json_get_array (kept, "pauses");
  guint end = length_of (stream);

  for (guint i = lm_json_array_size (pauses); i > 0; i--)
    {
      gint64 at;

      if (lm_json_get_integer (lm_json_at_object (pauses, i - 1), "at", &at) && at >= (gint64) end)
        json_array_remove_element (pauses, i - 1);
    }
  if (pauses != NULL && json_array_get_length (pauses) == 0)
    json_object_remove_member (kept, "pauses");
}

/* The person has finished. */
void
lm_stream_end (LmStream *stream)
{
  if (!is_running (stream))
    return;
  stream->before = elapsed (stream);
  stream->counting = FALSE;
  note_time (stream);
  drop_last_silence (stream);
  if (json_object_has_member (lm_content_stream (stream->content, stream->step), BEYOND))
    json_object_remove_member (lm_content_stream (stream->content, stream->step), BEYOND);
  lm_content_stream_end (stream->content);
}

/* Returns: how long it may last, in milliseconds; 0 for an open end */
static gint64
limit_of (LmStream *stream)
{
  JsonObject *kept = lm_json_get_object (lm_content_json (stream->content), "stream");

  return lm_json_get_boolean (kept, BEYOND)
             ? 0
             : (gint64) lm_content_stream_minutes (stream->content) * 60 * 1000;
}

/* Looks at the clock. Nobody is told in the middle of a sentence. */
LmStreamState
lm_stream_check (LmStream *stream)
{
  gint64 limit, over;

  if (lm_content_stream_step (stream->content) == NULL)
    return LM_STREAM_NEW;
  if (!is_running (stream))
    return LM_STREAM_ENDED;
  note_time (stream);
  limit = limit_of (stream);
  over = elapsed (stream) - limit;
  if (limit == 0 || over < 0)
    return LM_STREAM_RUNNING;
  if (!stream->counting || silence (stream) >= LM_STREAM_BREATH || over >= LM_STREAM_PATIENCE)
    stream->told = TRUE;
  return stream->told ? LM_STREAM_TIME_UP : LM_STREAM_RUNNING;
}

/* Whether somebody reads, thinks or waits just now. */
gboolean
lm_stream_is_resting (LmStream *stream)
{
  return !stream->counting || silence (stream) >= LM_STREAM_REST;
}

/* Returns: how much of the time is over, from 0 to 1000; -1 where there is no end */
int
lm_stream_get_progress (LmStream *stream)
{
  gint64 limit = limit_of (stream);

  return limit > 0 ? (int) MIN (elapsed (stream) * 1000 / limit, 1000) : -1;
}
