/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "lm-test-attachment.h"

GBytes *
lm_test_attachment_text (gsize size)
{
  guint8 *bytes = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 7 + 3);
  return g_bytes_new_take (bytes, size);
}

/* Returns: (transfer full): the file; @plain is cut into chunks as it is, without padding */
GBytes *
lm_test_attachment_file (const LmId *journal, const LmId *id, guint key, guint8 salt, GBytes *plain)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (2);
  const LmMasterKey *master = lm_master_keys_get (keys, key - 1);
  GByteArray *file = g_byte_array_new ();
  guint8 message[2 * LM_ID_BYTES], parent[32], file_key[32], head[73];
  const guint8 *data = g_bytes_get_data (plain, NULL);
  gsize size = g_bytes_get_size (plain);
  const char *label = "leitmotif v1 attachments";

  memcpy (message, id->bytes, LM_ID_BYTES);
  for (guint i = 0; i < 16; i++)
    message[LM_ID_BYTES + i] = (guint8) (salt + i);
  crypto_generichash (parent,
                      32,
                      (const guint8 *) label,
                      strlen (label),
                      lm_secret_peek (master->secret),
                      32);
  crypto_generichash (file_key, 32, message, sizeof message, parent, 32);
  memcpy (head, "LMATTACH\x01", 9);
  memcpy (head + 9, journal->bytes, 16);
  memcpy (head + 25, id->bytes, 16);
  memcpy (head + 41, master->id.bytes, 16);
  memcpy (head + 57, message + LM_ID_BYTES, 16);
  g_byte_array_append (file, head, sizeof head);
  for (gsize i = 0, place = 0; place < size; i++, place += 65536)
    {
      guint8 nonce[24] = { (guint8) i, (guint8) (i >> 8) };
      g_autofree guint8 *box = g_malloc (65536 + 16);
      gsize length = MIN (size - place, 65536);
      unsigned long long sealed;

      nonce[8] = place + length == size;
      crypto_aead_xchacha20poly1305_ietf_encrypt (box,
                                                  &sealed,
                                                  data + place,
                                                  length,
                                                  head,
                                                  sizeof head,
                                                  NULL,
                                                  nonce,
                                                  file_key);
      g_byte_array_append (file, box, (guint) sealed);
    }
  return g_byte_array_free_to_bytes (file);
}

/* Returns: (transfer full): the file that the code under test makes */
GBytes *
lm_test_attachment_seal (LmVault *vault, const LmId *id, GBytes *text)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (text);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  LmAttachmentHash hash;

  if (!lm_attachment_seal (vault, id, in, g_bytes_get_size (text), out, &hash, NULL, &error))
    g_error ("%s", error->message);
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

/* Returns: (transfer full) (nullable): what is in it. After an error, what came out before must
 *   have been the beginning of lm_test_attachment_text (). */
GBytes *
lm_test_attachment_open (LmVault *vault, const LmId *id, GBytes *file, guint64 size, GError **error)
{
  g_autoptr (GInputStream) in = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) opened = NULL;
  gboolean good = lm_attachment_open (vault, id, in, size, NULL, out, NULL, error);

  g_assert_true (g_output_stream_close (out, NULL, NULL));
  opened = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
  if (!good)
    {
      const guint8 *bytes = g_bytes_get_data (opened, NULL);

      for (gsize i = 0; i < g_bytes_get_size (opened); i++)
        g_assert_cmpuint (bytes[i], ==, (guint8) (i * 7 + 3));
      return NULL;
    }
  return g_steal_pointer (&opened);
}
