/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-problem-item.h"

/* A file that could not be shown, as a list's item. */

struct _LmProblemItem
{
  GObject parent_instance;

  char *file;
  GError *error;
};

G_DEFINE_FINAL_TYPE (LmProblemItem, lm_problem_item, G_TYPE_OBJECT)

static void
lm_problem_item_finalize (GObject *object)
{
  LmProblemItem *self = LM_PROBLEM_ITEM (object);

  g_free (self->file);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (lm_problem_item_parent_class)->finalize (object);
}

static void
lm_problem_item_class_init (LmProblemItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_problem_item_finalize;
}

static void
lm_problem_item_init (LmProblemItem *self)
{
}

/* @error is %NULL for a copy of an entry that a sync tool made. */
LmProblemItem *
lm_problem_item_new (const char *file, const GError *error)
{
  LmProblemItem *self = g_object_new (LM_TYPE_PROBLEM_ITEM, NULL);

  self->file = g_strdup (file);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  return self;
}

/* Returns: its path below the journal's folder */
const char *
lm_problem_item_get_file (LmProblemItem *self)
{
  return self->file;
}

/* Returns: (transfer none) (nullable): why it is not shown; %NULL for a copy */
const GError *
lm_problem_item_get_error (LmProblemItem *self)
{
  return self->error;
}
