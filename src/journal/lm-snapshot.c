/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-local.h"
#include "journal/lm-snapshot.h"
#include "journal/lm-store-error.h"

/* Making and removing snapshots. One is made under a name that does not count and gets its own when
 * all of it is on the disk; one that is removed loses its name first. So there is never half of
 * one, whenever the power goes. */

#define PART ".part"

/* The third byte of the lock file: who makes or removes snapshots. */
#define LOCK_BYTE 2

struct _LmSnapshots
{
  int folder;
  int lock;
};

/**
 * lm_snapshots_open:
 * @journal: which journal's
 * @error: domain %LM_STORE_ERROR
 *
 * Returns: (transfer full): this computer's snapshots of the journal, which may be none
 */
LmSnapshots *
lm_snapshots_open (const LmId *journal, GError **error)
{
  g_autoptr (LmSnapshots) snapshots = g_new (LmSnapshots, 1);
  g_autofree char *path = lm_local_path (journal);
  int local;

  *snapshots = (LmSnapshots) { -1, -1 };
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      lm_file_set_error (error, errno, path);
      return NULL;
    }
  local = lm_file_open_folder (AT_FDCWD, path, error);
  if (local < 0)
    return NULL;
  snapshots->folder = lm_file_make_folder (local, LM_LOCAL_SNAPSHOTS, error);
  if (snapshots->folder >= 0)
    {
      snapshots->lock = openat (local, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
      if (snapshots->lock < 0)
        lm_file_set_error (error, errno, "lock");
    }
  close (local);
  return snapshots->lock >= 0 ? g_steal_pointer (&snapshots) : NULL;
}

void
lm_snapshots_close (LmSnapshots *snapshots)
{
  if (snapshots->lock >= 0)
    close (snapshots->lock);
  if (snapshots->folder >= 0)
    close (snapshots->folder);
  g_free (snapshots);
}

static gboolean
set_lock (LmSnapshots *snapshots, short type)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = LOCK_BYTE, .l_len = 1 };

  return fcntl (snapshots->lock, F_OFD_SETLK, &range) == 0;
}

/**
 * lm_snapshots_lock:
 * @error: %LM_STORE_ERROR_BUSY if somebody else makes or changes snapshots just now
 *
 * Until lm_snapshots_unlock () nobody else makes, changes or removes any. What makes and removes
 * them here takes the lock by itself; who changes files in them takes it first.
 */
gboolean
lm_snapshots_lock (LmSnapshots *snapshots, GError **error)
{
  if (set_lock (snapshots, F_WRLCK))
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_BUSY,
                         "somebody else is at the snapshots");
  else
    lm_file_set_error (error, errno, "lock");
  return FALSE;
}

void
lm_snapshots_unlock (LmSnapshots *snapshots)
{
  set_lock (snapshots, F_UNLCK);
}

/* How long somebody else is waited for, and how often it is looked whether they are done. */
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define LOOK_US     (20 * 1000)

/* As lm_snapshots_lock (), waiting for who has it: the daily snapshot may be on its way. */
static gboolean
lock_patiently (LmSnapshots *snapshots, GCancellable *cancellable, GError **error)
{
  for (guint waited = 0;; waited += LOOK_US)
    {
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (lm_snapshots_lock (snapshots, &local))
        return TRUE;
      if (!g_error_matches (local, LM_STORE_ERROR, LM_STORE_ERROR_BUSY) || waited >= PATIENCE_US)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      g_usleep (LOOK_US);
    }
}

/* Returns: (transfer full) (element-type utf8): their names, oldest first */
GPtrArray *
lm_snapshots_list (LmSnapshots *snapshots, GError **error)
{
  g_autoptr (GPtrArray) names = lm_file_list (snapshots->folder, ".", error);

  for (guint i = names != NULL ? names->len : 0; i > 0; i--)
    {
      g_autoptr (GDateTime) made = lm_snapshot_time (names->pdata[i - 1]);

      if (made == NULL)
        g_ptr_array_remove_index (names, i - 1);
    }
  return g_steal_pointer (&names);
}

