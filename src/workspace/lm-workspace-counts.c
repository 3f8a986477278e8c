/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-today.h"
#include "workspace/lm-workspace-counts.h"

/* What the look for the thread needs to know of the journal. */

/* The guide that looks for the thread has a step that shows counts. */
static gboolean
shows_counts (LmGuide *guide)
{
  for (guint i = 0; i < lm_guide_n_steps (guide); i++)
    if (lm_guide_get_step (guide, i)->input == LM_INPUT_COUNTS)
      return TRUE;
  return FALSE;
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
  const LmRecord *x = *(LmRecord *const *) a, *y = *(LmRecord *const *) b;

  return g_date_time_compare (y->created, x->created);
}

/* Returns: (transfer full) (element-type LmRecord): what is in sight and not in the trash, the
 * latest first; borrowed from the list */
static GPtrArray *
records_in_sight (LmWorkspace *self)
{
  GListModel *entries = lm_workspace_get_entries (self);
  GPtrArray *records = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (entries, i);

      if (!lm_entry_get_deleted (entry))
        g_ptr_array_add (records, lm_entry_get_record (entry));
    }
  g_ptr_array_sort (records, latest_first);
  return records;
}

/* Returns: (transfer full) (nullable): when the thread was last looked for */
GDateTime *
lm_workspace_last_look (LmWorkspace *self)
{
  g_autoptr (GPtrArray) records = records_in_sight (self);

  for (guint i = 0; i < records->len; i++)
    {
      LmRecord *record = records->pdata[i];

      if (g_strcmp0 (record->guide, LM_GUIDE_ID_THREAD) == 0)
        return g_date_time_ref (record->created);
    }
  return NULL;
}

/* The choices that call for safety, of all steps whose answers are counted. */
static void
add_harm (GHashTable *harm, LmGuide *guide)
{
  for (guint i = 0; i < lm_guide_n_safety (guide); i++)
    {
      const LmGuideSafety *safety = lm_guide_get_safety (guide, i);

      for (guint k = 0; safety->choices != NULL && safety->choices[k] != NULL; k++)
        for (guint s = 0; s < lm_guide_n_steps (guide); s++)
          {
            const LmGuideStep *step = lm_guide_get_step (guide, s);

            if (step->role != NULL &&
                g_strv_contains ((const char *const *) safety->steps, step->id))
              g_hash_table_add (harm, g_strdup (safety->choices[k]));
          }
    }
}

/**
 * lm_workspace_count:
 * @since: (nullable): only moments begun after this
 *
 * Returns: (transfer full): counts over the person's own moments with others that are in sight
 */
LmCounts *
lm_workspace_count (LmWorkspace *self, LmLibrary *library, GDateTime *since)
{
  g_autoptr (GPtrArray) records = records_in_sight (self);
  g_autoptr (GHashTable) harm = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GListModel *guides = lm_library_get_guides (library);

  for (guint i = 0; i < g_list_model_get_n_items (guides); i++)
    {
      g_autoptr (LmGuide) guide = g_list_model_get_item (guides, i);

      add_harm (harm, guide);
    }
  return lm_counts_new (records, since, harm);
}

/**
 * lm_workspace_guide_waits:
 *
 * Whether @guide had better wait: it looks for the thread, and the last entries were hard.
 */
gboolean
lm_workspace_guide_waits (LmWorkspace *self, LmGuide *guide)
{
  g_autoptr (LmToday) today = shows_counts (guide) ? lm_today_look (self) : NULL;

  return today != NULL && lm_suggest_rest (&today->facts);
}
