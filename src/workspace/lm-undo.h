/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmUndo:
 *
 * How one or more records were before a change. Belongs to the main thread.
 */
typedef struct _LmUndo LmUndo;

LmUndo *lm_undo_new (void);
LmUndo *lm_undo_ref (LmUndo *undo);
void lm_undo_unref (LmUndo *undo);
void lm_undo_add (LmUndo *undo, LmRecord *before, LmRecord *after);

void lm_workspace_undo_async (LmWorkspace *self,
                              LmUndo *undo,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean lm_workspace_undo_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmUndo, lm_undo_unref)

G_END_DECLS
