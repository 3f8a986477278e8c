/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "vault/lm-attachment.h"
#include "vault/lm-vault-error.h"
#include "vault/lm-vault-private.h"

/* Attachments are sealed in chunks, so that a long recording needs no more memory than a short one.
 * The number of a chunk and whether it is the last are part of its nonce: none can be left out,
 * doubled or moved without being noticed. */

#define TAG_BYTES    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SEALED_BYTES (LM_ATTACHMENT_CHUNK_BYTES + TAG_BYTES)

static const char magic[] = "LMATTACH";

static gboolean
refuse (GError **error, LmVaultError code, const char *why)
{
  g_set_error_literal (error, LM_VAULT_ERROR, (int) code, why);
  return FALSE;
}

static void
write_head (const LmAttachmentHead *head, guint8 bytes[LM_ATTACHMENT_HEAD_BYTES])
{
  guint8 *at = bytes;

  memcpy (at, magic, 8);
  at[8] = LM_ATTACHMENT_VERSION;
  at += 9;
  memcpy (at, head->journal.bytes, LM_ID_BYTES);
  memcpy (at + LM_ID_BYTES, head->id.bytes, LM_ID_BYTES);
  memcpy (at + 2 * LM_ID_BYTES, head->key.bytes, LM_ID_BYTES);
  memcpy (at + 3 * LM_ID_BYTES, head->salt, LM_ATTACHMENT_SALT_BYTES);
}

/**
 * lm_attachment_read_head:
 * @bytes: the beginning of a file; at least LM_ATTACHMENT_HEAD_BYTES of it, if it is that long
 * @head: (out caller-allocates)
 * @error: %LM_VAULT_ERROR
 *
 * Reads what stands before the chunks; nothing of it is authenticated yet.
 */
gboolean
lm_attachment_read_head (const guint8 *bytes, gsize length, LmAttachmentHead *head, GError **error)
{
  const guint8 *at = bytes + 9;

  if (length < LM_ATTACHMENT_HEAD_BYTES)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "the file is shorter than any attachment");
  if (memcmp (bytes, magic, 8) != 0)
    return refuse (error, LM_VAULT_ERROR_NOT_OURS, "another format");
  if (bytes[8] == 0)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "no version");
  if (bytes[8] > LM_ATTACHMENT_VERSION)
    return refuse (error, LM_VAULT_ERROR_TOO_NEW, "made by a newer version");
  memcpy (head->journal.bytes, at, LM_ID_BYTES);
  memcpy (head->id.bytes, at + LM_ID_BYTES, LM_ID_BYTES);
  memcpy (head->key.bytes, at + 2 * LM_ID_BYTES, LM_ID_BYTES);
  memcpy (head->salt, at + 3 * LM_ID_BYTES, LM_ATTACHMENT_SALT_BYTES);
  return TRUE;
}

/**
 * lm_attachment_sealed_size:
 * @size: of the attachment, in bytes
 *
 * Returns: the size of the file that it becomes
 */
guint64
lm_attachment_sealed_size (guint64 size)
{
  guint64 padded = lm_vault_padded_size (size);
  guint64 chunks = (padded + LM_ATTACHMENT_CHUNK_BYTES - 1) / LM_ATTACHMENT_CHUNK_BYTES;

  return LM_ATTACHMENT_HEAD_BYTES + padded + chunks * TAG_BYTES;
}

/* One file on its way -------------------------------------------------------------- */

typedef struct
{
  LmSecret *key;
  guint8 head[LM_ATTACHMENT_HEAD_BYTES];
  guint64 number; /* of the next chunk */
  guint8 *plain;  /* one chunk, and one more to compare with */
  guint8 *sealed; /* one sealed chunk and a byte of the next */
} Chunks;

/* Returns: FALSE if the master key is not here */
static gboolean
chunks_init (Chunks *chunks, LmVault *vault, const LmAttachmentHead *head, GError **error)
{
  memset (chunks, 0, sizeof *chunks);
  chunks->key =
      lm_vault_attachment_key (vault, &head->key, &head->id, head->salt, sizeof head->salt);
  if (chunks->key == NULL)
    return refuse (error, LM_VAULT_ERROR_WAITING_FOR_KEY, "sealed with a key that is not here");
  write_head (head, chunks->head);
  chunks->plain = g_malloc0 (2 * LM_ATTACHMENT_CHUNK_BYTES);
  chunks->sealed = g_malloc (SEALED_BYTES + 1);
  return TRUE;
}

