/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "journal/lm-entry.h"

/* All the entries, or all the people, in no particular order: whoever shows them sorts. */

struct _LmEntryList
{
  GObject parent_instance;

  GPtrArray *entries; /* of LmEntry */
  GHashTable *places; /* LmId → index into entries */
  guint shown;        /* how many of them; the others are prepared */
};

static GType
lm_entry_list_get_item_type (GListModel *model)
{
  return LM_TYPE_ENTRY;
}

static guint
lm_entry_list_get_n_items (GListModel *model)
{
  return LM_ENTRY_LIST (model)->shown;
}

static gpointer
lm_entry_list_get_item (GListModel *model, guint position)
{
  LmEntryList *self = LM_ENTRY_LIST (model);

  return position < self->shown ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = lm_entry_list_get_item_type;
  iface->get_n_items = lm_entry_list_get_n_items;
  iface->get_item = lm_entry_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LmEntryList,
                               lm_entry_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
lm_entry_list_finalize (GObject *object)
{
  LmEntryList *self = LM_ENTRY_LIST (object);

  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->entries);
  G_OBJECT_CLASS (lm_entry_list_parent_class)->finalize (object);
}

static void
lm_entry_list_class_init (LmEntryListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lm_entry_list_finalize;
}

static void
lm_entry_list_init (LmEntryList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->places = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
}

LmEntryList *
lm_entry_list_new (void)
{
  return g_object_new (LM_TYPE_ENTRY_LIST, NULL);
}

static LmEntry *
append (LmEntryList *self, LmRecord *record)
{
  LmEntry *entry = lm_entry_new (record);

  g_hash_table_insert (self->places,
                       lm_id_copy (&record->id),
                       GUINT_TO_POINTER (self->entries->len));
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/**
 * lm_entry_list_prepare:
 * @records: (element-type LmRecord): that are not in the list yet
 *
 * Makes entries of @records, which can be found from now on and are in the list with the next
 * lm_entry_list_show ().
 */
void
lm_entry_list_prepare (LmEntryList *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    append (self, records->pdata[i]);
}

/**
 * lm_entry_list_show:
 * @at_most: so many
 *
 * Puts what is prepared into the list, with one change for those who watch.
 *
 * Returns: whether anything is still to be shown
 */
gboolean
lm_entry_list_show (LmEntryList *self, guint at_most)
{
  guint before = self->shown, more = MIN (self->entries->len - before, at_most);

  self->shown += more;
  if (more > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, more);
  return self->shown < self->entries->len;
}

/* Appends @records, of #LmRecord, that are not in the list yet. */
void
lm_entry_list_add (LmEntryList *self, GPtrArray *records)
{
  lm_entry_list_prepare (self, records);
  lm_entry_list_show (self, G_MAXUINT);
}

/**
 * lm_entry_list_put:
 *
 * Adds @record, or replaces the older state of it.
 *
 * Returns: (transfer none): its entry
 */
LmEntry *
lm_entry_list_put (LmEntryList *self, LmRecord *record)
{
  LmEntry *entry = lm_entry_list_find (self, &record->id);
  guint place;

  if (entry == NULL)
    {
      entry = append (self, record);
      lm_entry_list_show (self, G_MAXUINT);
      return entry;
    }
  place = GPOINTER_TO_UINT (g_hash_table_lookup (self->places, &record->id));
  if (place >= self->shown || (lm_entry_get_deleted (entry) == record->deleted &&
                               lm_entry_get_record (entry)->tray == record->tray))
    {
      lm_entry_set_record (entry, record);
      return entry;
    }
  /* Filters look again only at what changes its place in a list. */
  lm_entry_set_record (entry, record);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 1);
  return entry;
}

/* Returns: (transfer none) (nullable): the entry with the id @id */
LmEntry *
lm_entry_list_find (LmEntryList *self, const LmId *id)
{
  gpointer place;

  if (!g_hash_table_lookup_extended (self->places, id, NULL, &place))
    return NULL;
  return self->entries->pdata[GPOINTER_TO_UINT (place)];
}

/* Takes out the entry with the id @id, if it is there. */
void
lm_entry_list_remove (LmEntryList *self, const LmId *id)
{
  gpointer found;
  guint place;

  if (!g_hash_table_lookup_extended (self->places, id, NULL, &found))
    return;
  place = GPOINTER_TO_UINT (found);
  g_hash_table_remove (self->places, id);
  g_ptr_array_remove_index (self->entries, place);
  for (guint i = place; i < self->entries->len; i++)
    g_hash_table_insert (self->places,
                         lm_id_copy (lm_entry_get_id (self->entries->pdata[i])),
                         GUINT_TO_POINTER (i));
  if (place >= self->shown)
    return;
  self->shown--;
  g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
}

/* Takes everything out. */
void
lm_entry_list_clear (LmEntryList *self)
{
  guint before = self->shown;

  self->shown = 0;
  g_hash_table_remove_all (self->places);
  g_ptr_array_set_size (self->entries, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}
