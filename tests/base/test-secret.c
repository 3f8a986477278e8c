/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-secret.h"
#include "lm-test.h"

static void
test_new (void)
{
  g_autoptr (LmSecret) secret = lm_secret_new (100);

  g_assert_cmpuint (lm_secret_length (secret), ==, 100);
  g_assert_true (sodium_is_zero (lm_secret_peek (secret), 100));
  g_assert_true (lm_secret_bytes (secret) == lm_secret_peek (secret));
}

static void
test_empty (void)
{
  g_autoptr (LmSecret) a = lm_secret_new (0);
  g_autoptr (LmSecret) b = lm_secret_new_taking (g_strdup (""));

  g_assert_cmpuint (lm_secret_length (a), ==, 0);
  g_assert_true (lm_secret_equal (a, b));
}

static void
test_random (void)
{
  g_autoptr (LmSecret) a = lm_secret_new_random (32);
  g_autoptr (LmSecret) b = lm_secret_new_random (32);

  g_assert_cmpuint (lm_secret_length (a), ==, 32);
  g_assert_false (lm_secret_equal (a, b));
}

static void
test_taking (void)
{
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("pa\xc3\x9fwort"));

  g_assert_cmpmem (lm_secret_peek (secret), lm_secret_length (secret), "pa\xc3\x9fwort", 8);
}

static void
test_shorten (void)
{
  g_autoptr (LmSecret) secret = lm_secret_new_taking (g_strdup ("kept and dropped"));
  const guint8 *bytes = lm_secret_peek (secret);

  lm_secret_shorten (secret, 4);
  g_assert_cmpuint (lm_secret_length (secret), ==, 4);
  g_assert_cmpmem (bytes, 4, "kept", 4);
  /* The memory is still ours: what was cut off must be gone. */
  g_assert_true (sodium_is_zero (bytes + 4, strlen ("kept and dropped") - 4));
  lm_secret_shorten (secret, 4);
  g_assert_cmpmem (bytes, lm_secret_length (secret), "kept", 4);
  lm_secret_shorten (secret, 0);
  g_assert_true (sodium_is_zero (bytes, 4));
}

static void
test_shorten_longer (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (LmSecret) secret = lm_secret_new (4);

      lm_secret_shorten (secret, 5);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*length <= secret->length*");
}

static void
test_equal (void)
{
  guint8 bytes[33];
  g_autoptr (LmSecret) a = lm_secret_new (32);

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  memcpy (lm_secret_bytes (a), bytes, 32);
  for (guint length = 0; length <= sizeof bytes; length++)
    {
      g_autoptr (LmSecret) b = lm_secret_new (length);

      memcpy (lm_secret_bytes (b), bytes, length);
      g_assert_cmpint (lm_secret_equal (a, b), ==, length == 32);
      g_assert_cmpint (lm_secret_equal (b, a), ==, length == 32);
    }
  for (guint bit = 0; bit < 256; bit++)
    {
      g_autoptr (LmSecret) b = lm_secret_new (32);

      memcpy (lm_secret_bytes (b), bytes, 32);
      lm_secret_bytes (b)[bit / 8] ^= (guint8) (1 << bit % 8);
      g_assert_false (lm_secret_equal (a, b));
    }
}

static void
test_references (void)
{
  LmSecret *secret = lm_secret_new_taking (g_strdup ("still here"));

  g_assert_true (lm_secret_ref (secret) == secret);
  lm_secret_unref (secret);
  g_assert_cmpmem (lm_secret_peek (secret), lm_secret_length (secret), "still here", 10);
  lm_secret_unref (secret);
}

/* A secret does not lie in ordinary memory: behind it is a page that nobody may touch. */
static void
test_fence (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (LmSecret) secret = lm_secret_new (32);
      volatile guint8 *behind = lm_secret_bytes (secret) + 32;

      *behind = 1;
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (sodium_init () < 0)
    g_error ("libsodium could not be started");
  g_test_add_func ("/base/secret/new", test_new);
  g_test_add_func ("/base/secret/empty", test_empty);
  g_test_add_func ("/base/secret/random", test_random);
  g_test_add_func ("/base/secret/taking", test_taking);
  g_test_add_func ("/base/secret/shorten", test_shorten);
  g_test_add_func ("/base/secret/shorten-longer", test_shorten_longer);
  g_test_add_func ("/base/secret/equal", test_equal);
  g_test_add_func ("/base/secret/references", test_references);
  g_test_add_func ("/base/secret/fence", test_fence);
  return g_test_run ();
}
