/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_MARGIN (lm_margin_get_type ())
G_DECLARE_FINAL_TYPE (LmMargin, lm_margin, LM, MARGIN, AdwBin)

void lm_margin_show (LmMargin *self, LmWorkspace *workspace, LmEntry *entry);
void lm_margin_begin (LmMargin *self);
void lm_margin_save (LmMargin *self);

G_END_DECLS
