/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

/**
 * LmChangeFunc:
 * @content: to be changed
 *
 * Is called in the writer's thread, for one record after the other.
 */
typedef void (*LmChangeFunc) (LmContent *content, gpointer data);

/* For the workspace's own operations. The window does not call these. */
void lm_workspace_change_one_async (LmWorkspace *self,
                                    const LmId *id,
                                    const char *kind,
                                    LmChangeFunc func,
                                    gpointer func_data,
                                    GDestroyNotify func_data_free,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
void lm_workspace_change_each_async (LmWorkspace *self,
                                     GArray *ids,
                                     LmChangeFunc func,
                                     gpointer func_data,
                                     GDestroyNotify func_data_free,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
LmUndo *lm_workspace_change_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
const LmId *lm_workspace_change_get_id (GAsyncResult *result);

G_END_DECLS
