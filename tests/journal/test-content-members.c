/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "base/lm-json.h"
#include "journal/lm-appointment.h"
#include "journal/lm-attachment-list.h"
#include "journal/lm-citation.h"
#include "journal/lm-content-parts.h"
#include "journal/lm-content-stream.h"
#include "journal/lm-merge.h"
#include "journal/lm-record.h"
#include "lm-test.h"

/* Members of another type, of no type, missing or twice as many: what another program may have
 * written, or a later version. All of it is read without a warning, written back the same, merged
 * and changed; nothing of what is not understood goes. */

#define ROUNDS 4000

#define ID1 "101112131415161718191a1b1c1d1e1f"
#define ID2 "202122232425262728292a2b2c2d2e2f"

static const char whole[] =
    "{\"kind\":\"entry\",\"created\":\"2026-11-23T21:04:11+01:00\","
    "\"modified\":\"2026-11-23T21:05:11+01:00\",\"saves\":{\"" ID1 "\":3},"
    "\"title\":\"Tea\",\"text\":\"We had tea.\",\"tags\":[\"home\",\"rain\"],"
    "\"deleted\":null,\"tray\":{\"state\":\"bring\",\"since\":\"2026-11-23T21:04:11+01:00\"},"
    "\"sealed_until\":\"2026-12-24T00:00:00+01:00\",\"told\":\"" ID2 "\",\"name\":\"Ann\","
    "\"note\":\"A friend\",\"circles\":[\"now\"],\"merged_into\":\"" ID2 "\","
    "\"notes\":[{\"created\":\"2026-11-24T21:04:11+01:00\",\"text\":\"Later\"}],"
    "\"guide\":{\"id\":\"relationship-episode\",\"version\":1,\"language\":\"en\"},"
    "\"answers\":[{\"step\":\"who\",\"question\":\"Who?\",\"people\":[\"" ID1 "\"],"
    "\"choices\":[{\"id\":\"self\",\"label\":\"Me\"},{\"label\":\"mine\"}]},"
    "{\"step\":\"what\",\"question\":\"What?\",\"text\":\"This\",\"role\":\"wish\","
    "\"expected\":true,\"felt\":\"mixed\",\"scale\":3,\"entries\":[\"" ID2 "\"]},"
    "{\"step\":\"parts\",\"question\":\"Which?\",\"elements\":[{\"words\":\"tea\",\"text\":\"hot\"}"
    "],"
    "\"map\":[{\"person\":\"" ID1 "\",\"name\":\"Ann\",\"angle\":90,\"distance\":2,"
    "\"tie\":\"warm\"}]}],"
    "\"stream\":{\"step\":\"what\",\"minutes\":5,\"seconds\":200,\"running\":true,"
    "\"pauses\":[{\"at\":2,\"seconds\":40}],\"marks\":[{\"from\":0,\"to\":2,\"kind\":\"stop\"}]},"
    "\"citations\":[{\"article\":\"transference\",\"title\":\"Transference\",\"section\":\"one\","
    "\"text\":\"A passage\"}],"
    "\"attachments\":[{\"id\":\"" ID1 "\",\"name\":\"a.png\",\"type\":\"image/png\",\"size\":9,"
    "\"description\":\"A cup\",\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"},"
    "{\"id\":\"" ID2 "\",\"name\":\"b.svg\",\"type\":\"image/svg+xml\",\"size\":8,"
    "\"hash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}],"
    "\"starts\":\"2026-11-24T10:00:00+01:00\",\"minutes\":50,\"weeks\":1,"
    "\"ends\":\"2027-11-24T10:00:00+01:00\",\"cancelled\":[\"2026-12-01\"],"
    "\"moved\":{\"2026-12-08\":\"2026-12-09T10:00:00+01:00\"},"
    "\"breaks\":[{\"from\":\"2026-12-20\",\"to\":\"2027-01-05\"}],"
    "\"of another program\":{\"list\":[1,\"two\",null]}}";

/* What stands in the place of a member. */
static const char *const odd[] = {
  "null",
  "true",
  "0",
  "-1",
  "4294967296",
  "9007199254740991",
  "\"\"",
  "\" \"",
  "\"x\"",
  "\"image/\"",
  "\"2026-13-45T99:99:99+01:00\"",
  "\"" ID1 "\"",
  "\"wish\"",
  "[]",
  "[null]",
  "[[]]",
  "[\"x\",\"x\"]",
  "{}",
  "{\"id\":1}",
  "{\"step\":\"what\"}",
};

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lm_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return object;
}

static JsonNode *
odd_node (GRand *rand)
{
  g_autofree char *text =
      g_strdup_printf ("{\"x\":%s}", odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))]);
  g_autoptr (JsonObject) object = parse (text);

  return json_node_copy (json_object_get_member (object, "x"));
}

static void change_object (JsonObject *object, GRand *rand, guint depth);

