/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* Deleting for good. What is to be done is noted first, then the record gives way to the mark
 * "gone", and only when that mark is safe on the disk does the rest follow: a crash leaves either
 * the whole record, or a purge that goes on when the journal is opened next. */

#define SNAPSHOTS   "snapshots"
#define ATTACHMENTS "attachments"

static gboolean
remove_found (int entries, LmStoreFile *file, GError **error)
{
  int folder = lm_file_open_folder (entries, file->folder, error);
  gboolean good;

  if (folder < 0)
    return FALSE;
  good =
      lm_file_remove (folder, file->name, error) && lm_file_sync_folder (folder, file->name, error);
  close (folder);
  return good;
}

/* Snapshots --------------------------------------------------------------------------------- */

typedef gboolean (*SnapshotFunc) (
    LmStore *store, int snapshot, const char *name, gpointer data, GError **error);

/* Calls @func for every snapshot, also for one that was not finished. */
static gboolean
for_each_snapshot (LmStore *store, SnapshotFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gboolean good = TRUE;
  int snapshots = lm_file_open_folder (lm_local_folder (store->local), LM_LOCAL_SNAPSHOTS, &local);

  if (snapshots < 0)
    {
      if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  names = lm_file_list (snapshots, ".", error);
  good = names != NULL;
  for (guint i = 0; good && i < names->len; i++)
    {
      int snapshot = openat (snapshots, names->pdata[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);

      if (snapshot < 0 && errno == ENOTDIR)
        continue;
      if (snapshot < 0)
        {
          lm_file_set_error (error, errno, names->pdata[i]);
          good = FALSE;
          break;
        }
      good = func (store, snapshot, names->pdata[i], data, error);
      close (snapshot);
    }
  close (snapshots);
  return good;
}

/* Returns: a descriptor of the folder @name in @parent; -1 without an error where it is not there
 */
static int
open_if_there (int parent, const char *name, GError **error)
{
  g_autoptr (GError) local = NULL;
  int folder = lm_file_open_folder (parent, name, &local);

  if (folder < 0 && !g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&local));
  return folder;
}

typedef struct
{
  const LmId *id;
  GStrv attachments;
} Purge;

/* A sync tool may have given one of them another name. */
static gboolean
remove_attachment_copies (LmStore *store, int folder, GStrv attachments, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (folder, ".", error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      LmId id;

      if (lm_store_attachment_copy_of (store, folder, names->pdata[i], &id) &&
          g_strv_contains ((const char *const *) attachments, lm_id_format (&id).digits) &&
          !lm_file_remove (folder, names->pdata[i], error))
        return FALSE;
    }
  return names != NULL;
}

static gboolean
remove_attachments_in (
    LmStore *store, int parent, const char *name, GStrv attachments, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean good = TRUE;
  int folder;

  if (attachments[0] == NULL)
    return TRUE;
  folder = open_if_there (parent, name, &local);
  if (folder < 0)
    {
      if (local == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; attachments[i] != NULL && good; i++)
    {
      g_autofree char *file = g_strdup_printf ("%s.bin", attachments[i]);

      good = lm_file_remove (folder, file, error);
    }
  good = good && remove_attachment_copies (store, folder, attachments, error) &&
         lm_file_sync_folder (folder, name, error);
  close (folder);
  return good;
}

static gboolean
take_out_of_snapshot (LmStore *store, int snapshot, const char *name, gpointer data, GError **error)
{
  Purge *purge = data;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) local = NULL;
  gboolean good = TRUE;
  int entries = open_if_there (snapshot, LM_FOLDER_ENTRIES, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (entries >= 0)
    {
      files = lm_store_find_files_in (store, entries, purge->id, error);
      good = files != NULL;
      for (guint i = 0; good && i < files->len; i++)
        good = remove_found (entries, files->pdata[i], error);
      close (entries);
    }
  return good &&
         remove_attachments_in (store, snapshot, LM_FOLDER_ATTACHMENTS, purge->attachments, error);
}

typedef struct
{
  const LmId *id;
  guint count;
  GDateTime *newest;
} Count;

static gboolean
count_in_snapshot (LmStore *store, int snapshot, const char *name, gpointer data, GError **error)
{
  Count *count = data;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GDateTime) made = NULL;
  gboolean holds = FALSE;
  int entries = lm_file_open_folder (snapshot, LM_FOLDER_ENTRIES, NULL);

  if (entries < 0)
    return TRUE;
  files = lm_store_find_files_in (store, entries, count->id, NULL);
  close (entries);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      LmStoreFile *file = files->pdata[i];

      holds = holds || file->record == NULL || file->record->kind != LM_RECORD_GONE;
    }
  if (!holds)
    return TRUE;
  count->count++;
  made = lm_snapshot_time (name);
  if (made != NULL && (count->newest == NULL || g_date_time_compare (made, count->newest) > 0))
    {
      g_clear_pointer (&count->newest, g_date_time_unref);
      count->newest = g_steal_pointer (&made);
    }
  return TRUE;
}

