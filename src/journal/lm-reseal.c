/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-reseal-file.h"
#include "journal/lm-reseal.h"
#include "journal/lm-retired.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-error.h"
#include "vault/lm-vault-error.h"

/* After the slots of a rotation stand (lm-rekey.c): every file gets the new key, some at a time, so
 * that saving goes on between them. Whatever kills the program, the next opening goes on: what is
 * done is told by the files themselves. Entries come before versions, for a save may still put the
 * file that it displaced among these. */

typedef enum
{
  STAGE_ENTRIES,
  STAGE_ATTACHMENTS,
  STAGE_DRAFTS,
  STAGE_VERSIONS,
  STAGE_SNAPSHOTS,
  N_STAGES,
} Stage;

typedef struct
{
  char *folder; /* below the one that the stage begins at; "." for itself */
  char *name;
  Stage kind; /* what the file is */
} Item;

struct _LmReseal
{
  guint stage;
  GPtrArray *items; /* of the stage */
  guint next;
  guint done;
  guint total;
  int base;     /* of the stage, or -1 */
  int folder;   /* of the last item, or -1 */
  char *opened; /* the name of that */
  LmSnapshots *snapshots;
  GHashTable *linked; /* file as text → its path below the snapshots, sealed anew */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->folder);
  g_free (item->name);
  g_free (item);
}

static void
close_file (int *file)
{
  if (*file >= 0)
    close (*file);
  *file = -1;
}

/* Gives up what is under way; the next lm_store_reseal () begins anew and finds what is left. */
void
lm_store_reseal_stop (LmStore *store)
{
  LmReseal *reseal = g_steal_pointer (&store->resealing);

  if (reseal == NULL)
    return;
  close_file (&reseal->folder);
  close_file (&reseal->base);
  if (reseal->snapshots != NULL)
    {
      lm_snapshots_unlock (reseal->snapshots);
      lm_snapshots_close (reseal->snapshots);
    }
  g_clear_pointer (&reseal->items, g_ptr_array_unref);
  g_hash_table_unref (reseal->linked);
  g_free (reseal->opened);
  g_free (reseal);
}

/* What is there to do ---------------------------------------------------------------------- */

/* Returns: whether some file may be sealed with a key that was given up */
LmResealState
lm_store_reseal_state (LmStore *store)
{
  g_autoptr (LmRotation) rotation = lm_seen_get_rotation (store->seen);
  guint32 generation = lm_vault_generation (store->vault);

  if (store->outdated)
    return LM_RESEAL_NOTHING;
  if (rotation != NULL && rotation->generation > generation)
    return LM_RESEAL_ELSEWHERE;
  if (store->read_only || store->shared)
    return LM_RESEAL_NOTHING;
  return rotation != NULL || store->reseal || lm_seen_resealed (store->seen) < generation
             ? LM_RESEAL_NEEDED
             : LM_RESEAL_NOTHING;
}

/* Whether a recovery code was made that nobody saw. */
gboolean
lm_store_code_is_untold (LmStore *store)
{
  return lm_seen_code_is_untold (store->seen);
}

/* The person has the recovery code. */
gboolean
lm_store_code_told (LmStore *store, GError **error)
{
  lm_seen_set_code_untold (store->seen, FALSE);
  return lm_store_write_seen (store, error);
}

/* Listing ------------------------------------------------------------------------------------ */

static void
add_names (LmReseal *reseal, GPtrArray *names, const char *folder, const char *ending, Stage kind)
{
  for (guint i = 0; i < names->len; i++)
    {
      Item *item;

      if (!g_str_has_suffix (names->pdata[i], ending))
        continue;
      item = g_new (Item, 1);
      *item = (Item) { g_strdup (folder), g_strdup (names->pdata[i]), kind };
      g_ptr_array_add (reseal->items, item);
    }
}

/* Adds the files in @folder, which need not be there. */
static gboolean
add_files (LmReseal *reseal, int base, const char *folder, Stage kind, GError **error)
{
  const char *ending = kind == STAGE_ATTACHMENTS ? ".bin" : ".json";
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) names = lm_file_list (base, folder, &local);

  if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    return TRUE;
  if (names == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  add_names (reseal, names, folder, ending, kind);
  /* What was left over is judged by what it was to replace, which comes first. */
  add_names (reseal, names, folder, ".part", kind);
  return TRUE;
}

