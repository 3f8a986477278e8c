/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-pack.h"

/* What is kept as the difference from something else comes back to the byte. */

/* Whether so much room was enough. */
static gboolean
goes_and_comes (const char *bytes, gsize length, const char *like, gsize room)
{
  g_autofree guint8 *packed = g_malloc (room + 1), *back = g_malloc (length + 1);
  gsize size;

  packed[room] = 0xa5;
  size = lm_pack ((const guint8 *) bytes, length, like, packed, room);
  g_assert_cmpuint (packed[room], ==, 0xa5);
  g_assert_cmpuint (size, <=, room);
  if (size == 0)
    return FALSE;
  back[length] = 0xa5;
  g_assert_true (lm_unpack (packed, size, like, back, length));
  g_assert_cmpmem (back, length, bytes, length);
  g_assert_cmpuint (back[length], ==, 0xa5);
  /* Not of another length, nor when it was cut. */
  g_assert_false (lm_unpack (packed, size, like, back, length - 1));
  g_assert_false (length > 0 && lm_unpack (packed, size - 1, like, back, length));
  return TRUE;
}

static void
test_alike (void)
{
  const char *text = "{\"kind\":\"entry\",\"text\":\"I waited. She came late again, and I said "
                     "nothing; the Straße was empty.\"}";
  const char *like = "i waited. she came late again, and i said nothing; the strasse was empty.";

  g_assert_true (goes_and_comes (text, strlen (text), like, strlen (text)));
  /* It is little: that of the one which the other has not. */
  g_assert_true (goes_and_comes (text, strlen (text), like, strlen (text) * 6 / 10));
  g_assert_false (
      goes_and_comes (text, strlen (text), "nothing of the kind", strlen (text) * 6 / 10));
}

static void
test_little (void)
{
  g_assert_true (goes_and_comes ("a", 1, "", 16));
  g_assert_true (goes_and_comes ("a", 1, "a", 16));
  g_assert_true (goes_and_comes ("{\"kind\":\"entry\"}", 16, "", 64));
  g_assert_false (goes_and_comes ("a", 1, "a", 0));
}

/* Any bytes, any text, around the lengths up to which LZ4 looks back. */
static void
test_random (void)
{
  static const gsize lengths[] = { 1, 2, 12, 13, 100, 4000, 65535, 65536, 65537, 200000 };

  for (guint i = 0; i < 400; i++)
    {
      gsize length = lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))];
      gsize like_length = lengths[g_test_rand_int_range (0, G_N_ELEMENTS (lengths))];
      g_autofree char *bytes = g_malloc (length), *like = g_malloc (like_length + 1);
      int letters = g_test_rand_int_range (1, 255);

      for (gsize k = 0; k < like_length; k++)
        like[k] = (char) g_test_rand_int_range (1, letters + 1);
      like[like_length] = '\0';
      /* Pieces of the text with something between them. */
      for (gsize k = 0; k < length;)
        {
          gsize at = (gsize) g_test_rand_int_range (0, (gint32) like_length);
          gsize n = (gsize) g_test_rand_int_range (1, 300);

          n = MIN (n, MIN (like_length - at, length - k));
          memcpy (bytes + k, like + at, n);
          bytes[k] = (char) g_test_rand_int_range (0, 256);
          k += n;
        }
      g_assert_true (goes_and_comes (bytes, length, like, length + length / 200 + 64));
    }
}

/* Whatever lies there instead is told, or is something else of that length, and nothing is written
 * beside it. */
static void
test_damaged (void)
{
  g_autofree char *bytes = g_strnfill (3000, 'x'), *like = g_strnfill (2000, 'x');
  guint8 packed[4000];
  gsize size;

  for (guint i = 0; i < 3000; i += 7)
    bytes[i] = (char) ('a' + i % 23);
  size = lm_pack ((const guint8 *) bytes, 3000, like, packed, sizeof packed);
  g_assert_cmpuint (size, >, 0);
  for (guint bit = 0; bit < size * 8; bit++)
    {
      /* Of its own, so that a sanitizer sees who goes beyond it. */
      g_autofree guint8 *back = g_malloc (3000), *changed = g_memdup2 (packed, size);

      changed[bit / 8] ^= (guint8) (1 << bit % 8);
      if (lm_unpack (changed, size, like, back, 3000))
        continue;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/pack/alike", test_alike);
  g_test_add_func ("/base/pack/little", test_little);
  g_test_add_func ("/base/pack/random", test_random);
  g_test_add_func ("/base/pack/damaged", test_damaged);
  return g_test_run ();
}
