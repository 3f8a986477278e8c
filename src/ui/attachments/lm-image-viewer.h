/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace-attachments.h"

G_BEGIN_DECLS

/**
 * LmImageViewer:
 *
 * The images of an entry, one at a time and as large as the window, with zoom.
 */
#define LM_TYPE_IMAGE_VIEWER (lm_image_viewer_get_type ())
G_DECLARE_FINAL_TYPE (LmImageViewer, lm_image_viewer, LM, IMAGE_VIEWER, AdwNavigationPage)

AdwNavigationPage *lm_image_viewer_new (LmWorkspace *workspace,
                                        GPtrArray *attachments,
                                        const LmId *first);

G_END_DECLS
