/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-content-stream.h"
#include "lm-test.h"

/* What an entry keeps beside words that were written without deleting. */

#define ENTRY                                                                                      \
  "{\"kind\":\"entry\",\"answers\":[{\"step\":\"flow\",\"text\":\"Ein Vögelchen 🐦 sang. "         \
  "Anyway.\"}],\"stream\":{\"step\":\"flow\",\"minutes\":10,\"seconds\":612,\"pauses\":[{\"at\":"  \
  "21,\"seconds\":40,\"new\":1}],\"marks\":[{\"from\":22,\"to\":28,\"kind\":\"repeat\",\"new\":"   \
  "[2]},{\"from\":4,\"to\":13,\"kind\":\"tune\"}],\"newer\":{\"a\":[{}]}}}"

static LmContent *
read_content (const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (payload, &error);

  g_assert_no_error (error);
  return content;
}

static char *
write_content (LmContent *content)
{
  g_autoptr (GBytes) bytes = lm_content_write (content);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Pauses and marks with the words that they are at, as in "40s before Any; repeat=Anyway". */
static char *
tell (LmContent *content)
{
  g_autoptr (GArray) pauses = lm_content_pauses (content);
  g_autoptr (GArray) marks = lm_content_marks (content);
  const char *text = lm_content_stream_text (content);
  glong length = g_utf8_strlen (text, -1);
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < pauses->len; i++)
    {
      LmStreamPause *pause = &g_array_index (pauses, LmStreamPause, i);
      g_autofree char *word =
          g_utf8_substring (text, pause->at, MIN ((glong) pause->at + 3, length));

      g_string_append_printf (told, "%us|%s;", pause->seconds, word);
    }
  for (guint i = 0; i < marks->len; i++)
    {
      LmStreamMark *mark = &g_array_index (marks, LmStreamMark, i);
      g_autofree char *words = g_utf8_substring (text, mark->from, mark->to);

      g_string_append_printf (told, "%s=%s;", mark->kind, words);
    }
  return g_string_free (told, FALSE);
}

static void
assert_told (LmContent *content, const char *expected)
{
  g_autofree char *told = tell (content);

  g_assert_cmpstr (told, ==, expected);
}

static void
test_read (void)
{
  g_autoptr (LmContent) content = read_content (ENTRY);
  g_autofree char *written = write_content (content);

  g_assert_cmpstr (lm_content_stream_step (content), ==, "flow");
  g_assert_cmpuint (lm_content_stream_minutes (content), ==, 10);
  g_assert_cmpuint (lm_content_stream_seconds (content), ==, 612);
  g_assert_false (lm_content_stream_is_running (content));
  assert_told (content, "40s| An;tune=Vögelchen;repeat=Anyway;");
  g_assert_cmpstr (written, ==, ENTRY);
}

/* Another program may write anything there. */
static void
test_read_nonsense (void)
{
  static const char *const entries[] = {
    "{}",
    "{\"stream\":7}",
    "{\"stream\":{\"step\":7,\"pauses\":{},\"marks\":[1,null,[]]}}",
    "{\"stream\":{\"step\":\"x\",\"pauses\":[7,{\"at\":\"2\",\"seconds\":-4}],\"marks\":["
    "{\"from\":-5,\"to\":3,\"kind\":\"stop\"},{\"from\":2,\"to\":1,\"kind\":\"stop\"},"
    "{\"from\":0,\"to\":9007199254740991,\"kind\":\"stop\"},{\"from\":0,\"to\":1}]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (LmContent) content = read_content (entries[i]);

      g_assert_cmpstr (lm_content_stream_text (content), ==, "");
      g_assert_cmpuint (lm_content_stream_seconds (content), ==, 0);
      assert_told (content, "");
    }
}

