/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"
#include "workspace/lm-problem-item.h"

/* A file that could not be shown, as a list's item. */

struct _LmProblemItem
{
  GObject parent_instance;

  LmProblem *problem; /* the writer's thread looks into it too: never changed */
};

G_DEFINE_FINAL_TYPE (LmProblemItem, lm_problem_item, G_TYPE_OBJECT)

static void
lm_problem_item_finalize (GObject *object)
{
  LmProblemItem *self = LM_PROBLEM_ITEM (object);

  lm_problem_free (self->problem);
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

/* @problem is copied. */
LmProblemItem *
lm_problem_item_new (const LmProblem *problem)
{
  LmProblemItem *self = g_object_new (LM_TYPE_PROBLEM_ITEM, NULL);
  GError *error = problem->error != NULL ? g_error_copy (problem->error) : NULL;

  self->problem = lm_problem_new (problem->file, &problem->id, error);
  self->problem->record = problem->record != NULL ? lm_record_ref (problem->record) : NULL;
  self->problem->has_own = problem->has_own;
  return self;
}

/* Returns: its path below the journal's folder */
const char *
lm_problem_item_get_file (LmProblemItem *self)
{
  return self->problem->file;
}

/* Returns: (transfer none) (nullable): why it is not shown; %NULL for a copy of an entry that a
 * sync tool made */
const GError *
lm_problem_item_get_error (LmProblemItem *self)
{
  return self->problem->error;
}

/* Returns: (transfer none) (nullable): what is in it, where the person can decide about it */
LmRecord *
lm_problem_item_get_record (LmProblemItem *self)
{
  return self->problem->record;
}

/* Whether @problem says the same. */
gboolean
lm_problem_item_is (LmProblemItem *self, const LmProblem *problem)
{
  const LmProblem *own = self->problem;

  return g_str_equal (own->file, problem->file) &&
         (own->error == NULL) == (problem->error == NULL) &&
         (own->error == NULL ||
          g_error_matches (problem->error, own->error->domain, own->error->code)) &&
         (own->record == NULL) == (problem->record == NULL) &&
         (own->record == NULL || lm_id_equal (&own->record->hash, &problem->record->hash)) &&
         own->has_own == problem->has_own;
}

/* Whether @action answers the question that the file puts. */
gboolean
lm_problem_item_offers (LmProblemItem *self, LmProblemAction action)
{
  const LmProblem *problem = self->problem;
  gboolean retired = problem->record != NULL &&
                     g_error_matches (problem->error, LM_VAULT_ERROR, LM_VAULT_ERROR_RETIRED_KEY);

  switch (action)
    {
    case LM_PROBLEM_TAKE_IN:
      return retired;
    case LM_PROBLEM_BRING_OURS:
      return retired && problem->has_own;
    case LM_PROBLEM_TAKE_BACK:
    case LM_PROBLEM_DELETE_AGAIN:
      return problem->record != NULL &&
             g_error_matches (problem->error, LM_STORE_ERROR, LM_STORE_ERROR_PURGED);
    case LM_PROBLEM_REMOVE_KEY:
      return g_error_matches (problem->error, LM_VAULT_ERROR, LM_VAULT_ERROR_RETIRED_SLOT);
    default:
      return FALSE;
    }
}

/* Whether it waits for the person to decide. */
gboolean
lm_problem_item_asks (LmProblemItem *self)
{
  for (LmProblemAction action = LM_PROBLEM_TAKE_IN; action <= LM_PROBLEM_REMOVE_KEY; action++)
    if (lm_problem_item_offers (self, action))
      return TRUE;
  return FALSE;
}