/* Adds the files in @folder and in the folders of two digits below it. */
static gboolean
add_entries (LmReseal *reseal, int base, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (base, folder, NULL);

  if (!add_files (reseal, base, folder, STAGE_ENTRIES, error))
    return FALSE;
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      g_autofree char *shard = g_build_filename (folder, names->pdata[i], NULL);

      if (lm_file_name_is_shard (names->pdata[i]) &&
          !add_files (reseal, base, shard, STAGE_ENTRIES, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_versions (LmReseal *reseal, GError **error)
{
  g_autoptr (GPtrArray) ids = lm_file_list (reseal->base, ".", error);
  LmId id;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (lm_id_parse (ids->pdata[i], -1, &id) &&
        !add_files (reseal, reseal->base, ids->pdata[i], STAGE_VERSIONS, error))
      return FALSE;
  return ids != NULL;
}

static gboolean
add_snapshots (LmReseal *reseal, GPtrArray *names, GError **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *entries = g_build_filename (names->pdata[i], LM_FOLDER_ENTRIES, NULL);
      g_autofree char *attachments = g_build_filename (names->pdata[i], "attachments", NULL);

      if (!add_entries (reseal, reseal->base, entries, error) ||
          !add_files (reseal, reseal->base, attachments, STAGE_ATTACHMENTS, error))
        return FALSE;
    }
  return TRUE;
}

/* Snapshots: the slots --------------------------------------------------------------------- */

static gboolean
copy_slots (LmStore *store, int keys, GError **error)
{
  for (guint i = 0; i < lm_folder_n_slots (store->folder); i++)
    {
      g_autoptr (GError) local = NULL;

      if (!lm_folder_write_slot (keys, lm_folder_get_slot (store->folder, i), &local) &&
          !g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
}

static gboolean
is_slot_of_now (LmStore *store, LmKeySlot *slot)
{
  for (guint i = 0; i < lm_folder_n_slots (store->folder); i++)
    if (lm_id_equal (lm_key_slot_id (lm_folder_get_slot (store->folder, i)), lm_key_slot_id (slot)))
      return TRUE;
  return FALSE;
}

/* A snapshot opens with the secrets of now, and with no others. */
static gboolean
renew_slots (LmStore *store, int snapshot, GError **error)
{
  int keys = lm_file_open_folder (snapshot, LM_FOLDER_KEYS, error);
  g_autoptr (GPtrArray) names = keys >= 0 ? lm_file_list (keys, ".", error) : NULL;
  gboolean good = names != NULL && copy_slots (store, keys, error);

  for (guint i = 0; good && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autoptr (GBytes) file = lm_file_read (keys, name, LM_KEY_SLOT_BYTES_MAX, NULL);
      g_autoptr (LmKeySlot) slot = file != NULL ? lm_key_slot_read (file, NULL) : NULL;

      /* What is no slot of ours stays, as everywhere, but for what a killed program left of one. */
      if (lm_file_name_is_part (name))
        good = lm_file_remove (keys, name, error);
      else if (slot != NULL &&
               lm_id_equal (lm_key_slot_journal (slot), lm_vault_journal (store->vault)) &&
               !is_slot_of_now (store, slot))
        good = lm_file_remove (keys, name, error);
    }
  good = good && lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  if (keys >= 0)
    close (keys);
  return good;
}

static gboolean
renew_all_slots (LmStore *store, LmSnapshots *snapshots, GPtrArray *names, GError **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      int snapshot = lm_snapshots_open_one (snapshots, names->pdata[i], error);
      gboolean good = snapshot >= 0 && renew_slots (store, snapshot, error);

      if (snapshot >= 0)
        close (snapshot);
      if (!good)
        return FALSE;
    }
  return TRUE;
}

/* Stages ----------------------------------------------------------------------------------- */

static int
open_journal_folder (LmStore *store, const char *name)
{
  int journal = lm_file_open_folder (AT_FDCWD, lm_folder_path (store->folder), NULL);
  int folder = journal >= 0 ? lm_file_open_folder (journal, name, NULL) : -1;

  if (journal >= 0)
    close (journal);
  return folder;
}

static gboolean
begin_snapshots (LmStore *store, LmReseal *reseal, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  reseal->snapshots = lm_snapshots_open (lm_vault_journal (store->vault), error);
  if (reseal->snapshots == NULL)
    return FALSE;
  if (!lm_snapshots_lock (reseal->snapshots, error))
    {
      g_clear_pointer (&reseal->snapshots, lm_snapshots_close);
      return FALSE;
    }
  names = lm_snapshots_list (reseal->snapshots, error);
  reseal->base = lm_file_open_folder (lm_local_folder (store->local), LM_LOCAL_SNAPSHOTS, error);
  return names != NULL && reseal->base >= 0 &&
         renew_all_slots (store, reseal->snapshots, names, error) &&
         add_snapshots (reseal, names, error);
}

/* Lists what the stage has to do. */
static gboolean
begin_stage (LmStore *store, LmReseal *reseal, GError **error)
{
  gboolean good = TRUE;

  close_file (&reseal->folder);
  close_file (&reseal->base);
  g_clear_pointer (&reseal->opened, g_free);
  g_clear_pointer (&reseal->items, g_ptr_array_unref);
  reseal->items = g_ptr_array_new_with_free_func (item_free);
  reseal->next = 0;
  switch ((Stage) reseal->stage)
    {
    case STAGE_ENTRIES:
      reseal->base = lm_file_open_folder (store->entries, ".", error);
      good = reseal->base >= 0 && add_entries (reseal, reseal->base, ".", error);
      break;
    case STAGE_ATTACHMENTS:
      reseal->base = open_journal_folder (store, "attachments");
      if (reseal->base >= 0)
        good = add_files (reseal, reseal->base, ".", STAGE_ATTACHMENTS, error);
      break;
    case STAGE_DRAFTS:
      reseal->base = lm_file_open_folder (lm_local_drafts (store->local), ".", error);
      good = reseal->base >= 0 && add_files (reseal, reseal->base, ".", STAGE_DRAFTS, error);
      break;
    case STAGE_VERSIONS:
      reseal->base = lm_file_open_folder (lm_local_versions (store->local), ".", error);
      good = reseal->base >= 0 && add_versions (reseal, error);
      break;
    case STAGE_SNAPSHOTS:
      good = begin_snapshots (store, reseal, error);
      break;
    case N_STAGES:
    default:
      break;
    }
  reseal->total = reseal->done + reseal->items->len;
  return good;
}

/* One file ------------------------------------------------------------------------------------ */

static gboolean
open_item_folder (LmReseal *reseal, Item *item, GError **error)
{
  if (g_strcmp0 (reseal->opened, item->folder) == 0)
    return TRUE;
  close_file (&reseal->folder);
  reseal->folder = lm_file_open_folder (reseal->base, item->folder, error);
  g_set_str (&reseal->opened, reseal->folder >= 0 ? item->folder : NULL);
  return reseal->folder >= 0;
}

static char *
file_key (const struct stat *info)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                          (guint64) info->st_dev,
                          (guint64) info->st_ino);
}

/* The same file as in an older snapshot is sealed once and linked again: many snapshots need no
 * more room than before. */
static gboolean
link_again (LmReseal *reseal, Item *item, const char *done)
{
  LmId random = lm_id_new_random ();
  g_autofree char *temporary = g_strdup_printf (".~%s.part", lm_id_format (&random).digits);

  if (linkat (reseal->base, done, reseal->folder, temporary, 0) != 0)
    return FALSE;
  if (lm_file_rename (reseal->folder, temporary, item->name, NULL) &&
      lm_file_sync_folder (reseal->folder, item->name, NULL))
    return TRUE;
  lm_file_remove (reseal->folder, temporary, NULL);
  return FALSE;
}

static gboolean
check_room (LmReseal *reseal, const struct stat *info, GError **error)
{
  struct statvfs disk;

  if (fstatvfs (reseal->folder, &disk) != 0 ||
      (guint64) disk.f_bavail * disk.f_frsize >= LM_SNAPSHOT_LEAVE_BYTES + (guint64) info->st_size)
    return TRUE;
  g_set_error_literal (error,
                       LM_STORE_ERROR,
                       LM_STORE_ERROR_NO_SPACE,
                       LM_LOCAL_SNAPSHOTS ": too little room to go on");
  return FALSE;
}

static gboolean
do_file (LmStore *store, LmReseal *reseal, Item *item, GError **error)
{
  LmResealPlace place = reseal->stage <= STAGE_ATTACHMENTS ? LM_RESEAL_JOURNAL : LM_RESEAL_HERE;

  if (item->kind == STAGE_ATTACHMENTS)
    return lm_reseal_attachment (store, place, reseal->folder, item->name, error);
  return lm_reseal_record (store,
                           place,
                           item->kind == STAGE_DRAFTS ? LM_SEAL_DRAFT : LM_SEAL_ENTRY,
                           reseal->folder,
                           item->name,
                           error);
}

static gboolean
do_snapshot_file (LmStore *store, LmReseal *reseal, Item *item, GError **error)
{
  struct stat info, now;
  g_autofree char *key = NULL;
  const char *done;

  if (fstatat (reseal->folder, item->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  key = file_key (&info);
  done = g_hash_table_lookup (reseal->linked, key);
  if (done != NULL && link_again (reseal, item, done))
    return TRUE;
  if (!check_room (reseal, &info, error) || !do_file (store, reseal, item, error))
    return FALSE;
  /* Only what has a new file now: to link a file with itself changes nothing. */
  if (info.st_nlink > 1 && fstatat (reseal->folder, item->name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
      now.st_ino != info.st_ino)
    g_hash_table_replace (reseal->linked,
                          g_steal_pointer (&key),
                          g_build_filename (item->folder, item->name, NULL));
  return TRUE;
}

/* A file of this computer that was being written when the program ended. What it should replace is
 * there still. */
static gboolean
is_left_over (LmReseal *reseal, Item *item)
{
  return reseal->stage != STAGE_ATTACHMENTS && item->name[0] == '.';
}

/* What this computer was putting in the place of an entry: if it opens it is among the versions
 * afterwards. */
static void
settle_left_over (LmStore *store, LmReseal *reseal, Item *item)
{
  g_autofree char *ours =
      g_strdup_printf ("-%s-", lm_id_format (lm_seen_device (store->seen)).digits);
  g_autoptr (GBytes) file = NULL, payload = NULL;
  LmId id, hash;

  if (strstr (item->name, ours) == NULL)
    return;
  file = lm_file_read (reseal->folder, item->name, LM_SEALED_BYTES_MAX, NULL);
  if (file != NULL)
    payload = lm_vault_open (store->vault, LM_SEAL_ENTRY, file, &id, NULL);
  if (payload == NULL)
    return;
  hash = lm_vault_hash (payload);
  if (lm_store_keep_version (store, &id, &hash, file, NULL))
    lm_file_remove (reseal->folder, item->name, NULL);
}

static gboolean
do_item (LmStore *store, LmReseal *reseal, Item *item, GError **error)
{
  if (!open_item_folder (reseal, item, error))
    return FALSE;
  if (reseal->stage == STAGE_SNAPSHOTS && !is_left_over (reseal, item))
    return do_snapshot_file (store, reseal, item, error);
  if (!is_left_over (reseal, item))
    return do_file (store, reseal, item, error);
  /* Another program beside us may just be writing it. */
  if (!lm_local_begin_alone (store->local))
    return TRUE;
  if (reseal->stage == STAGE_ENTRIES)
    settle_left_over (store, reseal, item);
  else
    lm_file_remove (reseal->folder, item->name, NULL);
  lm_local_end_alone (store->local);
  return TRUE;
}

/* Beginning and ending ------------------------------------------------------------------------ */

/* The old ways in, if the program ended before they were given up. The new ones stand, for by one
 * of them the journal was opened. */
static gboolean
give_up_old_slots (LmStore *store, GError **error)
{
  g_autoptr (LmRotation) rotation = lm_seen_get_rotation (store->seen);
  g_autoptr (LmFolder) now = NULL;
  gboolean good = TRUE;
  int keys;

  if (rotation == NULL)
    return TRUE;
  now = lm_folder_read (lm_folder_path (store->folder), error);
  keys = now != NULL ? lm_folder_open_keys (now, error) : -1;
  if (keys < 0)
    return FALSE;
  for (guint i = 0; i < rotation->old->len && good; i++)
    {
      const LmId *slot = &g_array_index (rotation->old, LmId, i);

      good = lm_folder_remove_slot (now, keys, slot, error);
      lm_seen_retire_slot (store->seen, slot);
    }
  good = good && lm_file_sync_folder (keys, LM_FOLDER_KEYS, error);
  close (keys);
  for (guint i = 0; i < rotation->old->len && good; i++)
    if (!lm_retired_add (lm_vault_journal (store->vault),
                         &g_array_index (rotation->old, LmId, i),
                         NULL))
      g_debug ("a retired slot could not be noted");
  g_clear_pointer (&now, lm_folder_unref);
  if (good)
    now = lm_folder_read (lm_folder_path (store->folder), error);
  if (now == NULL)
    return FALSE;
  lm_folder_unref (store->folder);
  store->folder = g_steal_pointer (&now);
  /* Under the new key, before anything else. */
  lm_seen_set_changed (store->seen);
  return lm_store_write_seen (store, error);
}

static gboolean
begin (LmStore *store, GError **error)
{
  LmReseal *reseal;

  if (!give_up_old_slots (store, error))
    return FALSE;
  reseal = g_new0 (LmReseal, 1);
  reseal->base = -1;
  reseal->folder = -1;
  reseal->linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  store->resealing = reseal;
  return begin_stage (store, reseal, error);
}

static gboolean
finish (LmStore *store, GError **error)
{
  g_autoptr (LmRotation) rotation = lm_seen_get_rotation (store->seen);
  g_autoptr (LmSnapshots) snapshots = NULL;

  lm_store_reseal_stop (store);
  if (rotation != NULL && rotation->snapshot != NULL)
    {
      g_autoptr (GError) local = NULL;

      snapshots = lm_snapshots_open (lm_vault_journal (store->vault), error);
      if (snapshots == NULL)
        return FALSE;
      if (!lm_snapshot_remove (snapshots, rotation->snapshot, &local) &&
          !g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  store->reseal = FALSE;
  lm_seen_set_resealed (store->seen, lm_vault_generation (store->vault));
  return lm_store_write_seen (store, error);
}

/**
 * lm_store_reseal:
 * @n_files: how many at most, before it returns
 * @progress: (out caller-allocates): how far it is
 * @error: it could not go on just now; called again, it goes on where it was
 *
 * Goes on with sealing everything with the current key. Saving between two calls is safe.
 */
gboolean
lm_store_reseal (LmStore *store, guint n_files, LmResealProgress *progress, GError **error)
{
  LmReseal *reseal;

  *progress = (LmResealProgress) { 0 };
  if (store->resealing == NULL && lm_store_reseal_state (store) != LM_RESEAL_NEEDED)
    {
      progress->finished = TRUE;
      return TRUE;
    }
  if (store->resealing == NULL && !begin (store, error))
    {
      lm_store_reseal_stop (store);
      return FALSE;
    }
  reseal = store->resealing;
  for (guint i = 0; i < n_files && reseal->stage < N_STAGES;)
    {
      if (reseal->next < reseal->items->len)
        {
          if (!do_item (store, reseal, reseal->items->pdata[reseal->next], error))
            {
              lm_store_reseal_stop (store);
              return FALSE;
            }
          reseal->next++;
          reseal->done++;
          i++;
          continue;
        }
      reseal->stage++;
      if (!begin_stage (store, reseal, error))
        {
          lm_store_reseal_stop (store);
          return FALSE;
        }
    }
  progress->done = reseal->done;
  progress->total = reseal->total;
  if (reseal->stage < N_STAGES)
    return TRUE;
  progress->finished = TRUE;
  return finish (store, error);
}
