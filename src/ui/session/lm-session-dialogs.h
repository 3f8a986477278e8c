/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-appointment.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_session_move_dialog (GtkWidget *parent,
                             LmWorkspace *workspace,
                             LmEntry *appointment,
                             const LmSession *session);
void lm_session_change_dialog (GtkWidget *parent,
                               LmWorkspace *workspace,
                               LmEntry *appointment,
                               const LmSession *session);
void lm_session_break_dialog (GtkWidget *parent, LmWorkspace *workspace, LmEntry *appointment);
char *lm_session_break_text (const LmBreak *pause) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
