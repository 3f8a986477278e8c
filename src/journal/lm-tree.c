/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file-name.h"
#include "journal/lm-file.h"
#include "journal/lm-folder.h"
#include "journal/lm-store-error.h"
#include "journal/lm-tree.h"

/* Copying a journal's files as they are, sealed and unread. A file that is linked from the previous
 * snapshot was compared first: a date tells nothing where a sync tool sets it. */

#define ATTACHMENTS "attachments"
#define BLOCK       ((gsize) 64 * 1024)
/* A file may change under our hands: it is copied again so often. */
#define TRIES 3

typedef struct
{
  char *folder; /* below the journal's; "" for itself */
  char *name;
  guint64 size;
  struct timespec modified;
} Item;

struct _LmTree
{
  GPtrArray *folders; /* of char *; parents first */
  GPtrArray *items;   /* of Item, by folder */
};

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->folder);
  g_free (item->name);
  g_free (item);
}

/* What it is, not following links; nothing of the kind if it went meanwhile. FALSE if that cannot
 * be told: a file that cannot be looked at is not left out in silence. */
static gboolean
look_at (int folder, const char *name, struct stat *info, GError **error)
{
  if (fstatat (folder, name, info, AT_SYMLINK_NOFOLLOW) == 0)
    return TRUE;
  *info = (struct stat) { 0 };
  if (errno == ENOENT)
    return TRUE;
  lm_file_set_error (error, errno, name);
  return FALSE;
}

static gboolean
add_file (LmTree *tree, int folder, const char *path, const char *name, GError **error)
{
  struct stat info;
  Item *item;

  /* What begins with a dot is temporary, or belongs to a sync tool. */
  if (name[0] == '.')
    return TRUE;
  if (!look_at (folder, name, &info, error))
    return FALSE;
  if (!S_ISREG (info.st_mode))
    return TRUE;
  item = g_new (Item, 1);
  *item = (Item) { g_strdup (path), g_strdup (name), (guint64) info.st_size, info.st_mtim };
  g_ptr_array_add (tree->items, item);
  return TRUE;
}

static gboolean
add_folder (LmTree *tree, int parent, const char *path, gboolean with_shards, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  int folder = lm_file_open_folder (parent, path, error);
  gboolean good = folder >= 0;

  if (folder >= 0)
    names = lm_file_list (folder, ".", error);
  if (names == NULL)
    good = FALSE;
  else
    g_ptr_array_add (tree->folders, g_strdup (path));
  for (guint i = 0; good && i < names->len; i++)
    good = add_file (tree, folder, path, names->pdata[i], error);
  for (guint i = 0; good && with_shards && i < names->len; i++)
    {
      g_autofree char *shard = g_build_filename (path, names->pdata[i], NULL);
      struct stat info;

      if (!lm_file_name_is_shard (names->pdata[i]))
        continue;
      good = look_at (folder, names->pdata[i], &info, error);
      if (good && S_ISDIR (info.st_mode))
        good = add_folder (tree, parent, shard, FALSE, error);
    }
  if (folder >= 0)
    close (folder);
  return good;
}

/**
 * lm_tree_read:
 * @folder: a journal's, or a snapshot
 * @error: domain %LM_STORE_ERROR
 *
 * Returns: (transfer full): which files belong to the journal in it
 */
LmTree *
lm_tree_read (int folder, GError **error)
{
  g_autoptr (LmTree) tree = g_new0 (LmTree, 1);

  tree->folders = g_ptr_array_new_with_free_func (g_free);
  tree->items = g_ptr_array_new_with_free_func (item_free);
  if (!add_file (tree, folder, "", "journal.json", error))
    return NULL;
  if (tree->items->len == 0)
    {
      g_set_error_literal (error,
                           LM_STORE_ERROR,
                           LM_STORE_ERROR_NOT_A_JOURNAL,
                           "there is no journal.json in it");
      return NULL;
    }
  if (!add_folder (tree, folder, LM_FOLDER_KEYS, FALSE, error) ||
      !add_folder (tree, folder, LM_FOLDER_ENTRIES, TRUE, error))
    return NULL;
  if (faccessat (folder, ATTACHMENTS, F_OK, 0) == 0)
    {
      if (!add_folder (tree, folder, ATTACHMENTS, FALSE, error))
        return NULL;
    }
  else if (errno != ENOENT)
    {
      lm_file_set_error (error, errno, ATTACHMENTS);
      return NULL;
    }
  return g_steal_pointer (&tree);
}

void
lm_tree_free (LmTree *tree)
{
  g_ptr_array_unref (tree->folders);
  g_ptr_array_unref (tree->items);
  g_free (tree);
}