static void
change_array (JsonArray *array, GRand *rand, guint depth)
{
  guint length = json_array_get_length (array);
  guint at = length > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) length) : 0;
  JsonNode *node = length > 0 ? json_array_get_element (array, at) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node) && g_rand_int_range (rand, 0, 4) > 0)
    change_object (json_node_get_object (node), rand, depth + 1);
  else if (node != NULL && g_rand_boolean (rand))
    json_array_remove_element (array, at);
  else if (node != NULL && g_rand_boolean (rand))
    json_array_add_element (array, json_node_copy (node));
  else
    json_array_add_element (array, odd_node (rand));
}

/* Makes one change, at any depth. */
static void
change_object (JsonObject *object, GRand *rand, guint depth)
{
  g_autoptr (GList) keys = json_object_get_members (object);
  guint length = g_list_length (keys);
  const char *key;
  JsonNode *node;

  if (length == 0)
    return;
  key = g_list_nth_data (keys, (guint) g_rand_int_range (rand, 0, (gint32) length));
  /* What kind of record it is decides whether anything is read. */
  if (depth == 0 && g_str_equal (key, "kind"))
    return;
  node = json_object_get_member (object, key);
  if (JSON_NODE_HOLDS_OBJECT (node) && g_rand_int_range (rand, 0, 4) > 0)
    change_object (json_node_get_object (node), rand, depth + 1);
  else if (JSON_NODE_HOLDS_ARRAY (node) && g_rand_int_range (rand, 0, 4) > 0)
    change_array (json_node_get_array (node), rand, depth + 1);
  else if (g_rand_int_range (rand, 0, 4) == 0)
    json_object_remove_member (object, key);
  else
    json_object_set_member (object, key, odd_node (rand));
}

/* Returns: (transfer full): a payload with some members changed */
static GBytes *
odd_payload (GRand *rand, const char *kind)
{
  g_autoptr (JsonObject) object = parse (whole);
  gsize length;
  char *text;

  json_object_set_string_member (object, "kind", kind);
  for (gint32 i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    change_object (object, rand, 0);
  text = lm_json_write (object, &length);
  return g_bytes_new_take (text, length);
}

static LmContent *
read_content (GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (payload, &error);

  g_assert_no_error (error);
  return content;
}

static void
look_at_answers (LmContent *content)
{
  for (guint i = 0; i < lm_content_n_answers (content); i++)
    {
      LmAnswer *answer = lm_content_get_answer (content, i);
      g_autoptr (GPtrArray) elements = lm_answer_get_elements (answer);
      g_autoptr (GPtrArray) map = lm_answer_get_map (answer);
      g_auto (GStrv) people = lm_answer_get_people (answer);
      g_auto (GStrv) entries = lm_answer_get_entries (answer);
      g_auto (GStrv) words = lm_answer_get_part_words (answer);
      int scale = lm_answer_get_scale (answer);

      g_assert_true (people != NULL && entries != NULL && words != NULL);
      g_assert_true (scale >= 0 && scale <= 5);
      for (guint k = 0; k < lm_answer_n_choices (answer); k++)
        g_assert_nonnull (lm_answer_get_choice (answer, k, NULL));
      for (guint k = 0; k < map->len; k++)
        g_assert_nonnull (((LmMapPlace *) map->pdata[k])->name);
      lm_answer_is_empty (answer);
      lm_answer_get_felt (answer);
      lm_answer_get_role (answer);
      lm_answer_get_expected (answer);
      lm_content_is_stream (content, answer);
    }
}

static void
look_at_parts (LmContent *content)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-25T21:04:11+01:00", NULL);
  g_autoptr (GPtrArray) attachments = lm_content_list_attachments (content);
  g_autoptr (GPtrArray) citations = lm_content_list_citations (content);
  g_autoptr (GPtrArray) breaks = lm_appointment_get_breaks (content);
  g_autoptr (GArray) pauses = lm_content_pauses (content);
  g_autoptr (GArray) marks = lm_content_marks (content);
  g_autoptr (GDateTime) sealed = lm_content_get_sealed_until (content);
  g_autoptr (LmSession) next = lm_appointment_next (content, now);
  g_autoptr (LmSession) last = lm_appointment_last (content, now);
  const char *created;

  for (guint i = 0; i < attachments->len; i++)
    {
      LmAttachment *attachment = attachments->pdata[i];

      g_assert_true (attachment->name != NULL && attachment->type != NULL);
      lm_attachment_is_image (attachment);
    }
  for (guint i = 0; i < citations->len; i++)
    {
      g_autofree char *target = lm_citation_to_target (citations->pdata[i]);

      g_assert_nonnull (target);
    }
  for (guint i = 0; i < lm_content_n_notes (content); i++)
    lm_content_get_note (content, i, &created);
  g_assert_true (next == NULL || next->starts != NULL);
  g_assert_true (last == NULL || last->starts != NULL);
  lm_appointment_get_minutes (content);
  lm_appointment_get_weeks (content);
  lm_content_get_tray (content);
  lm_content_get_first_telling (content);
  lm_content_stream_minutes (content);
  lm_content_stream_seconds (content);
}

