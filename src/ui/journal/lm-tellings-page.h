/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_tellings_page_new (LmWorkspace *workspace, LmEntry *entry);

G_END_DECLS
