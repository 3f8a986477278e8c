/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

void lm_workspace_set_note_async (LmWorkspace *self,
                                  LmEntry *entry,
                                  const char *created,
                                  const char *text,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
LmUndo *lm_workspace_set_note_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
