/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-guide-run.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmGuideStepView:
 *
 * One page of a guide: the question, and how it is answered. Writes into the run as the person
 * answers. Signals "go-on" and "stop" on the pages that have such buttons.
 */
#define LM_TYPE_GUIDE_STEP_VIEW (lm_guide_step_view_get_type ())
G_DECLARE_FINAL_TYPE (LmGuideStepView, lm_guide_step_view, LM, GUIDE_STEP_VIEW, AdwBin)

GtkWidget *lm_guide_step_view_new (LmWorkspace *workspace, LmLibrary *library, LmGuideRun *run);
void lm_guide_step_view_focus (LmGuideStepView *self);

G_END_DECLS
