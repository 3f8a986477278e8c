/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_FIRST_RUN (lm_first_run_get_type ())
G_DECLARE_FINAL_TYPE (LmFirstRun, lm_first_run, LM, FIRST_RUN, AdwBin)

LmFirstRun *lm_first_run_new (LmWorkspace *workspace);

G_END_DECLS
