/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_PERSON_PAGE (lm_person_page_get_type ())
G_DECLARE_FINAL_TYPE (LmPersonPage, lm_person_page, LM, PERSON_PAGE, AdwNavigationPage)

AdwNavigationPage *lm_person_page_new (LmWorkspace *workspace, LmEntry *person);

G_END_DECLS
