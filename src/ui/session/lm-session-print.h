/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_SESSION_PRINT (lm_session_print_get_type ())
G_DECLARE_FINAL_TYPE (LmSessionPrint, lm_session_print, LM, SESSION_PRINT, AdwDialog)

LmSessionPrint *lm_session_print_new (LmWorkspace *workspace, GListModel *tray);

G_END_DECLS
