/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "lm-test.h"

static const char sample[] = "{\"kind\":\"entry\",\"n\":-12,\"big\":9007199254740991,\"yes\":true,"
                             "\"no\":false,\"nothing\":null,"
                             "\"list\":[1,\"two\",{\"three\":[3]},[],null],\"object\":{\"z\":1,"
                             "\"a\":2,\"m\":{}},\"text\":\"é 😀\"}";

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lm_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return object;
}

/* json-glib's writing of the sample is the sample: every key, in its order, every value. */
static void
test_round_trip (void)
{
  g_autoptr (JsonObject) object = parse (sample);
  gsize length;
  g_autofree char *text = lm_json_write (object, &length);

  g_assert_cmpstr (text, ==, sample);
  g_assert_cmpuint (length, ==, strlen (sample));
}

static void
test_text_round_trip (void)
{
  static const char *const texts[] = { "",
                                       "plain",
                                       "quote \" backslash \\ slash / end",
                                       "line\nline\r\n\ttab\b\f",
                                       "\x01\x02\x1f\x7f",
                                       "Grüße, Łódź, naïve",
                                       "😀 👩‍👩‍👧 🏳️‍🌈",
                                       "שלום \u202eabc\u202c مرحبا",
                                       "\u2028\u2029\ufeff\u00a0",
                                       "e\u0301 é",
                                       "\U0010ffff\U0001f600" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = json_object_new (), again = NULL;
      g_autofree char *text = NULL;

      json_object_set_string_member (object, "text", texts[i]);
      json_object_set_int_member (object, texts[i], 1);
      text = lm_json_write (object, NULL);
      again = parse (text);
      g_assert_cmpstr (lm_json_get_string (again, "text"), ==, texts[i]);
      g_assert_true (json_object_has_member (again, texts[i]));
    }
}

/* The escapes of another writer mean the same. */
static void
test_escapes (void)
{
  g_autoptr (JsonObject) object =
      parse ("{\"\\u0061\":\"\\u00e9\\ud83d\\ude00\\/\\\\\\\"\\b\\f\\n\\r\\t\"}");

  g_assert_cmpstr (lm_json_get_string (object, "a"), ==, "é😀/\\\"\b\f\n\r\t");
}

static void
test_parse_refuses (void)
{
  static const struct
  {
    const char *text;
    LmJsonError code;
  } texts[] = {
    { "{\"a\":1,\"a\":2}", LM_JSON_ERROR_DUPLICATE }, { "{\"a\":1.5}", LM_JSON_ERROR_NUMBER },
    { "{\"a\":\"\\u0000\"}", LM_JSON_ERROR_TEXT },    { "[]", LM_JSON_ERROR_SYNTAX },
    { "\xef\xbb\xbf{}", LM_JSON_ERROR_SYNTAX },       { "var a = {};", LM_JSON_ERROR_SYNTAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lm_json_parse (texts[i].text, strlen (texts[i].text), &error));
      g_assert_error (error, LM_JSON_ERROR, (int) texts[i].code);
    }
}

/* What was parsed can be changed, at every depth. */
static void
test_parsed_is_open (void)
{
  g_autoptr (JsonObject) object = parse (sample);
  JsonObject *three = lm_json_at_object (lm_json_get_array (object, "list"), 2);

  json_object_set_string_member (object, "new", "x");
  json_object_set_string_member (lm_json_get_object (object, "object"), "new", "x");
  json_array_add_int_element (lm_json_get_array (three, "three"), 4);
  g_assert_cmpuint (lm_json_array_size (lm_json_get_array (three, "three")), ==, 2);
}

/* A copy shares nothing: changes at every depth stay on their side. */
static void
test_copy (void)
{
  g_autoptr (JsonObject) object = parse (sample);
  g_autoptr (JsonObject) copy = lm_json_copy (object);
  g_autofree char *same = lm_json_write (copy, NULL), *after = NULL;
  JsonObject *three = lm_json_at_object (lm_json_get_array (copy, "list"), 2);

  g_assert_cmpstr (same, ==, sample);
  json_object_set_string_member (copy, "text", "changed");
  json_object_remove_member (copy, "kind");
  json_object_set_int_member (lm_json_get_object (copy, "object"), "z", 100);
  json_object_set_int_member (lm_json_get_object (lm_json_get_object (copy, "object"), "m"),
                              "x",
                              1);
  json_array_add_int_element (lm_json_get_array (three, "three"), 4);
  json_array_remove_element (lm_json_get_array (copy, "list"), 0);
  after = lm_json_write (object, NULL);
  g_assert_cmpstr (after, ==, sample);
}

