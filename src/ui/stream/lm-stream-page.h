/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_STREAM_PAGE (lm_stream_page_get_type ())
G_DECLARE_FINAL_TYPE (LmStreamPage, lm_stream_page, LM, STREAM_PAGE, AdwNavigationPage)

LmStreamPage *lm_stream_page_new (LmWorkspace *workspace, LmEntry *entry);

G_END_DECLS
