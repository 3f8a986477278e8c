/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmPastState:
 * @LM_PAST_SAME: it says the same now
 * @LM_PAST_DIFFERENT: it says something else now
 * @LM_PAST_MISSING: it is not in the journal now
 */
typedef enum
{
  LM_PAST_SAME,
  LM_PAST_DIFFERENT,
  LM_PAST_MISSING,
} LmPastState;

#define LM_TYPE_PAST (lm_past_get_type ())
G_DECLARE_FINAL_TYPE (LmPast, lm_past, LM, PAST, GObject)

LmPast *lm_past_new (LmRecord *record, LmPastState state, gboolean sealed);
LmRecord *lm_past_get_record (LmPast *self);
LmPastState lm_past_get_state (LmPast *self);
gboolean lm_past_is_sealed (LmPast *self);
void lm_past_set_state (LmPast *self, LmPastState state);

/**
 * LmRestoreStep:
 * @now: the record as it is now
 * @before: (nullable): the state that it took the place of
 * @changed: whether anything was done
 *
 * What bringing one entry back did, to be undone.
 */
typedef struct
{
  LmRecord *now;
  LmRecord *before;
  gboolean changed;
} LmRestoreStep;

void lm_restore_step_free (LmRestoreStep *step);

/* Copies of the journal on this computer, and the way back from them. */
void lm_workspace_list_snapshots_async (LmWorkspace *self,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
GPtrArray *lm_workspace_list_snapshots_finish (LmWorkspace *self,
                                               GAsyncResult *result,
                                               GError **error);
void lm_workspace_make_snapshot_async (LmWorkspace *self,
                                       GCancellable *cancellable,
                                       GFileProgressCallback progress,
                                       gpointer progress_data,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
char *lm_workspace_make_snapshot_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_read_snapshot_async (LmWorkspace *self,
                                       const char *name,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
GPtrArray *lm_workspace_read_snapshot_finish (LmWorkspace *self,
                                              GAsyncResult *result,
                                              GError **error);
void lm_workspace_restore_async (
    LmWorkspace *self, const char *name, LmPast *past, GAsyncReadyCallback callback, gpointer data);
LmRestoreStep *lm_workspace_restore_finish (LmWorkspace *self,
                                            GAsyncResult *result,
                                            GError **error);
void lm_workspace_undo_restore (LmWorkspace *self, LmRestoreStep *step);
void lm_workspace_restore_all_async (LmWorkspace *self,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GFileProgressCallback progress,
                                     gpointer progress_data,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gssize lm_workspace_restore_all_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_restore_to_folder_async (LmWorkspace *self,
                                           const char *name,
                                           const char *path,
                                           GCancellable *cancellable,
                                           GFileProgressCallback progress,
                                           gpointer progress_data,
                                           GAsyncReadyCallback callback,
                                           gpointer data);
gboolean lm_workspace_restore_to_folder_finish (LmWorkspace *self,
                                                GAsyncResult *result,
                                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmRestoreStep, lm_restore_step_free)

G_END_DECLS
