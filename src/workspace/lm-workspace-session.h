/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-appointment.h"
#include "workspace/lm-undo.h"

G_BEGIN_DECLS

/* The next session and the one before, of all appointments */
LmSession *lm_workspace_next_session (LmWorkspace *self, LmEntry **appointment)
    G_GNUC_WARN_UNUSED_RESULT;
LmSession *lm_workspace_last_session (LmWorkspace *self) G_GNUC_WARN_UNUSED_RESULT;

/* Changing an appointment. Each ends with lm_workspace_change_session_finish (). */
void lm_workspace_add_appointment_async (LmWorkspace *self,
                                         GDateTime *starts,
                                         guint minutes,
                                         guint weeks,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
void lm_workspace_set_appointment_async (LmWorkspace *self,
                                         LmEntry *appointment,
                                         GDateTime *starts,
                                         guint minutes,
                                         guint weeks,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
void lm_workspace_cancel_session_async (LmWorkspace *self,
                                        LmEntry *appointment,
                                        const char *day,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
void lm_workspace_move_session_async (LmWorkspace *self,
                                      LmEntry *appointment,
                                      const char *day,
                                      GDateTime *starts,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
void lm_workspace_end_appointment_async (LmWorkspace *self,
                                         LmEntry *appointment,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
void lm_workspace_add_break_async (LmWorkspace *self,
                                   LmEntry *appointment,
                                   const char *from,
                                   const char *to,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
void lm_workspace_remove_break_async (LmWorkspace *self,
                                      LmEntry *appointment,
                                      const char *from,
                                      const char *to,
                                      GAsyncReadyCallback callback,
                                      gpointer data);

/* The tray */
void lm_workspace_set_tray_async (LmWorkspace *self,
                                  GPtrArray *entries,
                                  LmTray tray,
                                  GAsyncReadyCallback callback,
                                  gpointer data);

LmUndo *lm_workspace_change_session_finish (LmWorkspace *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
