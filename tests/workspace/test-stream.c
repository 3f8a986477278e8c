/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "base/lm-json.h"
#include "lm-test.h"
#include "workspace/lm-stream.h"

/* Writing for some minutes without deleting, with a clock that the test turns. */

#define SECOND 1000
#define MINUTE (60 * SECOND)

typedef struct
{
  gint64 now;
  LmContent *content;
  LmStream *stream;
} Test;

static gint64
read_clock (gpointer data)
{
  return *(gint64 *) data;
}

static void
open_stream (Test *test)
{
  test->stream = lm_stream_new (test->content, "flow", "What comes?", read_clock, &test->now);
}

static void
set_up (Test *test, gconstpointer data)
{
  test->now = 4321;
  test->content = lm_content_new_bare ("entry");
  open_stream (test);
}

static void
tear_down (Test *test, gconstpointer data)
{
  lm_stream_free (test->stream);
  lm_content_free (test->content);
}

/* Locks and opens again: all that is left is what was written. */
static void
begin_anew (Test *test)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  lm_stream_suspend (test->stream);
  lm_stream_free (test->stream);
  bytes = lm_content_write (test->content);
  lm_content_free (test->content);
  test->content = lm_content_read (bytes, &error);
  g_assert_no_error (error);
  test->now += 3 * 60 * MINUTE;
  open_stream (test);
}

static void
type (Test *test, const char *text, gint64 after)
{
  g_autofree char *all = g_strconcat (lm_content_stream_text (test->content), text, NULL);

  test->now += after;
  lm_stream_set_text (test->stream, all);
}

static void
assert_state (Test *test, LmStreamState state)
{
  g_assert_cmpint (lm_stream_check (test->stream), ==, state);
}

static void
assert_pauses (Test *test, const char *expected)
{
  g_autoptr (GArray) pauses = lm_content_pauses (test->content);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < pauses->len; i++)
    {
      LmStreamPause *pause = &g_array_index (pauses, LmStreamPause, i);

      g_string_append_printf (text, "%s%u:%u", i > 0 ? " " : "", pause->at, pause->seconds);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_from_begin_to_end (Test *test, gconstpointer data)
{
  assert_state (test, LM_STREAM_NEW);
  g_assert_cmpint (lm_stream_get_progress (test->stream), ==, -1);
  lm_stream_begin (test->stream, 5);
  assert_state (test, LM_STREAM_RUNNING);
  type (test, "The bowl", 3 * SECOND);
  g_assert_cmpint (lm_stream_get_progress (test->stream), ==, 10);
  test->now += 4 * MINUTE + 57 * SECOND - 1;
  assert_state (test, LM_STREAM_RUNNING);
  test->now += 1;
  assert_state (test, LM_STREAM_TIME_UP);
  g_assert_cmpint (lm_stream_get_progress (test->stream), ==, 1000);
  type (test, " again", SECOND);
  /* What was said is not taken back. */
  assert_state (test, LM_STREAM_TIME_UP);
  lm_stream_end (test->stream);
  assert_state (test, LM_STREAM_ENDED);
  g_assert_cmpuint (lm_content_stream_seconds (test->content), ==, 301);
  g_assert_cmpuint (lm_content_stream_minutes (test->content), ==, 5);
  g_assert_cmpstr (lm_content_stream_text (test->content), ==, "The bowl again");
  g_assert_cmpstr (lm_answer_get_question (lm_content_find_answer (test->content, "flow")),
                   ==,
                   "What comes?");
  test->now += MINUTE;
  assert_state (test, LM_STREAM_ENDED);
  g_assert_cmpuint (lm_content_stream_seconds (test->content), ==, 301);
}

/* Time is up, and somebody is in the middle of a sentence. */
static void
test_nobody_is_cut_off (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 5);
  for (guint i = 0; i < 329; i++)
    {
      type (test, "a", SECOND);
      assert_state (test, LM_STREAM_RUNNING);
    }
  type (test, "a", SECOND);
  assert_state (test, LM_STREAM_TIME_UP);
  g_assert_cmpuint (g_utf8_strlen (lm_content_stream_text (test->content), -1), ==, 330);
}

static void
test_a_breath_is_enough (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 5);
  type (test, "a", 5 * MINUTE);
  assert_state (test, LM_STREAM_RUNNING);
  test->now += LM_STREAM_BREATH - 1;
  assert_state (test, LM_STREAM_RUNNING);
  test->now += 1;
  assert_state (test, LM_STREAM_TIME_UP);
}

static void
test_going_on (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 5);
  type (test, "a", SECOND);
  test->now += 5 * MINUTE;
  assert_state (test, LM_STREAM_TIME_UP);
  lm_stream_go_on (test->stream);
  assert_state (test, LM_STREAM_RUNNING);
  g_assert_cmpint (lm_stream_get_progress (test->stream), ==, -1);
  begin_anew (test);
  lm_stream_resume (test->stream);
  test->now += 90 * MINUTE;
  assert_state (test, LM_STREAM_RUNNING);
  lm_stream_end (test->stream);
  /* Another day there is more to say. */
  lm_stream_go_on (test->stream);
  assert_state (test, LM_STREAM_RUNNING);
  type (test, "b", MINUTE);
  lm_stream_end (test->stream);
  g_assert_cmpuint (lm_content_stream_seconds (test->content), ==, 301 + 91 * 60);
  g_assert_cmpuint (lm_content_stream_minutes (test->content), ==, 5);
  g_assert_cmpstr (lm_content_stream_text (test->content), ==, "ab");
}

