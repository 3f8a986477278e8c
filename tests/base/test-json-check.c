/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-json.h"
#include "lm-test.h"

static void
assert_good (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!lm_json_check (text, strlen (text), &error))
    g_error ("%s: %s", text, error->message);
}

static void
assert_bad_bytes (const char *text, gsize length, LmJsonError code)
{
  g_autoptr (GError) error = NULL;

  if (lm_json_check (text, length, &error))
    g_error ("taken: %s", text);
  if (!g_error_matches (error, LM_JSON_ERROR, (int) code))
    g_error ("%s: code %d (%s) and not %d", text, error->code, error->message, code);
}

static void
assert_bad (const char *text, LmJsonError code)
{
  assert_bad_bytes (text, strlen (text), code);
}

/* As the value of an object's one key. */
static void
assert_bad_value (const char *value, LmJsonError code)
{
  g_autofree char *text = g_strdup_printf ("{\"k\":%s}", value);
  g_autofree char *spaced = g_strdup_printf ("{ \"k\" : [ 1 , %s ] }", value);

  assert_bad (text, code);
  assert_bad (spaced, code);
}

static void
test_good (void)
{
  static const char *const texts[] = {
    "{}",
    " \t\r\n{ \t\r\n} \t\r\n",
    "{\"\":\"\"}",
    "{\"a\":1,\"b\":[],\"c\":{},\"d\":[{}],\"e\":null,\"f\":true,\"g\":false}",
    "{ \"a\" : [ 1 , -2 , 0 , [ [ ] ] ] , \"b\" : \"x\" }",
    "{\"a\":\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\uABCD \\uabcd\"}",
    "{\"a\":\"\\ud83d\\ude00\\uDBFF\\uDFFF\"}",
    "{\"a\":\"é 😀 שלום \u202e \x7f \u2028\"}",
    "{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}},\"A\":2}",
    "{\"\u00e9\":1,\"e\u0301\":2}",
    "{\"a\":9007199254740991,\"b\":-9007199254740991,\"c\":0,\"d\":-0}",
    "{\"// no\":\"/* comment */\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_good (texts[i]);
}

static void
test_syntax (void)
{
  static const char *const texts[] = {
    "",
    " ",
    "[]",
    "1",
    "\"a\"",
    "null",
    "true",
    "x",
    "{",
    "}",
    "{}{}",
    "{} {}",
    "{}x",
    "{},",
    "{}\v",
    "\v{}",
    "\f{}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{\"a\"=1}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":1;\"b\":2}",
    "{\"a\":[1,]}",
    "{\"a\":[,1]}",
    "{\"a\":[1 2]}",
    "{\"a\":[1,,2]}",
    "{\"a\":[}",
    "{\"a\":[1}",
    "{\"a\":{]}",
    "{\"a\":1]",
    "{/* c */}",
    "{}// c",
    "// c\n{}",
    "{\"a\":1/* c */}",
    "{}#",
    "{null:1}",
    "{\"a\":\"x}",
    "{\"a",
    "{\"a\":\"\\\"}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\'\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"\\U0041\"}",
    "{\"a\":\"\\u+123\"}",
    "{\"a\":\"\\u 123\"}",
    "{\"a\":\"x\ny\"}",
    "{\"a\":\"\t\"}",
    "{\"a\nb\":1}",
    "{\"a\":\"\x01\"}",
    "{\"a\":\"\x1f\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], LM_JSON_ERROR_SYNTAX);
}

static void
test_words (void)
{
  static const char *const values[] = { "True",      "TRUE", "tru",       "truex", "nul",
                                        "nulls",     "fals", "undefined", "NaN",   "Infinity",
                                        "-Infinity", "t",    "n" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    assert_bad_value (values[i], LM_JSON_ERROR_SYNTAX);
}

static void
test_byte_order_mark (void)
{
  assert_bad ("\xef\xbb\xbf{}", LM_JSON_ERROR_SYNTAX);
  assert_bad ("{\"a\":1}\xef\xbb\xbf", LM_JSON_ERROR_SYNTAX);
  assert_bad_bytes ("\xff\xfe{\0}\0", 6, LM_JSON_ERROR_TEXT);
  /* Within text it is a character like others. */
  assert_good ("{\"a\":\"\xef\xbb\xbf\"}");
}

static void
test_numbers (void)
{
  static const char *const too_large[] = { "9007199254740992",
                                           "-9007199254740992",
                                           "9007199254740993",
                                           "90071992547409910",
                                           "18446744073709551616",
                                           "-9223372036854775808",
                                           "99999999999999999999999999999999999999999" };
  static const char *const fractions[] = { "1.0",  "-0.5", "0.1", "1e3", "1E3",
                                           "1e-3", "0e0",  "1.",  "2e" };
  static const char *const malformed[] = { "01",    "-01",  "00", "+1",  "-", "--1", ".5",
                                           "1_000", "0x10", "1f", "- 1", "١", "1 2" };

  for (guint i = 0; i < G_N_ELEMENTS (too_large); i++)
    assert_bad_value (too_large[i], LM_JSON_ERROR_NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (fractions); i++)
    assert_bad_value (fractions[i], LM_JSON_ERROR_NUMBER);
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    assert_bad_value (malformed[i], LM_JSON_ERROR_SYNTAX);
}

static void
test_null_character (void)
{
  assert_bad_bytes ("{\"a\":\"x\0y\"}", 11, LM_JSON_ERROR_TEXT);
  assert_bad_bytes ("{\"a\0\":1}", 9, LM_JSON_ERROR_TEXT);
  assert_bad_bytes ("{}\0", 3, LM_JSON_ERROR_TEXT);
  assert_bad_bytes ("\0", 1, LM_JSON_ERROR_TEXT);
  assert_bad ("{\"a\":\"\\u0000\"}", LM_JSON_ERROR_TEXT);
  assert_bad ("{\"a\\u0000\":1}", LM_JSON_ERROR_TEXT);
  assert_bad ("{\"a\":{\"b\":[\"\\u0000\"]}}", LM_JSON_ERROR_TEXT);
}

static void
test_surrogates (void)
{
  static const char *const values[] = {
    "\"\\ud83d\"",          "\"\\ude00\"",        "\"\\ud83dx\"",
    "\"\\ud83d\\u0041\"",   "\"\\ud83d\\n\"",     "\"\\ud83d\\ud83d\\ude00\"",
    "\"\\ude00\\ud83d\"",   "\"\\udbff\\ue000\"", "\"\\ud800\\udbff\"",
    "\"\\ud83d\\\\ude00\"", "\"\xed\xa0\x80\"",   "\"\xed\xa0\xbd\xed\xb8\x80\"",
    "\"\xed\xb8\x80\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    assert_bad_value (values[i], LM_JSON_ERROR_TEXT);
  assert_bad ("{\"\\ud83d\":1}", LM_JSON_ERROR_TEXT);
  assert_bad_bytes ("{\"a\":\"\\ud83d", 12, LM_JSON_ERROR_TEXT);
}

static void
test_not_utf8 (void)
{
  static const char *const values[] = { "\"\xff\"",
                                        "\"\xc3\"",
                                        "\"\xc0\x80\"",
                                        "\"\xe0\x80\xaf\"",
                                        "\"\xf5\x80\x80\x80\"",
                                        "\"\xf4\x90\x80\x80\"",
                                        "\"\x80\"" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    assert_bad_value (values[i], LM_JSON_ERROR_TEXT);
}

static void
test_duplicates (void)
{
  static const char *const texts[] = {
    "{\"a\":1,\"a\":1}",
    "{\"a\":1,\"b\":2,\"a\":3}",
    "{\"\":1,\"\":2}",
    "{\"a\":{\"b\":1,\"b\":2}}",
    "{\"a\":[{},{\"b\":1,\"c\":2,\"b\":3}]}",
    "{\"a\":[[[{\"x\":{\"y\":1,\"y\":2}}]]]}",
    "{\"a\":{\"b\":1},\"c\":2,\"a\":3}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"\\u0061\":1,\"a\":2}",
    "{\"\\u0061\":1,\"\\u0061\":2}",
    "{\"\\u00e9\":1,\"\\u00E9\":2}",
    "{\"é\":1,\"\\u00e9\":2}",
    "{\"😀\":1,\"\\ud83d\\ude00\":2}",
    "{\"/\":1,\"\\/\":2}",
    "{\"\\n\":1,\"\\u000a\":2}",
    "{\"\\\"\":1,\"\\u0022\":2}",
    "{\"x\":{\"a\":1,\"\\u0061\":2}}",
    "{\"ab\":1,\"a\\u0062\":2}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], LM_JSON_ERROR_DUPLICATE);
  /* Equal only as far as a NUL would let them look, or in another object. */
  assert_good ("{\"a\":1,\"ab\":2,\"abc\":3,\"A\":4,\"\\\\u0061\":5}");
  assert_good ("{\"a\":{\"a\":1},\"b\":{\"a\":1},\"c\":[{\"a\":1},{\"a\":1}]}");
}

/* From 25 keys on they are compared in another way; a duplicate is found wherever it stands. */
static void
test_many_keys (void)
{
  static const guint sizes[] = { 2, 23, 24, 25, 26, 100, 1000 };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint twice = 0; twice < 4; twice++)
      {
        g_autoptr (GString) text = g_string_new ("{\"outer\":{");
        guint n = sizes[s], first = twice == 2 ? n / 2 : 0, second = twice == 1 ? 1 : n - 1;

        for (guint i = 0; i < n; i++)
          g_string_append_printf (text,
                                  "%s\"k%u\":%u",
                                  i > 0 ? "," : "",
                                  twice > 0 && i == second && first != second ? first : i,
                                  i);
        g_string_append (text, "},\"k0\":1,\"k1\":1}");
        if (twice > 0 && first != second)
          assert_bad (text->str, LM_JSON_ERROR_DUPLICATE);
        else
          assert_good (text->str);
      }
}

static char *
nested (guint depth, const char *open, const char *inner, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const struct
  {
    const char *begin, *open, *inner, *close, *end;
    guint outside, each; /* how deep @begin is, and each @open */
  } shapes[] = {
    { "", "{\"a\":", "1", "}", "", 0, 1 },  { "", "{\"a\":", "{}", "}", "", 1, 1 },
    { "{\"a\":", "[", "", "]", "}", 1, 1 }, { "{\"a\":", "[1,", "\"x\"", "]", "}", 1, 1 },
    { "", "{\"a\":[", "", "]}", "", 0, 2 }, { "{\"a\":", "[{\"b\":", "null", "}]", "}", 1, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint n = 1; n <= 40; n++)
      {
        g_autofree char *middle = nested (n, shapes[i].open, shapes[i].inner, shapes[i].close);
        g_autofree char *text = g_strconcat (shapes[i].begin, middle, shapes[i].end, NULL);

        if (shapes[i].outside + n * shapes[i].each <= 32)
          assert_good (text);
        else
          assert_bad (text, LM_JSON_ERROR_DEPTH);
      }
  /* Beside each other they may be as many as they like. */
  assert_good (
      "{\"a\":[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],"
      "[],[],[],[],[],[],[],[],[]]}");
}

/* A bomb of brackets does not use up the stack. */
static void
test_depth_bomb (void)
{
  g_autofree char *open = g_strnfill (10 * 1000 * 1000, '[');
  g_autofree char *text = g_strconcat ("{\"a\":", open, NULL);

  assert_bad (text, LM_JSON_ERROR_DEPTH);
}

/* Keys that all have one hash in a table, as everybody can make them, cost no more than others. */
static void
test_key_bomb (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":0");

  for (guint n = 0; n < 1 << 17; n++)
    {
      g_string_append (text, ",\"");
      /* "Bb" and "CA" are the same to hash * 33 + c. */
      for (guint bit = 0; bit < 17; bit++)
        g_string_append (text, n >> bit & 1 ? "Bb" : "CA");
      g_string_append (text, "\":0");
    }
  g_string_append (text, "}");
  lm_test_assert_quick (2000, assert_good (text->str));
}

static void
test_truncated (void)
{
  static const char text[] =
      "{\"kind\":\"entry\",\"n\":-12,\"t\":true,\"f\":false,\"z\":null,\"a\":"
      "[1,{\"b\":\"\\ud83d\\ude00 é \\n\"},[]],\"o\":{\"p\":{}}}";

  assert_good (text);
  for (gsize n = 0; n < sizeof text - 1; n++)
    {
      /* In memory of its own, for the sanitizer. */
      g_autofree char *begin = g_memdup2 (text, MAX (n, 1));
      g_autoptr (GError) error = NULL;

      g_assert_false (lm_json_check (begin, n, &error));
      g_assert_true (error->domain == LM_JSON_ERROR);
    }
}

/* Messages may end up in a log: they name a place and quote nothing. */
static void
test_message (void)
{
  static const char *const texts[] = { "{\"word\":word}",        "{\"word\":1,\"word\":2}",
                                       "{\"word\":\"word\\q\"}", "{\"word\":\"\\u0000\"}",
                                       "{\"word\":1.5}",         "{} word" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (lm_json_check (texts[i], strlen (texts[i]), &error));
      g_assert_null (strstr (error->message, "word "));
      g_assert_null (strstr (error->message, "\"word"));
      g_assert_true (g_str_has_prefix (error->message, "byte "));
    }
}

/* What stops plain text is found at whatever place among the eight bytes looked at together,
 * whether letters or what is beyond ASCII stand around it, and nothing else is taken for it. */
static void
test_every_byte_at_every_place (void)
{
  const char *fillers[] = { "a", "\u00e9", "\u6f22" };

  for (guint f = 0; f < G_N_ELEMENTS (fillers); f++)
    for (guint place = 0; place < 20; place++)
      for (guint byte = 0; byte < 0x80; byte++)
        {
          g_autoptr (GString) text = g_string_new ("{\"k\":\"");
          g_autoptr (GError) error = NULL;
          gboolean good;

          for (guint i = 0; i < place; i++)
            g_string_append (text, fillers[f]);
          g_string_append_c (text, (char) byte);
          for (guint i = place; i < 20; i++)
            g_string_append (text, fillers[f]);
          g_string_append (text, "\"}");
          good = lm_json_check (text->str, text->len, &error);
          g_assert_true (good == (byte >= 0x20 && byte != '"' && byte != '\\'));
          if (byte == 0)
            g_assert_error (error, LM_JSON_ERROR, (int) LM_JSON_ERROR_TEXT);
          else if (!good)
            g_assert_error (error, LM_JSON_ERROR, (int) LM_JSON_ERROR_SYNTAX);
        }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/json-check/good", test_good);
  g_test_add_func ("/base/json-check/syntax", test_syntax);
  g_test_add_func ("/base/json-check/words", test_words);
  g_test_add_func ("/base/json-check/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/base/json-check/numbers", test_numbers);
  g_test_add_func ("/base/json-check/null-character", test_null_character);
  g_test_add_func ("/base/json-check/surrogates", test_surrogates);
  g_test_add_func ("/base/json-check/not-utf8", test_not_utf8);
  g_test_add_func ("/base/json-check/duplicates", test_duplicates);
  g_test_add_func ("/base/json-check/many-keys", test_many_keys);
  g_test_add_func ("/base/json-check/depth", test_depth);
  g_test_add_func ("/base/json-check/depth-bomb", test_depth_bomb);
  g_test_add_func ("/base/json-check/key-bomb", test_key_bomb);
  g_test_add_func ("/base/json-check/truncated", test_truncated);
  g_test_add_func ("/base/json-check/every-byte-at-every-place", test_every_byte_at_every_place);
  g_test_add_func ("/base/json-check/message", test_message);
  return g_test_run ();
}
