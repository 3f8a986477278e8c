/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "journal/lm-copy.h"
#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-saves.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-private.h"

/* Looking at the folder of entries again and again, while sync tools write there: only what has
 * changed is read. */

/* A file that changed so shortly before it was read may change again without showing it: clocks of
 * file systems are coarse. */
#define UNSURE_NS (2 * G_GINT64_CONSTANT (1000000000))
/* What was settled makes one look more necessary; so many are enough for any folder. */
#define ROUNDS_MAX 16
/* Files that a thread looks at before it takes the next. */
#define STAMPS_AT_ONCE 256

typedef struct
{
  LmScanned public;
  LmStamp stamp;
  gboolean sure; /* whether the same stamp means the same bytes */
  char name[];   /* what public.name is */
} Scanned;

/* Which state of a record was last handed on. */
typedef struct
{
  LmId id;
  LmId hash;
} Shown;

struct _LmScan
{
  GHashTable *files; /* of Scanned, by name */
  GHashTable *shown; /* of Shown, by id */
  GHashTable *saves; /* of LmSaves: most records were saved equally often by the same computer */
};

static void
scanned_free (gpointer data)
{
  Scanned *scanned = data;

  g_clear_pointer (&scanned->public.record, lm_record_unref);
  g_clear_pointer (&scanned->public.retired, lm_record_unref);
  g_clear_error (&scanned->public.error);
  g_free (scanned);
}

/* Scanned begins with the pointer to its name. */
static guint
hash_name (gconstpointer scanned)
{
  return g_str_hash (*(const char *const *) scanned);
}

static gboolean
equal_names (gconstpointer a, gconstpointer b)
{
  return g_str_equal (*(const char *const *) a, *(const char *const *) b);
}

LmScan *
lm_scan_new (void)
{
  LmScan *scan = g_new (LmScan, 1);

  scan->files = g_hash_table_new_full (hash_name, equal_names, scanned_free, NULL);
  scan->shown = g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, NULL);
  scan->saves =
      g_hash_table_new_full (lm_saves_hash, lm_saves_equal, (GDestroyNotify) lm_saves_unref, NULL);
  return scan;
}

void
lm_scan_free (LmScan *scan)
{
  g_hash_table_unref (scan->files);
  g_hash_table_unref (scan->shown);
  g_hash_table_unref (scan->saves);
  g_free (scan);
}

/* Notes that whoever shows records knows of this state. */
void
lm_scan_note_shown (LmScan *scan, LmRecord *record)
{
  Shown *shown = g_new (Shown, 1);

  *shown = (Shown) { record->id, record->hash };
  g_hash_table_add (scan->shown, shown);
}

/* Notes anew what was found of every record. */
void
lm_scan_note_all (LmStore *store)
{
  GHashTableIter iter;
  gpointer scanned;

  g_hash_table_iter_init (&iter, store->scan->files);
  while (g_hash_table_iter_next (&iter, &scanned, NULL))
    {
      LmScanned *file = &((Scanned *) scanned)->public;

      if (file->record != NULL && file->is_own)
        lm_seen_note_record (store->seen, file->record);
    }
}

/* Looking ------------------------------------------------------------------------------------ */

static gint64
in_nanoseconds (const struct timespec *time)
{
  return (gint64) time->tv_sec * 1000000000 + time->tv_nsec;
}

