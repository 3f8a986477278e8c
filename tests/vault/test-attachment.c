/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-hardening.h"
#include "lm-test-attachment.h"

/* Files made in Python by code other than libsodium (ChaCha20_Poly1305 of pycryptodome, BLAKE2b of
 * hashlib), after the format's text: their length, the BLAKE2b-256 of the file, and of the text. */
static const struct
{
  gsize size, file_size;
  const char *file, *text;
} known[] = {
  { 0,
    4185,
    "12ef0d66e3c8d97b1a820eff14fec27e5e961381fb84570f5444c6a692705f4d",
    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
  { 1,
    4185,
    "571ecb48915c79409bb59787f6ea8f8898f25c4343236b291dd90b3aa694329b",
    "e88bd757ad5b9bedf372d8d3f0cf6c962a469db61a265f6418e1ffed86da29ec" },
  { 4096,
    4185,
    "987bd500e629d9caec3376c08fd47dfe853bb4836321d70097490a7f09475691",
    "3b7dcca5dcb409b9ee1d33ac58a03966d5e86581278891945e3d2fd80e3aad58" },
  { 4097,
    4441,
    "1f5a22168385422c5f437851ddafbd4dd8493a18d4e8e6cd7f1f278a70a1ed40",
    "26fe2591ed34b9f959fac44b0dfca89b8316bd4971bb984ebb5f2950781dece9" },
  { 65536,
    65625,
    "261326b23711397e746c1448a1574f669a4aa920b8acdc0f7af6de590be625ed",
    "627c00cfc2d310043c8ce5df784509b8ad2ff85ade846de87100e4a0d539c3fb" },
  { 65537,
    67689,
    "0111092f1ae8a6b9b89990e136ed80cd54607a171376cb700aac724cb0f2e69c",
    "2cbf7bf7254bbf693239f9713faf3ae9a4c08072b356d84fbdeb45c90e0bef98" },
  { 200000,
    200841,
    "3f6b5219d0b237453341f18d90cf3ae09f730d25a0d49dfe1546a006cd21924e",
    "3c46bbf81f986ccd69767ae92fb35b3bcc62e0715676c8203e8b0525ddbd1446" },
};

static LmId
known_id (void)
{
  LmId id;

  for (guint i = 0; i < LM_ID_BYTES; i++)
    id.bytes[i] = (guint8) (0x70 + i);
  return id;
}

static char *
hash_hex (const guint8 *bytes, gsize length)
{
  guint8 hash[32];
  char *hex = g_malloc (65);

  crypto_generichash (hash, sizeof hash, bytes, length, NULL, 0);
  return sodium_bin2hex (hex, 65, hash, sizeof hash);
}

static GBytes *
padded (GBytes *text)
{
  gsize size = g_bytes_get_size (text), total = lm_vault_padded_size (size);
  g_autofree guint8 *zeros = g_malloc0 (total);

  return lm_test_append (text, zeros, total - size);
}

static void
test_known (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  LmId id = known_id (), journal = lm_test_journal ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) text = lm_test_attachment_text (known[i].size);
      g_autoptr (GBytes) plain = padded (text);
      g_autoptr (GBytes) file = lm_test_attachment_file (&journal, &id, 1, 0xb0, plain);
      g_autoptr (GBytes) opened = lm_test_attachment_open (vault, &id, file, known[i].size, &error);
      g_autofree char *hex = hash_hex (g_bytes_get_data (file, NULL), g_bytes_get_size (file));

      g_assert_no_error (error);
      g_assert_cmpstr (hex, ==, known[i].file);
      g_assert_cmpuint (g_bytes_get_size (file), ==, known[i].file_size);
      g_assert_cmpuint (lm_attachment_sealed_size (known[i].size), ==, known[i].file_size);
      g_assert_true (g_bytes_equal (opened, text));
    }
}

/* Sealed by us, opened by us: every length around the borders of chunks and padding. */
static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0,     1,     4095,  4096,   4097,   65519,  65520,  65535,
                                 65536, 65537, 65552, 131071, 131072, 131073, 200000, 1000000 };
  g_autoptr (LmVault) vault = lm_test_vault (2);
  LmId id = known_id ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) text = lm_test_attachment_text (sizes[i]);
      g_autoptr (GBytes) all = padded (text);
      g_autoptr (GBytes) file = lm_test_attachment_seal (vault, &id, text);
      g_autoptr (GBytes) again = lm_test_attachment_seal (vault, &id, text);
      g_autoptr (GBytes) opened = lm_test_attachment_open (vault, &id, file, sizes[i], &error);
      g_autoptr (GBytes) whole = NULL;

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened, text));
      g_assert_cmpuint (g_bytes_get_size (file), ==, lm_attachment_sealed_size (sizes[i]));
      /* A fresh salt, and so another key, for each attempt. */
      g_assert_false (g_bytes_equal (file, again));
      whole = lm_test_attachment_open (vault, &id, file, LM_ATTACHMENT_PADDED, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (whole, all));
    }
}

