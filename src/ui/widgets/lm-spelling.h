/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <libspelling.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

void lm_spelling_load_async (LmWorkspace *workspace, GAsyncReadyCallback callback, gpointer data);
SpellingChecker *lm_spelling_load_finish (GAsyncResult *result);

G_END_DECLS
