/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* What lies in the trash, what is gone, and what comes back. */

/* Returns: on how many later days the journal was in use since @record lies in the trash */
gint64
lm_store_days_in_trash (LmStore *store, LmRecord *record)
{
  return lm_seen_days_in_trash (store->seen, record);
}

/* Whether @record was deleted for good, and is no newer than it was then. */
gboolean
lm_store_is_purged (LmStore *store, LmRecord *record)
{
  g_autoptr (LmSaves) saves = NULL;

  return record->kind != LM_RECORD_GONE && lm_seen_is_purged (store->seen, &record->id, &saves) &&
         lm_saves_compare (record->saves, saves) == LM_SAVES_OLDER;
}

/* Returns: (transfer full): that the file at @path holds @record, which was deleted for good */
LmProblem *
lm_store_came_back_problem (const char *path, LmRecord *record)
{
  LmProblem *problem = lm_problem_new (
      path,
      &record->id,
      g_error_new (LM_STORE_ERROR, LM_STORE_ERROR_PURGED, "%s: was deleted for good before", path));

  problem->record = lm_record_ref (record);
  return problem;
}

/**
 * lm_store_take_back:
 * @id: of a record that was deleted for good and has come back
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR
 *
 * The person wants it after all: it is saved as newer than the mark.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_take_back (LmStore *store, const LmId *id, GError **error)
{
  g_autoptr (LmRecord) record = lm_store_read (store, id, error);
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmSaves) saves = NULL;
  LmSaves *united;

  if (record == NULL)
    return NULL;
  content = lm_record_content (record);
  lm_seen_is_purged (store->seen, id, &saves);
  /* Our own copy: nobody else has it. */
  united = lm_saves_unite (record->saves, saves);
  g_clear_pointer (&record->saves, lm_saves_unref);
  record->saves = united;
  return lm_store_save (store, id, content, record, NULL, error);
}

/**
 * lm_store_purge_returned:
 * @record: what was deleted for good and has come back, as the person saw it
 * @error: as of lm_store_purge ()
 *
 * It goes for good once more, out of the snapshots too.
 *
 * Returns: (transfer full): the mark
 */
LmRecord *
lm_store_purge_returned (LmStore *store, LmRecord *record, GError **error)
{
  return lm_store_purge (store, &record->id, &record->hash, TRUE, error)
             ? lm_store_read (store, &record->id, error)
             : NULL;
}

/**
 * lm_store_tidy_gone:
 * @id: of a record with versions here
 *
 * If the record was deleted for good on another computer, its versions go here too, but only if
 * that computer had seen all of them. Else they stay.
 */
gboolean
lm_store_tidy_gone (LmStore *store, const LmId *id, GError **error)
{
  g_autoptr (LmRecord) gone = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GPtrArray) problems =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);

  if (store->shared || store->read_only || lm_store_has_aside (store) ||
      lm_store_has_draft (store, id))
    return TRUE;
  gone = lm_store_read (store, id, NULL);
  if (gone == NULL || gone->kind != LM_RECORD_GONE)
    return TRUE;
  files = lm_store_find_files (store, id, error);
  if (files == NULL)
    return FALSE;
  /* A text beside the mark waits for the person, and may need what it began from. */
  if (files->len > 1)
    return TRUE;
  versions = lm_store_list_versions (store, id, problems, error);
  if (versions == NULL)
    return FALSE;
  if (problems->len > 0)
    return TRUE;
  for (guint i = 0; i < versions->len; i++)
    {
      LmRecord *version = versions->pdata[i];

      if (version->kind != LM_RECORD_GONE &&
          lm_saves_compare (version->saves, gone->saves) != LM_SAVES_OLDER)
        return TRUE;
    }
  return lm_store_remove_versions (store, id, error);
}
