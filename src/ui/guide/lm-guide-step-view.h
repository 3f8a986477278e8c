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
 * LmGuideStepLayout:
 * @LM_GUIDE_STEP_USUAL: the page has its buttons below
 * @LM_GUIDE_STEP_BEGINS: going on is in the step itself
 * @LM_GUIDE_STEP_FULL: the step has the whole window
 *
 * How much of the window a step needs. Told by LmGuideStepView::layout-changed.
 */
typedef enum
{
  LM_GUIDE_STEP_USUAL,
  LM_GUIDE_STEP_BEGINS,
  LM_GUIDE_STEP_FULL,
} LmGuideStepLayout;

/**
 * LmGuideStepView:
 *
 * One page of a guide: the question, and how it is answered. Writes into the run as the person
 * answers. Signals "go-on" and "stop" on the pages that have such buttons.
 */
#define LM_TYPE_GUIDE_STEP_VIEW (lm_guide_step_view_get_type ())
G_DECLARE_FINAL_TYPE (LmGuideStepView, lm_guide_step_view, LM, GUIDE_STEP_VIEW, AdwBin)

GtkWidget *lm_guide_step_view_new (LmWorkspace *workspace, LmLibrary *library, LmGuideRun *run);
LmGuideStepLayout lm_guide_step_view_get_layout (LmGuideStepView *self);
void lm_guide_step_view_focus (LmGuideStepView *self);

G_END_DECLS
