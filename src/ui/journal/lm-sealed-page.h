/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmSealedPage:
 *
 * That there are sealed entries, and until when. Nothing of what is in them.
 */
#define LM_TYPE_SEALED_PAGE (lm_sealed_page_get_type ())
G_DECLARE_FINAL_TYPE (LmSealedPage, lm_sealed_page, LM, SEALED_PAGE, AdwNavigationPage)

AdwNavigationPage *lm_sealed_page_new (LmWorkspace *workspace);
GtkWidget *lm_sealed_button_new (LmWorkspace *workspace);
void lm_sealed_ask_open (GtkWidget *parent, LmWorkspace *workspace, const char *id);

G_END_DECLS
