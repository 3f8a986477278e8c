/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "base/lm-text.h"
#include "journal/lm-content-stream.h"

/* What an entry keeps of writing without deleting, beside the words themselves: how long it went
 * on, the pauses, and what was marked later. Places are counted in characters (Unicode code points)
 * of the answer's text, and go with the words when those are changed. */

#define STREAM  "stream"
#define STEP    "step"
#define MINUTES "minutes"
#define SECONDS "seconds"
#define RUNNING "running"
#define PAUSES  "pauses"
#define AT      "at"
#define MARKS   "marks"
#define FROM    "from"
#define TO      "to"
#define KIND    "kind"

static JsonObject *
stream_of (LmContent *content)
{
  return lm_json_get_object (lm_content_json (content), STREAM);
}

/* Returns: the number under @key, 0 where there is none or it is out of all proportion */
static guint
number_of (JsonObject *object, const char *key)
{
  gint64 value;

  return lm_json_get_integer (object, key, &value) && value > 0 && value <= G_MAXINT ? (guint) value
                                                                                     : 0;
}

static guint
text_length (LmContent *content)
{
  return (guint) g_utf8_strlen (lm_content_stream_text (content), -1);
}

/**
 * lm_content_stream:
 * @step: the step of the guide whose answer has the words
 *
 * Returns: (transfer none): what is kept beside them, made if there is nothing
 */
JsonObject *
lm_content_stream (LmContent *content, const char *step)
{
  JsonObject *stream = stream_of (content);

  if (stream == NULL)
    {
      stream = json_object_new ();
      json_object_set_object_member (lm_content_json (content), STREAM, stream);
    }
  if (g_strcmp0 (lm_json_get_string (stream, STEP), step) != 0)
    json_object_set_string_member (stream, STEP, step);
  return stream;
}

/* Returns: (nullable): the step whose answer was written without deleting */
const char *
lm_content_stream_step (LmContent *content)
{
  return lm_json_get_string (stream_of (content), STEP);
}

/* Whether @answer was written without deleting. */
gboolean
lm_content_is_stream (LmContent *content, LmAnswer *answer)
{
  const char *step = lm_content_stream_step (content);

  return step != NULL && lm_content_find_answer (content, step) == answer;
}

/* Returns: what was written, "" where there is nothing */
const char *
lm_content_stream_text (LmContent *content)
{
  const char *step = lm_content_stream_step (content);
  LmAnswer *answer = step != NULL ? lm_content_find_answer (content, step) : NULL;

  return answer != NULL ? lm_answer_get_text (answer) : "";
}

/* Returns: the time that was chosen; 0 for an open end */
guint
lm_content_stream_minutes (LmContent *content)
{
  return number_of (stream_of (content), MINUTES);
}

/* Returns: how long it went on */
guint
lm_content_stream_seconds (LmContent *content)
{
  return number_of (stream_of (content), SECONDS);
}

/* Whether it was begun and not ended: the words are not to be changed yet. */
gboolean
lm_content_stream_is_running (LmContent *content)
{
  return lm_json_get_boolean (stream_of (content), RUNNING);
}

/* It has come to its end. Where nothing was written, nothing is kept. */
void
lm_content_stream_end (LmContent *content)
{
  JsonObject *stream = stream_of (content);

  if (stream == NULL)
    return;
  if (lm_text_is_blank (lm_content_stream_text (content)))
    json_object_remove_member (lm_content_json (content), STREAM);
  else if (json_object_has_member (stream, RUNNING))
    json_object_remove_member (stream, RUNNING);
}

/* Places that go with the words ------------------------------------------------------------- */

/* A stretch of text was replaced by another. All in characters. */
typedef struct
{
  guint start;
  guint removed;
  guint added;
} Change;

/* The one change that makes @after of @before. */
static Change
find_change (const char *before, const char *after)
{
  const char *a = before, *b = after, *a_end, *b_end;
  Change change = { 0 };

  while (*a != '\0' && g_utf8_get_char (a) == g_utf8_get_char (b))
    {
      a = g_utf8_next_char (a);
      b = g_utf8_next_char (b);
      change.start++;
    }
  a_end = a + strlen (a);
  b_end = b + strlen (b);
  while (a_end > a && b_end > b)
    {
      const char *a_last = g_utf8_prev_char (a_end), *b_last = g_utf8_prev_char (b_end);

      if (g_utf8_get_char (a_last) != g_utf8_get_char (b_last))
        break;
      a_end = a_last;
      b_end = b_last;
    }
  change.removed = (guint) g_utf8_strlen (a, a_end - a);
  change.added = (guint) g_utf8_strlen (b, b_end - b);
  return change;
}