/**
 * lm_snapshots_open_one:
 * @name: of lm_snapshots_list ()
 * @error: %LM_STORE_ERROR_NOT_FOUND
 *
 * Returns: a descriptor of its folder, to be closed, or -1. In it are journal.json, keys, entries
 *   and, if the journal had any, attachments
 */
int
lm_snapshots_open_one (LmSnapshots *snapshots, const char *name, GError **error)
{
  g_autoptr (GDateTime) made = lm_snapshot_time (name);

  if (made == NULL)
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_NOT_FOUND, "%s: no snapshot", name);
      return -1;
    }
  return lm_file_open_folder (snapshots->folder, name, error);
}

/* Removing ------------------------------------------------------------------------------------ */

/* Removes what was begun and not finished. With the lock. */
static void
clean_up (LmSnapshots *snapshots)
{
  g_autoptr (GPtrArray) names = lm_file_list (snapshots->folder, ".", NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = names->pdata[i];

      if (name[0] == '.' && g_str_has_suffix (name, PART))
        lm_file_remove_tree (snapshots->folder, name, NULL);
    }
}

static gboolean
remove_one (LmSnapshots *snapshots, const char *name, GError **error)
{
  g_autofree char *part = g_strdup_printf (".%s" PART, name);

  return lm_file_rename (snapshots->folder, name, part, error) &&
         lm_file_sync_folder (snapshots->folder, LM_LOCAL_SNAPSHOTS, error) &&
         lm_file_remove_tree (snapshots->folder, part, error);
}

/* Removes the snapshot @name. */
gboolean
lm_snapshot_remove (LmSnapshots *snapshots, const char *name, GError **error)
{
  gboolean good;

  if (!lock_patiently (snapshots, NULL, error))
    return FALSE;
  clean_up (snapshots);
  good = remove_one (snapshots, name, error);
  lm_snapshots_unlock (snapshots);
  return good;
}

/* Removes those that lm_snapshot_superfluous () names. */
gboolean
lm_snapshots_thin (LmSnapshots *snapshots, GDateTime *now, GError **error)
{
  g_autoptr (GPtrArray) names = NULL, superfluous = NULL;
  gboolean good;

  if (!lock_patiently (snapshots, NULL, error))
    return FALSE;
  clean_up (snapshots);
  names = lm_snapshots_list (snapshots, error);
  good = names != NULL;
  if (good)
    superfluous = lm_snapshot_superfluous (names, now);
  for (guint i = 0; good && i < superfluous->len; i++)
    good = remove_one (snapshots, superfluous->pdata[i], error);
  lm_snapshots_unlock (snapshots);
  return good;
}

/* Making -------------------------------------------------------------------------------------- */

static gboolean
check_room (LmSnapshots *snapshots, guint64 needed, GError **error)
{
  struct statvfs info;
  guint64 available;

  /* Where the file system does not say, the copy itself finds out. */
  if (fstatvfs (snapshots->folder, &info) != 0)
    return TRUE;
  available = (guint64) info.f_bavail * info.f_frsize;
  if (available >= needed && available - needed >= LM_SNAPSHOT_LEAVE_BYTES)
    return TRUE;
  g_set_error_literal (error,
                       LM_STORE_ERROR,
                       LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT,
                       "a snapshot would leave too little room");
  return FALSE;
}

