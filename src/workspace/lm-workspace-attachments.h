/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-attachment-list.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Files that belong to entries. All the work is done in the writer's thread, in turn with saving.
 */

void lm_workspace_attach_file_async (LmWorkspace *self,
                                     GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
void lm_workspace_attach_bytes_async (LmWorkspace *self,
                                      GBytes *bytes,
                                      const char *name,
                                      const char *type,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
LmAttachment *lm_workspace_attach_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_read_attachment_async (LmWorkspace *self,
                                         const LmAttachment *attachment,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
GBytes *lm_workspace_read_attachment_finish (LmWorkspace *self,
                                             GAsyncResult *result,
                                             GError **error);
void lm_workspace_copy_attachment_async (LmWorkspace *self,
                                         const LmAttachment *attachment,
                                         GFile *to,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean lm_workspace_copy_attachment_finish (LmWorkspace *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS
