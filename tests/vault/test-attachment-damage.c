/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-attachment.h"

/* An attachment that a disk, a sync tool or a person changed is refused. Another text never comes
 * out: lm_test_attachment_open () compares even what came out before the error. */

#define CHUNK (65536 + 16)
/* Four chunks with their padding, the last one shorter. */
#define SIZE 200000

typedef struct
{
  LmVault *vault;
  LmId id;
  gsize size;
  GBytes *text;
  GBytes *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->vault = lm_test_vault (2);
  fixture->id = lm_test_id (5);
  fixture->size = GPOINTER_TO_SIZE (data);
  fixture->text = lm_test_attachment_text (fixture->size);
  fixture->file = lm_test_attachment_seal (fixture->vault, &fixture->id, fixture->text);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lm_vault_unref (fixture->vault);
  g_bytes_unref (fixture->text);
  g_bytes_unref (fixture->file);
}

static void
assert_refused (Fixture *fixture, GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened =
      lm_test_attachment_open (fixture->vault, &fixture->id, file, fixture->size, &error);

  g_assert_null (opened);
  if (!g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_NOT_OURS) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_TOO_NEW) &&
      !g_error_matches (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY))
    g_error ("unexpected: %s", error->message);
}

/* All of a small one; of a large one the head and the borders of its chunks. */
static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->file, NULL), length);

  for (gsize place = 0; place < length; place++)
    {
      gsize in_chunk = place < 73 ? 0 : (place - 73) % CHUNK;

      if (length > 10000 && place >= 73 && in_chunk > 2 && in_chunk < CHUNK - 18 &&
          place + 18 < length)
        continue;
      for (guint bit = 0; bit < 8; bit += length > 10000 ? 3 : 1)
        {
          g_autoptr (GBytes) changed = NULL;

          bytes[place] ^= (guint8) (1 << bit);
          changed = g_bytes_new_static (bytes, length);
          assert_refused (fixture, changed);
          bytes[place] ^= (guint8) (1 << bit);
        }
    }
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);

  for (gsize n = 0; n < length; n += length > 10000 && n > 100 ? 1511 : 1)
    {
      g_autoptr (GBytes) begin = lm_test_slice (fixture->file, n);
      g_autoptr (GBytes) end = g_bytes_new_from_bytes (fixture->file, length - n, n);

      assert_refused (fixture, begin);
      assert_refused (fixture, end);
    }
  /* Just at the border of a chunk. */
  for (gsize n = 73; n < length; n += CHUNK)
    {
      g_autoptr (GBytes) begin = lm_test_slice (fixture->file, n);

      assert_refused (fixture, begin);
    }
}

static void
test_appended (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GBytes) twice = NULL;

  for (gsize n = 1; n <= 64; n++)
    for (guint kind = 0; kind < 3; kind++)
      {
        guint8 tail[64];
        g_autoptr (GBytes) longer = NULL;

        memset (tail, kind == 0 ? 0 : '\n', sizeof tail);
        if (kind == 2)
          lm_test_random (rand, tail, n);
        longer = lm_test_append (fixture->file, tail, n);
        assert_refused (fixture, longer);
      }
  twice = lm_test_append (fixture->file,
                          g_bytes_get_data (fixture->file, NULL),
                          g_bytes_get_size (fixture->file));
  assert_refused (fixture, twice);
}

static void
test_nul_tail (Fixture *fixture, gconstpointer data)
{
  gsize length = g_bytes_get_size (fixture->file);

  for (gsize from = 0; from < length; from += from < 100 ? 1 : length / 97)
    {
      guint8 *bytes = g_memdup2 (g_bytes_get_data (fixture->file, NULL), length);
      g_autoptr (GBytes) changed = g_bytes_new_take (bytes, length);

      memset (bytes + from, 0, length - from);
      assert_refused (fixture, changed);
    }
}

/* The entry says another size than the attachment has. Within the same padding only the hash in
 * the entry tells. */
static void
test_other_size (Fixture *fixture, gconstpointer data)
{
  const guint64 sizes[] = { 0,    fixture->size - 1, fixture->size / 2, fixture->size + 100000,
                            4097, G_MAXUINT32,       G_MAXUINT64 / 2 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (fixture->file);
      g_autoptr (GError) error = NULL;

      g_assert_false (lm_attachment_open (fixture->vault,
                                          &fixture->id,
                                          in,
                                          sizes[i],
                                          NULL,
                                          NULL,
                                          NULL,
                                          &error));
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
    }
}

/* Chunks put together in another order, "0" to "3"; "4" is the second one of another attachment. */
static void
test_chunks (Fixture *fixture, gconstpointer data)
{
  static const char *const orders[] = { "",     "0",     "3",     "012",  "013",  "023",
                                        "123",  "0132",  "0213",  "1023", "3210", "0223",
                                        "0023", "01223", "01233", "0412", "0423", "00123" };
  g_autoptr (GBytes) other = lm_test_attachment_seal (fixture->vault, &fixture->id, fixture->text);
  const guint8 *bytes = g_bytes_get_data (fixture->file, NULL);
  const guint8 *others = g_bytes_get_data (other, NULL);
  gsize length = g_bytes_get_size (fixture->file);

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (GByteArray) made = g_byte_array_new ();
      g_autoptr (GBytes) file = NULL;

      g_byte_array_append (made, bytes, 73);
      for (const char *at = orders[i]; *at != '\0'; at++)
        {
          guint chunk = (guint) (*at - '0');
          gsize begin = 73 + (chunk == 4 ? 1 : chunk) * (gsize) CHUNK;
          gsize size = MIN (CHUNK, length - begin);

          g_byte_array_append (made, (chunk == 4 ? others : bytes) + begin, (guint) size);
        }
      file = g_byte_array_free_to_bytes (g_steal_pointer (&made));
      assert_refused (fixture, file);
    }
}

