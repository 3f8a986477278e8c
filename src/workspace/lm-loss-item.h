/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-losses.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_LOSS_ITEM (lm_loss_item_get_type ())
G_DECLARE_FINAL_TYPE (LmLossItem, lm_loss_item, LM, LOSS_ITEM, GObject)

LmLossItem *lm_loss_item_new (LmLoss *loss);
LmLossKind lm_loss_item_get_kind (LmLossItem *self);
LmRecord *lm_loss_item_get_present (LmLossItem *self);
LmRecord *lm_loss_item_get_lost (LmLossItem *self);

/* What is not as this computer last saw it. */
GListModel *lm_workspace_get_losses (LmWorkspace *self);
void lm_workspace_check_losses (LmWorkspace *self);
void lm_workspace_undo_loss_async (LmWorkspace *self,
                                   LmLossItem *item,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
void lm_workspace_accept_loss_async (LmWorkspace *self,
                                     LmLossItem *item,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean lm_workspace_decide_loss_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
