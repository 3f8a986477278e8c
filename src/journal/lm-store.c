/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-reseal.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"
#include "vault/lm-vault-error.h"

/* Records are handed on in groups of this size while the rest is read. */
#define BATCH 512
/* The first fill a window, and are there at once. */
#define FIRST_BATCH 64
/* From the first file on: by then there should be a window. */
#define MODEST_MS 300

/* Opening and closing ------------------------------------------------------------ */

static int
open_entries (LmFolder *folder, GError **error)
{
  int descriptor = lm_file_open_folder (AT_FDCWD, lm_folder_path (folder), error);
  int entries;

  if (descriptor < 0)
    return -1;
  entries = lm_file_open_folder (descriptor, LM_FOLDER_ENTRIES, error);
  close (descriptor);
  return entries;
}

/* That the journal is in use today. */
static void
note_day (LmStore *store)
{
  g_autoptr (GDateTime) now = lm_clock_now (store->clock);

  lm_seen_note_day (store->seen, now);
}

/**
 * lm_store_open_at:
 * @folder: the journal
 * @opened: its keys
 * @clock: the time
 * @local: this computer's own folder for it
 * @error: domain %LM_STORE_ERROR
 *
 * If another program has the journal open, this one works beside it: saving is safe all the same,
 * only the tidying is left to the other.
 *
 * Returns: (transfer full): the store; close it with lm_store_close ()
 */
LmStore *
lm_store_open_at (
    LmFolder *folder, LmOpened *opened, LmClock *clock, const char *local, GError **error)
{
  g_autoptr (GDateTime) now = lm_clock_now (clock);
  LmStore *store = g_new0 (LmStore, 1);

  store->folder = lm_folder_ref (folder);
  store->vault = lm_vault_ref (opened->vault);
  store->clock = lm_clock_ref (clock);
  store->entries = open_entries (folder, error);
  store->scan = lm_scan_new ();
  store->attachment_copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (store->entries >= 0)
    store->local = lm_local_open_at (local, error);
  if (store->local == NULL)
    {
      lm_store_close (store, NULL);
      return NULL;
    }
  store->shared = !lm_local_take_lock (store->local, NULL);
  store->seen = lm_seen_load (store->local, store->vault);
  store->outdated = lm_seen_is_sealed_off (store->seen) ||
                    lm_seen_generation (store->seen) > lm_vault_generation (store->vault);
  store->read_only = store->outdated || faccessat (store->entries, ".", W_OK, 0) != 0;
  store->before =
      g_strdup (lm_seen_other_folder (store->seen, lm_folder_path (folder), store->entries));
  if (store->before == NULL)
    lm_seen_note_folder (store->seen, lm_folder_path (folder), store->entries);
  store->last_day = lm_days_ahead (lm_seen_days (store->seen), now);
  note_day (store);
  /* The temporary file of a program that is saving just now is not left over. */
  if (!store->shared && !store->read_only && store->before == NULL &&
      lm_local_begin_alone (store->local))
    {
      lm_store_clean_up (store);
      /* Behind the cleaning, which may have found what is to go. */
      lm_store_finish_purges (store);
      lm_local_end_alone (store->local);
    }
  return store;
}

/* As lm_store_open_at (), with this computer's usual folder for the journal. */
LmStore *
lm_store_open (LmFolder *folder, LmOpened *opened, LmClock *clock, GError **error)
{
  g_autofree char *local = lm_local_path (lm_folder_journal (folder));

  return lm_store_open_at (folder, opened, clock, local, error);
}

/**
 * lm_store_close:
 * @error: (nullable): what was seen could not be written, which loses no text
 *
 * Frees @store and gives the lock back.
 */
gboolean
lm_store_close (LmStore *store, GError **error)
{
  gboolean good = store->seen == NULL || lm_store_write_seen (store, error);

  lm_store_reseal_stop (store);
  g_clear_pointer (&store->seen, lm_seen_free);
  g_clear_pointer (&store->local, lm_local_close);
  if (store->entries >= 0)
    close (store->entries);
  g_free (store->before);
  g_clear_pointer (&store->last_day, g_date_time_unref);
  lm_scan_free (store->scan);
  g_hash_table_unref (store->attachment_copies);
  lm_folder_unref (store->folder);
  lm_vault_unref (store->vault);
  lm_clock_unref (store->clock);
  g_free (store);
  return good;
}

/* Whether the journal can only be read: a read-only disk or folder. */
gboolean
lm_store_is_read_only (LmStore *store)
{
  return store->read_only;
}

/* Whether it takes changes: asked before each of them, of what is named @name below its folder. */
gboolean
lm_store_check_writable (LmStore *store, const char *name, GError **error)
{
  if (!store->read_only)
    return TRUE;
  g_set_error (error,
               LM_STORE_ERROR,
               store->outdated ? LM_STORE_ERROR_OLD_KEYS : LM_STORE_ERROR_READ_ONLY,
               "%s: the journal can only be read",
               name);
  return FALSE;
}