/* Under the head of another attempt, even of the same text. */
static void
test_other_head (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) other = lm_test_attachment_seal (fixture->vault, &fixture->id, fixture->text);
  g_autoptr (GBytes) head = lm_test_slice (other, 73);
  g_autoptr (GBytes) file =
      lm_test_append (head,
                      (const guint8 *) g_bytes_get_data (fixture->file, NULL) + 73,
                      g_bytes_get_size (fixture->file) - 73);

  assert_refused (fixture, file);
}

static void
assert_refused_as (LmVault *vault, const LmId *id, GBytes *file, LmVaultError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) opened = lm_test_attachment_open (vault, id, file, 5000, &error);

  g_assert_null (opened);
  g_assert_error (error, LM_VAULT_ERROR, (int) code);
}

static void
test_swapped (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (LmVault) other_vault = lm_test_vault (1);
  g_autoptr (GBytes) text = lm_test_attachment_text (5000);
  LmId id = lm_test_id (1), other = lm_test_id (2), journal = lm_test_journal ();
  g_autoptr (GBytes) file = lm_test_attachment_seal (vault, &id, text);
  g_autoptr (GBytes) zeros = NULL, plain = NULL, of_other_journal = NULL, not_zero = NULL;
  g_autoptr (GBytes) short_padding = NULL, long_padding = NULL, retired = NULL, opened = NULL;
  g_autofree guint8 *pad = g_malloc0 (10000);
  g_autoptr (GError) error = NULL;

  /* Another attachment's file, and one whose head was made to fit. */
  assert_refused_as (vault, &other, file, LM_VAULT_ERROR_NOT_OURS);
  {
    guint8 *bytes = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
    g_autoptr (GBytes) changed = g_bytes_new_take (bytes, g_bytes_get_size (file));

    memcpy (bytes + 25, other.bytes, LM_ID_BYTES);
    assert_refused_as (vault, &other, changed, LM_VAULT_ERROR_DAMAGED);
  }
  /* Sealed well, but for another journal or with a key that is not here. */
  plain = lm_test_append (text, pad, lm_vault_padded_size (5000) - 5000);
  of_other_journal = lm_test_attachment_file (&other, &id, 1, 0, plain);
  assert_refused_as (vault, &id, of_other_journal, LM_VAULT_ERROR_NOT_OURS);
  assert_refused_as (other_vault, &id, file, LM_VAULT_ERROR_WAITING_FOR_KEY);
  /* With a retired key it opens. */
  retired = lm_test_attachment_file (&journal, &id, 1, 0, plain);
  opened = lm_test_attachment_open (vault, &id, retired, 5000, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (opened, text));
  /* Padding of another length, or that is not zero. */
  zeros = lm_test_append (text, pad, 1);
  short_padding = lm_test_attachment_file (&journal, &id, 1, 0, zeros);
  assert_refused_as (vault, &id, short_padding, LM_VAULT_ERROR_DAMAGED);
  g_clear_pointer (&zeros, g_bytes_unref);
  zeros = lm_test_append (text, pad, 10000);
  long_padding = lm_test_attachment_file (&journal, &id, 1, 0, zeros);
  assert_refused_as (vault, &id, long_padding, LM_VAULT_ERROR_DAMAGED);
  pad[lm_vault_padded_size (5000) - 5000 - 1] = 1;
  g_clear_pointer (&plain, g_bytes_unref);
  plain = lm_test_append (text, pad, lm_vault_padded_size (5000) - 5000);
  not_zero = lm_test_attachment_file (&journal, &id, 1, 0, plain);
  assert_refused_as (vault, &id, not_zero, LM_VAULT_ERROR_DAMAGED);
}

static void
test_version (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  g_autoptr (GBytes) text = lm_test_attachment_text (5000);
  LmId id = lm_test_id (1);
  g_autoptr (GBytes) file = lm_test_attachment_seal (vault, &id, text);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_autoptr (GBytes) changed = g_bytes_new_take (bytes, g_bytes_get_size (file));

  bytes[8] = 2;
  assert_refused_as (vault, &id, changed, LM_VAULT_ERROR_TOO_NEW);
  bytes[8] = 0;
  assert_refused_as (vault, &id, changed, LM_VAULT_ERROR_DAMAGED);
  bytes[8] = 1;
  bytes[0] = 'l';
  assert_refused_as (vault, &id, changed, LM_VAULT_ERROR_NOT_OURS);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
    gboolean small, large;
  } cases[] = {
    { "every-bit", test_every_bit, TRUE, TRUE },   { "truncated", test_truncated, TRUE, TRUE },
    { "appended", test_appended, TRUE, TRUE },     { "nul-tail", test_nul_tail, TRUE, TRUE },
    { "other-size", test_other_size, TRUE, TRUE }, { "chunks", test_chunks, FALSE, TRUE },
    { "other-head", test_other_head, TRUE, TRUE },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *one = g_strdup_printf ("/vault/attachment/one-chunk/%s", cases[i].name);
      g_autofree char *many = g_strdup_printf ("/vault/attachment/chunks/%s", cases[i].name);

      if (cases[i].small)
        g_test_add (one, Fixture, GSIZE_TO_POINTER (3000), set_up, cases[i].run, tear_down);
      if (cases[i].large)
        g_test_add (many, Fixture, GSIZE_TO_POINTER (SIZE), set_up, cases[i].run, tear_down);
    }
  g_test_add_func ("/vault/attachment/swapped", test_swapped);
  g_test_add_func ("/vault/attachment/version", test_version);
  return g_test_run ();
}
