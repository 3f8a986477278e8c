/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-store-private.h"

/* All files of one record, under whatever names, read afresh: for what must not overlook one. */

static void
store_file_free (gpointer data)
{
  LmStoreFile *file = data;

  g_free (file->folder);
  g_free (file->name);
  g_clear_pointer (&file->record, lm_record_unref);
  g_free (file);
}

static gboolean
mentions (GBytes *file, const LmId *id)
{
  gsize length;
  const char *text = g_bytes_get_data (file, &length);

  return memmem (text, length, lm_id_format (id).digits, LM_ID_DIGITS) != NULL;
}

static gboolean
find_in_folder (LmStore *store,
                int folder,
                const char *folder_name,
                const LmId *id,
                GPtrArray *found,
                GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", error);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (GBytes) file = NULL;
      g_autoptr (GBytes) payload = NULL;
      LmStoreFile *match;
      LmId inside;

      if (!g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".part"))
        continue;
      file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, NULL);
      if (file == NULL ? strstr (name, lm_id_format (id).digits) == NULL : !mentions (file, id))
        continue;
      if (file != NULL)
        payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &inside, NULL);
      if (payload != NULL && !lm_id_equal (&inside, id))
        continue;
      match = g_new (LmStoreFile, 1);
      *match = (LmStoreFile) { g_strdup (folder_name),
                               g_strdup (name),
                               payload != NULL ? lm_record_read (id, payload, NULL) : NULL };
      g_ptr_array_add (found, match);
    }
  return TRUE;
}

/**
 * lm_store_find_files_in:
 * @entries: a folder of records, of the journal or of a snapshot
 *
 * Returns: (transfer full) (element-type LmStoreFile): all files in it that are of the record @id,
 *   or say so and cannot be opened
 */
GPtrArray *
lm_store_find_files_in (LmStore *store, int entries, const LmId *id, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (store_file_free);
  g_autoptr (GPtrArray) names = lm_file_list (entries, ".", error);

  if (names == NULL || !find_in_folder (store, entries, ".", id, found, error))
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      gboolean good;
      int shard;

      if (!lm_file_name_is_shard (name))
        continue;
      shard = lm_file_open_folder (entries, name, error);
      if (shard < 0)
        return NULL;
      good = find_in_folder (store, shard, name, id, found, error);
      close (shard);
      if (!good)
        return NULL;
    }
  return g_steal_pointer (&found);
}

GPtrArray *
lm_store_find_files (LmStore *store, const LmId *id, GError **error)
{
  return lm_store_find_files_in (store, store->entries, id, error);
}
