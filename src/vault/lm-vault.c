/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-wiped.h"
#include "vault/lm-envelope.h"
#include "vault/lm-vault-error.h"
#include "vault/lm-vault-private.h"
#include "vault/lm-vault.h"

#define TAG_BYTES  crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SIZE_BYTES 4
/* Short entries all have one size on disk. */
#define PADDED_MIN 4096

static const char *const magics[] = {
  [LM_SEAL_ENTRY] = "LMENTRY",
  [LM_SEAL_DRAFT] = "LMDRAFT",
  [LM_SEAL_SEEN] = "LMSEEN",
};

typedef struct
{
  LmId id;
  LmSecret *entries;
  LmSecret *local;
  LmSecret *attachments;
} Subkeys;

struct _LmVault
{
  gatomicrefcount ref_count;
  LmId journal;
  LmId current;
  guint32 generation;
  GArray *subkeys; /* of Subkeys, one for each master key */

  /* Guarded memory for the keys of single files, all zero while nobody uses it. Making it anew for
   * each of ten thousand files took nine tenths of the time of opening a journal. */
  GMutex mutex;
  GPtrArray *spare; /* of LmSecret; under the mutex */
};

static void
subkeys_clear (gpointer data)
{
  Subkeys *subkeys = data;

  lm_secret_unref (subkeys->entries);
  lm_secret_unref (subkeys->local);
  lm_secret_unref (subkeys->attachments);
}

/* BLAKE2b-256 (MK, "leitmotif v1 " ‖ label) */
static LmSecret *
subkey (LmSecret *master, const char *label)
{
  LmSecret *key = lm_secret_new (LM_KEY_BYTES);
  g_autofree char *message = g_strconcat ("leitmotif v1 ", label, NULL);

  crypto_generichash (lm_secret_bytes (key),
                      LM_KEY_BYTES,
                      (const guint8 *) message,
                      strlen (message),
                      lm_secret_peek (master),
                      LM_KEY_BYTES);
  return key;
}

/**
 * lm_vault_new:
 * @journal: the journal
 * @keys: its master keys, at least one
 *
 * Returns: (transfer full): the open vault; it keeps what it derives from @keys, not @keys
 */
LmVault *
lm_vault_new (const LmId *journal, LmMasterKeys *keys)
{
  LmVault *vault = g_new0 (LmVault, 1);

  g_atomic_ref_count_init (&vault->ref_count);
  g_mutex_init (&vault->mutex);
  vault->spare = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_secret_unref);
  vault->journal = *journal;
  vault->current = lm_master_keys_current (keys)->id;
  vault->generation = lm_master_keys_current (keys)->generation;
  vault->subkeys = g_array_new (FALSE, FALSE, sizeof (Subkeys));
  g_array_set_clear_func (vault->subkeys, subkeys_clear);
  for (guint i = 0; i < lm_master_keys_size (keys); i++)
    {
      const LmMasterKey *key = lm_master_keys_get (keys, i);
      Subkeys subkeys = { key->id,
                          subkey (key->secret, "entries"),
                          subkey (key->secret, "local"),
                          subkey (key->secret, "attachments") };

      g_array_append_val (vault->subkeys, subkeys);
    }
  return vault;
}

LmVault *
lm_vault_ref (LmVault *vault)
{
  g_atomic_ref_count_inc (&vault->ref_count);
  return vault;
}

void
lm_vault_unref (LmVault *vault)
{
  if (!g_atomic_ref_count_dec (&vault->ref_count))
    return;
  g_array_unref (vault->subkeys);
  g_ptr_array_unref (vault->spare);
  g_mutex_clear (&vault->mutex);
  g_free (vault);
}

const LmId *
lm_vault_journal (LmVault *vault)
{
  return &vault->journal;
}

/* Returns: the generation of the key that everything new is sealed with */
guint32
lm_vault_generation (LmVault *vault)
{
  return vault->generation;
}

/**
 * lm_vault_padded_size:
 * @size: of the length and the payload together
 *
 * Padmé (Nikitin, Barman, Lueks, Underwood, Hubaux, Ford 2019) with a floor: what an observer
 * learns of the size grows only with the logarithm of its logarithm, for at most 12 % more bytes.
 *
 * Returns: the size to pad to
 */
