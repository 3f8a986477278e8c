/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-base64.h"
#include "lm-test.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

/* Decodes into memory of just the promised size, so that the sanitizer sees who writes further. */
static gboolean
decode (const char *text, gsize length, GByteArray *bytes)
{
  g_autofree guint8 *room = g_malloc (LM_BASE64_ROOM (length));
  gsize n = 12345;
  gboolean good = lm_base64_decode (text, length, room, &n);

  g_byte_array_set_size (bytes, 0);
  if (good)
    g_byte_array_append (bytes, room, (guint) n);
  else
    g_assert_cmpuint (n, ==, 0);
  return good;
}

/* Whether @text is refused, or the one text of the bytes that it gives. */
static void
assert_canonical_or_refused (const char *text, gsize length, GByteArray *bytes)
{
  g_autofree char *again = NULL;

  if (!decode (text, length, bytes))
    return;
  again = g_base64_encode (bytes->data, bytes->len);
  g_assert_cmpmem (again, strlen (again), text, length);
}

static void
test_known (void)
{
  /* RFC 4648, section 10 */
  static const char *const vectors[][2] = {
    { "", "" },
    { "f", "Zg==" },
    { "fo", "Zm8=" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" },
    { "foobar", "Zm9vYmFy" },
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_assert_true (decode (vectors[i][1], strlen (vectors[i][1]), bytes));
      g_assert_cmpmem (bytes->data, bytes->len, vectors[i][0], strlen (vectors[i][0]));
    }
  g_assert_true (decode ("++//AA==", 8, bytes));
  g_assert_cmpmem (bytes->data, bytes->len, "\xfb\xef\xff\x00", 4);
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "A",      "AA",      "AAA",        "AAAAA",   "=",        "====",     "A===",     "==AA",
    "Zg=",    "Zg",      "Zg=A",       "Z=g=",    "Zg==Zg==", "Zg==AAAA", "Zm8=AAAA", "Zm9v\n",
    " Zm9v",  "Zm 9",    "Zm9v Zm9",   "Zm\n9",   "Zh==",     "Zn==",     "Z/==",     "Zm9=",
    "Zm+=",   "Zm/=",    "Zm-v",       "Zm_v",    "Zm.v",     "Zm,v",     "Zm9v====", "Zm9v=",
    "Zm9v==", "Zm9v===", "\xc3\xa9Zg", "Zm9\xff", "\"Zm9",    "Zm\\/",
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (decode (texts[i], strlen (texts[i]), bytes))
      g_error ("“%s” was taken", texts[i]);
  g_assert_false (decode ("Zm\0v", 4, bytes));
  g_assert_false (decode ("Zg=\0", 4, bytes));
}

/* All values of one and two bytes, and many of three, come back from their text. */
static void
test_round_trip_short (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint n = 1; n <= 3; n++)
    for (guint value = 0; value < (n == 1 ? 1u << 8 : 1u << 16); value++)
      {
        guint32 chosen = n == 3 ? g_rand_int (rand) : value;
        const guint8 given[] = { (guint8) chosen, (guint8) (chosen >> 8), (guint8) (chosen >> 16) };
        g_autofree char *text = g_base64_encode (given, n);

        g_assert_true (decode (text, strlen (text), bytes));
        g_assert_cmpmem (bytes->data, bytes->len, given, n);
      }
}

static void
test_round_trip_long (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint8 given[1000];

  for (guint n = 0; n <= sizeof given; n++)
    {
      g_autofree char *text = NULL;

      lm_test_random (rand, given, n);
      text = g_base64_encode (given, n);
      g_assert_true (decode (text, strlen (text), bytes));
      g_assert_cmpmem (bytes->data, bytes->len, given, n);
    }
}

/* Of all the texts of four characters that end in "=", each value of one or two bytes has one. */
static void
test_one_text_each (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint taken[4] = { 0 };

  for (guint a = 0; a < 65; a++)
    for (guint b = 0; b < 65; b++)
      for (guint c = 0; c < 65; c++)
        {
          const char text[] = { alphabet[a], alphabet[b], alphabet[c], '=' };

          if (!decode (text, 4, bytes))
            continue;
          g_assert_cmpuint (bytes->len, <, 4);
          taken[bytes->len]++;
          assert_canonical_or_refused (text, 4, bytes);
        }
  g_assert_cmpuint (taken[0], ==, 0);
  g_assert_cmpuint (taken[1], ==, 1 << 8);
  g_assert_cmpuint (taken[2], ==, 1 << 16);
  g_assert_cmpuint (taken[3], ==, 0);
}

/* Any single character of a good text changed into any other byte. */
static void
test_every_change (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint n = 0; n <= 24; n++)
    {
      guint8 given[24];
      g_autofree char *text = NULL;
      gsize length;

      lm_test_random (rand, given, n);
      text = g_base64_encode (given, n);
      length = strlen (text);
      for (gsize place = 0; place < length; place++)
        for (guint c = 0; c < 256; c++)
          {
            char kept = text[place];

            text[place] = (char) c;
            if ((char) c != kept)
              {
                if (decode (text, length, bytes))
                  g_assert_false (bytes->len == n && memcmp (bytes->data, given, n) == 0);
                assert_canonical_or_refused (text, length, bytes);
              }
            text[place] = kept;
          }
    }
}

static void
test_exact (void)
{
  guint8 given[20], bytes[20];

  memset (given, 0xa5, sizeof given);
  for (gsize n = 1; n < sizeof given; n++)
    {
      g_autofree char *text = g_base64_encode (given, n);

      for (gsize wanted = 0; wanted < sizeof bytes; wanted++)
        {
          memset (bytes, 0x11, sizeof bytes);
          g_assert_cmpint (lm_base64_decode_exact (text, bytes, wanted), ==, wanted == n);
          /* Nothing is written behind, and nothing at all when it is refused. */
          for (gsize i = wanted == n ? n : 0; i < sizeof bytes; i++)
            g_assert_cmphex (bytes[i], ==, 0x11);
        }
    }
  g_assert_false (lm_base64_decode_exact ("Zh==", bytes, 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/base/base64/known", test_known);
  g_test_add_func ("/base/base64/refused", test_refused);
  g_test_add_func ("/base/base64/round-trip-short", test_round_trip_short);
  g_test_add_func ("/base/base64/round-trip-long", test_round_trip_long);
  g_test_add_func ("/base/base64/one-text-each", test_one_text_each);
  g_test_add_func ("/base/base64/every-change", test_every_change);
  g_test_add_func ("/base/base64/exact", test_exact);
  return g_test_run ();
}
