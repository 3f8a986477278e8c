/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmCountsView:
 *
 * How often the person said the same, in sentences, each with the entries that it counts.
 */
#define LM_TYPE_COUNTS_VIEW (lm_counts_view_get_type ())
G_DECLARE_FINAL_TYPE (LmCountsView, lm_counts_view, LM, COUNTS_VIEW, AdwBin)

GtkWidget *lm_counts_view_new (LmWorkspace *workspace, LmLibrary *library);

G_END_DECLS
