/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-helplines.h"

G_BEGIN_DECLS

#define LM_TYPE_HELP_VIEW (lm_help_view_get_type ())
G_DECLARE_FINAL_TYPE (LmHelpView, lm_help_view, LM, HELP_VIEW, AdwBin)

LmHelpView *lm_help_view_new (LmHelplines *helplines, GSettings *settings);
void lm_help_fill_grounding (GtkBox *box, LmHelplines *helplines);

G_END_DECLS
