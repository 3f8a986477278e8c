/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

GPtrArray *lm_on_this_day (GListModel *entries, const GDate *day) G_GNUC_WARN_UNUSED_RESULT;
void lm_workspace_set_on_its_day_async (
    LmWorkspace *self, LmEntry *entry, gboolean comes, GAsyncReadyCallback callback, gpointer data);
LmUndo *lm_workspace_set_on_its_day_finish (LmWorkspace *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