/**
 * lm_store_count_snapshots:
 * @newest: (out) (optional) (transfer full) (nullable): when the newest of them was made
 *
 * Returns: how many snapshots on this computer hold the record @id
 */
guint
lm_store_count_snapshots (LmStore *store, const LmId *id, GDateTime **newest)
{
  Count count = { id, 0, NULL };

  for_each_snapshot (store, count_in_snapshot, &count, NULL);
  if (newest != NULL)
    *newest = count.newest;
  else
    g_clear_pointer (&count.newest, g_date_time_unref);
  return count.count;
}

/* Attachments ---------------------------------------------------------------------------------- */

static void
add_attachments (GHashTable *ids, LmRecord *record)
{
  g_autoptr (LmContent) content = lm_record_content (record);
  JsonArray *attachments = lm_json_get_array (lm_content_json (content), "attachments");

  for (guint i = 0; i < lm_json_array_size (attachments); i++)
    {
      const char *text = lm_json_get_string (lm_json_at_object (attachments, i), "id");
      LmId id;

      /* Only what is an id is ever used in a path. */
      if (text != NULL && lm_id_parse (text, -1, &id))
        g_hash_table_add (ids, lm_id_to_string (&id));
    }
}

/* Takes those out of @ids that some other record has too. */
static gboolean
drop_used (LmStore *store, GHashTable *ids, const LmId *own, GError **error)
{
  g_autoptr (GPtrArray) names = lm_scan_list (store, error);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const LmScanned *file = lm_scan_look (store, names->pdata[i]);
      g_autoptr (GHashTable) used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      GHashTableIter iter;
      gpointer id;

      if (file == NULL || file->record == NULL || lm_id_equal (&file->id, own))
        continue;
      add_attachments (used, file->record);
      g_hash_table_iter_init (&iter, used);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_hash_table_remove (ids, id);
    }
  return names != NULL;
}

/* The attachments that belong to @present, its copies, its versions or its draft, and to no other
 * record. */
static gboolean
collect_attachments (LmStore *store, LmRecord *present, JsonArray *array, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) versions = lm_store_list_versions (store, &present->id, NULL, error);
  g_autoptr (LmDraftFile) draft = NULL;
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (&present->id).digits);
  GHashTableIter iter;
  gpointer key;
  LmId inside;

  if (versions == NULL)
    return FALSE;
  add_attachments (ids, present);
  for (guint i = 0; i < versions->len; i++)
    add_attachments (ids, versions->pdata[i]);
  draft = lm_store_read_draft (store, name, &inside, NULL);
  if (draft != NULL)
    add_attachments (ids, draft->record);
  if (g_hash_table_size (ids) > 0 && !drop_used (store, ids, &present->id, error))
    return FALSE;
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    json_array_add_string_element (array, key);
  return TRUE;
}

