/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

/* Each ends with lm_workspace_change_person_finish (). */
void lm_workspace_merge_person_async (
    LmWorkspace *self, LmEntry *person, LmEntry *into, GAsyncReadyCallback callback, gpointer data);
void lm_workspace_remove_person_async (LmWorkspace *self,
                                       LmEntry *person,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
LmUndo *lm_workspace_change_person_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

gboolean lm_workspace_names_person (LmWorkspace *self, LmRecord *record, LmEntry *person);

G_END_DECLS
