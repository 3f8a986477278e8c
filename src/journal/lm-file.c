/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lm-id.h"
#include "journal/lm-file.h"
#include "journal/lm-store-error.h"

/* System calls with their errors, relative to open folders so that nobody can swap a folder under
 * our hands. GLib's own functions are not used for the journal's files: they leave new files
 * unsynced, or the folder, or do not check it (docs/threat-model.md, "Durability"). */

G_DEFINE_QUARK (lm_store_error, lm_store_error)

/**
 * lm_file_set_error:
 * @number: of errno
 * @name: the file as it is told to a person
 */
void
lm_file_set_error (GError **error, int number, const char *name)
{
  LmStoreError code = LM_STORE_ERROR_IO;

  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
    case ENODEV:
    case ENXIO:
      code = LM_STORE_ERROR_NOT_FOUND;
      break;
    case EACCES:
    case EPERM:
      code = LM_STORE_ERROR_PERMISSION;
      break;
    case EROFS:
      code = LM_STORE_ERROR_READ_ONLY;
      break;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      code = LM_STORE_ERROR_NO_SPACE;
      break;
    default:
      break;
    }
  g_set_error (error, LM_STORE_ERROR, (int) code, "%s: %s", name, g_strerror (number));
}

static gboolean
fail (GError **error, const char *name)
{
  lm_file_set_error (error, errno, name);
  return FALSE;
}

/* Opens the folder @name in @parent (or AT_FDCWD). Returns: a descriptor to close, or -1 */
int
lm_file_open_folder (int parent, const char *name, GError **error)
{
  int folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (folder < 0)
    fail (error, name);
  return folder;
}

/* As lm_file_open_folder (), making the folder, for this person alone, if it is not there. */
int
lm_file_make_folder (int parent, const char *name, GError **error)
{
  int folder;

  if (mkdirat (parent, name, 0700) == 0)
    {
      /* The folder is to survive a power cut, not only what is in it. */
      if (parent >= 0 && !lm_file_sync_folder (parent, name, error))
        return -1;
    }
  else if (errno != EEXIST)
    {
      fail (error, name);
      return -1;
    }
  folder = lm_file_open_folder (parent, name, error);
  return folder;
}

/* Some folders that a portal shares refuse to open any file that is not to be followed, as if each
 * were a link. Returns: a descriptor of the file if it is none, and the one that was looked at; -1
 * with %ELOOP otherwise */
static int
open_no_link (int folder, const char *name, int flags)
{
  struct stat before, after;
  int file;

  if (fstatat (folder, name, &before, AT_SYMLINK_NOFOLLOW) != 0)
    return -1;
  file = S_ISLNK (before.st_mode) ? -1 : openat (folder, name, flags);
  if (file >= 0 && fstat (file, &after) == 0 && before.st_dev == after.st_dev &&
      before.st_ino == after.st_ino)
    return file;
  if (file >= 0)
    close (file);
  errno = ELOOP;
  return -1;
}

/**
 * lm_file_open:
 * @folder: a descriptor
 *
 * Opens a file that is there, for reading; never what a link leads to, and never waiting for a
 * pipe.
 *
 * Returns: a descriptor, or -1 with errno, which is %ELOOP for a link
 */
int
lm_file_open (int folder, const char *name)
{
  int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  int file = openat (folder, name, flags | O_NOFOLLOW);

  return file < 0 && errno == ELOOP ? open_no_link (folder, name, flags) : file;
}

/* Whether the two are of one file, whose text nobody wrote meanwhile. Its name may be another. */
gboolean
lm_file_is_unchanged (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         memcmp (&a->st_mtim, &b->st_mtim, sizeof a->st_mtim) == 0;
}

/**
 * lm_file_read:
 * @limit: in bytes; a larger file is refused unread
 *
 * Reads a regular file whole; links, pipes and folders are refused.
 *
 * Returns: (transfer full): its bytes
 */
GBytes *
lm_file_read (int folder, const char *name, gsize limit, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  gsize length = 0, room;
  struct stat info;
  int file = lm_file_open (folder, name);

  if (file < 0 && errno == ELOOP)
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: a link, not a file", name);
      return NULL;
    }
  if (file < 0)
    {
      fail (error, name);
      return NULL;
    }
  if (fstat (file, &info) != 0)
    {
      fail (error, name);
      close (file);
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: not a regular file", name);
      close (file);
      return NULL;
    }
  if (info.st_size < 0 || (guint64) info.st_size > limit)
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE, "%s: too large", name);
      close (file);
      return NULL;
    }
  /* One more than it says, to see whether it grows. */
  room = (gsize) info.st_size + 1;
  bytes = g_malloc (room);
  while (length < room)
    {
      gssize n = read (file, bytes + length, room - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (error, name);
          close (file);
          return NULL;
        }
      if (n == 0)
        break;
      length += (gsize) n;
      /* There was room for more: this is the end, and need not be asked for. */
      if (length == room - 1)
        break;
    }
  close (file);
  if (length == room)
    {
      g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_DAMAGED, "%s: still being written", name);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

