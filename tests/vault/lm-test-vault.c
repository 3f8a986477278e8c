/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "lm-test-vault.h"

static const guint8 key_ids[] = { 0x50, 0x80 };
static const guint8 key_secrets[] = { 0x60, 0xa0 };
#define NONCE 0xd0

/* Made in Python with other code than libsodium: Argon2id and ChaCha20-Poly1305 of the package
 * "cryptography", HChaCha20 and the rest by hand after the format's text. The keys are those of
 * lm_test_keys (2), the passphrase "Grüße aus Łódź", the recovery code
 * VTPV-XVR0-24H3-6H2N-CSVR-H6DA-QE7A.
 */
#define BEFORE_SLOT                                                                                \
  "{\"format\":\"leitmotif-key\",\"version\":1,\"journal\":\"000102030405060708090a0b0c0d0e0f\","  \
  "\"slot\":"
#define AFTER_KIND                                                                                 \
  ",\"kdf\":{\"algorithm\":\"argon2id13\",\"opslimit\":2,\"memlimit_kib\":65536,"                  \
  "\"salt\":\"ICEiIyQlJicoKSorLC0uLw==\"},\"nonce\":\"MDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZH\",\"box\":"

const char lm_test_passphrase_slot[] = BEFORE_SLOT
    "\"101112131415161718191a1b1c1d1e1f\",\"kind\":\"passphrase\"" AFTER_KIND
    "\"Nao0ZPWGtGS3TLvN2v5bm5TIV/OZY4I1AZpVawUotDuLcHpTcG2RPi01bv/mCeVri7zmwwQaGpZczsQ60wVVZIQUk4A"
    "V82Os580qr8MrSV4/tdOubH53+5Gr4b1OgtY2mc/CUyXiVbasopmiV/funi7uctYNweEA9+GD4I0kJhUr8l3YEqj3oSpGe"
    "fkT/rDpA4Dc/M4Ni99xOAlVbpLXF/f5Ssy8wvvu248rbHEzyn8ykQDLerTYlRG3uikJQqUwIXNWS3MBlYwlu0R9lnz5x9Z"
    "DKrk2VXm3ETFsmSGzYWt81ZjiWUJbiB29O7qrEmquiMzwKTxmkb7Ie9GrTbo=\","
    "\"commit\":\"C+9nYqglbs6Z3KDTLgwEUdmbj8xiv2CemXItBi0KpV0=\"}\n";
const char lm_test_passphrase_derived[] =
    "f0d8afe042305464ce255ac0ca5ec64f27abd1ba0b472ac20740c571e766215f"
    "ee7a79cbf5521be65203f8e18874b135b7812621b8035dbcf11c27363dcc57ad";

const char lm_test_recovery_slot[] = BEFORE_SLOT
    "\"909192939495969798999a9b9c9d9e9f\",\"kind\":\"recovery\"" AFTER_KIND
    "\"YvUoYTPnJ7zv+YW4+k/PBCPJ+CXKt+MwQkkYBrOIYyLa3ZWeuMdgqoxDZ+pxx5KscAiQrmsIdhFuzjM/iVhi22UF"
    "vldfi7r9Rd0lPsnkpbsbtpyilSIBgf/erNQ7+tHD8BOu3x1D6A0G/Dg5DfGMY948onIR2TBPtfHc/ecVIQ36Bfe3"
    "GzxaMhX2ync9ROp8s8RNy1EFCDueCh4rXCJFeeowQuXTJ983qX7789U5XduJigZg7f85GBLPfH0JOgqsVmQBkRcr"
    "N1d52ttiG3XgYAPQlfxM8Jt9MU1Noa/Y9fH8konBkK0h/u2TktyFsFKc+ZeI22g26sYVi0JBUzU=\","
    "\"commit\":\"Ui7fJVpCmjqtgtd+2tUVVn+cTw3ZkNQIGJiFqwweYpY=\"}\n";

/* @length bytes, each one more than the last. */
static void
count_from (guint8 first, guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) (first + i);
}

static LmId
id_from (guint8 first)
{
  LmId id;

  count_from (first, id.bytes, sizeof id.bytes);
  return id;
}

LmId
lm_test_journal (void)
{
  return id_from (0);
}

