/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-base64.h"
#include "base/lm-json.h"
#include "vault/lm-key-slot.h"
#include "vault/lm-vault-error.h"

/* XChaCha20-Poly1305 does not commit to its key: one box can be made that opens under two keys. So
 * a commitment over the whole slot is checked first (docs/journal-format.md, section 3). */

#define FORMAT       "leitmotif-key"
#define VERSION      1
#define KEK_BYTES    32
#define COMMIT_BYTES 32
#define NONCE_BYTES  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES    crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (KEK_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (KEK_BYTES + COMMIT_BYTES == LM_KDF_DERIVED_BYTES);

struct _LmKeySlot
{
  LmId journal;
  LmId id;
  LmKeySlotKind kind;
  LmKdfCost cost;
  guint8 salt[LM_KDF_SALT_BYTES];
  guint8 nonce[NONCE_BYTES];
  guint8 *box;
  gsize box_length;
  guint8 commit[COMMIT_BYTES];
};

G_DEFINE_QUARK (lm_vault_error, lm_vault_error)

void
lm_key_slot_free (LmKeySlot *slot)
{
  g_free (slot->box);
  g_free (slot);
}

const LmId *
lm_key_slot_journal (LmKeySlot *slot)
{
  return &slot->journal;
}

const LmId *
lm_key_slot_id (LmKeySlot *slot)
{
  return &slot->id;
}

LmKeySlotKind
lm_key_slot_kind (LmKeySlot *slot)
{
  return slot->kind;
}

/* Returns: how many master keys are in the slot, told by its size, which needs no secret. So nobody
 * removes a slot that knows more than they do. */
guint
lm_key_slot_n_keys (LmKeySlot *slot)
{
  const gsize around = TAG_BYTES + strlen ("{\"keys\":[]}");

  /* The list is n times one key, n - 1 commas and what stands around them; a generation of several
   * digits makes up for less than a key. */
  return slot->box_length < around
             ? 0
             : (guint) ((slot->box_length - around + 1) / (LM_MASTER_KEY_TEXT_BYTES + 1));
}

