/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "journal/lm-content-parts.h"
#include "journal/lm-record.h"
#include "lm-test.h"

/* What an entry may have besides texts and choices, as it is written and as it may be found. */

static LmContent *
read_content (const char *text)
{
  g_autoptr (GBytes) payload = lm_test_bytes (text);
  g_autoptr (GError) error = NULL;
  LmContent *content = lm_content_read (payload, &error);

  g_assert_no_error (error);
  return content;
}

static void
assert_written (LmContent *content, const char *expected)
{
  g_autoptr (GBytes) bytes = lm_content_write (content);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   expected,
                   strlen (expected));
}

static void
test_elements (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer = lm_content_answer (content, "elements", "Which?");
  g_autoptr (GPtrArray) elements =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_element_free);
  g_autoptr (GPtrArray) again = NULL;

  g_ptr_array_add (elements, lm_element_new ("the red door", "my aunt’s house"));
  g_ptr_array_add (elements, lm_element_new ("a dog", " "));
  lm_answer_set_elements (answer, elements);
  assert_written (content,
                  "{\"answers\":[{\"step\":\"elements\",\"question\":\"Which?\",\"elements\":["
                  "{\"words\":\"the red door\",\"text\":\"my aunt’s house\"},"
                  "{\"words\":\"a dog\"}]}]}");
  g_assert_false (lm_answer_is_empty (answer));
  again = lm_answer_get_elements (answer);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (((LmElement *) again->pdata[0])->text, ==, "my aunt’s house");
  g_assert_cmpstr (((LmElement *) again->pdata[1])->words, ==, "a dog");
  g_assert_cmpstr (((LmElement *) again->pdata[1])->text, ==, "");
  g_ptr_array_set_size (elements, 0);
  lm_answer_set_elements (answer, elements);
  g_assert_true (lm_answer_is_empty (answer));
}

static void
test_map (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  LmAnswer *answer = lm_content_answer (content, "people", "Who?");
  g_autoptr (GPtrArray) places =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_map_place_free);
  g_autoptr (GPtrArray) again = NULL;
  LmMapPlace *place = lm_map_place_new ("aa", "Mum");

  place->angle = 370;
  place->distance = 2;
  place->tie = LM_TIE_STRAINED;
  g_ptr_array_add (places, place);
  g_ptr_array_add (places, lm_map_place_new ("bb", "Rex"));
  lm_answer_set_map (answer, places);
  assert_written (content,
                  "{\"answers\":[{\"step\":\"people\",\"question\":\"Who?\",\"people\":[\"aa\","
                  "\"bb\"],\"map\":[{\"person\":\"aa\",\"name\":\"Mum\",\"angle\":10,"
                  "\"distance\":2,\"tie\":\"strained\"},{\"person\":\"bb\",\"name\":\"Rex\","
                  "\"angle\":0,\"distance\":3}]}]}");
  again = lm_answer_get_map (answer);
  place = again->pdata[0];
  g_assert_cmpstr (place->name, ==, "Mum");
  g_assert_cmpuint (place->angle, ==, 10);
  g_assert_cmpuint (place->distance, ==, 2);
  g_assert_cmpint (place->tie, ==, LM_TIE_STRAINED);
  g_assert_cmpint (((LmMapPlace *) again->pdata[1])->tie, ==, LM_TIE_PLAIN);
  g_ptr_array_set_size (places, 0);
  lm_answer_set_map (answer, places);
  g_assert_true (lm_answer_is_empty (answer));
}

