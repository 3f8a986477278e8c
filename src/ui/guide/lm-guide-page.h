/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-draft.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_GUIDE_PAGE (lm_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (LmGuidePage, lm_guide_page, LM, GUIDE_PAGE, AdwNavigationPage)

LmGuidePage *lm_guide_page_new (LmWorkspace *workspace, LmLibrary *library, LmGuide *guide);
LmGuidePage *lm_guide_page_new_again (LmWorkspace *workspace, LmLibrary *library, LmEntry *entry);
LmGuidePage *lm_guide_page_new_at (
    LmWorkspace *workspace, LmLibrary *library, LmGuide *guide, LmDraft *draft, gboolean resume);
LmGuidePage *lm_guide_page_new_at_step (LmWorkspace *workspace,
                                        LmLibrary *library,
                                        LmGuide *guide,
                                        LmDraft *draft,
                                        guint step,
                                        gboolean is_short);

G_END_DECLS