static void
test_an_open_end (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 0);
  type (test, "a", SECOND);
  test->now += 300 * MINUTE;
  assert_state (test, LM_STREAM_RUNNING);
  g_assert_cmpint (lm_stream_get_progress (test->stream), ==, -1);
}

static void
test_pauses (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 20);
  type (test, "The dish", 12 * SECOND);
  type (test, "washer", LM_STREAM_PAUSE - 1);
  assert_pauses (test, "0:12");
  type (test, ". Größe", LM_STREAM_PAUSE);
  assert_pauses (test, "0:12 14:10");
  g_assert_false (lm_stream_is_resting (test->stream));
  test->now += LM_STREAM_REST;
  g_assert_true (lm_stream_is_resting (test->stream));
  type (test, " and", 40 * SECOND - LM_STREAM_REST);
  assert_pauses (test, "0:12 14:10 21:40");
  /* Who has finished does not pause. */
  test->now += MINUTE;
  lm_stream_end (test->stream);
  assert_pauses (test, "0:12 14:10 21:40");
}

/* The silence before a lock and the one after it are one. */
static void
test_a_pause_with_a_lock_in_it (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 20);
  type (test, "then", SECOND);
  test->now += 15 * MINUTE;
  begin_anew (test);
  assert_state (test, LM_STREAM_RUNNING);
  lm_stream_resume (test->stream);
  type (test, " what", 30 * SECOND);
  assert_pauses (test, "4:930");
  g_assert_cmpuint (lm_content_stream_seconds (test->content), ==, 931);
  begin_anew (test);
  lm_stream_resume (test->stream);
  test->now += 20 * SECOND;
  begin_anew (test);
  lm_stream_end (test->stream);
  assert_pauses (test, "4:930");
}

/* Several keys for one character are no silence, and not a word yet. */
static void
test_composing (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 20);
  type (test, "abc", SECOND);
  test->now += 25 * SECOND;
  lm_stream_composing (test->stream);
  test->now += 9 * SECOND;
  lm_stream_composing (test->stream);
  type (test, "字", 9 * SECOND);
  assert_pauses (test, "3:25");
}

/* Saved in the middle of a silence, more than once: it is there as far as it has come, and it is
 * one silence in the end. */
static void
test_kept_in_a_silence (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 20);
  type (test, "abc", SECOND);
  test->now += 6 * SECOND;
  lm_stream_keep (test->stream);
  assert_pauses (test, "");
  g_assert_cmpuint (lm_content_stream_seconds (test->content), ==, 7);
  test->now += 6 * SECOND;
  lm_stream_keep (test->stream);
  assert_pauses (test, "3:12");
  test->now += 3 * SECOND;
  lm_stream_keep (test->stream);
  assert_pauses (test, "3:15");
  type (test, "d", 2 * SECOND);
  assert_pauses (test, "3:17");
  test->now += 12 * SECOND;
  lm_stream_keep (test->stream);
  lm_stream_suspend (test->stream);
  assert_pauses (test, "3:17 4:12");
}

static void
test_nothing_written (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 5);
  test->now += MINUTE;
  assert_state (test, LM_STREAM_RUNNING);
  lm_stream_end (test->stream);
  g_assert_null (lm_json_get_object (lm_content_json (test->content), "stream"));
  assert_state (test, LM_STREAM_NEW);
  g_assert_true (lm_content_is_empty (test->content));
}

static void
test_correcting_moves_the_pauses (Test *test, gconstpointer data)
{
  lm_stream_begin (test->stream, 5);
  type (test, "one two", SECOND);
  type (test, " three", 15 * SECOND);
  test->now += 20 * SECOND;
  lm_stream_set_text (test->stream, "on two three");
  assert_pauses (test, "2:20 6:15");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/stream/" name, Test, NULL, set_up, function, tear_down)
  ADD ("from-begin-to-end", test_from_begin_to_end);
  ADD ("nobody-is-cut-off", test_nobody_is_cut_off);
  ADD ("a-breath-is-enough", test_a_breath_is_enough);
  ADD ("going-on", test_going_on);
  ADD ("an-open-end", test_an_open_end);
  ADD ("pauses", test_pauses);
  ADD ("a-pause-with-a-lock-in-it", test_a_pause_with_a_lock_in_it);
  ADD ("composing", test_composing);
  ADD ("kept-in-a-silence", test_kept_in_a_silence);
  ADD ("nothing-written", test_nothing_written);
  ADD ("correcting-moves-the-pauses", test_correcting_moves_the_pauses);
#undef ADD
  return g_test_run ();
}