/* Whether another program on this computer has the journal open too. */
gboolean
lm_store_is_shared (LmStore *store)
{
  return store->shared;
}

/* Whether the journal can only be read because its key files are older than what this computer has
 * seen: somebody, or a sync tool, brought old ones back. Nothing is sealed with a key that was
 * given up. */
gboolean
lm_store_is_outdated (LmStore *store)
{
  return store->outdated;
}

/* Returns: this computer's id, as it stands in "saves" */
const LmId *
lm_store_device (LmStore *store)
{
  return lm_seen_device (store->seen);
}

/* Returns: (transfer none): the open keys */
LmVault *
lm_store_vault (LmStore *store)
{
  return store->vault;
}

/* Writes what was seen, if this program is the one that keeps it. Call it now and then. */
gboolean
lm_store_write_seen (LmStore *store, GError **error)
{
  note_day (store);
  return store->shared || store->outdated || store->elsewhere ||
         lm_seen_write (store->seen, store->local, store->vault, error);
}

/* Loading ---------------------------------------------------------------------------- */

typedef struct
{
  guint place; /* among the names as they are listed */
  LmRecord *record;
  char *file;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  lm_record_unref (copy->record);
  g_free (copy->file);
  g_free (copy);
}

typedef struct
{
  LmStore *store;
  LmStoreBatch batch;
  gpointer data;
  gboolean searchable;
  GPtrArray *records; /* the next batch */
  GPtrArray *problems;
  GPtrArray *copies; /* files whose name is not the id inside */
  GHashTable *ids;   /* of the records handed on */
  guint size;        /* of the next batch */
  guint n_files;
} Load;

static void
hand_on (Load *load)
{
  if (load->records->len == 0)
    return;
  load->batch (load->records, load->n_files, load->data);
  load->records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  load->size = BATCH;
}

static void
take_record (Load *load, LmRecord *record, const char *path)
{
  g_hash_table_add (load->ids, lm_id_copy (&record->id));
  if (lm_store_is_purged (load->store, record))
    {
      g_ptr_array_add (load->problems, lm_store_came_back_problem (path, record));
      return;
    }
  lm_scan_note_shown (load->store->scan, record);
  lm_seen_note_record (load->store->seen, record);
  g_ptr_array_add (load->records, lm_record_ref (record));
  if (load->records->len >= load->size)
    hand_on (load);
}

/**
 * lm_store_trusts:
 * @name: of the file
 * @record: what is in it, sealed with a retired key
 *
 * Whoever knows a key that was given up can make files that open with it. What this computer saw
 * while the key was good it knows again, and nothing else is believed.
 */
gboolean
lm_store_trusts (LmStore *store, const char *name, LmRecord *record)
{
  g_autofree char *own = g_strdup_printf ("%s.json", lm_id_format (&record->id).digits);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *version = g_strdup_printf ("%s/%s.json",
                                              lm_id_format (&record->id).digits,
                                              lm_id_format (&record->hash).digits);
  LmSaves *newest = lm_seen_saves_of (store->seen, &record->id);

  if (lm_seen_knows (store->seen, &record->id, &record->hash))
    return TRUE;
  /* An older state in the place of the newest one is no news of ours. */
  if (g_str_equal (base, own) && newest != NULL &&
      lm_saves_compare (record->saves, newest) == LM_SAVES_OLDER)
    return FALSE;
  return faccessat (lm_local_versions (store->local), version, F_OK, 0) == 0;
}

/* Opens the file @name below the folder of entries. */
LmRecord *
lm_store_read_file (LmStore *store, const char *name, LmId *id, GError **error)
{
  g_auto (LmReadFile) read = { 0 };

  lm_read_file (store->entries, store->vault, name, FALSE, &read);
  *id = read.id;
  return lm_store_believe (store, name, &read, NULL, error);
}

/**
 * lm_store_believe:
 * @name: of the file
 * @read: what any thread has read in it
 * @retired_record: (out) (optional) (transfer full) (nullable): after %LM_VAULT_ERROR_RETIRED_KEY,
 * what the file says, though nobody believes it
 *
 * Returns: (transfer full) (nullable): the record, if it can be believed
 */
LmRecord *
lm_store_believe (
    LmStore *store, const char *name, LmReadFile *read, LmRecord **retired_record, GError **error)
{
  if (read->record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&read->error));
      return NULL;
    }
  if (!read->retired)
    return g_steal_pointer (&read->record);
  if (lm_store_trusts (store, name, read->record))
    {
      store->reseal = TRUE;
      return g_steal_pointer (&read->record);
    }
  g_set_error (error,
               LM_VAULT_ERROR,
               LM_VAULT_ERROR_RETIRED_KEY,
               "%s: sealed with a retired key",
               name);
  if (retired_record != NULL)
    *retired_record = g_steal_pointer (&read->record);
  return NULL;
}

