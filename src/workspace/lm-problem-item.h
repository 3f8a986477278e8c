/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define LM_TYPE_PROBLEM_ITEM (lm_problem_item_get_type ())
G_DECLARE_FINAL_TYPE (LmProblemItem, lm_problem_item, LM, PROBLEM_ITEM, GObject)

LmProblemItem *lm_problem_item_new (const char *file, const GError *error);
const char *lm_problem_item_get_file (LmProblemItem *self);
const GError *lm_problem_item_get_error (LmProblemItem *self);

G_END_DECLS
