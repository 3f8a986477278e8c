/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-guide.h"
#include "workspace/lm-draft.h"

G_BEGIN_DECLS

/* From this strength on, grounding comes first. */
#define LM_GUIDE_TOO_STRONG 5

/**
 * LmGuideRunPage:
 * @LM_GUIDE_PAGE_BEFORE: how strong it feels before
 * @LM_GUIDE_PAGE_STEP: a step of the guide
 * @LM_GUIDE_PAGE_AFTER: how strong it feels afterwards
 * @LM_GUIDE_PAGE_GROUNDING: a pause for the senses, with people to call; not counted
 * @LM_GUIDE_PAGE_END: all is done
 *
 * What a guide shows.
 */
typedef enum
{
  LM_GUIDE_PAGE_BEFORE,
  LM_GUIDE_PAGE_STEP,
  LM_GUIDE_PAGE_AFTER,
  LM_GUIDE_PAGE_GROUNDING,
  LM_GUIDE_PAGE_END,
} LmGuideRunPage;

#define LM_TYPE_GUIDE_RUN (lm_guide_run_get_type ())
G_DECLARE_FINAL_TYPE (LmGuideRun, lm_guide_run, LM, GUIDE_RUN, GObject)

LmGuideRun *lm_guide_run_new (LmGuide *guide, LmDraft *draft, gboolean is_short);
LmGuideRun *lm_guide_run_resume (LmGuide *guide, LmDraft *draft);
LmGuide *lm_guide_run_get_guide (LmGuideRun *self);
LmDraft *lm_guide_run_get_draft (LmGuideRun *self);
LmGuideRunPage lm_guide_run_get_page (LmGuideRun *self);
const LmGuideStep *lm_guide_run_get_step (LmGuideRun *self);
const char *lm_guide_run_get_question (LmGuideRun *self);
const char *lm_guide_run_get_safety_text (LmGuideRun *self);
const char *lm_guide_run_get_offer (LmGuideRun *self);
gboolean lm_guide_run_get_exercise (LmGuideRun *self);
guint lm_guide_run_get_position (LmGuideRun *self);
void lm_guide_run_go_to (LmGuideRun *self, guint position);
gboolean lm_guide_run_is_short (LmGuideRun *self);
guint lm_guide_run_n_pages (LmGuideRun *self);
LmAnswer *lm_guide_run_peek_answer (LmGuideRun *self);
LmAnswer *lm_guide_run_answer (LmGuideRun *self);
void lm_guide_run_changed (LmGuideRun *self);
gboolean lm_guide_run_can_go_back (LmGuideRun *self);
void lm_guide_run_next (LmGuideRun *self);
void lm_guide_run_back (LmGuideRun *self);
GStrv lm_guide_run_list_carried (LmGuideRun *self) G_GNUC_WARN_UNUSED_RESULT;
void lm_guide_run_finish (LmGuideRun *self);

G_END_DECLS
