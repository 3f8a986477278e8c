/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmReading:
 * @read: whether it was read to its end once
 * @bookmark: whether it is marked to be found again
 * @place: how far it was read, in thousandths of its length
 *
 * What is kept of an article that was opened.
 */
typedef struct
{
  gboolean read;
  gboolean bookmark;
  guint place;
} LmReading;

LmReading lm_workspace_get_reading (LmWorkspace *self, const char *article);
void lm_workspace_set_reading (LmWorkspace *self, const char *article, const LmReading *reading);

G_END_DECLS
