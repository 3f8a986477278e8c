/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "base/lm-fold.h"
#include "search/lm-search-index.h"

typedef struct
{
  LmRecord *record; /* for its id and people */
  char *folded;
} Item;

struct _LmSearchIndex
{
  GHashTable *items;  /* LmId → Item */
  GHashTable *people; /* person's id as text → folded name */
};

static void
wipe (gpointer text)
{
  sodium_memzero (text, strlen (text));
  g_free (text);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  wipe (item->folded);
  lm_record_unref (item->record);
  g_free (item);
}

LmSearchIndex *
lm_search_index_new (void)
{
  LmSearchIndex *index = g_new (LmSearchIndex, 1);

  index->items = g_hash_table_new_full (lm_id_hash, lm_id_equal, NULL, item_free);
  index->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, wipe);
  return index;
}

/* Wipes the text first. */
void
lm_search_index_free (LmSearchIndex *index)
{
  g_hash_table_unref (index->items);
  g_hash_table_unref (index->people);
  g_free (index);
}

/**
 * lm_search_index_take:
 * @record: an entry
 * @folded: (transfer full): lm_fold () of its lm_record_text (), made by whichever thread has time
 *
 * Adds an entry, or replaces what was known of it.
 */
void
lm_search_index_take (LmSearchIndex *index, LmRecord *record, char *folded)
{
  Item *item = g_new (Item, 1);

  *item = (Item) { lm_record_ref (record), folded };
  g_hash_table_replace (index->items, &item->record->id, item);
}

/* Notes what a person is called: entries are found by the names of the people in them. */
void
lm_search_index_set_person (LmSearchIndex *index, const char *id, const char *name)
{
  g_hash_table_replace (index->people, g_strdup (id), lm_fold (name));
}

static gboolean
names_have (LmSearchIndex *index, LmRecord *record, const char *word)
{
  for (guint i = 0; record->people[i] != NULL; i++)
    {
      const char *name = g_hash_table_lookup (index->people, record->people[i]);

      if (name != NULL && strstr (name, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
matches (LmSearchIndex *index, Item *item, const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (item->folded, *words) == NULL && !names_have (index, item->record, *words))
      return FALSE;
  return TRUE;
}

/**
 * lm_search_index_find:
 * @query: as it was typed
 *
 * Returns: (transfer full) (nullable) (element-type LmId): a set with the ids of the entries in
 *   which every word of @query occurs; %NULL if @query has no word
 */
GHashTable *
lm_search_index_find (LmSearchIndex *index, const char *query)
{
  g_auto (GStrv) words = lm_fold_words (query);
  GHashTable *found;
  GHashTableIter iter;
  gpointer value;

  if (words[0] == NULL)
    return NULL;
  found = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, index->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Item *item = value;

      if (matches (index, item, (const char *const *) words))
        g_hash_table_add (found, lm_id_copy (&item->record->id));
    }
  return found;
}
