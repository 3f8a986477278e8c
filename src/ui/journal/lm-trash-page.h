/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_TRASH_PAGE (lm_trash_page_get_type ())
G_DECLARE_FINAL_TYPE (LmTrashPage, lm_trash_page, LM, TRASH_PAGE, AdwNavigationPage)

LmTrashPage *lm_trash_page_new (LmWorkspace *workspace);

void lm_trash_ask_purge (GtkWidget *parent, LmWorkspace *workspace, LmEntry *entry);

G_END_DECLS