/* Nor does it harm when the words change. */
static void
test_nonsense_moves (void)
{
  g_autoptr (LmContent) content = read_content (
      "{\"answers\":[{\"step\":\"f\",\"text\":\"one two three\"}],\"stream\":{\"step\":\"f\","
      "\"pauses\":[7,{},{\"at\":-3,\"seconds\":9},{\"at\":9007199254740991,\"seconds\":9},"
      "{\"at\":4,\"seconds\":9}],\"marks\":[null,{},{\"from\":1},{\"from\":-2,\"to\":3,"
      "\"kind\":\"stop\"},{\"from\":3,\"to\":9007199254740991,\"kind\":\"stop\"},"
      "{\"from\":8,\"to\":13,\"kind\":\"jump\"}]}}");
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr (JsonNode) marks = NULL;
  guint from;

  before = write_content (content);
  lm_content_set_stream_text (content, "one two three", &from);
  after = write_content (content);
  g_assert_cmpstr (before, ==, after);
  lm_content_set_stream_text (content, "one and two three", NULL);
  assert_told (content, "9s|one;9s|one;9s|and;stop=one;jump=three;");
  g_assert_false (lm_content_add_mark (content, 3, 3, LM_MARK_STOP));
  g_assert_false (lm_content_add_mark (content, 3, 99, LM_MARK_STOP));
  marks = lm_content_save_marks (content);
  lm_content_restore_marks (content, NULL);
  lm_content_restore_marks (content, NULL);
  g_assert_null (lm_content_save_marks (content));
  lm_content_restore_marks (content, g_steal_pointer (&marks));
}

/* Without a stream there is nothing to mark or to bring back. */
static void
test_no_stream (void)
{
  g_autoptr (LmContent) content = read_content ("{}");

  g_assert_null (lm_content_save_marks (content));
  lm_content_restore_marks (content, json_node_new (JSON_NODE_NULL));
  g_assert_false (lm_content_add_mark (content, 0, 1, LM_MARK_STOP));
}

static void
test_places_behind_the_end (void)
{
  g_autoptr (LmContent) content = read_content (
      "{\"answers\":[{\"step\":\"f\",\"text\":\"öä\"}],\"stream\":{\"step\":\"f\",\"pauses\":["
      "{\"at\":99,\"seconds\":12}],\"marks\":[{\"from\":1,\"to\":99,\"kind\":\"stop\"},"
      "{\"from\":2,\"to\":3,\"kind\":\"stop\"}]}}");

  assert_told (content, "12s|;stop=ä;");
}

static void
test_marks (void)
{
  g_autoptr (LmContent) content = read_content (ENTRY);
  g_autofree char *written = NULL;
  JsonNode *before = lm_content_save_marks (content);

  g_assert_true (lm_content_add_mark (content, 14, 15, LM_MARK_JUMP));
  g_assert_false (lm_content_add_mark (content, 14, 15, LM_MARK_JUMP));
  g_assert_true (lm_content_add_mark (content, 14, 15, LM_MARK_STOP));
  g_assert_false (lm_content_add_mark (content, 3, 3, LM_MARK_STOP));
  g_assert_false (lm_content_add_mark (content, 3, 300, LM_MARK_STOP));
  assert_told (content, "40s| An;tune=Vögelchen;jump=🐦;stop=🐦;repeat=Anyway;");
  lm_content_remove_mark (content, 14, 15, LM_MARK_JUMP);
  lm_content_remove_mark (content, 22, 28, LM_MARK_REPEAT);
  assert_told (content, "40s| An;tune=Vögelchen;stop=🐦;");
  lm_content_restore_marks (content, before);
  written = write_content (content);
  g_assert_cmpstr (written, ==, ENTRY);
}

static void
test_the_first_mark_and_none (void)
{
  g_autoptr (LmContent) content = read_content (
      "{\"answers\":[{\"step\":\"f\",\"text\":\"abc\"}],\"stream\":{\"step\":\"f\"}}");
  g_autofree char *before = write_content (content);
  g_autofree char *after = NULL;
  JsonNode *marks = lm_content_save_marks (content);

  g_assert_null (marks);
  g_assert_true (lm_content_add_mark (content, 0, 3, LM_MARK_STOP));
  lm_content_restore_marks (content, marks);
  g_assert_true (lm_content_add_mark (content, 0, 3, LM_MARK_STOP));
  lm_content_remove_mark (content, 0, 3, LM_MARK_STOP);
  after = write_content (content);
  g_assert_cmpstr (after, ==, before);
}

static const struct
{
  const char *text;
  const char *told;
} edits[] = {
  { "Kein Vögelchen 🐦 sang. Anyway.", "40s| An;tune=Vögelchen;repeat=Anyway;" },
  { "Ein Vögelchen 🐦 sang. Well. Anyway.", "40s| We;tune=Vögelchen;repeat=Anyway;" },
  { "Ein Vögelein 🐦 sang. Anyway.", "40s| An;tune=Vögelein;repeat=Anyway;" },
  { "Ein 🐦 sang. Anyway.", "40s| An;repeat=Anyway;" },
  { "Ein Vögelchen 🐦 sang. Anyway. So.", "40s| An;tune=Vögelchen;repeat=Anyway;" },
  { "Ein Vögelchen 🐦", "40s|;tune=Vögelchen;" },
  { "", "40s|;" },
};

