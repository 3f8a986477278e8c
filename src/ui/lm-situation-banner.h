/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_situation_banner_follow (AdwBanner *banner, LmWorkspace *workspace);

G_END_DECLS
