/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Entries that were changed on two computers, see LmEntry:conflict; people and own guides. */

#define LM_TYPE_DISPUTE_ITEM (lm_dispute_item_get_type ())
G_DECLARE_FINAL_TYPE (LmDisputeItem, lm_dispute_item, LM, DISPUTE_ITEM, GObject)

LmConflict *lm_dispute_item_get_conflict (LmDisputeItem *self);
GListModel *lm_workspace_get_disputes (LmWorkspace *self);

/**
 * LmResolution:
 * @LM_KEEP_OWN: the state that is shown stays
 * @LM_KEEP_COPY: the other state takes its place
 * @LM_KEEP_BOTH: the other state becomes an entry of its own
 * @LM_KEEP_MERGED: what the person made of both takes their place
 */
typedef enum
{
  LM_KEEP_OWN,
  LM_KEEP_COPY,
  LM_KEEP_BOTH,
  LM_KEEP_MERGED,
} LmResolution;

void lm_workspace_rescan (LmWorkspace *self);
LmConflict *lm_workspace_find_conflict (LmWorkspace *self, const LmId *id);
void lm_workspace_merge_async (LmWorkspace *self,
                               LmConflict *conflict,
                               GAsyncReadyCallback callback,
                               gpointer data);
LmContent *lm_workspace_merge_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_resolve_async (LmWorkspace *self,
                                 LmConflict *conflict,
                                 LmResolution resolution,
                                 LmContent *merged,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
gboolean lm_workspace_resolve_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
