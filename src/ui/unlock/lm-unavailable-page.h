/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_UNAVAILABLE_PAGE (lm_unavailable_page_get_type ())
G_DECLARE_FINAL_TYPE (LmUnavailablePage, lm_unavailable_page, LM, UNAVAILABLE_PAGE, AdwBin)

LmUnavailablePage *lm_unavailable_page_new (LmWorkspace *workspace);
void lm_choose_journal_folder (GtkWidget *widget, LmWorkspace *workspace);

G_END_DECLS