static gboolean
has_same_outside (Item *item, int folder)
{
  struct stat info;

  return folder >= 0 && fstatat (folder, item->name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG (info.st_mode) && (guint64) info.st_size == item->size &&
         info.st_mtim.tv_sec == item->modified.tv_sec &&
         info.st_mtim.tv_nsec == item->modified.tv_nsec;
}

static int
open_below (int folder, const char *path)
{
  return folder < 0 ? -1
                    : openat (folder,
                              path[0] != '\0' ? path : ".",
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/**
 * lm_tree_needed:
 * @previous: the snapshot to link from, or -1
 *
 * Returns: how many bytes a copy takes, at most: of what looks different in @previous
 */
guint64
lm_tree_needed (LmTree *tree, int previous)
{
  guint64 needed = 0;
  const char *path = NULL;
  int below = -1;

  for (guint i = 0; i < tree->items->len; i++)
    {
      Item *item = tree->items->pdata[i];

      if (g_strcmp0 (path, item->folder) != 0)
        {
          if (below >= 0)
            close (below);
          path = item->folder;
          below = open_below (previous, path);
        }
      /* A name and its inode take a block as well. */
      needed += has_same_outside (item, below) ? 256 : item->size + 4096;
    }
  if (below >= 0)
    close (below);
  return needed;
}

/* One file ------------------------------------------------------------------------------------ */

static int
open_file (int folder, const char *name, struct stat *info)
{
  int file = lm_file_open (folder, name);

  if (file >= 0 && (fstat (file, info) != 0 || !S_ISREG (info->st_mode)))
    {
      close (file);
      errno = EIO;
      return -1;
    }
  return file;
}

/* Reads until @bytes is full or the file ends. Returns: how much, or -1 */
static gssize
read_block (int file, guint8 *bytes)
{
  gsize done = 0;

  while (done < BLOCK)
    {
      gssize n = read (file, bytes + done, BLOCK - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

static gboolean
write_block (int file, const guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (file, bytes + done, length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          return FALSE;
        }
      done += (gsize) n;
    }
  return TRUE;
}

static gboolean
have_same_bytes (int a, int b)
{
  g_autofree guint8 *x = g_malloc (BLOCK);
  g_autofree guint8 *y = g_malloc (BLOCK);
  gssize n, m;

  do
    {
      n = read_block (a, x);
      m = read_block (b, y);
      if (n < 0 || n != m || memcmp (x, y, (gsize) n) != 0)
        return FALSE;
    }
  while (n > 0);
  return TRUE;
}

/* Whether the file @name is the same in both folders. */
static gboolean
is_unchanged (int from, int previous, const char *name)
{
  struct stat here, there;
  int a, b = open_file (previous, name, &there);
  gboolean same = FALSE;

  if (b < 0)
    return FALSE;
  a = open_file (from, name, &here);
  if (a >= 0)
    {
      same = here.st_size == there.st_size && have_same_bytes (a, b);
      close (a);
    }
  close (b);
  return same;
}

static gboolean
copy_bytes (int from, int to)
{
  g_autofree guint8 *block = NULL;
  gssize n;

  /* Where the file system can share the blocks until one of both changes, it takes no room. */
  if (ioctl (to, FICLONE, from) == 0)
    return TRUE;
  block = g_malloc (BLOCK);
  while ((n = read_block (from, block)) > 0)
    if (!write_block (to, block, (gsize) n))
      return FALSE;
  return n == 0;
}

typedef enum
{
  COPY_DONE,
  COPY_CHANGED,    /* while we were at it */
  COPY_UNREADABLE, /* the source; see errno */
  COPY_FAILED,     /* see errno */
} CopyResult;

static CopyResult
try_copy (int from, const char *name, int to, const char *new_name)
{
  struct stat before, after;
  int source = open_file (from, name, &before), target, number;
  CopyResult result = COPY_FAILED;

  if (source < 0)
    return COPY_UNREADABLE;
  target = openat (to, new_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (target < 0)
    {
      number = errno;
      close (source);
      errno = number;
      return COPY_FAILED;
    }
  if (copy_bytes (source, target) && fstat (source, &after) == 0)
    {
      struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, before.st_mtim };

      /* Only to know it again the next time. */
      if (futimens (target, times) != 0)
        errno = 0;
      if (!lm_file_is_unchanged (&before, &after))
        result = COPY_CHANGED;
      else if (fsync (target) == 0)
        result = COPY_DONE;
    }
  number = errno;
  close (source);
  if (close (target) != 0 && result == COPY_DONE)
    {
      number = errno;
      result = COPY_FAILED;
    }
  if (result != COPY_DONE)
    unlinkat (to, new_name, 0);
  errno = number;
  return result;
}

static CopyResult
copy_file (int from, const char *name, int to, const char *new_name)
{
  CopyResult result = COPY_CHANGED;

  for (guint i = 0; i < TRIES && result == COPY_CHANGED; i++)
    result = try_copy (from, name, to, new_name);
  return result;
}

/**
 * lm_tree_copy_file:
 * @name: in the folder @from
 * @new_name: in the folder @to, where it must not be there yet
 * @error: domain %LM_STORE_ERROR
 *
 * Copies and syncs one file. The name is synced by the caller, with the folder.
 */
gboolean
lm_tree_copy_file (int from, const char *name, int to, const char *new_name, GError **error)
{
  CopyResult result = copy_file (from, name, to, new_name);

  if (result == COPY_DONE)
    return TRUE;
  if (result == COPY_CHANGED)
    g_set_error (error, LM_STORE_ERROR, LM_STORE_ERROR_CHANGED, "%s: still being written", name);
  else
    lm_file_set_error (error, errno, name);
  return FALSE;
}

/* The whole ------------------------------------------------------------------------------------ */

typedef struct
{
  int from;
  int previous;
  int to;
} Folders;

static void
folders_close (Folders *folders)
{
  if (folders->from >= 0)
    close (folders->from);
  if (folders->previous >= 0)
    close (folders->previous);
  if (folders->to >= 0)
    close (folders->to);
}

static gboolean
take_file (Folders *folders, Item *item, gboolean lenient, GError **error)
{
  gboolean known = folders->previous >= 0;
  CopyResult result;
  int number;

  /* Attachments are written once under a name of their own, and may be large: those that look the
   * same are. */
  if (known &&
      (g_str_equal (item->folder, ATTACHMENTS)
           ? has_same_outside (item, folders->previous)
           : is_unchanged (folders->from, folders->previous, item->name)) &&
      linkat (folders->previous, item->name, folders->to, item->name, 0) == 0)
    return TRUE;
  result = copy_file (folders->from, item->name, folders->to, item->name);
  if (result == COPY_DONE)
    return TRUE;
  number = errno;
  if (lenient && (result == COPY_UNREADABLE || result == COPY_CHANGED))
    {
      /* Removed meanwhile, still arriving, or the disk is going bad there. What was kept of it the
       * last time is kept on; one bad file does not stop the copy of all others. */
      if (known && linkat (folders->previous, item->name, folders->to, item->name, 0) != 0)
        g_debug ("nothing is kept of %s: %s", item->name, g_strerror (errno));
      return TRUE;
    }
  lm_file_set_error (error, number, item->name);
  return FALSE;
}

static gboolean
copy_folder (LmTree *tree,
             const char *path,
             Folders *folders,
             gboolean lenient,
             guint *done,
             LmTreeProgress progress,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  for (guint i = 0; i < tree->items->len; i++)
    {
      Item *item = tree->items->pdata[i];

      if (!g_str_equal (item->folder, path))
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !take_file (folders, item, lenient, error))
        return FALSE;
      (*done)++;
      if (progress != NULL)
        progress (*done, tree->items->len, data);
    }
  return lm_file_sync_folder (folders->to, path, error);
}

/**
 * lm_tree_copy:
 * @from: the folder that @tree was read from
 * @previous: a snapshot whose files may be linked, or -1
 * @to: an empty folder
 * @lenient: whether a file that cannot be read is taken from @previous, or left out. Else it is an
 *   error
 * @progress: (nullable): told after each file
 * @cancellable: (nullable): to stop
 * @error: domain %LM_STORE_ERROR
 *
 * Copies everything and syncs it. If it fails, some of it is in @to.
 */
gboolean
lm_tree_copy (LmTree *tree,
              int from,
              int previous,
              int to,
              gboolean lenient,
              LmTreeProgress progress,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  guint done = 0;
  gboolean good = TRUE;

  for (guint i = 0; good && i < tree->folders->len; i++)
    {
      const char *path = tree->folders->pdata[i];
      Folders folders = { lm_file_open_folder (from, path, error), -1, -1 };

      if (folders.from >= 0)
        folders.to = lm_file_make_folder (to, path, error);
      good = folders.to >= 0;
      if (good)
        folders.previous = open_below (previous, path);
      good = good &&
             copy_folder (tree, path, &folders, lenient, &done, progress, data, cancellable, error);
      folders_close (&folders);
    }
  /* Last: a folder without it is no journal. */
  return good && copy_folder (tree,
                              "",
                              &(Folders) { from, previous, to },
                              FALSE,
                              &done,
                              progress,
                              data,
                              cancellable,
                              error);
}
