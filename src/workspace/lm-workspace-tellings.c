/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-content-parts.h"
#include "workspace/lm-workspace-tellings.h"

/* Returns: the id of the entry in which the same was told first */
static const LmId *
first_telling (LmRecord *record)
{
  return lm_id_is_null (&record->told) ? &record->id : &record->told;
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  LmEntry *const *x = a, *const *y = b;

  return g_date_time_compare (lm_entry_get_created (*x), lm_entry_get_created (*y));
}

/* Returns: (transfer full) (element-type LmEntry): all that tell the same as @entry, itself among
 * them, the first first */
GPtrArray *
lm_workspace_list_tellings (LmWorkspace *self, LmEntry *entry)
{
  GListModel *entries = lm_workspace_get_entries (self);
  LmRecord *record = lm_entry_get_record (entry);
  const LmId *first = first_telling (record);
  GPtrArray *tellings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LmEntry) other = g_list_model_get_item (entries, i);
      LmRecord *of_other = lm_entry_get_record (other);

      if (lm_id_equal (first_telling (of_other), first) && !of_other->deleted &&
          g_strcmp0 (of_other->guide, record->guide) == 0)
        g_ptr_array_add (tellings, g_steal_pointer (&other));
    }
  g_ptr_array_sort (tellings, by_time);
  return tellings;
}

/* Returns: (transfer full): a new entry that will tell the same as @entry, still empty */
LmDraft *
lm_workspace_tell_again (LmWorkspace *self, LmEntry *entry)
{
  LmIdText first = lm_id_format (first_telling (lm_entry_get_record (entry)));
  LmDraft *draft = lm_workspace_begin (self, NULL);

  lm_content_set_first_telling (lm_draft_get_content (draft), first.digits);
  return draft;
}
