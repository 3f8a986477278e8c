/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmFilterChoices:
 * @tags: of the entries
 * @guides: the titles of those that entries were written with
 * @people: the names of those that entries name
 *
 * What there is to filter by, each in the order of the alphabet. Nothing of the trash.
 */
typedef struct
{
  GStrv tags;
  GStrv guides;
  GStrv people;
} LmFilterChoices;

LmFilterChoices *lm_workspace_filter_choices (LmWorkspace *self) G_GNUC_WARN_UNUSED_RESULT;
void lm_filter_choices_free (LmFilterChoices *choices);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmFilterChoices, lm_filter_choices_free)

G_END_DECLS
