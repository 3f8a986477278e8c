/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-id.h"
#include "lm-test.h"

static const char known[] = "000123456789abcdef00000000000fff";

static void
test_known (void)
{
  const guint8 bytes[LM_ID_BYTES] = { 0x00, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd,
                                      0xef, 0x00, 0x00, 0x00, 0x00, 0x00, 0x0f, 0xff };
  g_autofree char *text = NULL;
  LmId id;

  g_assert_true (lm_id_parse (known, -1, &id));
  g_assert_cmpmem (id.bytes, LM_ID_BYTES, bytes, LM_ID_BYTES);
  g_assert_cmpstr (lm_id_format (&id).digits, ==, known);
  text = lm_id_to_string (&id);
  g_assert_cmpstr (text, ==, known);
}

static void
test_round_trip (void)
{
  LmId last = { 0 };

  for (guint i = 0; i < 1000; i++)
    {
      LmId id = lm_id_new_random (), again;

      g_assert_true (lm_id_parse (lm_id_format (&id).digits, -1, &again));
      g_assert_true (lm_id_equal (&id, &again));
      g_assert_false (lm_id_equal (&id, &last));
      last = id;
    }
}

static void
test_length (void)
{
  g_autofree char *digits = g_strnfill (80, 'a');
  LmId id;

  for (gssize length = 0; length <= 80; length++)
    {
      g_autofree char *text = g_strndup (digits, (gsize) length);

      g_assert_cmpint (lm_id_parse (text, -1, &id), ==, length == LM_ID_DIGITS);
      /* The given length counts, not the end of the text. */
      g_assert_cmpint (lm_id_parse (digits, length, &id), ==, length == LM_ID_DIGITS);
    }
}

/* Every byte that is no lower-case hex digit, in every place: upper case, "/", ".", NUL, UTF-8. */
static void
test_digits (void)
{
  for (guint place = 0; place < LM_ID_DIGITS; place++)
    for (guint c = 0; c < 256; c++)
      {
        char text[LM_ID_DIGITS + 1];
        gboolean good = c != 0 && strchr ("0123456789abcdef", (int) c) != NULL;
        LmId id;

        memcpy (text, known, sizeof text);
        text[place] = (char) c;
        g_assert_cmpint (lm_id_parse (text, LM_ID_DIGITS, &id), ==, good);
        if (good)
          g_assert_cmpstr (lm_id_format (&id).digits, ==, text);
      }
}

static void
test_null (void)
{
  LmId id = { 0 };

  g_assert_true (lm_id_is_null (&id));
  for (guint i = 0; i < LM_ID_BYTES; i++)
    {
      id = (LmId) { 0 };
      id.bytes[i] = 1;
      g_assert_false (lm_id_is_null (&id));
    }
}

static void
test_compare (void)
{
  LmId a = lm_test_id (1), b;

  for (guint i = 0; i < LM_ID_BYTES; i++)
    {
      b = a;
      g_assert_true (lm_id_equal (&a, &b));
      g_assert_cmpint (lm_id_compare (&a, &b), ==, 0);
      g_assert_cmpuint (lm_id_hash (&a), ==, lm_id_hash (&b));
      b.bytes[i] = 0xff;
      g_assert_false (lm_id_equal (&a, &b));
      g_assert_cmpint (lm_id_compare (&a, &b), <, 0);
      g_assert_cmpint (lm_id_compare (&b, &a), >, 0);
    }
}

static void
test_copy (void)
{
  LmId id = lm_test_id (7);
  g_autofree LmId *copy = lm_id_copy (&id);

  g_assert_true (lm_id_equal (&id, copy));
  copy->bytes[0]++;
  g_assert_false (lm_id_equal (&id, copy));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/id/known", test_known);
  g_test_add_func ("/base/id/round-trip", test_round_trip);
  g_test_add_func ("/base/id/length", test_length);
  g_test_add_func ("/base/id/digits", test_digits);
  g_test_add_func ("/base/id/null", test_null);
  g_test_add_func ("/base/id/compare", test_compare);
  g_test_add_func ("/base/id/copy", test_copy);
  return g_test_run ();
}
