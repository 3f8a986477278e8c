/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_session_page_new (LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
