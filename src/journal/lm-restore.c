/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/lm-json.h"
#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-restore.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* Looking into a snapshot, and bringing back what is in it. A record comes back by being saved once
 * more over what is there now, so that the present state is kept as every state is; nothing in the
 * journal is ever lost by restoring. */

#define ATTACHMENTS "attachments"

/* Looking -------------------------------------------------------------------------------------- */

typedef struct
{
  LmVault *vault;
  GHashTable *own;     /* LmId → LmRecord, of files with the record's own name */
  GHashTable *copies;  /* the same of others */
  GPtrArray *problems; /* nullable */
} Load;

/* Of several the newest. */
static void
take_record (GHashTable *table, LmRecord *record)
{
  LmRecord *known = g_hash_table_lookup (table, &record->id);

  if (known == NULL || lm_saves_compare (record->saves, known->saves) == LM_SAVES_NEWER)
    g_hash_table_replace (table, lm_id_copy (&record->id), lm_record_ref (record));
}

static void
load_file (Load *load, int folder, const char *path, const char *name)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) file = lm_file_read (folder, name, LM_SEALED_BYTES_MAX, &local);
  g_autoptr (GBytes) payload = NULL;
  g_autoptr (LmRecord) record = NULL;
  g_autofree char *own = NULL;
  LmId id = { 0 };

  if (file != NULL)
    payload = lm_vault_open (load->vault, LM_SEAL_ENTRY, file, &id, &local);
  if (payload != NULL)
    record = lm_record_read (&id, payload, &local);
  own = g_strdup_printf ("%s.json", lm_id_format (&id).digits);
  if (record == NULL && load->problems != NULL)
    {
      g_autofree char *file_path = g_build_filename (path, name, NULL);

      g_ptr_array_add (load->problems, lm_problem_new (file_path, &id, g_steal_pointer (&local)));
    }
  else if (record != NULL)
    take_record (g_str_equal (name, own) ? load->own : load->copies, record);
}

static gboolean
load_folder (Load *load,
             int parent,
             const char *path,
             gboolean with_shards,
             GCancellable *cancellable,
             GError **error)
{
  int folder = lm_file_open_folder (parent, path, error);
  g_autoptr (GPtrArray) names = folder >= 0 ? lm_file_list (folder, ".", error) : NULL;
  gboolean good = names != NULL;

  for (guint i = 0; good && i < names->len; i++)
    {
      const char *name = names->pdata[i];

      good = !g_cancellable_set_error_if_cancelled (cancellable, error);
      if (good && lm_file_name_is_json (name))
        load_file (load, folder, path, name);
    }
  for (guint i = 0; good && with_shards && i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *shard = g_build_filename (path, name, NULL);

      if (lm_file_name_is_shard (name))
        good = load_folder (load, parent, shard, FALSE, cancellable, error);
    }
  if (folder >= 0)
    close (folder);
  return good;
}

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, (GDestroyNotify) lm_record_unref);
}

/**
 * lm_snapshot_load:
 * @snapshot: of lm_snapshots_open_one ()
 * @problems: (nullable) (element-type LmProblem): gets the files that do not open
 * @cancellable: (nullable): to stop
 * @error: the snapshot itself could not be read
 *
 * Returns: (transfer full) (element-type LmRecord): what is in it, in no order
 */
GPtrArray *
lm_snapshot_load (
    int snapshot, LmVault *vault, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) own = new_table (), copies = new_table ();
  g_autoptr (GPtrArray) records = NULL;
  Load load = { vault, own, copies, problems };
  GHashTableIter iter;
  gpointer id, record;

  if (!load_folder (&load, snapshot, LM_FOLDER_ENTRIES, TRUE, cancellable, error))
    return NULL;
  records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_ptr_array_add (records, lm_record_ref (record));
  g_hash_table_iter_init (&iter, copies);
  while (g_hash_table_iter_next (&iter, &id, &record))
    if (!g_hash_table_contains (own, id))
      g_ptr_array_add (records, lm_record_ref (record));
  return g_steal_pointer (&records);
}

/* Whether two states of a record say different things. */
gboolean
lm_restore_differs (LmRecord *past, LmRecord *present)
{
  g_autoptr (LmContent) a = NULL, b = NULL;
  LmId x, y;

  if (lm_id_equal (&past->hash, &present->hash))
    return FALSE;
  a = lm_record_content (past);
  b = lm_record_content (present);
  x = lm_content_fingerprint (a);
  y = lm_content_fingerprint (b);
  return !lm_id_equal (&x, &y);
}

/* One record ------------------------------------------------------------------------------------
 */

