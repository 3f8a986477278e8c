/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "journal/lm-thinning.h"

/* What this computer keeps of the earlier states of a record: every one that it saved or replaced,
 * also those of saves that failed at the last step. */

static char *
version_name (const LmId *hash)
{
  return g_strdup_printf ("%s.json", lm_id_format (hash).digits);
}

/* Opens the version @name in @folder, of the record @id. */
static LmRecord *
read_version (LmStore *store, int folder, const char *name, const LmId *id, GError **error)
{
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, error);
  g_autoptr (GBytes) payload = NULL;
  LmId inside;

  if (file == NULL)
    return NULL;
  payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &inside, error);
  if (payload == NULL)
    return NULL;
  if (!lm_id_equal (&inside, id))
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: of another record", name);
      return NULL;
    }
  return lm_record_read (id, payload, error);
}

/* Returns: a descriptor of the folder of the versions of @id, or -1 where there are none */
static int
open_versions (LmStore *store, const LmId *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  int folder =
      lm_file_open_folder (lm_local_versions (store->local), lm_id_format (id).digits, &local);

  if (folder < 0 && !g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return folder;
}

/* The order of saving, as far as it can be told: by the number of saves, then by the clock of then,
 * then by anything that is the same everywhere. */
static int
newest_first (gconstpointer a, gconstpointer b)
{
  LmRecord *const *x = a, *const *y = b;
  gint64 sum_x = lm_saves_sum ((*x)->saves), sum_y = lm_saves_sum ((*y)->saves);

  if (sum_x != sum_y)
    return sum_x > sum_y ? -1 : 1;
  if ((*x)->modified != NULL && (*y)->modified != NULL)
    {
      int order = g_date_time_compare ((*y)->modified, (*x)->modified);

      if (order != 0)
        return order;
    }
  else if ((*x)->modified != (*y)->modified)
    return (*x)->modified != NULL ? -1 : 1;
  return lm_id_compare (&(*x)->hash, &(*y)->hash);
}

/**
 * lm_store_list_versions:
 * @id: of a record
 * @problems: (nullable) (element-type LmProblem): gets the files that cannot be opened
 * @error: domain %LM_STORE_ERROR; that there are no versions is no error
 *
 * Which of them is the present state tells its hash only: there may be newer ones, of saves that
 * failed, and several with equal counts.
 *
 * Returns: (transfer full) (element-type LmRecord): the versions here, the newest first
 */
GPtrArray *
lm_store_list_versions (LmStore *store, const LmId *id, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) versions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GError) local = NULL;
  int folder = open_versions (store, id, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (folder < 0)
    return g_steal_pointer (&versions);
  names = lm_file_list (folder, ".", error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (GError) reason = NULL;
      LmRecord *version;

      if (!lm_file_name_is_json (name))
        continue;
      version = read_version (store, folder, name, id, &reason);
      if (version != NULL)
        g_ptr_array_add (versions, version);
      else if (problems != NULL)
        {
          g_autofree char *path =
              g_build_filename (LM_LOCAL_VERSIONS, lm_id_format (id).digits, name, NULL);

          g_ptr_array_add (problems, lm_problem_new (path, id, g_steal_pointer (&reason)));
        }
    }
  close (folder);
  if (names == NULL)
    return NULL;
  g_ptr_array_sort (versions, newest_first);
  return g_steal_pointer (&versions);
}

/**
 * lm_store_read_version:
 * @hash: of its payload
 * @error: %LM_STORE_ERROR_NOT_FOUND, or why it cannot be opened
 *
 * Returns: (transfer full): one version of the record @id
 */
LmRecord *
lm_store_read_version (LmStore *store, const LmId *id, const LmId *hash, GError **error)
{
  g_autofree char *name = version_name (hash);
  g_autoptr (LmRecord) version = NULL;
  int folder =
      lm_file_open_folder (lm_local_versions (store->local), lm_id_format (id).digits, error);

  if (folder < 0)
    return NULL;
  version = read_version (store, folder, name, id, error);
  close (folder);
  if (version != NULL && !lm_id_equal (&version->hash, hash))
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: holds another text", name);
      return NULL;
    }
  return g_steal_pointer (&version);
}

/**
 * lm_store_list_versioned:
 *
 * Returns: (transfer full) (element-type LmId): the records that have versions here
 */
GPtrArray *
lm_store_list_versioned (LmStore *store, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (lm_local_versions (store->local), ".", error);
  GPtrArray *ids;
  LmId id;

  if (names == NULL)
    return NULL;
  ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < names->len; i++)
    if (lm_id_parse (names->pdata[i], -1, &id))
      g_ptr_array_add (ids, lm_id_copy (&id));
  return ids;
}

/**
 * lm_store_restore_version:
 * @hash: of the version to bring back
 * @before: (out) (optional) (transfer full): the state until now, to undo it with its hash
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR; then nothing changed
 *
 * Saves a version as the newest state. Whether the record is in the trash does not change by that.
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_restore_version (
    LmStore *store, const LmId *id, const LmId *hash, LmRecord **before, GError **error)
{
  g_autoptr (LmRecord) present = lm_store_read (store, id, error);
  g_autoptr (LmRecord) version = NULL;
  g_autoptr (LmContent) content = NULL;
  g_autoptr (LmContent) present_content = NULL;
  LmRecord *saved;

  if (present == NULL)
    return NULL;
  version = lm_store_read_version (store, id, hash, error);
  if (version == NULL)
    return NULL;
  if (version->kind != present->kind || version->kind == LM_RECORD_OTHER ||
      version->kind == LM_RECORD_GONE)
    {
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_CHANGED,
                   "%s: is no longer of the same kind",
                   lm_id_format (id).digits);
      return NULL;
    }
  content = lm_record_content (version);
  present_content = lm_record_content (present);
  lm_content_copy_deleted (content, present_content);
  saved = lm_store_save (store, id, content, present, NULL, error);
  if (saved != NULL && before != NULL)
    *before = g_steal_pointer (&present);
  return saved;
}

/* Thinning ------------------------------------------------------------------------------
 *
 * The only part that removes text which nobody asked to remove. The choice by age is made in
 * lm-thinning.c; here is what must stay whatever its age. Wherever something cannot be told, all
 * stays. */

