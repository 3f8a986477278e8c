/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmSituation:
 * @LM_SITUATION_NONE: all is as it should be
 * @LM_SITUATION_AWAY: the folder of the open journal is not there any more
 * @LM_SITUATION_MOVED: it lies in another folder than before: it moved, or this is a copy
 * @LM_SITUATION_COPY: the person said that it is a copy
 * @LM_SITUATION_CLOCK: the clock is before the last day in use
 * @LM_SITUATION_SHARED: another program on this computer has it open
 *
 * What the person should know while the journal is open; the gravest, if there are several.
 */
typedef enum
{
  LM_SITUATION_NONE,
  LM_SITUATION_AWAY,
  LM_SITUATION_MOVED,
  LM_SITUATION_COPY,
  LM_SITUATION_CLOCK,
  LM_SITUATION_SHARED,
} LmSituation;

LmSituation lm_workspace_get_situation (LmWorkspace *self);
const char *lm_workspace_get_folder_before (LmWorkspace *self);
GDateTime *lm_workspace_get_last_day (LmWorkspace *self);
void lm_workspace_hide_situation (LmWorkspace *self);
void lm_workspace_answer_moved_async (LmWorkspace *self,
                                      gboolean moved,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gboolean lm_workspace_answer_moved_finish (LmWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