static gboolean
stamp_of (int folder, const char *name, LmStamp *stamp)
{
  struct stat info;

  if (fstatat (folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  *stamp = (LmStamp) { info.st_ino,
                       info.st_size,
                       in_nanoseconds (&info.st_mtim),
                       in_nanoseconds (&info.st_ctim) };
  return TRUE;
}

static gboolean
stamp_equal (const LmStamp *a, const LmStamp *b)
{
  return a->inode == b->inode && a->size == b->size && a->modified == b->modified &&
         a->changed == b->changed;
}

static gboolean
is_long_ago (gint64 changed)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  return changed < in_nanoseconds (&now) - UNSURE_NS;
}

/* Has @record, which nobody else knows yet, share its saves with those that have the same. */
static void
share_saves (LmScan *scan, LmRecord *record)
{
  LmSaves *known;

  if (record->saves == NULL)
    return;
  known = g_hash_table_lookup (scan->saves, record->saves);
  if (known == NULL)
    {
      g_hash_table_add (scan->saves, lm_saves_ref (record->saves));
      return;
    }
  lm_saves_unref (record->saves);
  record->saves = lm_saves_ref (known);
}

/* Notes what was read in a file. Returns: (transfer none): it */
static const LmScanned *
note_file (LmStore *store, const char *name, const LmStamp *stamp, LmReadFile *read)
{
  Scanned *scanned = g_malloc0 (sizeof *scanned + strlen (name) + 1);
  const char *slash = strrchr (name, '/'), *base = slash != NULL ? slash + 1 : name;
  LmId promised;

  scanned->stamp = *stamp;
  scanned->sure = is_long_ago (MAX (stamp->changed, stamp->modified));
  strcpy (scanned->name, name);
  scanned->public.name = scanned->name;
  if (read->record != NULL)
    share_saves (store->scan, read->record);
  scanned->public.id = read->id;
  scanned->public.record =
      lm_store_believe (store, name, read, &scanned->public.retired, &scanned->public.error);
  scanned->public.is_own =
      lm_file_name_parse (base, ".json", &promised) && lm_id_equal (&promised, &scanned->public.id);
  g_hash_table_add (store->scan->files, scanned);
  return &scanned->public;
}

/**
 * lm_scan_look:
 * @name: below the folder of entries
 *
 * Reads the file if it is not known yet, or not as it is now. One that could not be opened is tried
 * each time: it may still be arriving.
 *
 * Returns: (transfer none) (nullable): what is in it, until the next look; %NULL if it is not there
 */
const LmScanned *
lm_scan_look (LmStore *store, const char *name)
{
  Scanned *known = g_hash_table_lookup (store->scan->files, &name);
  g_auto (LmReadFile) read = { 0 };
  LmStamp stamp;

  if (!stamp_of (store->entries, name, &stamp))
    {
      g_hash_table_remove (store->scan->files, &name);
      return NULL;
    }
  if (known != NULL && known->sure && known->public.record != NULL &&
      stamp_equal (&known->stamp, &stamp))
    return &known->public;
  lm_read_file (store->entries, store->vault, name, FALSE, &read);
  return note_file (store, name, &stamp, &read);
}

/**
 * lm_scan_take:
 * @listed: from lm_scan_list_newest_first ()
 * @read: what was read in it since
 *
 * As lm_scan_look (), for a file that another thread has read.
 */
const LmScanned *
lm_scan_take (LmStore *store, const LmListed *listed, LmReadFile *read)
{
  if (g_error_matches (read->error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
    {
      g_hash_table_remove (store->scan->files, &listed->name);
      return NULL;
    }
  return note_file (store, listed->name, &listed->stamp, read);
}

/* Puts the names of @names that may be records into @list. */
static void
take_names (GPtrArray *list, const char *shard, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (lm_file_name_is_json (names->pdata[i]))
      g_ptr_array_add (list,
                       shard != NULL ? g_build_filename (shard, names->pdata[i], NULL)
                                     : g_strdup (names->pdata[i]));
}

/**
 * lm_scan_list:
 * @error: domain %LM_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): the names, below the folder of entries, of all
 * files that may be records, sorted; those in other folders come last, for we save beside them
 */
GPtrArray *
lm_scan_list (LmStore *store, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (store->entries, ".", error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  if (names == NULL)
    return NULL;
  take_names (list, NULL, names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GPtrArray) inner = NULL;
      g_autoptr (GError) local = NULL;

      if (!lm_file_name_is_shard (names->pdata[i]))
        continue;
      inner = lm_file_list (store->entries, names->pdata[i], &local);
      if (inner != NULL)
        take_names (list, names->pdata[i], inner);
      else if (!g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  return g_steal_pointer (&list);
}

static void
listed_free (gpointer data)
{
  LmListed *listed = data;

  g_free (listed->name);
  g_free (listed);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const LmListed *x = *(LmListed *const *) a, *y = *(LmListed *const *) b;
  gboolean x_is_inside = strchr (x->name, '/') != NULL, y_is_inside = strchr (y->name, '/') != NULL;

  /* Which of two files with a record's own name stands for it does not depend on their times. */
  if (x_is_inside != y_is_inside)
    return x_is_inside ? 1 : -1;
  if (!x_is_inside && x->stamp.modified != y->stamp.modified)
    return x->stamp.modified > y->stamp.modified ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

typedef struct
{
  int entries;
  GPtrArray *list; /* of LmListed */
  gint next;       /* atomic */
} Stamps;

static gpointer
take_stamps (gpointer data)
{
  Stamps *stamps = data;

  for (;;)
    {
      guint begin = (guint) g_atomic_int_add (&stamps->next, STAMPS_AT_ONCE);

      if (begin >= stamps->list->len)
        return NULL;
      for (guint i = begin; i < MIN (begin + STAMPS_AT_ONCE, stamps->list->len); i++)
        {
          LmListed *listed = stamps->list->pdata[i];

          /* One that is gone again is missed when it is read. */
          if (!stamp_of (stamps->entries, listed->name, &listed->stamp))
            listed->stamp = (LmStamp) { 0 };
        }
    }
}

/* On two processors where there is much to do: nothing can be read before all are known. */
static void
take_all_stamps (int entries, GPtrArray *list)
{
  Stamps stamps = { entries, list, 0 };
  GThread *other = list->len > 2 * STAMPS_AT_ONCE
                       ? g_thread_try_new ("stamps", take_stamps, &stamps, NULL)
                       : NULL;

  take_stamps (&stamps);
  if (other != NULL)
    g_thread_join (other);
}

/**
 * lm_scan_list_newest_first:
 * @error: domain %LM_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LmListed): as lm_scan_list (), those first that changed
 *   last
 */
GPtrArray *
lm_scan_list_newest_first (LmStore *store, GError **error)
{
  g_autoptr (GPtrArray) names = lm_scan_list (store, error);
  GPtrArray *list;

  if (names == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func (listed_free);
  for (guint i = 0; i < names->len; i++)
    {
      LmListed *listed = g_new0 (LmListed, 1);

      listed->name = g_strdup (names->pdata[i]);
      listed->place = i;
      g_ptr_array_add (list, listed);
    }
  take_all_stamps (store->entries, list);
  g_ptr_array_sort (list, newest_first);
  return list;
}

/* Rescanning --------------------------------------------------------------------------------- */

static LmScanGroup *
group_new (void)
{
  LmScanGroup *group = g_new0 (LmScanGroup, 1);

  group->copies = g_ptr_array_new ();
  group->retired = g_ptr_array_new ();
  return group;
}

static void
group_free (gpointer data)
{
  LmScanGroup *group = data;

  g_ptr_array_unref (group->copies);
  g_ptr_array_unref (group->retired);
  g_free (group);
}

static LmScanGroup *
group_of (GHashTable *groups, const LmId *id)
{
  LmScanGroup *group = g_hash_table_lookup (groups, id);

  if (group == NULL)
    {
      group = group_new ();
      g_hash_table_insert (groups, lm_id_copy (id), group);
    }
  return group;
}

/* Looks at all files. Returns: (transfer full): LmId → LmScanGroup */
static GHashTable *
look_at_all (LmStore *store, GPtrArray *bad, GError **error)
{
  g_autoptr (GPtrArray) names = lm_scan_list (store, error);
  g_autoptr (GHashTable) groups =
      g_hash_table_new_full (lm_id_hash, lm_id_equal, g_free, group_free);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer scanned;

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      const LmScanned *file = lm_scan_look (store, names->pdata[i]);
      LmId promised;

      g_hash_table_add (there, names->pdata[i]);
      if (file == NULL)
        continue;
      if (file->record == NULL)
        {
          /* Beside its record it may be a question. */
          if (file->retired != NULL && !file->is_own)
            g_ptr_array_add (group_of (groups, &file->id)->retired, (gpointer) file);
          else
            g_ptr_array_add (bad, (gpointer) file);
          if (lm_file_name_parse (file->name, ".json", &promised))
            group_of (groups, &promised)->own_is_bad = TRUE;
        }
      else if (file->is_own && group_of (groups, &file->id)->own == NULL)
        group_of (groups, &file->id)->own = file;
      else
        g_ptr_array_add (group_of (groups, &file->id)->copies, (gpointer) file);
    }
  g_hash_table_iter_init (&iter, store->scan->files);
  while (g_hash_table_iter_next (&iter, &scanned, NULL))
    if (!g_hash_table_contains (there, ((Scanned *) scanned)->name))
      g_hash_table_iter_remove (&iter);
  return g_steal_pointer (&groups);
}

/* Returns: (nullable): what stands for the record: its own file, else the newest copy */
static const LmScanned *
shown_of (LmScanGroup *group)
{
  const LmScanned *newest = group->own;

  for (guint i = 0; group->own == NULL && i < group->copies->len; i++)
    {
      const LmScanned *copy = group->copies->pdata[i];

      if (newest == NULL ||
          lm_saves_compare (copy->record->saves, newest->record->saves) == LM_SAVES_NEWER)
        newest = copy;
    }
  return newest;
}

LmConflict *
lm_conflict_new (const char *file, LmRecord *own, LmRecord *copy)
{
  LmConflict *conflict = g_new (LmConflict, 1);

  *conflict = (LmConflict) { g_strdup (file), lm_record_ref (own), lm_record_ref (copy), FALSE };
  return conflict;
}

LmConflict *
lm_conflict_copy (const LmConflict *conflict)
{
  LmConflict *copy = lm_conflict_new (conflict->file, conflict->own, conflict->copy);

  copy->retired = conflict->retired;
  return copy;
}

void
lm_conflict_free (LmConflict *conflict)
{
  g_free (conflict->file);
  lm_record_unref (conflict->own);
  lm_record_unref (conflict->copy);
  g_free (conflict);
}

void
lm_rescan_free (LmRescan *rescan)
{
  g_ptr_array_unref (rescan->changed);
  g_ptr_array_unref (rescan->conflicts);
  g_ptr_array_unref (rescan->problems);
  g_free (rescan);
}

static LmRescan *
rescan_new (void)
{
  LmRescan *rescan = g_new0 (LmRescan, 1);

  rescan->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_record_unref);
  rescan->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_conflict_free);
  rescan->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) lm_problem_free);
  return rescan;
}

static void
add_problem (LmStore *store, LmRescan *rescan, const LmScanned *file)
{
  g_ptr_array_add (rescan->problems, lm_store_problem_with (store, file));
}

static void
add_newer (LmRescan *rescan, const LmScanned *file)
{
  g_autofree char *path = g_build_filename (LM_FOLDER_ENTRIES, file->name, NULL);
  GError *error =
      g_error_new_literal (LM_STORE_ERROR, LM_STORE_ERROR_TOO_NEW, "made by a newer version");

  g_ptr_array_add (rescan->problems, lm_problem_new (path, &file->id, error));
}

static gboolean
is_gone (LmRecord *record)
{
  return record->kind == LM_RECORD_GONE;
}

/* Two states of an entry, a person or an own guide, or what is left of one, are a question; all
 * else is named. */
static gboolean
can_be_asked (LmRecord *own, LmRecord *copy)
{
  return (own->kind == LM_RECORD_ENTRY || own->kind == LM_RECORD_PERSON ||
          own->kind == LM_RECORD_GUIDE) &&
         (copy->kind == own->kind || is_gone (copy));
}

/* Whoever knows a key that was given up can have written these: they never become anything by
 * themselves, however new they say to be. */
static void
take_retired (LmStore *store, LmRescan *rescan, LmScanGroup *group)
{
  for (guint i = 0; i < group->retired->len; i++)
    {
      const LmScanned *file = group->retired->pdata[i];
      LmRecord *own = group->own != NULL ? group->own->record : NULL;
      LmCopyState ours, theirs;
      LmConflict *conflict;

      if (own == NULL || !can_be_asked (own, file->retired))
        {
          add_problem (store, rescan, file);
          continue;
        }
      ours = lm_copy_state (own, FALSE);
      theirs = lm_copy_state (file->retired, TRUE);
      if (lm_copy_judge (&ours, &theirs) != LM_COPY_DIVERGED)
        {
          add_problem (store, rescan, file);
          continue;
        }
      conflict = lm_conflict_new (file->name, own, file->retired);
      conflict->retired = TRUE;
      g_ptr_array_add (rescan->conflicts, conflict);
    }
}

static void
take_group (LmStore *store, LmRescan *rescan, LmScanGroup *group)
{
  const LmScanned *shown = shown_of (group);
  const Shown *before;
  LmCopyState own;

  take_retired (store, rescan, group);
  if (shown == NULL)
    return;
  if (lm_store_is_purged (store, shown->record))
    {
      g_autofree char *path = g_build_filename (LM_FOLDER_ENTRIES, shown->name, NULL);

      g_ptr_array_add (rescan->problems, lm_store_came_back_problem (path, shown->record));
      return;
    }
  before = g_hash_table_lookup (store->scan->shown, &shown->id);
  if (before == NULL || !lm_id_equal (&shown->record->hash, &before->hash))
    {
      g_ptr_array_add (rescan->changed, lm_record_ref (shown->record));
      lm_scan_note_shown (store->scan, shown->record);
      lm_seen_note_record (store->seen, shown->record);
    }
  if (shown->record->kind == LM_RECORD_OTHER)
    add_newer (rescan, shown);
  if (group->copies->len == 0)
    return;
  own = lm_copy_state (shown->record, FALSE);
  for (guint i = 0; i < group->copies->len; i++)
    {
      const LmScanned *copy = group->copies->pdata[i];
      LmCopyState state = lm_copy_state (copy->record, FALSE);

      if (copy == shown)
        continue;
      if (group->own != NULL && can_be_asked (shown->record, copy->record) &&
          lm_copy_judge (&own, &state) == LM_COPY_DIVERGED)
        g_ptr_array_add (rescan->conflicts,
                         lm_conflict_new (copy->name, shown->record, copy->record));
      else
        add_problem (store, rescan, copy);
    }
}

static gboolean
settle_all (LmStore *store, GHashTable *groups, LmRescan *rescan)
{
  GHashTableIter iter;
  gpointer group;
  gboolean moved = FALSE, merged = FALSE;

  /* What is read only, or looked after by another program, stays as it is. */
  if (store->read_only || store->shared)
    return FALSE;
  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    if (((LmScanGroup *) group)->copies->len > 0)
      moved = lm_store_settle (store, group, &merged) || moved;
  rescan->merged = rescan->merged || merged;
  return moved;
}

/**
 * lm_store_rescan:
 * @error: the folder could not be read
 *
 * Looks at the folder again, after lm_store_load (). Settles what needs nobody: copies that say
 * nothing new go among the versions, and a newer state takes its record's place. What cannot be
 * opened, perhaps not yet, is never touched.
 *
 * Returns: (transfer full): what is new, and all that is open
 */
LmRescan *
lm_store_rescan (LmStore *store, GError **error)
{
  g_autoptr (LmRescan) rescan = rescan_new ();

  for (guint round = 0;; round++)
    {
      g_autoptr (GPtrArray) bad = g_ptr_array_new ();
      g_autoptr (GHashTable) groups = look_at_all (store, bad, error);
      GHashTableIter iter;
      gpointer group;

      if (groups == NULL)
        return NULL;
      if (round < ROUNDS_MAX && settle_all (store, groups, rescan))
        continue;
      lm_store_settle_attachments (store, rescan->problems, &rescan->merged);
      for (guint i = 0; i < bad->len; i++)
        add_problem (store, rescan, bad->pdata[i]);
      g_hash_table_iter_init (&iter, groups);
      while (g_hash_table_iter_next (&iter, NULL, &group))
        take_group (store, rescan, group);
      return g_steal_pointer (&rescan);
    }
}
