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
  g_autoptr (LmLocal) local = g_new (LmLocal, 1);
  g_autofree char *path = lm_local_path (journal);

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
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (local->lock < 0)
    local->lock = openat (local->folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (local->lock < 0)
    {
      lm_file_set_error (error, errno, "lock");
      return FALSE;
    }
  if (fcntl (local->lock, F_OFD_SETLK, &whole) == 0)
    return TRUE;
  if (errno == EAGAIN || errno == EACCES)
    g_set_error_literal (error,
                         LM_STORE_ERROR,
                         LM_STORE_ERROR_BUSY,
                         "another program has this journal open");
  else
    lm_file_set_error (error, errno, "lock");
  return FALSE;
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
