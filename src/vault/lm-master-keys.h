/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-id.h"
#include "base/lm-secret.h"

G_BEGIN_DECLS

#define LM_KEY_BYTES 32
/* One key as lm_master_keys_write () writes it, with a generation of one digit. */
#define LM_MASTER_KEY_TEXT_BYTES                                                                   \
  (sizeof "{\"key\":\"\",\"generation\":1,\"secret\":\"\"}" - 1 + LM_ID_DIGITS + 44)

/**
 * LmMasterKey:
 * @id: random
 * @generation: 1 for a journal's first key, one more with each rotation
 * @secret: 32 bytes
 */
typedef struct
{
  LmId id;
  guint32 generation;
  LmSecret *secret;
} LmMasterKey;

/**
 * LmMasterKeys:
 *
 * All the master keys of a journal, the retired ones too: versions, snapshots and the drafts of an
 * absent computer may need them.
 */
typedef struct _LmMasterKeys LmMasterKeys;

LmMasterKeys *lm_master_keys_new (void);
void lm_master_keys_free (LmMasterKeys *keys);
void lm_master_keys_add (LmMasterKeys *keys, const LmId *id, guint32 generation, LmSecret *secret);
void lm_master_keys_add_new (LmMasterKeys *keys);
void lm_master_keys_unite (LmMasterKeys *keys, LmMasterKeys *others);
guint lm_master_keys_size (LmMasterKeys *keys);
const LmMasterKey *lm_master_keys_get (LmMasterKeys *keys, guint index);
const LmMasterKey *lm_master_keys_current (LmMasterKeys *keys);
LmSecret *lm_master_keys_write (LmMasterKeys *keys) G_GNUC_WARN_UNUSED_RESULT;
LmMasterKeys *lm_master_keys_read (const LmSecret *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmMasterKeys, lm_master_keys_free)

G_END_DECLS
