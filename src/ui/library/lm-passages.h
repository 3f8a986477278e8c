/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_passage_open (LmWorkspace *workspace, LmLibrary *library, const char *target);
AdwNavigationPage *lm_passage_write (LmWorkspace *workspace,
                                     LmLibrary *library,
                                     const char *target);

G_END_DECLS
