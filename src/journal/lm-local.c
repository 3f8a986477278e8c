/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "journal/lm-local.h"
#include "journal/lm-store-error.h"

struct _LmLocal
{
  int folder;
  int drafts;
  int versions;
  int lock;
};

static char *
parent_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "leitmotif", NULL);
}

/* Returns: (transfer full): where this computer's folder for @journal is, whether or not it exists
 */
char *
lm_local_path (const LmId *journal)
{
  return g_build_filename (g_get_user_data_dir (),
                           "leitmotif",
                           lm_id_format (journal).digits,
                           NULL);
}

/* Whether some journal was ever opened here. Then a missing one is missed, not made anew. */
gboolean
lm_local_any_known (void)
{
  g_autofree char *parent = parent_path ();
  g_autoptr (GPtrArray) names = lm_file_list (AT_FDCWD, parent, NULL);
  LmId id;

  for (guint i = 0; names != NULL && i < names->len; i++)
    if (lm_id_parse (names->pdata[i], -1, &id))
      return TRUE;
  return FALSE;
}

static int
make_path (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      lm_file_set_error (error, errno, path);
      return -1;
    }
  return lm_file_open_folder (AT_FDCWD, path, error);
}

/**
 * lm_local_open_at:
 * @path: where the folder is, or will be
 * @error: domain %LM_STORE_ERROR
 *
 * As lm_local_open (), for a folder that is somewhere else.
 *
 * Returns: (transfer full): the folder
 */
LmLocal *
lm_local_open_at (const char *path, GError **error)
{
  g_autoptr (LmLocal) local = g_new (LmLocal, 1);

  *local = (LmLocal) { -1, -1, -1, -1 };
  local->folder = make_path (path, error);
  if (local->folder < 0)
    return NULL;
  local->drafts = lm_file_make_folder (local->folder, LM_LOCAL_DRAFTS, error);
  if (local->drafts < 0)
    return NULL;
  local->versions = lm_file_make_folder (local->folder, LM_LOCAL_VERSIONS, error);
  if (local->versions < 0)
    return NULL;
  return g_steal_pointer (&local);
}

/**
 * lm_local_open:
 * @error: domain %LM_STORE_ERROR
 *
 * Opens this computer's folder for @journal, making it if needed.
 *
 * Returns: (transfer full): the folder
 */
LmLocal *
lm_local_open (const LmId *journal, GError **error)
{
  g_autofree char *path = lm_local_path (journal);

  return lm_local_open_at (path, error);
}

static void
close_if_open (int file)
{
  if (file >= 0)
    close (file);
}

void
lm_local_close (LmLocal *local)
{
  close_if_open (local->lock);
  close_if_open (local->versions);
  close_if_open (local->drafts);
  close_if_open (local->folder);
  g_free (local);
}

/* Who has the first byte of the lock file looks after the folder. The second is shared by all who
 * may be saving; it is had alone only while looking at what may be left of somebody's saving. */
#define KEEPER 0
#define USERS  1

static gboolean
set_lock (LmLocal *local, short type, off_t byte, gboolean wait)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  int result;

  do
    result = fcntl (local->lock, wait ? F_OFD_SETLKW : F_OFD_SETLK, &range);
  while (result != 0 && errno == EINTR);
  return result == 0;
}

/**
 * lm_local_take_lock:
 * @error: %LM_STORE_ERROR_BUSY if another program has it
 *
 * Takes the kernel's lock on this journal's folder until lm_local_close () or the end of the
 * process, however that comes. The file's existence means nothing.
 */
gboolean
lm_local_take_lock (LmLocal *local, GError **error)
{
  if (local->lock < 0)
    local->lock = openat (local->folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  /* The second waits only for a look at what is left, which takes no time. */
  if (local->lock >= 0 && set_lock (local, F_RDLCK, USERS, TRUE) &&
      set_lock (local, F_WRLCK, KEEPER, FALSE))
    return TRUE;
  if (local->lock >= 0 && (errno == EAGAIN || errno == EACCES))
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_BUSY,
                         "another program has this journal open");
  else
    lm_file_set_error (error, errno, "lock");
  return FALSE;
}

/* Whether no other program has the journal open. If so, those that come wait until
 * lm_local_end_alone (). Only for who has the lock. */
gboolean
lm_local_begin_alone (LmLocal *local)
{
  return set_lock (local, F_WRLCK, USERS, FALSE);
}

void
lm_local_end_alone (LmLocal *local)
{
  set_lock (local, F_RDLCK, USERS, FALSE);
}

int
lm_local_folder (LmLocal *local)
{
  return local->folder;
}

int
lm_local_drafts (LmLocal *local)
{
  return local->drafts;
}

int
lm_local_versions (LmLocal *local)
{
  return local->versions;
}

/* Aside, in memory ----------------------------------------------------------- */

/* Inside a Flatpak the runtime folder goes with the process, but for the part that is named after
 * the program. Returns: (nullable): where drafts are put aside */
static char *
aside_path (const LmId *journal)
{
  const char *runtime = g_get_user_runtime_dir ();
  gboolean boxed = access ("/.flatpak-info", F_OK) == 0;

  /* Without one, GLib names a folder on the disk, which is what is full. */
  if (g_str_equal (runtime, g_get_user_cache_dir ()))
    return NULL;
  return g_build_filename (runtime,
                           boxed ? "app/" APP_ID "/leitmotif" : "leitmotif",
                           lm_id_format (journal).digits,
                           NULL);
}

/**
 * lm_local_open_aside:
 * @make: whether to make the folder
 * @error: domain %LM_STORE_ERROR
 *
 * Opens the folder for drafts of @journal that lies in the runtime folder: it takes them when the
 * disk is full, and is there until the person logs out.
 *
 * Returns: a descriptor to close, or -1
 */
int
lm_local_open_aside (const LmId *journal, gboolean make, GError **error)
{
  g_autofree char *path = aside_path (journal);

  if (path == NULL)
    {
      lm_file_set_error (error, ENOENT, LM_LOCAL_ASIDE);
      return -1;
    }
  return make ? make_path (path, error) : lm_file_open_folder (AT_FDCWD, path, error);
}

/* The mark of a lock ---------------------------------------------------------
 *
 * Somebody locked the journal: until the passphrase is given, the keyring is not asked, also after
 * quitting, a crash or a restart. A file that is synced at once, not a setting, which may reach the
 * disk later or never. */

/* Whether @journal was locked and not opened by a passphrase since. */
gboolean
lm_local_is_locked (const LmId *journal)
{
  g_autofree char *folder = lm_local_path (journal);
  g_autofree char *path = g_build_filename (folder, LM_LOCAL_LOCKED, NULL);

  return access (path, F_OK) == 0 || errno != ENOENT;
}

/* Sets or removes the mark, durably. */
gboolean
lm_local_set_locked (const LmId *journal, gboolean locked, GError **error)
{
  g_autofree char *path = lm_local_path (journal);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  int folder = make_path (path, error);
  gboolean good;

  if (folder < 0)
    return FALSE;
  good = locked ? lm_file_write_local (folder, LM_LOCAL_LOCKED, empty, error)
                : lm_file_remove (folder, LM_LOCAL_LOCKED, error) &&
                      lm_file_sync_folder (folder, LM_LOCAL_LOCKED, error);
  close (folder);
  return good;
}
