/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-days.h"

G_BEGIN_DECLS

/**
 * LmThinItem:
 * @modified: (nullable): when the version was saved, by the clock of then
 * @held: must stay, whatever its age
 * @goes: (out): whether it is one too many
 *
 * One version of a record, for lm_thinning_choose ().
 */
typedef struct
{
  GDateTime *modified;
  gboolean held;
  gboolean goes;
} LmThinItem;

void lm_thinning_choose (LmThinItem *items, gsize n_items, LmDays *days, GDateTime *now);

G_END_DECLS