static void
test_words_change (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (LmContent) content = read_content (ENTRY);

      lm_content_set_stream_text (content, edits[i].text, NULL);
      g_assert_cmpstr (lm_content_stream_text (content), ==, edits[i].text);
      assert_told (content, edits[i].told);
    }
}

static void
test_end (void)
{
  g_autoptr (LmContent) content = read_content ("{\"answers\":[{\"step\":\"f\",\"text\":\" \"}]}");

  lm_content_stream_end (content);
  json_object_set_boolean_member (lm_content_stream (content, "f"), "running", TRUE);
  g_assert_true (lm_content_stream_is_running (content));
  lm_content_stream_end (content);
  g_assert_null (lm_content_stream_step (content));
  json_object_set_boolean_member (lm_content_stream (content, "f"), "running", TRUE);
  lm_content_set_stream_text (content, "a", NULL);
  lm_content_stream_end (content);
  g_assert_false (lm_content_stream_is_running (content));
  g_assert_cmpstr (lm_content_stream_step (content), ==, "f");
}

/* Any sequence of what can be done ------------------------------------------------------------ */

static void
random_edit (GRand *rand, LmContent *content)
{
  static const char *const pieces[] = { "", "a", "ö", "🐦", "字 ", "\n", "wo rt" };
  const char *text = lm_content_stream_text (content);
  gint32 length = (gint32) g_utf8_strlen (text, -1);
  gint32 from = g_rand_int_range (rand, 0, length + 1);
  gint32 more = g_rand_int_range (rand, 0, 6);
  gint32 to = MIN (length, from + more);
  g_autofree char *head = g_utf8_substring (text, 0, from);
  g_autofree char *tail = g_utf8_substring (text, to, length);
  g_autofree char *now =
      g_strconcat (head, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))], tail, NULL);

  lm_content_set_stream_text (content, now, NULL);
  g_assert_cmpstr (lm_content_stream_text (content), ==, now);
}

static void
random_step (GRand *rand, LmContent *content)
{
  static const char *const kinds[] = { LM_MARK_STOP, LM_MARK_JUMP, LM_MARK_REPEAT };
  guint length = (guint) g_utf8_strlen (lm_content_stream_text (content), -1);
  g_autoptr (GArray) marks = lm_content_marks (content);
  guint from = (guint) g_rand_int_range (rand, 0, (gint32) length + 1);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      lm_content_add_pause (content, from, (guint) g_rand_int_range (rand, 10, 900));
      break;
    case 1:
      lm_content_add_mark (content,
                           from,
                           from + (guint) g_rand_int_range (rand, 0, 9),
                           kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))]);
      break;
    case 2:
      if (marks->len > 0)
        {
          LmStreamMark mark =
              g_array_index (marks, LmStreamMark, g_rand_int_range (rand, 0, (gint32) marks->len));
          g_autofree char *kind = g_strdup (mark.kind);

          lm_content_remove_mark (content, mark.from, mark.to, kind);
        }
      break;
    default:
      random_edit (rand, content);
      break;
    }
}

static void
test_any_sequence (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (LmContent) content = read_content (ENTRY);

      for (guint i = 0; i < 40; i++)
        {
          g_autofree char *written = NULL, *told = NULL, *again = NULL;
          g_autoptr (LmContent) loaded = NULL;

          random_step (rand, content);
          written = write_content (content);
          loaded = read_content (written);
          again = write_content (loaded);
          g_assert_cmpstr (again, ==, written);
          told = tell (content);
          assert_told (loaded, told);
          /* What this version does not know is not touched. */
          g_assert_nonnull (strstr (written, "\"newer\":{\"a\":[{}]}"));
          g_assert_nonnull (strstr (written, "\"new\":1"));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/content-stream/read", test_read);
  g_test_add_func ("/content-stream/read-nonsense", test_read_nonsense);
  g_test_add_func ("/content-stream/nonsense-moves", test_nonsense_moves);
  g_test_add_func ("/content-stream/no-stream", test_no_stream);
  g_test_add_func ("/content-stream/places-behind-the-end", test_places_behind_the_end);
  g_test_add_func ("/content-stream/marks", test_marks);
  g_test_add_func ("/content-stream/the-first-mark-and-none", test_the_first_mark_and_none);
  g_test_add_func ("/content-stream/words-change", test_words_change);
  g_test_add_func ("/content-stream/end", test_end);
  g_test_add_func ("/content-stream/any-sequence", test_any_sequence);
  return g_test_run ();
}