static void
append_u32 (GByteArray *bytes, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

/* "LMKEY" ‖ version ‖ journal ‖ slot ‖ kind ‖ opslimit ‖ memlimit ‖ salt */
static GByteArray *
associated_data (LmKeySlot *slot)
{
  GByteArray *data = g_byte_array_new ();
  const guint8 version = VERSION, kind = (guint8) slot->kind;

  g_byte_array_append (data, (const guint8 *) "LMKEY", 5);
  g_byte_array_append (data, &version, 1);
  g_byte_array_append (data, slot->journal.bytes, LM_ID_BYTES);
  g_byte_array_append (data, slot->id.bytes, LM_ID_BYTES);
  g_byte_array_append (data, &kind, 1);
  append_u32 (data, slot->cost.opslimit);
  append_u32 (data, slot->cost.memlimit_kib);
  g_byte_array_append (data, slot->salt, sizeof slot->salt);
  return data;
}

/* BLAKE2b-256, keyed with the second half of @derived, over AD ‖ nonce ‖ box */
static void
commitment (LmKeySlot *slot, GByteArray *data, const LmSecret *derived, guint8 out[COMMIT_BYTES])
{
  crypto_generichash_state state;

  crypto_generichash_init (&state,
                           lm_secret_peek (derived) + KEK_BYTES,
                           LM_KDF_DERIVED_BYTES - KEK_BYTES,
                           COMMIT_BYTES);
  crypto_generichash_update (&state, data->data, data->len);
  crypto_generichash_update (&state, slot->nonce, sizeof slot->nonce);
  crypto_generichash_update (&state, slot->box, slot->box_length);
  crypto_generichash_final (&state, out, COMMIT_BYTES);
  sodium_memzero (&state, sizeof state);
}

/**
 * lm_key_slot_create:
 * @journal: the journal
 * @kind: what @secret is
 * @secret: a normalized passphrase, or the 16 bytes of a recovery code
 * @cost: what a try shall cost
 * @keys: the master keys
 * @derived: (out) (optional) (transfer full): what was derived from @secret
 * @error: %LM_VAULT_ERROR
 *
 * Makes a new way into the journal. Takes the time of one key derivation.
 *
 * Returns: (transfer full): the slot
 */
LmKeySlot *
lm_key_slot_create (const LmId *journal,
                    LmKeySlotKind kind,
                    LmSecret *secret,
                    LmKdfCost cost,
                    LmMasterKeys *keys,
                    LmSecret **derived,
                    GError **error)
{
  g_autoptr (LmKeySlot) slot = g_new0 (LmKeySlot, 1);
  g_autoptr (LmSecret) key = NULL;
  g_autoptr (LmSecret) text = lm_master_keys_write (keys);
  g_autoptr (GByteArray) data = NULL;
  unsigned long long length;

  slot->journal = *journal;
  slot->id = lm_id_new_random ();
  slot->kind = kind;
  slot->cost = cost;
  randombytes_buf (slot->salt, sizeof slot->salt);
  randombytes_buf (slot->nonce, sizeof slot->nonce);
  key = lm_kdf_derive (secret, slot->salt, cost, error);
  if (key == NULL)
    return NULL;

  data = associated_data (slot);
  slot->box = g_malloc (lm_secret_length (text) + TAG_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (slot->box,
                                              &length,
                                              lm_secret_peek (text),
                                              lm_secret_length (text),
                                              data->data,
                                              data->len,
                                              NULL,
                                              slot->nonce,
                                              lm_secret_peek (key));
  slot->box_length = (gsize) length;
  commitment (slot, data, key, slot->commit);
  if (derived != NULL)
    *derived = g_steal_pointer (&key);
  return g_steal_pointer (&slot);
}

static LmKeySlot *
refuse (GError **error, LmVaultError code, const char *why)
{
  g_set_error (error, LM_VAULT_ERROR, (int) code, "key slot: %s", why);
  return NULL;
}

static gboolean
read_bytes (JsonObject *object, const char *name, guint8 *bytes, gsize length)
{
  const char *text = lm_json_get_string (object, name);

  return text != NULL && lm_base64_decode_exact (text, bytes, length);
}

static gboolean
read_id (JsonObject *object, const char *name, LmId *id)
{
  const char *text = lm_json_get_string (object, name);

  return text != NULL && lm_id_parse (text, -1, id);
}

static gboolean
read_box (JsonObject *object, LmKeySlot *slot)
{
  const char *text = lm_json_get_string (object, "box");
  gsize length = text != NULL ? strlen (text) : 0;

  slot->box = g_malloc (LM_BASE64_ROOM (length) + 1);
  return text != NULL && lm_base64_decode (text, length, slot->box, &slot->box_length) &&
         slot->box_length > TAG_BYTES;
}

/**
 * lm_key_slot_read:
 * @file: the bytes of a key file
 * @error: %LM_VAULT_ERROR; a hostile file is refused before anything is derived from it
 *
 * Returns: (transfer full): the slot, still closed
 */
LmKeySlot *
lm_key_slot_read (GBytes *file, GError **error)
{
  g_autoptr (LmKeySlot) slot = NULL;
  g_autoptr (JsonObject) root = NULL;
  const char *text, *kind;
  JsonObject *kdf;
  gint64 version, opslimit, memlimit;
  gsize length;

  text = g_bytes_get_data (file, &length);
  if (length > LM_KEY_SLOT_BYTES_MAX)
    return refuse (error, LM_VAULT_ERROR_TOO_LARGE, "the file is larger than 64 KiB");
  root = lm_json_parse (text, length, NULL);
  if (root == NULL)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not JSON of the journal's kind");
  if (g_strcmp0 (lm_json_get_string (root, "format"), FORMAT) != 0)
    return refuse (error, LM_VAULT_ERROR_NOT_OURS, "another format");
  if (!lm_json_get_integer (root, "version", &version) || version < 1 || version > 255)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "no version");
  if (version > VERSION)
    return refuse (error, LM_VAULT_ERROR_TOO_NEW, "made by a newer version");

  slot = g_new0 (LmKeySlot, 1);
  kind = lm_json_get_string (root, "kind");
  if (g_strcmp0 (kind, "passphrase") == 0)
    slot->kind = LM_KEY_SLOT_PASSPHRASE;
  else if (g_strcmp0 (kind, "recovery") == 0)
    slot->kind = LM_KEY_SLOT_RECOVERY;
  else
    return refuse (error, LM_VAULT_ERROR_UNSUPPORTED, "an unknown kind");
  kdf = lm_json_get_object (root, "kdf");
  if (g_strcmp0 (lm_json_get_string (kdf, "algorithm"), "argon2id13") != 0)
    return refuse (error, LM_VAULT_ERROR_UNSUPPORTED, "an unknown key derivation");
  if (!lm_json_get_integer (kdf, "opslimit", &opslimit) ||
      !lm_json_get_integer (kdf, "memlimit_kib", &memlimit) || opslimit < 0 || memlimit < 0)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "no cost");
  if (!lm_kdf_cost_check ((guint64) opslimit, (guint64) memlimit, error))
    return NULL;
  slot->cost = (LmKdfCost) { (guint32) opslimit, (guint32) memlimit };
  if (!read_id (root, "journal", &slot->journal) || !read_id (root, "slot", &slot->id) ||
      !read_bytes (kdf, "salt", slot->salt, sizeof slot->salt) ||
      !read_bytes (root, "nonce", slot->nonce, sizeof slot->nonce) ||
      !read_bytes (root, "commit", slot->commit, sizeof slot->commit) || !read_box (root, slot))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "a value is missing or malformed");
  return g_steal_pointer (&slot);
}

