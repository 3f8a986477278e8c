/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "vault/lm-vault-error.h"

/* What came back under a key that was given up: it is kept and told of, and the person decides. An
 * honest file is one that a computer wrote which did not know of the new key yet. */

/* The newest state of @id that this computer has among its versions. */
static LmRecord *
newest_version (LmStore *store, const LmId *id, GError **error)
{
  g_autoptr (GPtrArray) versions = lm_store_list_versions (store, id, NULL, error);
  LmRecord *newest = NULL;

  if (versions == NULL)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    {
      LmRecord *version = versions->pdata[i];

      if (version->kind == LM_RECORD_GONE)
        continue;
      /* What was seen last, rather than a save that failed. */
      if (newest == NULL || lm_seen_knows (store->seen, id, &version->hash))
        newest = version;
    }
  if (newest != NULL)
    return lm_record_ref (newest);
  g_set_error (error,
               LM_STORE_ERROR,
               LM_STORE_ERROR_NOT_FOUND,
               "%s: has no version here",
               lm_id_format (id).digits);
  return NULL;
}

/* Returns: (transfer full): why @file among the entries is left as it is */
LmProblem *
lm_store_problem_with (LmStore *store, const LmScanned *file)
{
  g_autofree char *path = g_build_filename (LM_FOLDER_ENTRIES, file->name, NULL);
  LmProblem *problem =
      lm_problem_new (path, &file->id, file->error != NULL ? g_error_copy (file->error) : NULL);

  if (file->retired == NULL)
    return problem;
  problem->record = lm_record_ref (file->retired);
  if (file->is_own && lm_seen_saves_of (store->seen, &file->id) != NULL)
    {
      g_autoptr (LmRecord) version = newest_version (store, &file->id, NULL);

      problem->has_own = version != NULL;
    }
  return problem;
}

/**
 * lm_store_take_in:
 * @record: what a file says that is sealed with a key that was given up
 * @error: domain %LM_STORE_ERROR; then nothing is decided
 *
 * The person knows this text: from now on its file counts like any other, and gets the present key.
 * It is found by the next lm_store_rescan ().
 */
gboolean
lm_store_take_in (LmStore *store, LmRecord *record, GError **error)
{
  if (!lm_store_check_writable (store, LM_FOLDER_ENTRIES, error))
    return FALSE;
  lm_seen_believe (store->seen, &record->hash);
  store->reseal = TRUE;
  return lm_store_write_seen (store, error);
}

/**
 * lm_store_bring_ours:
 * @id: of a record in whose place lies a file sealed with a key that was given up
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR; then nothing changed
 *
 * Saves what this computer last had of the record. The other file stays beside it.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_bring_ours (LmStore *store, const LmId *id, GError **error)
{
  g_autoptr (LmRecord) version = newest_version (store, id, error);
  g_autoptr (LmContent) content = NULL;

  if (version == NULL)
    return NULL;
  content = lm_record_content (version);
  return lm_store_save (store, id, content, version, NULL, error);
}

/* Whether the key file at @path is of a slot that was given up, and is no way in. */
static gboolean
is_given_up (LmFolder *folder, const char *path)
{
  const LmId *slot = NULL;

  for (guint i = 0; i < lm_folder_problems (folder)->len; i++)
    {
      LmProblem *problem = lm_folder_problems (folder)->pdata[i];

      if (g_str_equal (problem->file, path) &&
          g_error_matches (problem->error, LM_VAULT_ERROR, LM_VAULT_ERROR_RETIRED_SLOT))
        slot = &problem->id;
    }
  for (guint i = 0; slot != NULL && i < lm_folder_n_slots (folder); i++)
    if (lm_id_equal (lm_key_slot_id (lm_folder_get_slot (folder, i)), slot))
      return FALSE;
  return slot != NULL;
}

/**
 * lm_store_remove_slot:
 * @file: the path of a key file below the journal's folder
 * @error: domain %LM_STORE_ERROR
 *
 * Removes the file of a key slot that this computer gave up and that came back, while there are
 * others.
 */
gboolean
lm_store_remove_slot (LmStore *store, const char *file, GError **error)
{
  g_autoptr (LmFolder) now = NULL;
  g_autofree char *name = g_path_get_basename (file);
  gboolean good;
  int keys;

  if (!lm_store_check_writable (store, file, error))
    return FALSE;
  now = lm_folder_read (lm_folder_path (store->folder), error);
  if (now == NULL)
    return FALSE;
  if (!is_given_up (now, file))
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED, "%s: is another one now", file);
      return FALSE;
    }
  keys = lm_folder_open_keys (now, error);
  if (keys < 0)
    return FALSE;
  good = lm_file_remove (keys, name, error) && lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  close (keys);
  return good;
}