static void
test_typed_getters (void)
{
  static const char *const keys[] = { "kind", "n", "yes", "nothing", "list", "object", "absent" };
  g_autoptr (JsonObject) object = parse (sample);
  gint64 n = 77;

  g_assert_cmpstr (lm_json_get_string (object, "kind"), ==, "entry");
  g_assert_true (lm_json_get_integer (object, "n", &n));
  g_assert_cmpint (n, ==, -12);
  g_assert_true (lm_json_get_integer (object, "big", &n));
  g_assert_cmpint (n, ==, LM_JSON_INTEGER_MAX);
  g_assert_true (lm_json_get_boolean (object, "yes"));
  g_assert_false (lm_json_get_boolean (object, "no"));
  g_assert_cmpuint (lm_json_array_size (lm_json_get_array (object, "list")), ==, 5);
  g_assert_nonnull (lm_json_get_object (object, "object"));
  /* A value of another type is as good as none, and leaves what is there. */
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      n = 77;
      g_assert_cmpint (lm_json_get_string (object, keys[i]) != NULL, ==, i == 0);
      g_assert_cmpint (lm_json_get_integer (object, keys[i], &n), ==, i == 1);
      g_assert_cmpint (n, ==, i == 1 ? -12 : 77);
      g_assert_cmpint (lm_json_get_boolean (object, keys[i]), ==, i == 2);
      g_assert_cmpint (lm_json_get_array (object, keys[i]) != NULL, ==, i == 4);
      g_assert_cmpint (lm_json_get_object (object, keys[i]) != NULL, ==, i == 5);
    }
}

static void
test_null_getters (void)
{
  gint64 n;

  g_assert_null (lm_json_get_string (NULL, "a"));
  g_assert_false (lm_json_get_integer (NULL, "a", &n));
  g_assert_false (lm_json_get_boolean (NULL, "a"));
  g_assert_null (lm_json_get_object (NULL, "a"));
  g_assert_null (lm_json_get_array (NULL, "a"));
  g_assert_cmpuint (lm_json_array_size (NULL), ==, 0);
}

static void
test_array_getters (void)
{
  g_autoptr (JsonObject) object = parse (sample);
  JsonArray *list = lm_json_get_array (object, "list");

  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpstr (lm_json_at_string (list, i), ==, i == 1 ? "two" : NULL);
      g_assert_cmpint (lm_json_at_object (list, i) != NULL, ==, i == 2);
    }
}

