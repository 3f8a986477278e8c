/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-reseal.h"
#include "journal/lm-store-error.h"
#include "journal/lm-store-place.h"
#include "journal/lm-store-private.h"

/* Where the journal lies, and when: a folder that moved or was copied, a drive that was taken out
 * and put back, a clock that went back, a second program. */

/* Moved, or a copy -------------------------------------------------------------------------- */

/* Returns: (nullable): the folder that this computer knew the journal in, if it lies in another one
 * now and nobody has said yet whether it moved or this is a copy */
const char *
lm_store_folder_before (LmStore *store)
{
  return store->before;
}

/**
 * lm_store_set_elsewhere:
 * @elsewhere: whether what lies here may be a copy of the journal
 *
 * A copy is read and never changed, and what is seen of it is not noted: it would be held against
 * the journal itself.
 */
void
lm_store_set_elsewhere (LmStore *store, gboolean elsewhere)
{
  store->elsewhere = elsewhere;
  store->read_only = elsewhere || store->outdated || faccessat (store->entries, ".", W_OK, 0) != 0;
}

/**
 * lm_store_accept_folder:
 * @error: domain %LM_STORE_ERROR
 *
 * The journal has moved here: from now on this is its folder.
 */
gboolean
lm_store_accept_folder (LmStore *store, GError **error)
{
  lm_store_set_elsewhere (store, FALSE);
  g_clear_pointer (&store->before, g_free);
  lm_seen_set_copy (store->seen, lm_folder_path (store->folder), FALSE);
  lm_seen_note_folder (store->seen, lm_folder_path (store->folder), store->entries);
  return lm_store_write_seen (store, error);
}

/* Returns: whether the person said that what lies here is a copy */
gboolean
lm_store_is_copy (LmStore *store)
{
  return store->before != NULL && lm_seen_is_copy (store->seen, lm_folder_path (store->folder));
}

/**
 * lm_store_note_copy:
 * @error: domain %LM_STORE_ERROR: it could not be noted, and will be asked again
 *
 * What lies here is a copy: it can only be read, now and whenever it is opened again. Nothing else
 * is noted of it.
 */
gboolean
lm_store_note_copy (LmStore *store, GError **error)
{
  LmSeen *seen;
  gboolean noted;

  lm_store_set_elsewhere (store, TRUE);
  lm_seen_set_copy (store->seen, lm_folder_path (store->folder), TRUE);
  /* The other program would write over it; this one asks once more next time. */
  if (store->shared || store->outdated)
    return TRUE;
  /* As it lies on disk: what this store has seen since is what the copy holds. */
  seen = lm_seen_load (store->local, store->vault);
  lm_seen_set_copy (seen, lm_folder_path (store->folder), TRUE);
  noted = lm_seen_write (seen, store->local, store->vault, error);
  lm_seen_free (seen);
  return noted;
}

/* The clock ------------------------------------------------------------------------------------ */

/* Returns: (transfer none) (nullable): the last day on which the journal was in use here, if that
 * lies ahead by this computer's clock */
GDateTime *
lm_store_clock_behind (LmStore *store)
{
  return store->last_day;
}

/* Taken out and put back --------------------------------------------------------------------- */

static gboolean
is_same_folder (int a, int b)
{
  struct stat one, other;

  return fstat (a, &one) == 0 && fstat (b, &other) == 0 && one.st_dev == other.st_dev &&
         one.st_ino == other.st_ino;
}

static int
open_entries_now (LmStore *store, GError **error)
{
  int journal = lm_file_open_folder (AT_FDCWD, lm_folder_path (store->folder), error);
  int entries = journal >= 0 ? lm_file_open_folder (journal, LM_FOLDER_ENTRIES, error) : -1;

  if (journal >= 0)
    close (journal);
  return entries;
}

/**
 * lm_store_is_here:
 * @error: domain %LM_STORE_ERROR: why not
 *
 * Whether the folder of the journal still is the one that was opened. What would be written
 * otherwise goes where nobody looks for it, or nowhere.
 */
gboolean
lm_store_is_here (LmStore *store, GError **error)
{
  int entries = open_entries_now (store, error);
  gboolean same;

  if (entries < 0)
    return FALSE;
  same = is_same_folder (entries, store->entries);
  close (entries);
  if (!same)
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_NOT_FOUND,
                         "another folder lies in its place");
  return same;
}

/**
 * lm_store_come_back:
 * @error: domain %LM_STORE_ERROR: why not
 *
 * As lm_store_is_here (), and if another folder is there that holds this journal, as after a drive
 * was put back, that one is used from now on.
 */
gboolean
lm_store_come_back (LmStore *store, GError **error)
{
  int entries = open_entries_now (store, error);
  g_autoptr (LmFolder) folder = NULL;

  if (entries < 0)
    return FALSE;
  if (is_same_folder (entries, store->entries))
    {
      close (entries);
      return TRUE;
    }
  folder = lm_folder_read (lm_folder_path (store->folder), error);
  if (folder == NULL ||
      !lm_id_equal (lm_folder_journal (folder), lm_folder_journal (store->folder)))
    {
      if (folder != NULL)
        g_set_error_literal (error,
                             LM_STORE_ERROR,
                             LM_STORE_ERROR_NOT_FOUND,
                             "another journal lies in its place");
      close (entries);
      return FALSE;
    }
  lm_store_reseal_stop (store);
  close (store->entries);
  store->entries = entries;
  lm_folder_unref (store->folder);
  store->folder = g_steal_pointer (&folder);
  lm_store_set_elsewhere (store, store->elsewhere);
  return TRUE;
}

/* A second program ------------------------------------------------------------------------------
 */

/**
 * lm_store_become_alone:
 *
 * If another program had the journal open and is done, this one looks after it now, with what the
 * other has noted.
 *
 * Returns: whether no other program has the journal open
 */
gboolean
lm_store_become_alone (LmStore *store)
{
  if (!store->shared)
    return TRUE;
  if (!lm_local_take_lock (store->local, NULL))
    return FALSE;
  store->shared = FALSE;
  lm_seen_free (store->seen);
  store->seen = lm_seen_load (store->local, store->vault);
  lm_scan_note_all (store);
  return TRUE;
}
