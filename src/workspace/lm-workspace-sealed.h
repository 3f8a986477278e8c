/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Entries that stay out of sight until a day: they are in no other list and are not searched. */
GListModel *lm_workspace_get_sealed (LmWorkspace *self);
LmEntry *lm_workspace_find_sealed (LmWorkspace *self, const LmId *id);
void lm_workspace_unseal_async (LmWorkspace *self,
                                LmEntry *entry,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean lm_workspace_unseal_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
