/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-secret.h"

G_BEGIN_DECLS

#define LM_KDF_SALT_BYTES 16
/* The key encryption key and the commitment key, one behind the other. */
#define LM_KDF_DERIVED_BYTES 64

/**
 * LmKdfCost:
 * @opslimit: passes over the memory
 * @memlimit_kib: memory, in KiB
 *
 * What one try at a passphrase costs, for us and for whoever guesses.
 */
typedef struct
{
  guint32 opslimit;
  guint32 memlimit_kib;
} LmKdfCost;

LmKdfCost lm_kdf_cost_minimal (void);
LmKdfCost lm_kdf_cost_measured (void);
gboolean lm_kdf_cost_check (guint64 opslimit, guint64 memlimit_kib, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmSecret *lm_kdf_derive (LmSecret *secret,
                         const guint8 salt[LM_KDF_SALT_BYTES],
                         LmKdfCost cost,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
