/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_TODAY_PAGE (lm_today_page_get_type ())
G_DECLARE_FINAL_TYPE (LmTodayPage, lm_today_page, LM, TODAY_PAGE, AdwNavigationPage)

AdwNavigationPage *lm_today_page_new (LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
