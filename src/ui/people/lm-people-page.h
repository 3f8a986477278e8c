/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

AdwNavigationPage *lm_people_page_new (LmWorkspace *workspace);
char *lm_circles_text (LmContent *content) G_GNUC_WARN_UNUSED_RESULT;
GListModel *lm_people_sorted_new (LmWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