/* Where @place is after the change. What is typed just there comes before it, or if it ends
 * something, behind it. */
static guint
move_place (guint place, const Change *change, gboolean is_end)
{
  if (place < change->start || (is_end && place == change->start))
    return place;
  if (place >= change->start + change->removed)
    return place - change->removed + change->added;
  return is_end ? change->start + change->added : change->start;
}

static void
move_member (JsonObject *object, const char *key, const Change *change, gboolean is_end)
{
  gint64 place;

  if (lm_json_get_integer (object, key, &place) && place >= 0 && place <= G_MAXINT)
    json_object_set_int_member (object, key, move_place ((guint) place, change, is_end));
}

static void
move_places (LmContent *content, const Change *change)
{
  JsonArray *pauses = lm_json_get_array (stream_of (content), PAUSES);
  JsonArray *marks = lm_json_get_array (stream_of (content), MARKS);

  for (guint i = 0; i < lm_json_array_size (pauses); i++)
    if (lm_json_at_object (pauses, i) != NULL)
      move_member (lm_json_at_object (pauses, i), AT, change, TRUE);
  for (guint i = lm_json_array_size (marks); i > 0; i--)
    {
      JsonObject *mark = lm_json_at_object (marks, i - 1);
      gint64 from, to;

      if (mark == NULL || !lm_json_get_integer (mark, FROM, &from) ||
          !lm_json_get_integer (mark, TO, &to))
        continue;
      /* The words that were marked are gone, all of them. */
      if (change->removed > 0 && from >= change->start && to > from &&
          to <= (gint64) change->start + change->removed)
        {
          json_array_remove_element (marks, i - 1);
          continue;
        }
      move_member (mark, FROM, change, FALSE);
      move_member (mark, TO, change, TRUE);
    }
}

/**
 * lm_content_set_stream_text:
 * @text: all that is written now
 * @from: (out) (optional): how many characters stand before what has changed
 *
 * Changes the words; pauses and marks go with them. lm_content_stream () was called before, and the
 * answer exists.
 */
void
lm_content_set_stream_text (LmContent *content, const char *text, guint *from)
{
  Change change = find_change (lm_content_stream_text (content), text);
  LmAnswer *answer = lm_content_find_answer (content, lm_content_stream_step (content));

  if (from != NULL)
    *from = change.start;
  if (answer == NULL || (change.removed == 0 && change.added == 0))
    return;
  move_places (content, &change);
  lm_answer_set_text (answer, text);
}

/* Pauses -------------------------------------------------------------------------------------- */

static int
compare_pauses (gconstpointer a, gconstpointer b)
{
  const LmStreamPause *first = a, *second = b;

  return first->at < second->at ? -1 : first->at > second->at;
}

/* Returns: (transfer full) (element-type LmStreamPause): in the order of the text; what is no pause
 * is left out */
GArray *
lm_content_pauses (LmContent *content)
{
  GArray *pauses = g_array_new (FALSE, FALSE, sizeof (LmStreamPause));
  JsonArray *array = lm_json_get_array (stream_of (content), PAUSES);
  guint length = text_length (content);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      JsonObject *object = lm_json_at_object (array, i);
      LmStreamPause pause = { MIN (number_of (object, AT), length), number_of (object, SECONDS) };

      if (pause.seconds > 0)
        g_array_append_val (pauses, pause);
    }
  g_array_sort (pauses, compare_pauses);
  return pauses;
}

static JsonArray *
list_of (LmContent *content, const char *key)
{
  JsonObject *stream = stream_of (content);

  if (lm_json_get_array (stream, key) == NULL)
    json_object_set_array_member (stream, key, json_array_new ());
  return lm_json_get_array (stream, key);
}

/* Notes a pause. Silences at one place are one. */
void
lm_content_add_pause (LmContent *content, guint at, guint seconds)
{
  JsonArray *array = list_of (content, PAUSES);
  JsonObject *pause;

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      gint64 there;

      pause = lm_json_at_object (array, i);
      if (lm_json_get_integer (pause, AT, &there) && there == at)
        {
          json_object_set_int_member (pause, SECONDS, number_of (pause, SECONDS) + seconds);
          return;
        }
    }
  pause = json_object_new ();
  json_object_set_int_member (pause, AT, at);
  json_object_set_int_member (pause, SECONDS, seconds);
  json_array_add_object_element (array, pause);
}

