/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"

G_BEGIN_DECLS

/**
 * LmRekeyKind:
 * @LM_REKEY_PASSPHRASE: another passphrase, the same keys
 * @LM_REKEY_CODE: another recovery code, the same keys
 * @LM_REKEY_ROTATE: somebody may know the passphrase or the code: both anew, and a new key for
 *   everything
 */
typedef enum
{
  LM_REKEY_PASSPHRASE,
  LM_REKEY_CODE,
  LM_REKEY_ROTATE,
} LmRekeyKind;

/**
 * LmRekey:
 *
 * A change of the ways into a journal: first worked out in memory, then written beside the old ways
 * and opened again from disk, and only then are the old ones given up. Used by one thread at a
 * time.
 */
typedef struct _LmRekey LmRekey;

LmRekey *lm_rekey_new (const char *path,
                       LmRekeyKind what,
                       LmKeySlotKind kind,
                       LmSecret *present,
                       LmSecret *passphrase,
                       LmKdfCost cost,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_rekey_free (LmRekey *rekey);
LmRekeyKind lm_rekey_kind (LmRekey *rekey);
LmSecret *lm_rekey_code (LmRekey *rekey);
LmSecret *lm_rekey_derived (LmRekey *rekey);
LmOpened *lm_rekey_opened (LmRekey *rekey);
guint lm_rekey_n_left (LmRekey *rekey);
gboolean lm_rekey_write (LmRekey *rekey, LmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_rekey_commit (LmRekey *rekey, LmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_rekey_cancel (LmRekey *rekey, LmStore *store, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmRekey, lm_rekey_free)

G_END_DECLS
