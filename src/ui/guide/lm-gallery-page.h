/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_GALLERY_PAGE (lm_gallery_page_get_type ())
G_DECLARE_FINAL_TYPE (LmGalleryPage, lm_gallery_page, LM, GALLERY_PAGE, AdwNavigationPage)

AdwNavigationPage *lm_gallery_page_new (LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