/* Marks --------------------------------------------------------------------------------------- */

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const LmStreamMark *first = a, *second = b;

  if (first->from != second->from)
    return first->from < second->from ? -1 : 1;
  if (first->to != second->to)
    return first->to < second->to ? -1 : 1;
  return g_strcmp0 (first->kind, second->kind);
}

static gboolean
read_mark (JsonObject *object, guint length, LmStreamMark *mark)
{
  *mark = (LmStreamMark) { MIN (number_of (object, FROM), length),
                           MIN (number_of (object, TO), length),
                           lm_json_get_string (object, KIND) };
  return mark->kind != NULL && mark->from < mark->to;
}

/* Returns: (transfer full) (element-type LmStreamMark): in the order of the text; what is no mark
 * is left out */
GArray *
lm_content_marks (LmContent *content)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (LmStreamMark));
  JsonArray *array = lm_json_get_array (stream_of (content), MARKS);
  guint length = text_length (content);
  LmStreamMark mark;

  for (guint i = 0; i < lm_json_array_size (array); i++)
    if (read_mark (lm_json_at_object (array, i), length, &mark))
      g_array_append_val (marks, mark);
  g_array_sort (marks, compare_marks);
  return marks;
}

/* Returns: where the mark stands in the list; G_MAXUINT if nowhere */
static guint
find_mark (LmContent *content, guint from, guint to, const char *kind)
{
  JsonArray *array = lm_json_get_array (stream_of (content), MARKS);
  guint length = text_length (content);
  LmStreamMark mark;

  for (guint i = 0; i < lm_json_array_size (array); i++)
    if (read_mark (lm_json_at_object (array, i), length, &mark) && mark.from == from &&
        mark.to == to && g_strcmp0 (mark.kind, kind) == 0)
      return i;
  return G_MAXUINT;
}

/**
 * lm_content_add_mark:
 * @from: the first character
 * @to: the character behind the last
 * @kind: %LM_MARK_STOP, %LM_MARK_JUMP or %LM_MARK_REPEAT
 *
 * Returns: FALSE if there is nothing to mark, or the very mark is there already
 */
gboolean
lm_content_add_mark (LmContent *content, guint from, guint to, const char *kind)
{
  JsonObject *mark;

  if (stream_of (content) == NULL || from >= to || to > text_length (content) ||
      find_mark (content, from, to, kind) != G_MAXUINT)
    return FALSE;
  mark = json_object_new ();
  json_object_set_int_member (mark, FROM, from);
  json_object_set_int_member (mark, TO, to);
  json_object_set_string_member (mark, KIND, kind);
  json_array_add_object_element (list_of (content, MARKS), mark);
  return TRUE;
}

/* Takes a mark away that lm_content_marks () gave. */
void
lm_content_remove_mark (LmContent *content, guint from, guint to, const char *kind)
{
  guint index = find_mark (content, from, to, kind);
  JsonArray *array = lm_json_get_array (stream_of (content), MARKS);

  if (index == G_MAXUINT)
    return;
  json_array_remove_element (array, index);
  if (json_array_get_length (array) == 0)
    json_object_remove_member (stream_of (content), MARKS);
}

/* Returns: (transfer full) (nullable): all marks as they are, for lm_content_restore_marks () */
JsonNode *
lm_content_save_marks (LmContent *content)
{
  JsonObject *stream = stream_of (content);
  JsonNode *marks = stream != NULL ? json_object_get_member (stream, MARKS) : NULL;
  g_autoptr (JsonObject) holder = NULL;
  g_autoptr (JsonObject) copy = NULL;

  if (marks == NULL)
    return NULL;
  /* json_node_copy () shares what is inside. */
  holder = json_object_new ();
  json_object_set_member (holder, MARKS, json_node_copy (marks));
  copy = lm_json_copy (holder);
  return json_node_copy (json_object_get_member (copy, MARKS));
}

/* Puts the marks back as they were: undo. @marks: (nullable) (transfer full) */
void
lm_content_restore_marks (LmContent *content, JsonNode *marks)
{
  JsonObject *stream = stream_of (content);

  if (stream == NULL)
    g_clear_pointer (&marks, json_node_unref);
  else if (marks != NULL)
    json_object_set_member (stream, MARKS, marks);
  else if (json_object_has_member (stream, MARKS))
    json_object_remove_member (stream, MARKS);
}
