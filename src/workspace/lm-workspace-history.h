/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Days in use after which the trash gives up an entry. */
#define LM_TRASH_DAYS 30

void lm_workspace_list_versions_async (LmWorkspace *self,
                                       LmEntry *entry,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
GPtrArray *lm_workspace_list_versions_finish (LmWorkspace *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_workspace_restore_version_async (LmWorkspace *self,
                                         LmEntry *entry,
                                         const LmId *hash,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean lm_workspace_restore_version_finish (LmWorkspace *self,
                                              GAsyncResult *result,
                                              LmId *before,
                                              GError **error);
void lm_workspace_purge_async (LmWorkspace *self,
                               LmEntry *entry,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean lm_workspace_purge_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

char *lm_workspace_describe (LmWorkspace *self, LmRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
