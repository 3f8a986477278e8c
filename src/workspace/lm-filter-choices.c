/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "base/lm-fold.h"
#include "workspace/lm-filter-choices.h"
#include "workspace/lm-workspace-private.h"

/* Looks at the entries once, and at no text in them, when somebody opens the filters. */

static int
by_alphabet (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

static GStrv
sorted (GHashTable *set)
{
  GPtrArray *list = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    g_ptr_array_add (list, g_strdup (text));
  g_ptr_array_sort (list, by_alphabet);
  g_ptr_array_add (list, NULL);
  return (GStrv) g_ptr_array_free (list, FALSE);
}

/* Of tags that differ in case and accents alone, which searches find alike, keeps the one that is
 * written most often. @counts: tag → number of entries */
static void
unite (GHashTable *counts)
{
  g_autoptr (GHashTable) best = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer tag, count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &tag, &count))
    {
      g_autofree char *folded = lm_fold (tag);
      const char *other = g_hash_table_lookup (best, folded);
      guint others = other != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (counts, other)) : 0;

      if (GPOINTER_TO_UINT (count) > others ||
          (GPOINTER_TO_UINT (count) == others && strcmp (tag, other) < 0))
        g_hash_table_insert (best, g_steal_pointer (&folded), tag);
    }
  g_hash_table_remove_all (counts);
  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    g_hash_table_add (counts, tag);
}

/* Returns: (nullable): what the guide with the id @id is called */
static const char *
title_of (LmWorkspace *self, const char *id)
{
  const char *title =
      self->guide_titles != NULL ? g_hash_table_lookup (self->guide_titles, id) : NULL;
  LmId own;

  if (title == NULL && lm_id_parse (id, -1, &own))
    {
      LmEntry *guide = lm_entry_list_find (self->guides, &own);

      title = guide != NULL ? lm_entry_get_title (guide) : NULL;
    }
  return title;
}

/* Returns: (transfer full): what the entries can be filtered by now */
LmFilterChoices *
lm_workspace_filter_choices (LmWorkspace *self)
{
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) guides = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  LmFilterChoices *choices = g_new (LmFilterChoices, 1);
  GHashTableIter iter;
  gpointer id;

  /* The lists and their records stay while the sets borrow from them. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (LmEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);
      LmRecord *record = lm_entry_get_record (entry);

      if (record->deleted)
        continue;
      for (char **tag = record->tags; *tag != NULL; tag++)
        g_hash_table_insert (
            tags,
            *tag,
            GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (tags, *tag)) + 1));
      if (record->guide != NULL)
        g_hash_table_add (ids, record->guide);
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (title_of (self, id) != NULL)
      g_hash_table_add (guides, (char *) title_of (self, id));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->people)); i++)
    {
      g_autoptr (LmEntry) person = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (!lm_entry_get_deleted (person) && lm_entry_get_title (person)[0] != '\0')
        g_hash_table_add (people, (char *) lm_entry_get_title (person));
    }
  unite (tags);
  *choices = (LmFilterChoices) { sorted (tags), sorted (guides), sorted (people) };
  return choices;
}

void
lm_filter_choices_free (LmFilterChoices *choices)
{
  g_strfreev (choices->tags);
  g_strfreev (choices->guides);
  g_strfreev (choices->people);
  g_free (choices);
}