static void
chunks_clear (Chunks *chunks)
{
  g_clear_pointer (&chunks->key, lm_secret_unref);
  if (chunks->plain != NULL)
    sodium_memzero (chunks->plain, 2 * LM_ATTACHMENT_CHUNK_BYTES);
  g_clear_pointer (&chunks->plain, g_free);
  g_clear_pointer (&chunks->sealed, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chunks, chunks_clear)

/* number ‖ whether it is the last ‖ zeros */
static void
chunk_nonce (Chunks *chunks,
             gboolean last,
             guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES])
{
  guint64 little = GUINT64_TO_LE (chunks->number);

  memset (nonce, 0, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
  memcpy (nonce, &little, sizeof little);
  nonce[8] = last ? 1 : 0;
}

static gboolean
chunk_open (Chunks *chunks, gsize sealed, gboolean last, guint8 *plain)
{
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];

  chunk_nonce (chunks, last, nonce);
  return crypto_aead_xchacha20poly1305_ietf_decrypt (plain,
                                                     NULL,
                                                     NULL,
                                                     chunks->sealed,
                                                     sealed,
                                                     chunks->head,
                                                     sizeof chunks->head,
                                                     nonce,
                                                     lm_secret_peek (chunks->key)) == 0;
}

/* Seals the first @length bytes of the chunk, opens them again and compares. */
static gboolean
chunk_seal (Chunks *chunks, gsize length, gboolean last, GError **error)
{
  guint8 nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
  guint8 *again = chunks->plain + LM_ATTACHMENT_CHUNK_BYTES;
  unsigned long long sealed;

  chunk_nonce (chunks, last, nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt (chunks->sealed,
                                              &sealed,
                                              chunks->plain,
                                              length,
                                              chunks->head,
                                              sizeof chunks->head,
                                              NULL,
                                              nonce,
                                              lm_secret_peek (chunks->key));
  if (!chunk_open (chunks, (gsize) sealed, last, again) ||
      memcmp (again, chunks->plain, length) != 0)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "sealing went wrong");
  chunks->number++;
  return TRUE;
}

/* Whether there is nothing more to read. */
static gboolean
at_end (GInputStream *stream, GCancellable *cancellable, gboolean *end, GError **error)
{
  guint8 more = 0;
  gssize n = g_input_stream_read (stream, &more, 1, cancellable, error);

  sodium_memzero (&more, 1);
  *end = n == 0;
  return n >= 0;
}

/* Sealing ------------------------------------------------------------------------------ */

static gboolean
changed (GError **error)
{
  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_PARTIAL_INPUT,
                       "the file was changed while it was read");
  return FALSE;
}

/**
 * lm_attachment_seal:
 * @id: a new one, for each attempt
 * @plain: the attachment
 * @size: of it, in bytes. If @plain is shorter or longer, that is an error: it was changed
 * meanwhile
 * @sealed: takes the file
 * @hash: (out caller-allocates): of the attachment
 * @error: %LM_VAULT_ERROR, %G_IO_ERROR_PARTIAL_INPUT for a file that was changed meanwhile, or of
 *   the streams
 *
 * Seals with the current key and a fresh salt. Needs the memory of four chunks, whatever the size.
 * Every chunk is opened again and compared before it is written. After an error what is in @sealed
 * is of no use. May be called in any thread; blocks.
 */
gboolean
lm_attachment_seal (LmVault *vault,
                    const LmId *id,
                    GInputStream *plain,
                    guint64 size,
                    GOutputStream *sealed,
                    LmAttachmentHash *hash,
                    GCancellable *cancellable,
                    GError **error)
{
  LmAttachmentHead head = { *lm_vault_journal (vault), *id, *lm_vault_current (vault), { 0 } };
  guint64 padded = lm_vault_padded_size (size), place = 0;
  g_auto (Chunks) chunks = { 0 };
  crypto_generichash_state state;
  gboolean end;

  randombytes_buf (head.salt, sizeof head.salt);
  if (!chunks_init (&chunks, vault, &head, error) || !g_output_stream_write_all (sealed,
                                                                                 chunks.head,
                                                                                 sizeof chunks.head,
                                                                                 NULL,
                                                                                 cancellable,
                                                                                 error))
    return FALSE;
  crypto_generichash_init (&state, NULL, 0, LM_ATTACHMENT_HASH_BYTES);
  while (place < padded)
    {
      gsize length = (gsize) MIN (padded - place, LM_ATTACHMENT_CHUNK_BYTES);
      gsize wanted = place < size ? (gsize) MIN (size - place, length) : 0, got = 0;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (wanted > 0 &&
          !g_input_stream_read_all (plain, chunks.plain, wanted, &got, cancellable, error))
        return FALSE;
      if (got != wanted)
        return changed (error);
      memset (chunks.plain + got, 0, length - got);
      crypto_generichash_update (&state, chunks.plain, got);
      if (!chunk_seal (&chunks, length, place + length == padded, error) ||
          !g_output_stream_write_all (sealed,
                                      chunks.sealed,
                                      length + TAG_BYTES,
                                      NULL,
                                      cancellable,
                                      error))
        return FALSE;
      place += length;
    }
  crypto_generichash_final (&state, hash->bytes, sizeof hash->bytes);
  if (!at_end (plain, cancellable, &end, error))
    return FALSE;
  return end || changed (error);
}

