/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_COMPARE_PAGE (lm_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (LmComparePage, lm_compare_page, LM, COMPARE_PAGE, AdwNavigationPage)

LmComparePage *lm_compare_page_new (LmWorkspace *workspace, LmEntry *entry);

G_END_DECLS