static void
test_hash (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  LmId id = known_id ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) text = lm_test_attachment_text (known[i].size);
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      g_autoptr (GInputStream) sealed = NULL;
      LmAttachmentHash hash;
      char hex[65];

      g_assert_true (lm_attachment_seal (vault, &id, in, known[i].size, out, &hash, NULL, &error));
      sodium_bin2hex (hex, sizeof hex, hash.bytes, sizeof hash.bytes);
      g_assert_cmpstr (hex, ==, known[i].text);

      sealed = g_memory_input_stream_new_from_data (
          g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
          (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)),
          NULL);
      g_assert_true (
          lm_attachment_open (vault, &id, sealed, known[i].size, &hash, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_seekable_seek (G_SEEKABLE (sealed), 0, G_SEEK_SET, NULL, NULL));
      hash.bytes[31] ^= 1;
      g_assert_false (
          lm_attachment_open (vault, &id, sealed, known[i].size, &hash, NULL, NULL, &error));
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
    }
}

/* A file that grows or shrinks while it is read is not attached as something else. */
static void
test_changed_meanwhile (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  g_autoptr (GBytes) text = lm_test_attachment_text (70000);
  LmId id = known_id ();

  for (guint64 size = 0; size < 140000; size += 13999)
    {
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;
      LmAttachmentHash hash;

      g_assert_false (lm_attachment_seal (vault, &id, in, size, out, &hash, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (1);
  g_autoptr (GBytes) text = lm_test_attachment_text (70000);
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LmAttachmentHash hash;
  LmId id = known_id ();

  g_cancellable_cancel (cancellable);
  g_assert_false (lm_attachment_seal (vault, &id, in, 70000, out, &hash, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* After a change of the master key: the same text, and everything about it, under the new one. */
static void
test_reseal (void)
{
  g_autoptr (LmVault) old_vault = lm_test_vault (1);
  g_autoptr (LmVault) vault = lm_test_vault (2);
  LmId id = known_id ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) text = lm_test_attachment_text (known[i].size);
      g_autoptr (GBytes) old = lm_test_attachment_seal (old_vault, &id, text);
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (old);
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      g_autoptr (GBytes) file = NULL, opened = NULL, refused = NULL;
      g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
      LmAttachmentHead head;

      g_assert_true (lm_attachment_reseal (vault, &id, in, out, NULL, &error));
      g_assert_no_error (error);
      g_output_stream_close (out, NULL, NULL);
      file = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
      g_assert_cmpuint (g_bytes_get_size (file), ==, g_bytes_get_size (old));
      g_assert_true (lm_attachment_read_head (g_bytes_get_data (file, NULL),
                                              g_bytes_get_size (file),
                                              &head,
                                              &error));
      g_assert_true (lm_id_equal (&head.key, &lm_master_keys_current (keys)->id));
      opened = lm_test_attachment_open (vault, &id, file, known[i].size, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (opened, text));
      refused = lm_test_attachment_open (old_vault, &id, file, known[i].size, &error);
      g_assert_null (refused);
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_WAITING_FOR_KEY);
    }
}

static void
test_reseal_damaged (void)
{
  g_autoptr (LmVault) vault = lm_test_vault (2);
  g_autoptr (GBytes) text = lm_test_attachment_text (200000);
  LmId id = known_id ();
  g_autoptr (GBytes) file = lm_test_attachment_seal (vault, &id, text);
  gsize length = g_bytes_get_size (file);

  for (gsize cut = 0; cut < length; cut += 4099)
    {
      g_autoptr (GBytes) shorter = lm_test_slice (file, cut);
      g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (shorter);
      g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
      g_autoptr (GError) error = NULL;

      g_assert_false (lm_attachment_reseal (vault, &id, in, out, NULL, &error));
      g_assert_error (error, LM_VAULT_ERROR, LM_VAULT_ERROR_DAMAGED);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  lm_hardening_apply ();
  g_test_add_func ("/vault/attachment/known", test_known);
  g_test_add_func ("/vault/attachment/round-trip", test_round_trip);
  g_test_add_func ("/vault/attachment/hash", test_hash);
  g_test_add_func ("/vault/attachment/changed-meanwhile", test_changed_meanwhile);
  g_test_add_func ("/vault/attachment/cancelled", test_cancelled);
  g_test_add_func ("/vault/attachment/reseal", test_reseal);
  g_test_add_func ("/vault/attachment/reseal-damaged", test_reseal_damaged);
  return g_test_run ();
}
