/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_NEXT_SESSION (lm_next_session_get_type ())
G_DECLARE_FINAL_TYPE (LmNextSession, lm_next_session, LM, NEXT_SESSION, AdwBin)

GtkWidget *lm_next_session_new (LmWorkspace *workspace);

G_END_DECLS
