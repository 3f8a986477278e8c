/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "vault/lm-kdf.h"
#include "vault/lm-master-keys.h"

G_BEGIN_DECLS

/* A key file is refused unread above this. */
#define LM_KEY_SLOT_BYTES_MAX (64 * 1024)

/* Their numbers are part of what is authenticated. */
typedef enum
{
  LM_KEY_SLOT_PASSPHRASE = 1,
  LM_KEY_SLOT_RECOVERY = 2,
} LmKeySlotKind;

/**
 * LmKeySlot:
 *
 * One way into a journal: the master keys, sealed with what is derived from a passphrase or a
 * recovery code. Immutable.
 */
typedef struct _LmKeySlot LmKeySlot;

LmKeySlot *lm_key_slot_create (const LmId *journal,
                               LmKeySlotKind kind,
                               LmSecret *secret,
                               LmKdfCost cost,
                               LmMasterKeys *keys,
                               LmSecret **derived,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmKeySlot *lm_key_slot_read (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *lm_key_slot_write (LmKeySlot *slot) G_GNUC_WARN_UNUSED_RESULT;
void lm_key_slot_free (LmKeySlot *slot);
const LmId *lm_key_slot_journal (LmKeySlot *slot);
const LmId *lm_key_slot_id (LmKeySlot *slot);
LmKeySlotKind lm_key_slot_kind (LmKeySlot *slot);
guint lm_key_slot_n_keys (LmKeySlot *slot);
LmSecret *lm_key_slot_derive (LmKeySlot *slot, LmSecret *secret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmMasterKeys *lm_key_slot_open (LmKeySlot *slot, LmSecret *derived, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmKeySlot, lm_key_slot_free)

G_END_DECLS
