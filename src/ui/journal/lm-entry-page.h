/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_ENTRY_PAGE (lm_entry_page_get_type ())
G_DECLARE_FINAL_TYPE (LmEntryPage, lm_entry_page, LM, ENTRY_PAGE, AdwNavigationPage)

LmEntryPage *lm_entry_page_new (LmWorkspace *workspace, LmLibrary *library, LmEntry *entry);

G_END_DECLS
