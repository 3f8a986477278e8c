/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/lm-vault.h"

G_BEGIN_DECLS

#define LM_ATTACHMENT_VERSION    1
#define LM_ATTACHMENT_SALT_BYTES 16
#define LM_ATTACHMENT_HASH_BYTES 32
#define LM_ATTACHMENT_HEAD_BYTES (8 + 1 + 3 * LM_ID_BYTES + LM_ATTACHMENT_SALT_BYTES)
/* Plaintext in one chunk; sealed it is 16 bytes longer. The fuzzer has small ones, so that a few
 * hundred bytes are several. */
#ifndef LM_ATTACHMENT_CHUNK_BYTES
#define LM_ATTACHMENT_CHUNK_BYTES 65536
#endif
/* In place of a size: what is wanted is the text with its padding. */
#define LM_ATTACHMENT_PADDED G_MAXUINT64

/**
 * LmAttachmentHead:
 *
 * What stands before the chunks of a sealed attachment, readable by anyone.
 */
typedef struct
{
  LmId journal;
  LmId id;
  LmId key;
  guint8 salt[LM_ATTACHMENT_SALT_BYTES];
} LmAttachmentHead;

/**
 * LmAttachmentHash:
 *
 * BLAKE2b-256 of an attachment's text without padding, as entries list it.
 */
typedef struct
{
  guint8 bytes[LM_ATTACHMENT_HASH_BYTES];
} LmAttachmentHash;

gboolean lm_attachment_read_head (const guint8 *bytes,
                                  gsize length,
                                  LmAttachmentHead *head,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_attachment_seal (LmVault *vault,
                             const LmId *id,
                             GInputStream *plain,
                             guint64 size,
                             GOutputStream *sealed,
                             LmAttachmentHash *hash,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_attachment_open (LmVault *vault,
                             const LmId *id,
                             GInputStream *sealed,
                             guint64 size,
                             const LmAttachmentHash *hash,
                             GOutputStream *plain,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_attachment_digest (LmVault *vault,
                               const LmId *id,
                               GInputStream *sealed,
                               LmAttachmentHash *digest,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_attachment_reseal (LmVault *vault,
                               const LmId *id,
                               GInputStream *old,
                               GOutputStream *sealed,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint64 lm_attachment_sealed_size (guint64 size);

G_END_DECLS