/* Opening -------------------------------------------------------------------------------- */

/* Takes chunks that verified: to a stream, or into another file. */
typedef gboolean (*Take) (gpointer data, const guint8 *bytes, gsize length, GError **error);

/* Opens chunk after chunk and gives each, with its padding, to @take. Returns with the sum in
 * @total only if the last one was there and nothing came behind it. */
static gboolean
each_chunk (Chunks *chunks,
            GInputStream *sealed,
            Take take,
            gpointer data,
            guint64 *total,
            GCancellable *cancellable,
            GError **error)
{
  gsize kept = 0;
  gboolean last = FALSE;

  for (*total = 0; !last; chunks->number++)
    {
      gsize got, length;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !g_input_stream_read_all (sealed,
                                    chunks->sealed + kept,
                                    SEALED_BYTES + 1 - kept,
                                    &got,
                                    cancellable,
                                    error))
        return FALSE;
      got += kept;
      last = got <= SEALED_BYTES;
      kept = last ? 0 : 1;
      length = got - kept;
      if (length <= TAG_BYTES || !chunk_open (chunks, length, last, chunks->plain))
        return refuse (error, LM_VAULT_ERROR_DAMAGED, "the file was changed or damaged");
      /* The first byte of the next one. */
      chunks->sealed[0] = chunks->sealed[SEALED_BYTES];
      length -= TAG_BYTES;
      *total += length;
      if (!take (data, chunks->plain, length, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begin_open (Chunks *chunks,
            LmVault *vault,
            const LmId *id,
            GInputStream *sealed,
            GCancellable *cancellable,
            GError **error)
{
  guint8 bytes[LM_ATTACHMENT_HEAD_BYTES];
  LmAttachmentHead head;
  gsize got;

  if (!g_input_stream_read_all (sealed, bytes, sizeof bytes, &got, cancellable, error) ||
      !lm_attachment_read_head (bytes, got, &head, error))
    return FALSE;
  if (!lm_id_equal (&head.journal, lm_vault_journal (vault)))
    return refuse (error, LM_VAULT_ERROR_NOT_OURS, "of another journal");
  if (!lm_id_equal (&head.id, id))
    return refuse (error, LM_VAULT_ERROR_NOT_OURS, "another attachment");
  return chunks_init (chunks, vault, &head, error);
}

typedef struct
{
  GOutputStream *plain; /* nullable */
  guint64 size;
  guint64 place;
  crypto_generichash_state state;
  GCancellable *cancellable;
} Opening;

static gboolean
take_plain (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  Opening *opening = data;
  gsize text = opening->place < opening->size
                   ? (gsize) MIN (opening->size - opening->place, (guint64) length)
                   : 0;

  opening->place += length;
  if (!lm_vault_is_padding (bytes + text, length - text))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "the padding is not zero");
  crypto_generichash_update (&opening->state, bytes, text);
  return text == 0 || opening->plain == NULL ||
         g_output_stream_write_all (opening->plain, bytes, text, NULL, opening->cancellable, error);
}

/**
 * lm_attachment_open:
 * @id: the attachment that is expected
 * @sealed: the file
 * @size: of the attachment, as the entry says; LM_ATTACHMENT_PADDED for all with its padding
 * @hash: (nullable): as the entry says
 * @plain: (nullable): takes the attachment; %NULL to check only
 * @error: %LM_VAULT_ERROR, or of the streams
 *
 * No byte goes into @plain before its chunk has verified. Only when this has returned %TRUE is the
 * attachment whole: after an error, what is in @plain may be a part of it. Needs the memory of
 * four chunks, whatever the size. May be called in any thread; blocks.
 */
gboolean
lm_attachment_open (LmVault *vault,
                    const LmId *id,
                    GInputStream *sealed,
                    guint64 size,
                    const LmAttachmentHash *hash,
                    GOutputStream *plain,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (Chunks) chunks = { 0 };
  Opening opening = { .plain = plain, .size = size, .cancellable = cancellable };
  LmAttachmentHash found;
  guint64 total, expected;

  if (!begin_open (&chunks, vault, id, sealed, cancellable, error))
    return FALSE;
  crypto_generichash_init (&opening.state, NULL, 0, LM_ATTACHMENT_HASH_BYTES);
  if (!each_chunk (&chunks, sealed, take_plain, &opening, &total, cancellable, error))
    return FALSE;
  expected = lm_vault_padded_size (size == LM_ATTACHMENT_PADDED ? total : size);
  if (total != expected)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not of the size that belongs to it");
  crypto_generichash_final (&opening.state, found.bytes, sizeof found.bytes);
  if (hash != NULL && sodium_memcmp (found.bytes, hash->bytes, sizeof found.bytes) != 0)
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not the attachment that the entry means");
  return TRUE;
}

static gboolean
take_digest (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  crypto_generichash_update (data, bytes, length);
  return TRUE;
}

/**
 * lm_attachment_digest:
 * @id: the attachment that is expected
 * @sealed: the file
 * @digest: (out caller-allocates): BLAKE2b-256 of the text with its padding
 * @error: as of lm_attachment_open ()
 *
 * Tells whether two files hold the same, whatever key and salt each is sealed with. May be called
 * in any thread; blocks.
 */
gboolean
lm_attachment_digest (LmVault *vault,
                      const LmId *id,
                      GInputStream *sealed,
                      LmAttachmentHash *digest,
                      GCancellable *cancellable,
                      GError **error)
{
  g_auto (Chunks) chunks = { 0 };
  crypto_generichash_state state;
  guint64 total;

  if (!begin_open (&chunks, vault, id, sealed, cancellable, error))
    return FALSE;
  crypto_generichash_init (&state, NULL, 0, LM_ATTACHMENT_HASH_BYTES);
  if (!each_chunk (&chunks, sealed, take_digest, &state, &total, cancellable, error))
    return FALSE;
  crypto_generichash_final (&state, digest->bytes, sizeof digest->bytes);
  return TRUE;
}

typedef struct
{
  Chunks chunks;
  GOutputStream *sealed;
  GCancellable *cancellable;
  gsize held; /* bytes in chunks.plain that wait until it is known whether they are the last */
} Resealing;

static gboolean
reseal_held (Resealing *resealing, gboolean last, GError **error)
{
  return chunk_seal (&resealing->chunks, resealing->held, last, error) &&
         g_output_stream_write_all (resealing->sealed,
                                    resealing->chunks.sealed,
                                    resealing->held + TAG_BYTES,
                                    NULL,
                                    resealing->cancellable,
                                    error);
}

static gboolean
take_resealed (gpointer data, const guint8 *bytes, gsize length, GError **error)
{
  Resealing *resealing = data;

  if (resealing->held > 0 && !reseal_held (resealing, FALSE, error))
    return FALSE;
  memcpy (resealing->chunks.plain, bytes, length);
  resealing->held = length;
  return TRUE;
}

/**
 * lm_attachment_reseal:
 * @id: the attachment
 * @old: its file, sealed with any key that is here
 * @sealed: takes the new file
 * @error: %LM_VAULT_ERROR, or of the streams
 *
 * Seals the same text anew with the current key and a fresh salt: the id, the size, the padding and
 * so all that entries say of it stay as they are. After an error what is in @sealed is of no use.
 * May be called in any thread; blocks.
 */
gboolean
lm_attachment_reseal (LmVault *vault,
                      const LmId *id,
                      GInputStream *old,
                      GOutputStream *sealed,
                      GCancellable *cancellable,
                      GError **error)
{
  LmAttachmentHead head = { *lm_vault_journal (vault), *id, *lm_vault_current (vault), { 0 } };
  g_auto (Chunks) chunks = { 0 };
  Resealing resealing = { .sealed = sealed, .cancellable = cancellable };
  guint64 total;
  gboolean good;

  randombytes_buf (head.salt, sizeof head.salt);
  if (!begin_open (&chunks, vault, id, old, cancellable, error))
    return FALSE;
  good = chunks_init (&resealing.chunks, vault, &head, error) &&
         g_output_stream_write_all (sealed,
                                    resealing.chunks.head,
                                    sizeof resealing.chunks.head,
                                    NULL,
                                    cancellable,
                                    error) &&
         each_chunk (&chunks, old, take_resealed, &resealing, &total, cancellable, error) &&
         reseal_held (&resealing, TRUE, error);
  chunks_clear (&resealing.chunks);
  if (good && total != lm_vault_padded_size (total))
    return refuse (error, LM_VAULT_ERROR_DAMAGED, "not of a size that an attachment has");
  return good;
}
