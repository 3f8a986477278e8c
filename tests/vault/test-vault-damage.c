/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-vault.h"

/* A sealed file that a disk, a sync tool or a person changed: it is refused, or gives the very same
 * text. Another text is never shown. For each kind of file. */

typedef struct
{
  LmVault *vault;
  LmSealKind kind;
  GBytes *payload;
  GBytes *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LmId id = lm_test_id (4);

  fixture->vault = lm_test_vault (2);
  fixture->kind = (LmSealKind) GPOINTER_TO_UINT (data);
  fixture->payload = lm_test_bytes ("{\"kind\":\"entry\",\"text\":\"It was a long day. 😀\"}");
  fixture->file = lm_vault_seal (fixture->vault, fixture->kind, &id, fixture->payload, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lm_vault_unref (fixture->vault);
  g_bytes_unref (fixture->payload);
  g_bytes_unref (fixture->file);
}

/* Whether it still opens. */
static gboolean
try (Fixture *fixture, GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = lm_vault_open (fixture->vault, fixture->kind, file, NULL, &error);

  if (opened != NULL)
    {
      g_assert_true (g_bytes_equal (opened, fixture->payload));
      return TRUE;
    }
  if (!g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_NOT_OURS) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_TOO_NEW) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY))
    g_error ("unexpected: %s", error->message);
  return FALSE;
}

static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->file, NULL), length);
  guint opened = 0;

  for (gsize bit = 0; bit < length * 8; bit++)
    {
      g_autoptr (GBytes) changed = NULL;

      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
      changed = g_bytes_new_static (bytes, length);
      opened += try (fixture, changed);
      bytes[bit / 8] ^= (guint8) (1 << bit % 8);
    }
  g_assert_cmpuint (opened, ==, 0);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);

  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GBytes) begin = lm_test_slice (fixture->file, n);

      /* Without the line's end it is still whole. */
      g_assert_cmpint (try (fixture, begin), ==, n == length - 1);
    }
}

/* The end is there, the beginning is not, as after a lost block. */
static void
test_beheaded (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);

  for (gsize n = 1; n <= length; n++)
    {
      g_autoptr (GBytes) end = g_bytes_new_from_bytes (fixture->file, n, length - n);

      g_assert_false (try (fixture, end));
    }
}

static void
test_appended (Fixture *fixture, gconstpointer data)
{
  static const char *const tails[] = { "\0", "x", "}", "\"}", "A", "{}", "\xff", " ", "\n" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);

  for (gsize n = 1; n <= 64; n++)
    {
      guint8 tail[64];
      g_autoptr (GBytes) longer = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
        {
          gsize size = MAX (strlen (tails[i]), 1);
          g_autoptr (GBytes) repeated = NULL;

          for (gsize k = 0; k < n; k++)
            tail[k] = (guint8) tails[i][k % size];
          repeated = lm_test_append (fixture->file, tail, n);
          /* White space behind the object says nothing; all else is refused. */
          g_assert_cmpint (try (fixture, repeated), ==, g_ascii_isspace (tails[i][0]));
        }
      lm_test_random (rand, tail, n);
      longer = lm_test_append (fixture->file, tail, n);
      try (fixture, longer);
    }
}

/* As file systems leave files after a power cut: the size is right, the end is all zeros. */
static void
test_nul_tail (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);
  g_autoptr (GBytes) twice = NULL;

  for (gsize from = 0; from < length; from += from < 300 || from > length - 100 ? 1 : 97)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->file, NULL), length);
      g_autoptr (GBytes) changed = NULL;

      memset (bytes + from, 0, length - from);
      changed = g_bytes_new_take (bytes, length);
      g_assert_false (try (fixture, changed));
    }
  twice = lm_test_append (fixture->file, g_bytes_get_data (fixture->file, NULL), length);
  g_assert_false (try (fixture, twice));
}

/* Any character of the head replaced by any byte. */
static void
test_every_byte_of_head (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->file, NULL), length);

  for (gsize place = 0; place < 280; place++)
    for (guint c = 0; c < 256; c++)
      {
        g_autoptr (GBytes) changed = NULL;
        guint8 kept = bytes[place];

        if (c == kept)
          continue;
        bytes[place] = (guint8) c;
        changed = g_bytes_new_static (bytes, length);
        g_assert_false (try (fixture, changed));
        bytes[place] = kept;
      }
}

int
main (int argc, char *argv[])
{
  static const char *const kinds[] = { "entry", "draft", "seen" };
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } cases[] = {
    { "every-bit", test_every_bit }, { "truncated", test_truncated },
    { "beheaded", test_beheaded },   { "appended", test_appended },
    { "nul-tail", test_nul_tail },   { "every-byte-of-head", test_every_byte_of_head },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autofree char *path = g_strdup_printf ("/vault/damage/%s/%s", kinds[kind], cases[i].name);

        g_test_add (path, Fixture, GUINT_TO_POINTER (kind), set_up, cases[i].run, tear_down);
      }
  return g_test_run ();
}