static GStrv
read_attachments (JsonObject *what)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = lm_json_get_array (what, ATTACHMENTS);

  for (guint i = 0; i < lm_json_array_size (array); i++)
    {
      const char *text = lm_json_at_string (array, i);
      LmId id;

      if (text != NULL && lm_id_parse (text, -1, &id))
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

/* The steps behind the mark -------------------------------------------------------------------- */

/* Copies of what is gone, under other names, that are no newer than it was. What is newer, or
 * cannot be opened, stays. */
static gboolean
remove_older_copies (LmStore *store, LmRecord *gone, GError **error)
{
  g_autoptr (GPtrArray) files = lm_store_find_files (store, &gone->id, error);
  g_autofree char *ours = g_strdup_printf ("-%s-", lm_id_format (lm_store_device (store)).digits);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      LmStoreFile *file = files->pdata[i];
      gboolean foreign = file->name[0] == '.' && strstr (file->name, ours) == NULL;

      if (file->record != NULL && !foreign && file->record->kind != LM_RECORD_GONE &&
          lm_saves_compare (file->record->saves, gone->saves) == LM_SAVES_OLDER &&
          !remove_found (store->entries, file, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_draft (LmStore *store, const LmId *id, GError **error)
{
  int drafts = lm_local_drafts (store->local);
  g_autoptr (GPtrArray) names = lm_file_list (drafts, ".", error);

  if (names == NULL || !lm_store_drop_draft (store, id, error) ||
      !lm_store_drop_draft_beside (store, id, error))
    return FALSE;
  /* And what an interrupted save of it left. */
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (LmDraftFile) draft = NULL;
      LmId inside;

      if (name[0] != '.')
        continue;
      draft = lm_store_read_draft (store, name, &inside, NULL);
      if (draft != NULL && lm_id_equal (&inside, id) && !lm_file_remove (drafts, name, error))
        return FALSE;
    }
  return lm_file_sync_folder (drafts, LM_LOCAL_DRAFTS, error);
}

/* Removes all versions of @id here. */
gboolean
lm_store_remove_versions (LmStore *store, const LmId *id, GError **error)
{
  LmIdText name = lm_id_format (id);
  int versions = lm_local_versions (store->local);
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) names = NULL;
  gboolean good;
  int folder = open_if_there (versions, name.digits, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (folder < 0)
    return TRUE;
  names = lm_file_list (folder, ".", error);
  good = names != NULL;
  for (guint i = 0; good && i < names->len; i++)
    good = lm_file_remove (folder, names->pdata[i], error);
  close (folder);
  if (!good)
    return FALSE;
  if (unlinkat (versions, name.digits, AT_REMOVEDIR) != 0 && errno != ENOENT)
    {
      lm_file_set_error (error, errno, name.digits);
      return FALSE;
    }
  return lm_file_sync_folder (versions, name.digits, error);
}

/* How long a snapshot that is being given up is waited for, and how often it is looked. */
#define PATIENCE_US (5 * G_USEC_PER_SEC)
#define LOOK_US     (20 * 1000)

/* Nobody makes or restores a snapshot meanwhile. Returns: (transfer full): the lock */
static LmSnapshots *
lock_snapshots (LmStore *store, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = lm_snapshots_open (lm_vault_journal (store->vault), error);

  for (guint waited = 0; snapshots != NULL; waited += LOOK_US)
    {
      g_autoptr (GError) local = NULL;

      if (lm_snapshots_lock (snapshots, &local))
        return g_steal_pointer (&snapshots);
      if (!g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_BUSY) || waited >= PATIENCE_US)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_usleep (LOOK_US);
    }
  return NULL;
}

static gboolean
finish_purge (LmStore *store, LmRecord *gone, JsonObject *what, GError **error)
{
  g_auto (GStrv) attachments = read_attachments (what);
  Purge purge = { &gone->id, attachments };

  /* The mark took the place of the old text, which went out of the folder unsynced: it must not
   * come back with the power. */
  if (!remove_older_copies (store, gone, error) ||
      !lm_file_sync_folder (store->entries, LM_FOLDER_ENTRIES, error) ||
      !remove_draft (store, &gone->id, error) ||
      !remove_attachments_in (store,
                              store->entries,
                              "../" LM_FOLDER_ATTACHMENTS,
                              attachments,
                              error))
    return FALSE;
  if (lm_json_get_boolean (what, SNAPSHOTS) &&
      !for_each_snapshot (store, take_out_of_snapshot, &purge, error))
    return FALSE;
  if (!lm_store_remove_versions (store, &gone->id, error))
    return FALSE;
  lm_seen_note_purged (store->seen, &gone->id, gone->saves);
  lm_seen_end_purge (store->seen, &gone->id);
  return lm_store_write_seen (store, error);
}

/**
 * lm_store_finish_purges:
 *
 * Takes up the purges that were interrupted. One whose mark never came to be is forgotten: the
 * record is whole. Only for who has the journal alone.
 */
void
lm_store_finish_purges (LmStore *store)
{
  g_autoptr (GPtrArray) ids = lm_seen_list_purges (store->seen);

  for (guint i = 0; i < ids->len; i++)
    {
      const LmId *id = ids->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (LmRecord) record = lm_store_read (store, id, &error);

      if (record != NULL && record->kind == LM_RECORD_GONE)
        {
          JsonObject *what = lm_seen_get_purge (store->seen, id);
          g_autoptr (LmSnapshots) lock = NULL;

          if (lm_json_get_boolean (what, SNAPSHOTS))
            lock = lock_snapshots (store, NULL);
          if (lock != NULL || !lm_json_get_boolean (what, SNAPSHOTS))
            finish_purge (store, record, what, NULL);
        }
      else if (record != NULL)
        lm_seen_end_purge (store->seen, id);
      /* Else it is not there just now, or cannot be opened: next time. */
    }
}

/* Deleting for good ------------------------------------------------------------------------------
 */

/* Whether nothing of the record in the journal is newer than what the person saw, or unlike it. */
static gboolean
check_settled (LmStore *store, LmRecord *present, GError **error)
{
  g_autoptr (GPtrArray) files = lm_store_find_files (store, &present->id, error);

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      LmStoreFile *file = files->pdata[i];

      if (file->record == NULL || lm_id_equal (&file->record->hash, &present->hash) ||
          lm_saves_compare (file->record->saves, present->saves) == LM_SAVES_OLDER)
        continue;
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_CHANGED,
                   "%s: another copy of it waits to be looked at",
                   file->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
may_purge (LmStore *store, LmRecord *present, const LmId *hash, GError **error)
{
  LmIdText name = lm_id_format (&present->id);

  if (!lm_store_check_writable (store, name.digits, error))
    return FALSE;
  if (store->shared)
    g_set_error (error,
                 LM_STORE_ERROR,
                 LM_STORE_ERROR_BUSY,
                 "%s: another program has this journal open",
                 name.digits);
  else if (present->kind == LM_RECORD_OTHER)
    g_set_error (error,
                 LM_STORE_ERROR,
                 LM_STORE_ERROR_TOO_NEW,
                 "%s: was made by a newer version",
                 name.digits);
  else if (!lm_id_equal (&present->hash, hash))
    g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED, "%s: was changed", name.digits);
  else
    return check_settled (store, present, error);
  return FALSE;
}

/**
 * lm_store_purge:
 * @id: of a record
 * @hash: of the state that the person wants to be rid of
 * @snapshots: whether it is to be taken out of the snapshots on this computer too
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR. %LM_STORE_ERROR_CHANGED: there is another text
 *   of it; nothing went. An error behind the mark leaves a purge that goes on at the next start
 *
 * Deletes a record for good, with its drafts, versions and attachments here. The mark that stays
 * holds no word of it. A sync service or a backup may keep old copies; that is beyond our reach.
 */
gboolean
lm_store_purge (
    LmStore *store, const LmId *id, const LmId *hash, gboolean snapshots, GError **error)
{
  g_autoptr (LmRecord) present = lm_store_read (store, id, error);
  g_autoptr (LmRecord) gone = NULL;
  g_autoptr (LmSnapshots) lock = NULL;
  g_autoptr (JsonObject) what = NULL;
  JsonArray *attachments = json_array_new ();
  g_autoptr (LmSaves) purged_saves = NULL;
  gboolean conflict = FALSE;

  if (present == NULL || !may_purge (store, present, hash, error) ||
      (snapshots && (lock = lock_snapshots (store, error)) == NULL) ||
      !collect_attachments (store, present, attachments, error))
    {
      json_array_unref (attachments);
      return FALSE;
    }
  what = json_object_new ();
  json_object_set_string_member (what, "hash", lm_id_format (&present->hash).digits);
  json_object_set_boolean_member (what, SNAPSHOTS, snapshots);
  json_object_set_array_member (what, ATTACHMENTS, attachments);
  lm_seen_begin_purge (store->seen, id, json_object_ref (what));
  if (!lm_store_write_seen (store, error))
    {
      lm_seen_end_purge (store->seen, id);
      return FALSE;
    }
  /* One that came back is to be older than its new mark. Our own copy: nobody else has it. */
  if (lm_seen_is_purged (store->seen, id, &purged_saves))
    {
      LmSaves *united = lm_saves_unite (present->saves, purged_saves);

      g_clear_pointer (&present->saves, lm_saves_unref);
      present->saves = united;
    }
  if (!lm_store_put_gone (store, present, &conflict, error))
    return FALSE; /* whether the mark is there tells the next start */
  if (conflict)
    {
      lm_seen_end_purge (store->seen, id);
      g_set_error (error,
                   LM_STORE_ERROR,
                   LM_STORE_ERROR_CHANGED,
                   "%s: was changed meanwhile",
                   lm_id_format (id).digits);
      return FALSE;
    }
  gone = lm_store_read (store, id, error);
  return gone != NULL && finish_purge (store, gone, what, error);
}
