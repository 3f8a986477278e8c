/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-changes.h"
#include "workspace/lm-workspace-people.h"
#include "workspace/lm-workspace-private.h"

/* The people in the journal. No entry is changed by what is done to them here: entries name people
 * by id, and two who are one are told to be so in the record of one of them. */

/* So often a person may be the same as another who is the same as another. */
#define MERGES_MAX 8

/**
 * lm_workspace_find_person:
 * @id: as text
 *
 * Returns: (transfer none) (nullable): the person with the id @id, or the one they were merged into
 */
LmEntry *
lm_workspace_find_person (LmWorkspace *self, const char *id)
{
  LmId parsed;
  LmEntry *person =
      lm_id_parse (id, -1, &parsed) ? lm_entry_list_find (self->people, &parsed) : NULL;

  for (guint i = 0; person != NULL && i < MERGES_MAX; i++)
    {
      LmRecord *record = lm_entry_get_record (person);
      LmEntry *other = lm_id_is_null (&record->merged_into)
                           ? NULL
                           : lm_entry_list_find (self->people, &record->merged_into);

      if (other == NULL)
        break;
      person = other;
    }
  return person;
}

/* Whether @record names @person, or somebody who was merged into them. */
gboolean
lm_workspace_names_person (LmWorkspace *self, LmRecord *record, LmEntry *person)
{
  for (guint i = 0; record->people != NULL && record->people[i] != NULL; i++)
    if (lm_workspace_find_person (self, record->people[i]) == person)
      return TRUE;
  return FALSE;
}

/* Tells the search by which names each is found: by that of the one they were merged into too. */
void
lm_workspace_index_people (LmWorkspace *self)
{
  GListModel *people = G_LIST_MODEL (self->people);

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (LmEntry) person = g_list_model_get_item (people, i);
      LmIdText id = lm_id_format (lm_entry_get_id (person));
      LmEntry *shown = lm_workspace_find_person (self, id.digits);
      g_autofree char *names =
          shown != person
              ? g_strdup_printf ("%s\n%s", lm_entry_get_title (person), lm_entry_get_title (shown))
              : g_strdup (lm_entry_get_title (person));

      lm_search_index_set_person (self->index, id.digits, names);
    }
}

/* Changing ------------------------------------------------------------------------------------ */

typedef struct
{
  LmIdText into;
  GDateTime *now;
} Merge;

static void
merge_free (gpointer data)
{
  Merge *merge = data;

  g_date_time_unref (merge->now);
  g_free (merge);
}

static void
merge (LmContent *content, gpointer data)
{
  Merge *change = data;

  lm_content_set_string (content, "merged_into", change->into.digits);
  lm_content_set_deleted (content, change->now);
}

static void
remove_person (LmContent *content, gpointer data)
{
  lm_content_set_deleted (content, ((Merge *) data)->now);
}

/* From now on @person is @into. */
void
lm_workspace_merge_person_async (
    LmWorkspace *self, LmEntry *person, LmEntry *into, GAsyncReadyCallback callback, gpointer data)
{
  Merge *change = g_new (Merge, 1);

  *change = (Merge) { lm_id_format (lm_entry_get_id (into)), lm_clock_now (self->clock) };
  lm_workspace_change_one_async (self,
                                 lm_entry_get_id (person),
                                 NULL,
                                 merge,
                                 change,
                                 merge_free,
                                 callback,
                                 data);
}

/* Takes @person out of the list. Entries keep naming them. */
void
lm_workspace_remove_person_async (LmWorkspace *self,
                                  LmEntry *person,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Merge *change = g_new0 (Merge, 1);

  change->now = lm_clock_now (self->clock);
  lm_workspace_change_one_async (self,
                                 lm_entry_get_id (person),
                                 NULL,
                                 remove_person,
                                 change,
                                 merge_free,
                                 callback,
                                 data);
}

/* Returns: (transfer full) (nullable): how to take it back; %NULL if it could not be saved */
LmUndo *
lm_workspace_change_person_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return lm_workspace_change_finish (self, result, error);
}