static gboolean
write_all (int file, GBytes *bytes)
{
  gsize length, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  while (done < length)
    {
      gssize n = write (file, data + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        {
          errno = EIO;
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
try_write_new (int folder, const char *name, GBytes *bytes)
{
  int file = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  int number;

  if (file < 0)
    return FALSE;
  /* A full disk is found before the first byte. Not every file system can reserve. */
  if (g_bytes_get_size (bytes) > 0 &&
      fallocate (file, 0, 0, (off_t) g_bytes_get_size (bytes)) != 0 &&
      (errno == ENOSPC || errno == EDQUOT || errno == EFBIG))
    goto failed;
  if (!write_all (file, bytes) || fsync (file) != 0)
    goto failed;
  if (close (file) == 0)
    return TRUE;
  number = errno;
  unlinkat (folder, name, 0);
  errno = number;
  return FALSE;

failed:
  number = errno;
  close (file);
  unlinkat (folder, name, 0);
  errno = number;
  return FALSE;
}

/**
 * lm_file_write_new:
 * @name: must not be there yet
 *
 * Writes and syncs a new file. A failed fsync is never tried again on the same file: the kernel has
 * marked its pages as clean then (Rebello et al., "Can Applications Recover from fsync Failures?",
 * ATC 2020). The file is written once more from memory instead. On failure nothing is left.
 */
gboolean
lm_file_write_new (int folder, const char *name, GBytes *bytes, GError **error)
{
  if (try_write_new (folder, name, bytes))
    return TRUE;
  if (errno == EIO && try_write_new (folder, name, bytes))
    return TRUE;
  return fail (error, name);
}

static gboolean
cannot_rename_so (int number)
{
  return number == EINVAL || number == ENOSYS || number == ENOTSUP || number == EPERM;
}

/**
 * lm_file_publish:
 * @temporary: a file from lm_file_write_new ()
 * @name: must not be there yet
 *
 * Gives @temporary its name. If @name is there already, the error is %LM_STORE_ERROR_CHANGED.
 */
gboolean
lm_file_publish (int folder, const char *temporary, const char *name, GError **error)
{
  gboolean taken = FALSE;

  if (renameat2 (folder, temporary, folder, name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno == EEXIST)
    taken = TRUE;
  else if (cannot_rename_so (errno))
    {
      if (faccessat (folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        taken = TRUE;
      else if (renameat (folder, temporary, folder, name) == 0)
        return TRUE;
    }
  if (!taken)
    return fail (error, name);
  g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED, "%s: is there already", name);
  return FALSE;
}

/**
 * lm_file_exchange:
 * @temporary: a file from lm_file_write_new ()
 * @name: the file to replace
 *
 * Puts @temporary in the place of @name in one step and keeps the old file under the name
 * @temporary, so that it can be looked at before it goes.
 */
LmExchange
lm_file_exchange (int folder, const char *temporary, const char *name, GError **error)
{
  if (renameat2 (folder, temporary, folder, name, RENAME_EXCHANGE) == 0)
    return LM_EXCHANGE_DONE;
  if (errno == ENOENT && faccessat (folder, temporary, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
    return LM_EXCHANGE_ABSENT;
  /* Some systems say so before they look whether there is a second file. */
  if (cannot_rename_so (errno))
    return faccessat (folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT
               ? LM_EXCHANGE_ABSENT
               : LM_EXCHANGE_UNSUPPORTED;
  fail (error, name);
  return LM_EXCHANGE_FAILED;
}

/* Gives a file another name; a file that had it is gone then. */
gboolean
lm_file_rename (int folder, const char *from, const char *to, GError **error)
{
  return renameat (folder, from, folder, to) == 0 || fail (error, to);
}

/**
 * lm_file_sync_folder:
 * @name: as it is told to a person
 *
 * Makes new names in @folder survive a power cut. A file system that does not offer this counts as
 * done; every other failure means that nothing may be called saved.
 */
gboolean
lm_file_sync_folder (int folder, const char *name, GError **error)
{
  if (fsync (folder) == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
    return TRUE;
  return fail (error, name);
}

/**
 * lm_file_write_local:
 *
 * Writes or replaces one of this computer's own files, which nobody else changes: temporary file,
 * sync, rename, sync of the folder.
 */
gboolean
lm_file_write_local (int folder, const char *name, GBytes *bytes, GError **error)
{
  LmId random = lm_id_new_random ();
  g_autofree char *temporary = g_strdup_printf (".~%s.part", lm_id_format (&random).digits);

  if (!lm_file_write_new (folder, temporary, bytes, error))
    return FALSE;
  if (renameat (folder, temporary, folder, name) != 0)
    {
      fail (error, name);
      unlinkat (folder, temporary, 0);
      return FALSE;
    }
  return lm_file_sync_folder (folder, name, error);
}

/**
 * lm_file_write_chosen:
 * @path: where a person wants it, outside of the journal; they were asked about a file that is
 * there
 *
 * Writes @bytes, readable by this person alone. If that fails, what was there before still is.
 */
gboolean
lm_file_write_chosen (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  int folder = lm_file_open_folder (AT_FDCWD, parent, error);
  gboolean good;

  if (folder < 0)
    return FALSE;
  good = lm_file_write_local (folder, name, bytes, error);
  close (folder);
  return good;
}

/* Removes a file; that it is not there is no error. */
gboolean
lm_file_remove (int folder, const char *name, GError **error)
{
  if (unlinkat (folder, name, 0) == 0 || errno == ENOENT)
    return TRUE;
  return fail (error, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * lm_file_list_some:
 * @name: the folder inside @folder, "." for itself
 * @wanted: (nullable): tells of a name whether it is
 *
 * Returns: (transfer full) (element-type utf8): the names in it that are wanted, sorted, without
 * "." and ".."
 */
GPtrArray *
lm_file_list_some (int folder, const char *name, LmFileWanted wanted, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int own = lm_file_open_folder (folder, name, error);
  struct dirent *item;
  DIR *list;

  if (own < 0)
    return NULL;
  list = fdopendir (own);
  if (list == NULL)
    {
      fail (error, name);
      close (own);
      return NULL;
    }
  for (errno = 0; (item = readdir (list)) != NULL; errno = 0)
    if (g_strcmp0 (item->d_name, ".") != 0 && g_strcmp0 (item->d_name, "..") != 0 &&
        (wanted == NULL || wanted (item->d_name)))
      g_ptr_array_add (names, g_strdup (item->d_name));
  if (errno != 0)
    {
      fail (error, name);
      closedir (list);
      return NULL;
    }
  closedir (list);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

/* As lm_file_list_some (), of all names. */
GPtrArray *
lm_file_list (int folder, const char *name, GError **error)
{
  return lm_file_list_some (folder, name, NULL, error);
}

/**
 * lm_file_remove_tree:
 * @name: a folder in @parent
 * @error: domain %LM_STORE_ERROR; what could be removed is gone all the same
 *
 * Removes a folder with all that is in it. That it is not there is no error.
 */
gboolean
lm_file_remove_tree (int parent, const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  int folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  gboolean good = folder >= 0;

  if (folder < 0)
    return errno == ENOENT || fail (error, name);
  names = lm_file_list (folder, ".", error);
  if (names == NULL)
    good = FALSE;
  for (guint i = 0; names != NULL && i < names->len; i++)
    if (unlinkat (folder, names->pdata[i], 0) != 0 && errno != ENOENT)
      {
        if (errno == EISDIR || errno == EPERM)
          good = lm_file_remove_tree (folder, names->pdata[i], good ? error : NULL) && good;
        else
          good = good && fail (error, names->pdata[i]);
      }
  close (folder);
  if (unlinkat (parent, name, AT_REMOVEDIR) == 0)
    return good;
  return good && fail (error, name);
}

/**
 * lm_file_publish_folder:
 * @path: a new or empty folder; the folder above it must exist
 * @fill: writes and syncs what belongs into the folder
 * @data: for @fill
 * @error: of @fill, or domain %LM_STORE_ERROR
 *
 * Makes the folder under another name and gives it its own when all is in it, so that a crash
 * never leaves half of it. Takes the place of an empty folder, and of nothing else.
 */
gboolean
lm_file_publish_folder (const char *path, LmFileFill fill, gpointer data, GError **error)
{
  g_autofree char *parent_path = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  LmId random = lm_id_new_random ();
  g_autofree char *temporary = g_strdup_printf (".~%s.part", lm_id_format (&random).digits);
  int parent = lm_file_open_folder (AT_FDCWD, parent_path, error), folder;
  gboolean good;

  if (parent < 0)
    return FALSE;
  folder = lm_file_make_folder (parent, temporary, error);
  good =
      folder >= 0 && fill (folder, data, error) && lm_file_sync_folder (folder, temporary, error);
  if (folder >= 0)
    close (folder);
  if (good && renameat (parent, temporary, parent, name) != 0)
    {
      if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
        g_set_error (error,
                     LM_STORE_ERROR,
                     LM_STORE_ERROR_NOT_EMPTY,
                     "%s: is not an empty folder",
                     path);
      else
        lm_file_set_error (error, errno, path);
      good = FALSE;
    }
  if (good)
    good = lm_file_sync_folder (parent, parent_path, error);
  else
    lm_file_remove_tree (parent, temporary, NULL);
  close (parent);
  return good;
}