/* The bases of the drafts of @id. FALSE if some draft cannot be opened, whosever it may be. */
static gboolean
collect_draft_bases (LmStore *store, const LmId *id, GHashTable *bases)
{
  g_autoptr (GPtrArray) names = lm_file_list (lm_local_drafts (store->local), ".", NULL);

  if (names == NULL || lm_store_has_aside (store))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (LmDraftFile) draft = NULL;
      LmId inside;

      draft = lm_store_read_draft (store, name, &inside, NULL);
      if (draft == NULL && name[0] == '.')
        continue; /* one that never came to be; the draft before it is still there */
      if (draft == NULL)
        return FALSE;
      if (draft->has_base && lm_id_equal (&inside, id))
        g_hash_table_add (bases, lm_id_copy (&draft->base));
    }
  return TRUE;
}

/* How often this computer had saved the record when @version was saved by it; 0 if it was not. */
static gint64
own_count (LmStore *store, LmRecord *version)
{
  LmIdText device = lm_id_format (lm_store_device (store));
  g_autoptr (LmContent) content = lm_record_content (version);

  if (g_strcmp0 (lm_json_get_string (lm_content_json (content), "device"), device.digits) != 0)
    return 0;
  return lm_saves_count (version->saves, lm_store_device (store));
}

static gint64
newest_own_count (LmStore *store, GPtrArray *versions)
{
  gint64 newest = 0;

  for (guint i = 0; i < versions->len; i++)
    newest = MAX (newest, own_count (store, versions->pdata[i]));
  return newest;
}

/* Returns: (transfer full): for each of @versions, from the newest, whether it goes; only those
 * before @present in its own line are ever chosen */
static LmThinItem *
choose (LmStore *store, GPtrArray *versions, LmRecord *present, GHashTable *bases)
{
  g_autoptr (GDateTime) now = lm_clock_now (store->clock);
  LmThinItem *items = g_new0 (LmThinItem, versions->len);
  gint64 own = newest_own_count (store, versions);

  for (guint i = 0; i < versions->len; i++)
    {
      LmRecord *version = versions->pdata[versions->len - 1 - i];

      items[i].modified = version->modified;
      items[i].held = version->saves == NULL ||
                      lm_saves_compare (version->saves, present->saves) != LM_SAVES_OLDER ||
                      version->kind != present->kind ||
                      g_hash_table_contains (bases, &version->hash) ||
                      (own > 0 && own_count (store, version) == own);
    }
  lm_thinning_choose (items, versions->len, lm_seen_days (store->seen), now);
  return items;
}

/* Whether the one file of @present is all that there is of it in the journal: no copy waits for the
 * person, no file that may be one fails to open. */
static gboolean
is_settled (LmStore *store, LmRecord *present)
{
  g_autoptr (GPtrArray) files = lm_store_find_files (store, &present->id, NULL);

  return files != NULL && files->len == 1;
}

/**
 * lm_store_thin_versions:
 * @id: of a record
 * @removed: (out) (optional): how many went
 * @error: domain %LM_STORE_ERROR; the others that were chosen stay
 *
 * Removes versions that are one too many for their age. Never the newest of this computer, never a
 * side of an open conflict, never the base of a draft, never what is on disk; nothing at all while
 * a draft cannot be opened, the record is not settled, or another program has the journal open.
 */
gboolean
lm_store_thin_versions (LmStore *store, const LmId *id, guint *removed, GError **error)
{
  g_autoptr (GHashTable) bases = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (LmRecord) present = NULL;
  g_autofree LmThinItem *items = NULL;
  gboolean good = TRUE, settled = FALSE;
  guint count = 0;
  int folder;

  if (removed != NULL)
    *removed = 0;
  if (store->shared || store->read_only)
    return TRUE;
  present = lm_store_read (store, id, NULL);
  if (present == NULL || present->saves == NULL || present->kind == LM_RECORD_OTHER ||
      present->kind == LM_RECORD_GONE || !collect_draft_bases (store, id, bases))
    return TRUE;
  versions = lm_store_list_versions (store, id, NULL, error);
  if (versions == NULL)
    return FALSE;
  items = choose (store, versions, present, bases);
  folder = open_versions (store, id, error);
  if (folder < 0)
    return versions->len == 0;
  for (guint i = 0; i < versions->len && good; i++)
    {
      LmRecord *version = versions->pdata[versions->len - 1 - i];
      g_autofree char *name = version_name (&version->hash);

      if (!items[i].goes || lm_id_equal (&version->hash, &present->hash))
        continue;
      if (!settled && !(settled = is_settled (store, present)))
        break;
      good = lm_file_remove (folder, name, error);
      count += good;
    }
  close (folder);
  if (removed != NULL)
    *removed = count;
  return good;
}