gsize
lm_vault_padded_size (gsize size)
{
  guint exponent, significant;
  gsize mask;

  if (size <= PADDED_MIN)
    return PADDED_MIN;
  exponent = g_bit_storage (size) - 1;
  significant = g_bit_storage (exponent);
  mask = ((gsize) 1 << (exponent - significant)) - 1;
  return (size + mask) & ~mask;
}

static const Subkeys *
find_subkeys (LmVault *vault, const LmId *key)
{
  for (guint i = 0; i < vault->subkeys->len; i++)
    if (lm_id_equal (&g_array_index (vault->subkeys, Subkeys, i).id, key))
      return &g_array_index (vault->subkeys, Subkeys, i);
  return NULL;
}

/* Returns: the id of the key that everything new is sealed with */
const LmId *
lm_vault_current (LmVault *vault)
{
  return &vault->current;
}

/**
 * lm_vault_attachment_key:
 * @key: the master key that the attachment names
 * @id: of the attachment
 * @salt: of this file
 *
 * Returns: (transfer full) (nullable): the key of this one file; %NULL if @key is not here
 */
LmSecret *
lm_vault_attachment_key (
    LmVault *vault, const LmId *key, const LmId *id, const guint8 *salt, gsize salt_length)
{
  const Subkeys *subkeys = find_subkeys (vault, key);
  crypto_generichash_state state;
  LmSecret *secret;

  if (subkeys == NULL)
    return NULL;
  secret = lm_secret_new (LM_KEY_BYTES);
  crypto_generichash_init (&state,
                           lm_secret_peek (subkeys->attachments),
                           LM_KEY_BYTES,
                           LM_KEY_BYTES);
  crypto_generichash_update (&state, id->bytes, LM_ID_BYTES);
  crypto_generichash_update (&state, salt, salt_length);
  crypto_generichash_final (&state, lm_secret_bytes (secret), LM_KEY_BYTES);
  sodium_memzero (&state, sizeof state);
  return secret;
}

/* Whether the master key @key is among the open ones. */
gboolean
lm_vault_knows (LmVault *vault, const LmId *key)
{
  return find_subkeys (vault, key) != NULL;
}

/* Whether @key is the one that everything new is sealed with. */
gboolean
lm_vault_is_current (LmVault *vault, const LmId *key)
{
  return lm_id_equal (&vault->current, key);
}

/* The key of one file: of entries by their id, of local files by their magic and id. Give it back
 * with return_key (). */
static LmSecret *
borrow_key (LmVault *vault, const Subkeys *subkeys, LmSealKind kind, const LmId *id)
{
  LmSecret *parent = kind == LM_SEAL_ENTRY ? subkeys->entries : subkeys->local;
  LmSecret *key = NULL;
  crypto_generichash_state state;

  g_mutex_lock (&vault->mutex);
  if (vault->spare->len > 0)
    key = g_ptr_array_steal_index_fast (vault->spare, vault->spare->len - 1);
  g_mutex_unlock (&vault->mutex);
  if (key == NULL)
    key = lm_secret_new (LM_KEY_BYTES);
  crypto_generichash_init (&state, lm_secret_peek (parent), LM_KEY_BYTES, LM_KEY_BYTES);
  if (kind != LM_SEAL_ENTRY)
    crypto_generichash_update (&state, (const guint8 *) magics[kind], strlen (magics[kind]));
  crypto_generichash_update (&state, id->bytes, LM_ID_BYTES);
  crypto_generichash_final (&state, lm_secret_bytes (key), LM_KEY_BYTES);
  sodium_memzero (&state, sizeof state);
  return key;
}

static void
return_key (LmVault *vault, LmSecret *key)
{
  sodium_memzero (lm_secret_bytes (key), LM_KEY_BYTES);
  g_mutex_lock (&vault->mutex);
  g_ptr_array_add (vault->spare, key);
  g_mutex_unlock (&vault->mutex);
}

