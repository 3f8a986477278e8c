/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"

G_BEGIN_DECLS

/**
 * LmLossKind:
 * @LM_LOSS_MISSING: this computer saw the record; now there is no file of it, nor a note that it
 * was deleted
 * @LM_LOSS_OLDER: the file is older, by its saves, than what this computer saw
 * @LM_LOSS_REPLACED: the file is another text, whose writer did not know of what this computer
 *   saved; ours is in no file of the journal any more
 */
typedef enum
{
  LM_LOSS_MISSING,
  LM_LOSS_OLDER,
  LM_LOSS_REPLACED,
} LmLossKind;

/**
 * LmLoss:
 * @id: of the record
 * @kind: what happened
 * @present: (nullable): as it is on the disk
 * @lost: (nullable): the newest state that this computer still has: a version, or in a snapshot
 *
 * A record that is not as this computer last saw it. That may be an attack, a sync tool that went
 * wrong, or a backup that the person brought back.
 */
typedef struct
{
  LmId id;
  LmLossKind kind;
  LmRecord *present;
  LmRecord *lost;
} LmLoss;

GPtrArray *lm_store_find_losses (LmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_undo_loss (LmStore *store, LmLoss *loss, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_accept_loss (LmStore *store, LmLoss *loss, LmRecord **record, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

void lm_loss_free (LmLoss *loss);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmLoss, lm_loss_free)

G_END_DECLS
