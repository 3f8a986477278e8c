/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_article_history_keep (AdwNavigationView *pages, LmLibrary *library, LmWorkspace *workspace);

G_END_DECLS
