/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "vault/lm-master-keys.h"

G_BEGIN_DECLS

/* The largest file that is read, and the largest payload inside one. */
#define LM_SEALED_BYTES_MAX  (32 * 1024 * 1024)
#define LM_PAYLOAD_BYTES_MAX (16 * 1024 * 1024)

/**
 * LmSealKind:
 * @LM_SEAL_ENTRY: a record of the journal
 * @LM_SEAL_DRAFT: what is being typed, on this computer
 * @LM_SEAL_SEEN: what this computer has seen
 *
 * The kinds of sealed JSON files. One cannot be passed off as another.
 */
typedef enum
{
  LM_SEAL_ENTRY,
  LM_SEAL_DRAFT,
  LM_SEAL_SEEN,
} LmSealKind;

/**
 * LmVault:
 *
 * The open keys of one journal: seals and opens its files. Immutable, may be used by any thread.
 * Knows nothing of files, only of their bytes.
 */
typedef struct _LmVault LmVault;

LmVault *lm_vault_new (const LmId *journal, LmMasterKeys *keys);
LmVault *lm_vault_ref (LmVault *vault);
void lm_vault_unref (LmVault *vault);
const LmId *lm_vault_journal (LmVault *vault);
guint32 lm_vault_generation (LmVault *vault);
gboolean lm_vault_knows (LmVault *vault, const LmId *key);
gboolean lm_vault_is_current (LmVault *vault, const LmId *key);
GBytes *lm_vault_seal (LmVault *vault,
                       LmSealKind kind,
                       const LmId *id,
                       GBytes *payload,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *lm_vault_open (LmVault *vault, LmSealKind kind, GBytes *file, LmId *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GBytes *lm_vault_open_any (
    LmVault *vault, LmSealKind kind, GBytes *file, LmId *id, gboolean *retired, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmId lm_vault_hash (GBytes *payload);

gsize lm_vault_padded_size (gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmVault, lm_vault_unref)

G_END_DECLS