/* Copies the attachment @name from @from to @to, if it is in the one and not in the other. */
static gboolean
bring_attachment (int from, int to, const char *name, GError **error)
{
  LmId random = lm_id_new_random ();
  g_autofree char *temporary = g_strdup_printf (".~%s.part", lm_id_format (&random).digits);
  g_autoptr (GError) local = NULL;

  if (faccessat (to, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 ||
      faccessat (from, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  if (!lm_tree_copy_file (from, name, to, temporary, error))
    return FALSE;
  if (lm_file_publish (to, temporary, name, &local))
    return TRUE;
  lm_file_remove (to, temporary, NULL);
  if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED))
    return TRUE; /* somebody was quicker */
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Brings back the attachments of @content that are gone, before the entry that shows them. */
static gboolean
bring_attachments (LmStore *store, int snapshot, LmContent *content, GError **error)
{
  JsonArray *array = lm_json_get_array (lm_content_json (content), ATTACHMENTS);
  int from, to, journal;
  gboolean good = TRUE;

  if (array == NULL || lm_json_array_size (array) == 0)
    return TRUE;
  from = openat (snapshot, ATTACHMENTS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (from < 0)
    return TRUE;
  journal = openat (store->entries, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (journal < 0)
    {
      lm_file_set_error (error, errno, ATTACHMENTS);
      close (from);
      return FALSE;
    }
  to = lm_file_make_folder (journal, ATTACHMENTS, error);
  good = to >= 0;
  for (guint i = 0; good && i < lm_json_array_size (array); i++)
    {
      const char *text = lm_json_get_string (lm_json_at_object (array, i), "id");
      g_autofree char *name = NULL;
      LmId id;

      if (text == NULL || !lm_id_parse (text, -1, &id))
        continue;
      name = g_strdup_printf ("%s.bin", lm_id_format (&id).digits);
      good = bring_attachment (from, to, name, error);
    }
  good = good && lm_file_sync_folder (to, ATTACHMENTS, error);
  if (to >= 0)
    close (to);
  close (journal);
  close (from);
  return good;
}

static gboolean
is_restored (LmRecord *record)
{
  return record->kind != LM_RECORD_SETTINGS && record->kind != LM_RECORD_READING &&
         record->kind != LM_RECORD_GONE && record->kind != LM_RECORD_OTHER;
}

/* Whether @past comes back with everything: it is of a kind that is restored, and was not in the
 * trash then. */
gboolean
lm_restore_is_wanted (LmRecord *past)
{
  return is_restored (past) && !past->deleted;
}

/**
 * lm_restore_one:
 * @snapshot: the snapshot that @past is in, for its attachments
 * @past: of lm_snapshot_load ()
 * @restored: (out): what became of it
 * @before: (out) (optional) (nullable) (transfer full): the state that it took the place of
 * @error: domain %LM_STORE_ERROR or %LM_VAULT_ERROR; then nothing has changed
 *
 * Saves @past over the present state, which stays among the versions. Where nothing is it comes
 * back; where it was deleted for good, as a copy of its own. A file in its place that does not open
 * is put aside, not lost.
 *
 * Returns: (transfer full): the record as it is now; @past itself where nothing was done
 */
LmRecord *
lm_restore_one (LmStore *store,
                int snapshot,
                LmRecord *past,
                LmRestored *restored,
                LmRecord **before,
                GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LmRecord) present = lm_store_read (store, &past->id, &local);
  g_autoptr (LmContent) content = lm_record_content (past);
  LmId id = past->id;
  LmRecord *base = present, *saved;

  if (before != NULL)
    *before = NULL;
  *restored = LM_RESTORED_OVER;
  if (!is_restored (past))
    {
      *restored = LM_RESTORED_NOT;
      return lm_record_ref (past);
    }
  if (present != NULL && present->kind == LM_RECORD_GONE)
    {
      id = lm_id_new_random ();
      base = NULL;
      *restored = LM_RESTORED_COPY;
    }
  else if (present != NULL && !lm_restore_differs (past, present))
    {
      *restored = LM_RESTORED_SAME;
      return g_steal_pointer (&present);
    }
  else if (present == NULL)
    {
      base = past;
      if (g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        *restored = LM_RESTORED_BACK;
    }
  if (!bring_attachments (store, snapshot, content, error))
    return NULL;
  saved = lm_store_save (store, &id, content, base, NULL, error);
  if (saved != NULL && before != NULL && *restored == LM_RESTORED_OVER && present != NULL)
    *before = g_steal_pointer (&present);
  return saved;
}

/* The whole --------------------------------------------------------------------------------------
 */

typedef struct
{
  int snapshot;
  LmTree *tree;
  LmTreeProgress progress;
  gpointer data;
  GCancellable *cancellable;
} Whole;

static gboolean
fill (int folder, gpointer data, GError **error)
{
  Whole *whole = data;

  return lm_tree_copy (whole->tree,
                       whole->snapshot,
                       -1,
                       folder,
                       FALSE,
                       whole->progress,
                       whole->data,
                       whole->cancellable,
                       error);
}

/**
 * lm_restore_whole:
 * @snapshot: of lm_snapshots_open_one ()
 * @path: a new or empty folder
 * @progress: (nullable): told in this thread after each file
 * @cancellable: (nullable): to stop; then nothing is left
 * @error: domain %LM_STORE_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Writes the whole snapshot as a journal of its own, with the same keys. The folder appears only
 * when it is complete.
 */
gboolean
lm_restore_whole (int snapshot,
                  const char *path,
                  LmTreeProgress progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (LmTree) tree = lm_tree_read (snapshot, error);
  Whole whole = { snapshot, tree, progress, data, cancellable };

  return tree != NULL && lm_file_publish_folder (absolute, fill, &whole, error);
}
