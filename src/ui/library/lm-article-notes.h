/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/widgets/lm-document-view.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_article_notes_add (LmDocumentView *view,
                           LmWorkspace *workspace,
                           const char *article,
                           GPtrArray *added);

G_END_DECLS