/* Whatever passes the check, json-glib reads, and keeps as it is: no rule is missing. */
static void
test_mutations (void)
{
  static const char *const parts[] = { "\"",
                                       "\\",
                                       "{",
                                       "}",
                                       "[",
                                       "]",
                                       ",",
                                       ":",
                                       "0",
                                       "9",
                                       "-",
                                       ".",
                                       "e",
                                       "\\u0000",
                                       "\\u0061",
                                       "\\ud83d",
                                       "\\ude00",
                                       "null",
                                       "true",
                                       "/*",
                                       "//",
                                       " ",
                                       "\n",
                                       "é",
                                       "\xff",
                                       "\"a\":1",
                                       "\\n",
                                       "😀",
                                       "99999999999999999" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint taken = 0;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (sample);
      g_autoptr (JsonObject) once = NULL, twice = NULL;
      g_autofree char *first = NULL, *second = NULL;
      gint place = g_rand_int_range (rand, 0, (gint) text->len);
      gint cut = g_rand_int_range (rand, 0, 4);

      g_string_erase (text, place, MIN (cut, (gint) text->len - place));
      g_string_insert (text, place, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
      if (!lm_json_check (text->str, text->len, NULL))
        {
          g_assert_null (lm_json_parse (text->str, text->len, NULL));
          continue;
        }
      taken++;
      once = parse (text->str);
      first = lm_json_write (once, NULL);
      twice = parse (first);
      second = lm_json_write (twice, NULL);
      g_assert_cmpstr (first, ==, second);
    }
  g_assert_cmpuint (taken, >, 500);
}

/* What json-glib's own parser makes of a text, as json-glib writes it. */
static char *
by_json_glib (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (json_parser_load_from_data (parser, text, -1, &error));
  g_assert_no_error (error);
  return lm_json_write (json_node_get_object (json_parser_get_root (parser)), NULL);
}

/* The tree is built here, but it is the one that json-glib's parser would have made. */
static void
test_like_json_glib (void)
{
  static const char *const texts[] = {
    "{}",
    " { } ",
    "\t{\n\"a\" :\r\n[ ] , \"b\":{ } }\n",
    "{\"a\":[ 1 , -1,0 ,[ [ ] ],{ \"b\" : [ { } ] } ]}",
    "{\"a\":9007199254740991,\"b\":-9007199254740991,\"c\":-0}",
    "{\"\":\"\",\" \":\" \"}",
    "{\"a\":true,\"b\":false,\"c\":null,\"d\":[true,false,null]}",
    "{\"\\n\\t\\\"\\\\\":\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"}",
    "{\"a\":\"\\u0001\\u001f\\u007f\\u0080\\u07ff\\u0800\\uffff\\uFFFD\"}",
    "{\"a\":\"\\ud83d\\ude00\\uD800\\uDC00\\udbff\\udfff\"}",
    "{\"a\":\"before \\u00e9 after \\n and é raw, 雨, \\\\u0041\"}",
    sample,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = parse (texts[i]);
      g_autofree char *ours = lm_json_write (object, NULL), *theirs = by_json_glib (texts[i]);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* It reads no byte behind the end. */
static void
test_no_end (void)
{
  static const char text[] = "{\"a\":\"b\"}";
  gsize length = strlen (text);
  g_autofree char *bare = g_memdup2 (text, length);
  g_autoptr (JsonObject) object = lm_json_parse (bare, length, NULL);

  g_assert_cmpstr (lm_json_get_string (object, "a"), ==, "b");
}

#define COPIES 20000

static gpointer
copy_often (gpointer object)
{
  for (guint i = 0; i < COPIES; i++)
    {
      JsonObject *copy = lm_json_copy (object);

      json_object_unref (copy);
    }
  return NULL;
}

/* What was copied belongs to another thread: nothing of it is shared, values neither. */
static void
test_copy_for_threads (void)
{
  static const char text[] = "{\"a\":\"text\",\"b\":1,\"c\":true,\"d\":null,\"e\":[\"x\",2]}";
  g_autoptr (JsonObject) object = lm_json_parse (text, strlen (text), NULL);
  JsonObject *copy = lm_json_copy (object);
  GThread *thread = g_thread_new ("copies", copy_often, copy);
  g_autofree char *written = NULL;

  copy_often (object);
  g_thread_join (thread);
  written = lm_json_write (copy, NULL);
  g_assert_cmpstr (written, ==, text);
  json_object_unref (copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json/round-trip", test_round_trip);
  g_test_add_func ("/base/json/text-round-trip", test_text_round_trip);
  g_test_add_func ("/base/json/escapes", test_escapes);
  g_test_add_func ("/base/json/parse-refuses", test_parse_refuses);
  g_test_add_func ("/base/json/parsed-is-open", test_parsed_is_open);
  g_test_add_func ("/base/json/copy", test_copy);
  g_test_add_func ("/base/json/typed-getters", test_typed_getters);
  g_test_add_func ("/base/json/null-getters", test_null_getters);
  g_test_add_func ("/base/json/array-getters", test_array_getters);
  g_test_add_func ("/base/json/mutations", test_mutations);
  g_test_add_func ("/base/json/like-json-glib", test_like_json_glib);
  g_test_add_func ("/base/json/no-end", test_no_end);
  g_test_add_func ("/json/copy-for-threads", test_copy_for_threads);
  return g_test_run ();
}