static void
load_file (Load *load, const LmListed *listed, LmReadFile *read)
{
  const LmScanned *file = lm_scan_take (load->store, listed, read);
  g_autofree char *path = g_build_filename (LM_FOLDER_ENTRIES, listed->name, NULL);
  Copy *copy;

  if (file == NULL)
    return; /* gone since it was listed */
  if (file->record == NULL)
    {
      g_ptr_array_add (load->problems, lm_store_problem_with (load->store, file));
      return;
    }
  if (file->is_own && !g_hash_table_contains (load->ids, &file->id))
    {
      take_record (load, file->record, path);
      return;
    }
  copy = g_new (Copy, 1);
  *copy = (Copy) { listed->place, lm_record_ref (file->record), g_steal_pointer (&path) };
  g_ptr_array_add (load->copies, copy);
}

static int
compare_copies (gconstpointer a, gconstpointer b)
{
  const Copy *x = *(Copy *const *) a, *y = *(Copy *const *) b;

  return x->place < y->place ? -1 : x->place > y->place;
}

/* Where an id has only files under other names, the newest of them is the record. */
static void
settle_copies (Load *load)
{
  g_ptr_array_sort (load->copies, compare_copies);
  for (guint i = 0; i < load->copies->len; i++)
    {
      Copy *copy = load->copies->pdata[i], *newest = copy;

      if (g_hash_table_contains (load->ids, &copy->record->id))
        {
          g_ptr_array_add (load->problems, lm_problem_new (copy->file, &copy->record->id, NULL));
          continue;
        }
      for (guint k = i + 1; k < load->copies->len; k++)
        {
          Copy *other = load->copies->pdata[k];

          if (lm_id_equal (&other->record->id, &copy->record->id) &&
              lm_saves_compare (other->record->saves, newest->record->saves) == LM_SAVES_NEWER)
            newest = other;
        }
      take_record (load, newest->record, newest->file);
      if (newest != copy)
        g_ptr_array_add (load->problems, lm_problem_new (copy->file, &copy->record->id, NULL));
      /* The chosen file itself is no problem when its turn comes. */
      for (guint k = i + 1; k < load->copies->len; k++)
        if (load->copies->pdata[k] == newest)
          {
            g_ptr_array_remove_index (load->copies, k);
            break;
          }
    }
}

/* In an order that does not depend on times. */
static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const LmProblem *x = *(LmProblem *const *) a, *y = *(LmProblem *const *) b;

  return g_strcmp0 (x->file, y->file);
}

static void
load_files (Load *load, GPtrArray *listed, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (LmReadAhead) ahead = NULL;

  for (guint i = 0; i < listed->len; i++)
    g_ptr_array_add (names, ((LmListed *) listed->pdata[i])->name);
  ahead = lm_read_ahead_new (load->store->entries,
                             load->store->vault,
                             names,
                             load->searchable,
                             MODEST_MS);
  for (guint i = 0; i < listed->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_auto (LmReadFile) read = { 0 };

      lm_read_ahead_take (ahead, i, &read);
      load_file (load, listed->pdata[i], &read);
    }
}

/**
 * lm_store_load:
 * @searchable: whether lm_record_folded () of each is wanted: made now it costs least
 * @batch: gets the records, those first that changed last, some hundred at a time
 * @data: for @batch
 * @problems: (out) (transfer full) (element-type LmProblem): the files that are left as they are
 * @cancellable: (nullable): to stop
 * @error: the folder itself could not be read
 *
 * Reads every record. A file that cannot be opened is never an empty entry: it is named in
 * @problems, and nobody touches it.
 */
gboolean
lm_store_load (LmStore *store,
               gboolean searchable,
               LmStoreBatch batch,
               gpointer data,
               GPtrArray **problems,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GPtrArray) left_alone =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (copy_free);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
  g_autoptr (GPtrArray) listed = NULL;
  Load load = { store, batch, data, searchable, NULL, left_alone, copies, ids, FIRST_BATCH, 0 };
  gboolean good;

  load.records = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  listed = lm_scan_list_newest_first (store, error);
  if (listed != NULL)
    {
      load.n_files = listed->len;
      load_files (&load, listed, cancellable);
    }
  good = listed != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error);
  if (good)
    {
      settle_copies (&load);
      hand_on (&load);
      g_ptr_array_sort (left_alone, compare_problems);
      *problems = g_steal_pointer (&left_alone);
    }
  g_ptr_array_unref (load.records);
  return good;
}

/**
 * lm_store_read:
 * @id: of a record
 * @error: %LM_STORE_ERROR_NOT_FOUND if there is no file of that name, or why it cannot be opened
 *
 * Returns: (transfer full): the record as it is on disk now
 */
LmRecord *
lm_store_read (LmStore *store, const LmId *id, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.json", lm_id_format (id).digits);
  g_autoptr (LmRecord) record = NULL;
  LmId inside;

  record = lm_store_read_file (store, name, &inside, error);
  if (record != NULL && !lm_id_equal (&inside, id))
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: holds another record", name);
      return NULL;
    }
  return g_steal_pointer (&record);
}
