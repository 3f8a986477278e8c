/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_UNLOCK_PAGE (lm_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (LmUnlockPage, lm_unlock_page, LM, UNLOCK_PAGE, AdwBin)

LmUnlockPage *lm_unlock_page_new (LmWorkspace *workspace);
void lm_unlock_page_grab_focus (LmUnlockPage *self);

G_END_DECLS