static void
assert_same (LmContent *a, LmContent *b)
{
  LmId of_a = lm_content_fingerprint (a), of_b = lm_content_fingerprint (b);

  g_assert_true (lm_id_equal (&of_a, &of_b));
}

/* Read, looked at and written back: the same. */
static void
test_read (void)
{
  static const char *const kinds[] = { "entry", "person", "appointment", "reading", "settings" };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  LmId id = lm_test_id (4);

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GBytes) payload = odd_payload (rand, kinds[i % G_N_ELEMENTS (kinds)]);
      g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);
      g_autoptr (LmContent) content = read_content (payload), again = NULL;
      g_autoptr (GBytes) written = NULL;

      look_at_answers (content);
      look_at_parts (content);
      written = lm_content_write (content);
      again = read_content (written);
      assert_same (content, again);
      if (record != NULL)
        {
          g_autofree char *text = lm_record_text (record);

          g_assert_true (g_utf8_validate (text, -1, NULL));
        }
    }
}

/* Two such states brought together: what both say stays, and it can be read. */
static void
test_merge (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (guint i = 0; i < ROUNDS / 4; i++)
    {
      const char *kind = i % 2 == 0 ? "entry" : "person";
      g_autoptr (GBytes) first = odd_payload (rand, kind), second = odd_payload (rand, kind),
                         third = odd_payload (rand, kind);
      g_autoptr (LmContent) base = read_content (first), ours = read_content (second),
                            theirs = read_content (third);
      g_autoptr (LmContent) merged = NULL, without = NULL, itself = NULL, carried = NULL;
      gboolean clean;

      merged = lm_content_merge (base, ours, theirs, &clean);
      without = lm_content_merge (NULL, ours, theirs, &clean);
      look_at_answers (merged);
      look_at_parts (without);
      itself = lm_content_merge (base, ours, ours, &clean);
      g_assert_true (clean);
      assert_same (itself, ours);
      /* What was changed on one side only is taken from there. */
      carried = lm_content_copy (base);
      lm_content_carry (carried, base, ours);
      look_at_answers (carried);
      look_at_parts (carried);
    }
}

/* Changes on top of such a state: made, and nothing else of what it says goes. */
static void
test_change (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 ("2026-12-25T10:00:00+01:00", NULL);
  LmAttachment attachment = { .id = lm_test_id (9),
                              .name = (char *) "c.txt",
                              .type = (char *) "text/plain",
                              .size = 3 };
  LmCitation citation = { (char *) "dreams", (char *) "Dreams", (char *) "", (char *) "A dream" };

  for (guint i = 0; i < ROUNDS / 4; i++)
    {
      g_autoptr (GBytes) payload = odd_payload (rand, "entry");
      g_autoptr (LmContent) content = read_content (payload), before = read_content (payload);
      LmAnswer *answer = lm_content_answer (content, "new", "New?");
      guint place;
      g_autoptr (JsonNode) taken = NULL;

      lm_answer_set_text (answer, "Yes");
      lm_content_set_note (content, "2026-11-25T21:04:11+01:00", "A second look");
      lm_content_add_attachment (content, &attachment);
      lm_content_rename_attachment (content, &attachment.id, "d.txt", "words");
      lm_content_rename_attachment (content, &attachment.id, "d.txt", "");
      taken = lm_content_take_attachment (content, &attachment.id, &place);
      g_assert_nonnull (taken);
      lm_content_put_attachment (content, taken, place);
      lm_content_add_citation (content, &citation);
      /* Only where there is a stream is one looked at. */
      if (lm_json_get_object (lm_content_json (content), "stream") != NULL)
        {
          lm_content_add_pause (content, 1, 40);
          lm_content_add_mark (content, 0, 1, "stop");
          lm_content_remove_mark (content, 0, 1, "stop");
        }
      lm_appointment_cancel (content, "2026-12-15");
      lm_appointment_move (content, "2026-12-22", when);
      lm_appointment_add_break (content, "2027-02-01", "2027-02-08");
      lm_appointment_remove_break (content, "2027-02-01", "2027-02-08");
      look_at_answers (content);
      look_at_parts (content);
      g_assert_cmpstr (lm_answer_get_text (lm_content_find_answer (content, "new")), ==, "Yes");
      g_assert_true (json_object_has_member (lm_content_json (content), "of another program") ==
                     json_object_has_member (lm_content_json (before), "of another program"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/content-members/read", test_read);
  g_test_add_func ("/content-members/merge", test_merge);
  g_test_add_func ("/content-members/change", test_change);
  return g_test_run ();
}