/* magic ‖ version ‖ journal ‖ id ‖ key */
static gsize
associated_data (LmSealKind kind, const LmEnvelope *envelope, guint8 data[64])
{
  guint8 *at = data;

  memcpy (at, magics[kind], strlen (magics[kind]));
  at += strlen (magics[kind]);
  *at++ = envelope->version;
  memcpy (at, envelope->journal.bytes, LM_ID_BYTES);
  memcpy (at + LM_ID_BYTES, envelope->id.bytes, LM_ID_BYTES);
  memcpy (at + 2 * LM_ID_BYTES, envelope->key.bytes, LM_ID_BYTES);
  return (gsize) (at - data) + 3 * LM_ID_BYTES;
}

static void
refuse (GError **error, LmVaultError code, const char *why)
{
  g_set_error_literal (error, LM_VAULT_ERROR, (int) code, why);
}

/* Without the padding, which would be half of the memory that a journal takes. */
static GBytes *
copy_payload (const guint8 *bytes, gsize length)
{
  /* An empty payload has an address too. */
  guint8 *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  return lm_wiped_bytes_take (copy, length);
}

/* Whether there are only zeros. sodium_is_zero () hides how many there are, which is nothing to
 * hide once the seal has verified, and takes a tenth of the time of opening for that. */
gboolean
lm_vault_is_padding (const guint8 *bytes, gsize length)
{
  return length == 0 || (bytes[0] == 0 && memcmp (bytes, bytes + 1, length - 1) == 0);
}

/* Opens @envelope; returns the payload, or NULL with an error. */
static GBytes *
open_envelope (LmSecret *key, LmSealKind kind, const LmEnvelope *envelope, GError **error)
{
  guint8 data[64];
  gsize data_length = associated_data (kind, envelope, data);
  gsize length, size;
  guint32 little;
  guint8 *plain;
  GBytes *payload = NULL;

  if (envelope->box_length < SIZE_BYTES + TAG_BYTES)
    {
      refuse (error, LM_VAULT_ERROR_DAMAGED, "the file is shorter than any sealed one");
      return NULL;
    }
  length = envelope->box_length - TAG_BYTES;
  plain = g_malloc (length);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain,
                                                  NULL,
                                                  NULL,
                                                  envelope->box,
                                                  envelope->box_length,
                                                  data,
                                                  data_length,
                                                  envelope->nonce,
                                                  lm_secret_peek (key)) != 0)
    {
      sodium_memzero (plain, length);
      g_free (plain);
      refuse (error, LM_VAULT_ERROR_DAMAGED, "the file was changed or damaged");
      return NULL;
    }
  memcpy (&little, plain, SIZE_BYTES);
  size = GUINT32_FROM_LE (little);
  if (size <= length - SIZE_BYTES && size <= LM_PAYLOAD_BYTES_MAX &&
      lm_vault_is_padding (plain + SIZE_BYTES + size, length - SIZE_BYTES - size))
    payload = copy_payload (plain + SIZE_BYTES, size);
  else
    refuse (error, LM_VAULT_ERROR_DAMAGED, "the padding is not zero");
  sodium_memzero (plain, length);
  g_free (plain);
  return payload;
}

/**
 * lm_vault_seal:
 * @kind: what the file is
 * @id: the record's id; for %LM_SEAL_SEEN the journal's
 * @payload: JSON, at most LM_PAYLOAD_BYTES_MAX
 * @error: %LM_VAULT_ERROR_TOO_LARGE
 *
 * Seals with the current key and a fresh nonce, then opens the result again and compares, so that
 * a fault of this computer's memory is found while the text is still in the window.
 *
 * Returns: (transfer full): the bytes of the file
 */
