/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_WRITE_PAGE (lm_write_page_get_type ())
G_DECLARE_FINAL_TYPE (LmWritePage, lm_write_page, LM, WRITE_PAGE, AdwNavigationPage)

LmWritePage *lm_write_page_new (LmWorkspace *workspace, LmDraft *draft);

G_END_DECLS