/* Returns: (transfer full): the slot as the bytes of its file */
GBytes *
lm_key_slot_write (LmKeySlot *slot)
{
  g_autofree char *salt = g_base64_encode (slot->salt, sizeof slot->salt);
  g_autofree char *nonce = g_base64_encode (slot->nonce, sizeof slot->nonce);
  g_autofree char *box = g_base64_encode (slot->box, slot->box_length);
  g_autofree char *commit = g_base64_encode (slot->commit, sizeof slot->commit);
  char *text = g_strdup_printf (
      "{\"format\":\"" FORMAT
      "\",\"version\":%d,\"journal\":\"%s\",\"slot\":\"%s\",\"kind\":\"%s\","
      "\"kdf\":{\"algorithm\":\"argon2id13\",\"opslimit\":%u,\"memlimit_kib\":%u,\"salt\":\"%s\"},"
      "\"nonce\":\"%s\",\"box\":\"%s\",\"commit\":\"%s\"}\n",
      VERSION,
      lm_id_format (&slot->journal).digits,
      lm_id_format (&slot->id).digits,
      slot->kind == LM_KEY_SLOT_PASSPHRASE ? "passphrase" : "recovery",
      slot->cost.opslimit,
      slot->cost.memlimit_kib,
      salt,
      nonce,
      box,
      commit);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * lm_key_slot_derive:
 * @secret: a normalized passphrase, or the 16 bytes of a recovery code
 * @error: %LM_VAULT_ERROR_NO_MEMORY
 *
 * Takes up to seconds: call it from a worker.
 *
 * Returns: (transfer full): what lm_key_slot_open () wants
 */
LmSecret *
lm_key_slot_derive (LmKeySlot *slot, LmSecret *secret, GError **error)
{
  return lm_kdf_derive (secret, slot->salt, slot->cost, error);
}

/**
 * lm_key_slot_open:
 * @derived: from lm_key_slot_derive (), or as the keyring kept it
 * @error: %LM_VAULT_ERROR_WRONG_SECRET, which a changed slot gives too, or %LM_VAULT_ERROR_DAMAGED
 *
 * Returns: (transfer full): the master keys
 */
LmMasterKeys *
lm_key_slot_open (LmKeySlot *slot, LmSecret *derived, GError **error)
{
  g_autoptr (GByteArray) data = associated_data (slot);
  g_autoptr (LmSecret) text = NULL;
  guint8 expected[COMMIT_BYTES];

  if (lm_secret_length (derived) == LM_KDF_DERIVED_BYTES)
    commitment (slot, data, derived, expected);
  if (lm_secret_length (derived) != LM_KDF_DERIVED_BYTES ||
      sodium_memcmp (expected, slot->commit, sizeof expected) != 0)
    {
      g_set_error_literal (error,
                           LM_VAULT_ERROR,
                           LM_VAULT_ERROR_WRONG_SECRET,
                           "the key slot does not open with this");
      return NULL;
    }

  text = lm_secret_new (slot->box_length - TAG_BYTES);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (lm_secret_bytes (text),
                                                  NULL,
                                                  NULL,
                                                  slot->box,
                                                  slot->box_length,
                                                  data->data,
                                                  data->len,
                                                  slot->nonce,
                                                  lm_secret_peek (derived)) != 0)
    {
      g_set_error_literal (error,
                           LM_VAULT_ERROR,
                           LM_VAULT_ERROR_DAMAGED,
                           "the key slot is damaged");
      return NULL;
    }
  return lm_master_keys_read (text, error);
}