GBytes *
lm_vault_seal (LmVault *vault, LmSealKind kind, const LmId *id, GBytes *payload, GError **error)
{
  const Subkeys *subkeys = find_subkeys (vault, &vault->current);
  g_autoptr (GBytes) again = NULL;
  LmSecret *key;
  g_auto (LmEnvelope) envelope = { 0 };
  guint8 data[64], *plain;
  gsize data_length, size, padded;
  const guint8 *text = g_bytes_get_data (payload, &size);
  guint32 little = GUINT32_TO_LE ((guint32) size);
  unsigned long long box_length;

  if (size > LM_PAYLOAD_BYTES_MAX)
    {
      refuse (error, LM_VAULT_ERROR_TOO_LARGE, "more than 16 MiB in one record");
      return NULL;
    }
  envelope.version = LM_ENVELOPE_VERSION;
  envelope.journal = vault->journal;
  envelope.id = *id;
  envelope.key = vault->current;
  randombytes_buf (envelope.nonce, sizeof envelope.nonce);
  data_length = associated_data (kind, &envelope, data);

  padded = lm_vault_padded_size (SIZE_BYTES + size);
  plain = g_malloc0 (padded);
  memcpy (plain, &little, SIZE_BYTES);
  if (size > 0)
    memcpy (plain + SIZE_BYTES, text, size);
  envelope.box = g_malloc (padded + TAG_BYTES);
  key = borrow_key (vault, subkeys, kind, id);
  crypto_aead_xchacha20poly1305_ietf_encrypt (envelope.box,
                                              &box_length,
                                              plain,
                                              padded,
                                              data,
                                              data_length,
                                              NULL,
                                              envelope.nonce,
                                              lm_secret_peek (key));
  envelope.box_length = (gsize) box_length;
  sodium_memzero (plain, padded);
  g_free (plain);

  again = open_envelope (key, kind, &envelope, error);
  return_key (vault, key);
  if (again == NULL)
    return NULL;
  if (!g_bytes_equal (again, payload))
    {
      refuse (error, LM_VAULT_ERROR_DAMAGED, "sealing went wrong");
      return NULL;
    }
  return lm_envelope_write (kind, &envelope);
}

/**
 * lm_vault_open:
 * @kind: what the file should be
 * @file: any bytes
 * @id: (out) (optional): the id inside, also set if only the seal does not open
 * @error: %LM_VAULT_ERROR
 *
 * Returns: (transfer full): the payload; its memory is wiped when it is freed
 */
GBytes *
lm_vault_open (LmVault *vault, LmSealKind kind, GBytes *file, LmId *id, GError **error)
{
  return lm_vault_open_any (vault, kind, file, id, NULL, error);
}

/**
 * lm_vault_open_any:
 * @kind: what the file should be
 * @file: any bytes
 * @id: (out) (optional): the id inside, also set if only the seal does not open
 * @retired: (out) (optional): whether it is sealed with a key that nothing new is sealed with; also
 *   set if only the seal does not open
 * @error: %LM_VAULT_ERROR
 *
 * As lm_vault_open (), for those who have to know about the key.
 *
 * Returns: (transfer full): the payload; its memory is wiped when it is freed
 */
GBytes *
lm_vault_open_any (
    LmVault *vault, LmSealKind kind, GBytes *file, LmId *id, gboolean *retired, GError **error)
{
  g_auto (LmEnvelope) envelope = { 0 };
  const Subkeys *subkeys;
  LmSecret *key;
  GBytes *payload;

  if (id != NULL)
    memset (id, 0, sizeof *id);
  if (retired != NULL)
    *retired = FALSE;
  if (!lm_envelope_read (kind, file, &envelope, error))
    return NULL;
  if (id != NULL)
    *id = envelope.id;
  if (!lm_id_equal (&envelope.journal, &vault->journal))
    {
      refuse (error, LM_VAULT_ERROR_NOT_OURS, "of another journal");
      return NULL;
    }
  subkeys = find_subkeys (vault, &envelope.key);
  if (subkeys == NULL)
    {
      refuse (error, LM_VAULT_ERROR_WAITING_FOR_KEY, "sealed with a key that is not here");
      return NULL;
    }
  if (retired != NULL)
    *retired = !lm_id_equal (&envelope.key, &vault->current);
  key = borrow_key (vault, subkeys, kind, &envelope.id);
  payload = open_envelope (key, kind, &envelope, error);
  return_key (vault, key);
  return payload;
}

/* Returns: BLAKE2b-128 of @payload, which names a version */
LmId
lm_vault_hash (GBytes *payload)
{
  LmId hash;
  gsize size;
  const guint8 *text = g_bytes_get_data (payload, &size);

  crypto_generichash (hash.bytes, sizeof hash.bytes, text, size, NULL, 0);
  return hash;
}
