/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-folder.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/**
 * LmProblemAction:
 * @LM_PROBLEM_TAKE_IN: a text under a key that was given up is the person's own: it counts
 * @LM_PROBLEM_BRING_OURS: this computer's text comes back into its place, the file stays beside it
 * @LM_PROBLEM_TAKE_BACK: a text that was deleted for good is wanted after all
 * @LM_PROBLEM_DELETE_AGAIN: or it is not: it goes for good once more
 * @LM_PROBLEM_REMOVE_KEY: a key file that was given up goes
 *
 * What a person can do about a file that came back.
 */
typedef enum
{
  LM_PROBLEM_TAKE_IN,
  LM_PROBLEM_BRING_OURS,
  LM_PROBLEM_TAKE_BACK,
  LM_PROBLEM_DELETE_AGAIN,
  LM_PROBLEM_REMOVE_KEY,
} LmProblemAction;

#define LM_TYPE_PROBLEM_ITEM (lm_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (LmProblemItem, lm_problem_item, LM, PROBLEM_ITEM, GObject)

LmProblemItem *lm_problem_item_new (const LmProblem *problem);
const char *lm_problem_item_get_file (LmProblemItem *self);
const GError *lm_problem_item_get_error (LmProblemItem *self);
LmRecord *lm_problem_item_get_record (LmProblemItem *self);
gboolean lm_problem_item_is (LmProblemItem *self, const LmProblem *problem);
gboolean lm_problem_item_offers (LmProblemItem *self, LmProblemAction action);
gboolean lm_problem_item_asks (LmProblemItem *self);

void lm_workspace_settle_problem_async (LmWorkspace *self,
                                        LmProblemItem *item,
                                        LmProblemAction action,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
gboolean lm_workspace_settle_problem_finish (LmWorkspace *self,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