LmMasterKeys *
lm_test_keys (guint n)
{
  LmMasterKeys *keys = lm_master_keys_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LmSecret) secret = lm_secret_new (LM_KEY_BYTES);
      LmId id = id_from (key_ids[i]);

      count_from (key_secrets[i], lm_secret_bytes (secret), LM_KEY_BYTES);
      lm_master_keys_add (keys, &id, i + 1, secret);
    }
  return keys;
}

LmVault *
lm_test_vault (guint n_keys)
{
  g_autoptr (LmMasterKeys) keys = lm_test_keys (n_keys);
  LmId journal = lm_test_journal ();

  return lm_vault_new (&journal, keys);
}

/* Returns: an entry of the journal of the tests, under the first key */
LmTestSeal
lm_test_seal_entry (const LmId *id)
{
  return (LmTestSeal) { "leitmotif-entry", "LMENTRY", "entries", lm_test_journal (), *id, 1 };
}

/* Returns: (transfer full): u32 (@n) ‖ @payload ‖ zeros, @total bytes */
GBytes *
lm_test_plain (GBytes *payload, guint32 n, gsize total)
{
  guint8 *plain = g_malloc0 (total);
  const guint8 size[] = { (guint8) n, (guint8) (n >> 8), (guint8) (n >> 16), (guint8) (n >> 24) };

  g_assert_cmpuint (total, >=, 4 + g_bytes_get_size (payload));
  memcpy (plain, size, 4);
  if (g_bytes_get_size (payload) > 0)
    memcpy (plain + 4, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  return g_bytes_new_take (plain, total);
}

/* The format, section 3 and 4: MK → K (label) → key of the file. */
static void
file_key (const LmTestSeal *seal, guint8 key[32])
{
  guint8 master[32], parent[32];
  g_autofree char *label = g_strconcat ("leitmotif v1 ", seal->label, NULL);
  g_autoptr (GByteArray) message = g_byte_array_new ();

  count_from (key_secrets[seal->key - 1], master, sizeof master);
  crypto_generichash (parent, 32, (guint8 *) label, strlen (label), master, 32);
  if (!g_str_equal (seal->label, "entries"))
    g_byte_array_append (message, (const guint8 *) seal->magic, (guint) strlen (seal->magic));
  g_byte_array_append (message, seal->id.bytes, LM_ID_BYTES);
  crypto_generichash (key, 32, message->data, message->len, parent, 32);
}

/* Returns: (transfer full): the sealed @plain, which need not be of the right form */
GBytes *
lm_test_box (const LmTestSeal *seal, GBytes *plain)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  LmId key_id = id_from (key_ids[seal->key - 1]);
  guint8 key[32], nonce[24], *box = g_malloc (g_bytes_get_size (plain) + 16);
  unsigned long long length;

  file_key (seal, key);
  count_from (NONCE, nonce, sizeof nonce);
  g_byte_array_append (data, (const guint8 *) seal->magic, (guint) strlen (seal->magic));
  g_byte_array_append (data, (const guint8 *) "\x01", 1);
  g_byte_array_append (data, seal->journal.bytes, LM_ID_BYTES);
  g_byte_array_append (data, seal->id.bytes, LM_ID_BYTES);
  g_byte_array_append (data, key_id.bytes, LM_ID_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (box,
                                              &length,
                                              g_bytes_get_data (plain, NULL),
                                              g_bytes_get_size (plain),
                                              data->data,
                                              data->len,
                                              NULL,
                                              nonce,
                                              key);
  return g_bytes_new_take (box, (gsize) length);
}

/* Returns: (transfer full): the sealed @plain as a file */
GBytes *
lm_test_file (const LmTestSeal *seal, GBytes *plain)
{
  g_autoptr (GBytes) box = lm_test_box (seal, plain);
  g_autofree char *text = g_base64_encode (g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  LmId key_id = id_from (key_ids[seal->key - 1]);
  guint8 nonce[24];
  g_autofree char *nonce_text = NULL;
  char *file;

  count_from (NONCE, nonce, sizeof nonce);
  nonce_text = g_base64_encode (nonce, sizeof nonce);
  file = g_strdup_printf ("{\"format\":\"%s\",\"version\":1,\"journal\":\"%s\",\"entry\":\"%s\","
                          "\"key\":\"%s\",\"nonce\":\"%s\",\"box\":\"%s\"}\n",
                          seal->format,
                          lm_id_format (&seal->journal).digits,
                          lm_id_format (&seal->id).digits,
                          lm_id_format (&key_id).digits,
                          nonce_text,
                          text);
  return g_bytes_new_take (file, strlen (file));
}
