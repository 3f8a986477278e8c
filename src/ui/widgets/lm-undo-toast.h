/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-undo.h"

G_BEGIN_DECLS

void lm_undo_toast_show (GtkWidget *widget, AdwToast *toast);
void lm_undo_toast_call (GtkWidget *widget,
                         const char *text,
                         void (*undo) (gpointer data),
                         gpointer data,
                         GDestroyNotify data_free);
/* Ends an operation, as lm_workspace_change_session_finish () does. */
typedef LmUndo *(*LmUndoFinish) (LmWorkspace *workspace, GAsyncResult *result, GError **error);

gpointer lm_undo_telling_new (GtkWidget *widget, const char *text, LmUndoFinish finish)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_undo_tell (GObject *workspace, GAsyncResult *result, gpointer telling);
void lm_undo_toast (GtkWidget *widget, LmWorkspace *workspace, const char *text, LmUndo *undo);

G_END_DECLS
