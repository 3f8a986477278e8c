/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_LIBRARY_PAGE (lm_library_page_get_type ())
G_DECLARE_FINAL_TYPE (LmLibraryPage, lm_library_page, LM, LIBRARY_PAGE, AdwNavigationPage)

LmLibraryPage *lm_library_page_new (LmLibrary *library, LmWorkspace *workspace);
void lm_library_page_find (LmLibraryPage *self, const char *query);

G_END_DECLS
