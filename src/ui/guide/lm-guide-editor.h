/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_GUIDE_EDITOR (lm_guide_editor_get_type ())
G_DECLARE_FINAL_TYPE (LmGuideEditor, lm_guide_editor, LM, GUIDE_EDITOR, AdwNavigationPage)

AdwNavigationPage *lm_guide_editor_new (LmWorkspace *workspace,
                                        LmLibrary *library,
                                        const LmId *id,
                                        JsonObject *json);

G_END_DECLS
