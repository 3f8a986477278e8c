/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

#include "base/lm-id.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

#define LM_ENVELOPE_VERSION     1
#define LM_ENVELOPE_NONCE_BYTES 24

/**
 * LmEnvelope:
 *
 * What stands outside the seal of an entry, a draft or the "seen" file.
 */
typedef struct
{
  guint8 version;
  LmId journal;
  LmId id;
  LmId key;
  guint8 nonce[LM_ENVELOPE_NONCE_BYTES];
  guint8 *box;
  gsize box_length;
} LmEnvelope;

const char *lm_envelope_format (LmSealKind kind);
void lm_envelope_clear (LmEnvelope *envelope);
gboolean lm_envelope_read (LmSealKind kind, GBytes *file, LmEnvelope *envelope, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GBytes *lm_envelope_write (LmSealKind kind, const LmEnvelope *envelope) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LmEnvelope, lm_envelope_clear)

G_END_DECLS