/* The name for one that is made now, which no other has. */
static char *
free_name (LmSnapshots *snapshots, LmClock *clock)
{
  g_autoptr (GDateTime) now = lm_clock_now (clock);

  for (guint i = 0;; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_seconds (now, i);
      g_autofree char *name = lm_snapshot_name (time);

      if (faccessat (snapshots->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        return g_steal_pointer (&name);
    }
}

/* The newest snapshot, opened, or -1. */
static int
open_previous (LmSnapshots *snapshots)
{
  g_autoptr (GPtrArray) names = lm_snapshots_list (snapshots, NULL);

  return names != NULL && names->len > 0
             ? lm_file_open_folder (snapshots->folder, names->pdata[names->len - 1], NULL)
             : -1;
}

typedef struct
{
  LmTreeProgress progress;
  gpointer data;
  GCancellable *cancellable;
} Watcher;

/* Copies @journal into the new folder @part and gives it its name. */
static gboolean
make_part (LmSnapshots *snapshots,
           LmTree *tree,
           int journal,
           int previous,
           const char *name,
           const Watcher *watcher,
           GError **error)
{
  g_autofree char *part = g_strdup_printf (".%s" PART, name);
  int folder;
  gboolean good;

  if (mkdirat (snapshots->folder, part, 0700) != 0)
    {
      lm_file_set_error (error, errno, LM_LOCAL_SNAPSHOTS);
      return FALSE;
    }
  folder = lm_file_open_folder (snapshots->folder, part, error);
  good = folder >= 0 && lm_tree_copy (tree,
                                      journal,
                                      previous,
                                      folder,
                                      TRUE,
                                      watcher->progress,
                                      watcher->data,
                                      watcher->cancellable,
                                      error);
  if (folder >= 0)
    close (folder);
  good = good && lm_file_publish (snapshots->folder, part, name, error);
  if (!good)
    {
      lm_file_remove_tree (snapshots->folder, part, NULL);
      return FALSE;
    }
  return lm_file_sync_folder (snapshots->folder, LM_LOCAL_SNAPSHOTS, error);
}

static gboolean
make_named (
    LmSnapshots *snapshots, int journal, const char *name, const Watcher *watcher, GError **error)
{
  g_autoptr (LmTree) tree = lm_tree_read (journal, error);
  int previous;
  gboolean good;

  if (tree == NULL)
    return FALSE;
  previous = open_previous (snapshots);
  good = check_room (snapshots, lm_tree_needed (tree, previous), error) &&
         make_part (snapshots, tree, journal, previous, name, watcher, error);
  if (previous >= 0)
    close (previous);
  return good;
}

/**
 * lm_snapshot_make:
 * @journal: the journal's folder
 * @clock: the time, for the name
 * @progress: (nullable): told in this thread after each file
 * @data: for @progress
 * @cancellable: (nullable): to stop; then nothing is left
 * @error: domain %LM_STORE_ERROR: %LM_STORE_ERROR_NO_ROOM_FOR_SNAPSHOT if it would leave too
 *   little room, and then it was not begun; %LM_STORE_ERROR_BUSY if somebody else is at the
 *   snapshots for a minute; or %G_IO_ERROR_CANCELLED
 *
 * Copies the journal as it is now. Call it from a worker; saving goes on meanwhile, and each file
 * is in the snapshot as it was before or after. Before what may go wrong with many files at once
 * (rotation, migration, import, a large restore), make one and go on only if it succeeded.
 *
 * Returns: (transfer full): the name of the snapshot, which survives a power cut now
 */
char *
lm_snapshot_make (LmSnapshots *snapshots,
                  const char *journal,
                  LmClock *clock,
                  LmTreeProgress progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  const Watcher watcher = { progress, data, cancellable };
  g_autofree char *name = NULL;
  int folder = lm_file_open_folder (AT_FDCWD, journal, error);
  gboolean good;

  if (folder < 0)
    return NULL;
  good = lock_patiently (snapshots, cancellable, error);
  if (good)
    {
      clean_up (snapshots);
      name = free_name (snapshots, clock);
      good = make_named (snapshots, folder, name, &watcher, error);
      lm_snapshots_unlock (snapshots);
    }
  close (folder);
  return good ? g_steal_pointer (&name) : NULL;
}