/* What no program of ours writes is read as far as it makes sense, and never crashes. */
static void
test_odd (void)
{
  g_autoptr (LmContent) content = read_content (
      "{\"answers\":[{\"step\":\"a\",\"elements\":[7,{},{\"words\":1},{\"words\":\"w\",\"text\":2}]"
      ","
      "\"map\":[null,{},{\"person\":\"aa\",\"angle\":-90,\"distance\":99,\"tie\":\"else\"},"
      "{\"person\":\"bb\",\"distance\":-3}]},{\"step\":\"b\",\"elements\":{},\"map\":\"x\"}]}");
  g_autoptr (GPtrArray) elements = lm_answer_get_elements (lm_content_get_answer (content, 0));
  g_autoptr (GPtrArray) places = lm_answer_get_map (lm_content_get_answer (content, 0));
  g_autoptr (GPtrArray) none = lm_answer_get_elements (lm_content_get_answer (content, 1));
  g_autoptr (GPtrArray) nobody = lm_answer_get_map (lm_content_get_answer (content, 1));
  LmMapPlace *place = places->pdata[0];

  g_assert_cmpuint (elements->len, ==, 1);
  g_assert_cmpstr (((LmElement *) elements->pdata[0])->text, ==, "");
  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpuint (place->angle, ==, 270);
  g_assert_cmpuint (place->distance, ==, LM_DISTANCE_MAX);
  g_assert_cmpint (place->tie, ==, LM_TIE_PLAIN);
  g_assert_cmpuint (((LmMapPlace *) places->pdata[1])->distance, ==, 1);
  g_assert_cmpuint (none->len + nobody->len, ==, 0);
}

/* They are found by searching. */
static void
test_text (void)
{
  g_autoptr (GBytes) payload = lm_test_bytes (
      "{\"kind\":\"entry\",\"answers\":[{\"step\":\"a\",\"elements\":[{\"words\":\"red door\","
      "\"text\":\"my aunt\"}],\"map\":[{\"person\":\"aa\",\"name\":\"Rex\"}]}]}");
  LmId id = { .bytes = { 1 } };
  g_autoptr (LmRecord) record = lm_record_read (&id, payload, NULL);
  g_autofree char *text = lm_record_text (record);

  g_assert_nonnull (strstr (text, "red door\nmy aunt\nRex"));
}

static void
test_seal (void)
{
  g_autoptr (LmContent) content = read_content ("{}");
  g_autoptr (GDateTime) day = g_date_time_new_local (2027, 2, 3, 17, 0, 0);
  g_autoptr (GDateTime) until = NULL;

  g_assert_null (lm_content_get_sealed_until (content));
  lm_content_set_sealed_until (content, day);
  assert_written (content, "{\"sealed_until\":\"2027-02-03\"}");
  until = lm_content_get_sealed_until (content);
  g_assert_cmpint (g_date_time_get_year (until), ==, 2027);
  g_assert_cmpint (g_date_time_get_day_of_year (until), ==, 34);
  g_assert_cmpint (g_date_time_get_hour (until), ==, 0);
  lm_content_set_sealed_until (content, NULL);
  assert_written (content, "{}");
}

/* What is no day seals nothing: a text must not get out of sight by a slip. */
static void
test_odd_seal (void)
{
  static const char *const odd[] = {
    "", "soon", "2027-13-01", "2027-02-30", "2027-2-3", "27-02-03"
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"sealed_until\":\"%s\"}", odd[i]);
      g_autoptr (LmContent) content = read_content (text);

      g_assert_null (lm_content_get_sealed_until (content));
    }
}

static void
test_first_telling (void)
{
  g_autoptr (LmContent) content =
      read_content ("{\"links\":[{\"entry\":\"aa\",\"relation\":\"then\"}]}");

  g_assert_null (lm_content_get_first_telling (content));
  lm_content_set_first_telling (content, "bb");
  lm_content_set_first_telling (content, "cc");
  g_assert_cmpstr (lm_content_get_first_telling (content), ==, "cc");
  assert_written (content,
                  "{\"links\":[{\"entry\":\"aa\",\"relation\":\"then\"},{\"relation\":\"told\","
                  "\"entry\":\"cc\"}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/content-parts/elements", test_elements);
  g_test_add_func ("/content-parts/map", test_map);
  g_test_add_func ("/content-parts/odd", test_odd);
  g_test_add_func ("/content-parts/text", test_text);
  g_test_add_func ("/content-parts/seal", test_seal);
  g_test_add_func ("/content-parts/odd-seal", test_odd_seal);
  g_test_add_func ("/content-parts/first-telling", test_first_telling);
  return g_test_run ();
}
