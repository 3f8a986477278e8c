/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lm-crash-tree.h"

static void
node_free (gpointer data)
{
  LmCrashNode *node = data;

  g_free (node->path);
  g_clear_pointer (&node->bytes, g_bytes_unref);
  g_free (node);
}

LmCrashTree *
lm_crash_tree_new (void)
{
  return g_ptr_array_new_with_free_func (node_free);
}

void
lm_crash_tree_add (LmCrashTree *tree, const char *path, GBytes *bytes, guint64 inode)
{
  LmCrashNode *node = g_new0 (LmCrashNode, 1);

  node->path = g_strdup (path);
  node->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  node->inode = inode;
  g_ptr_array_add (tree, node);
}

/* Returns: (transfer full) (nullable): the content of a file, past whatever a test has in the way
 * of the functions under test */
GBytes *
lm_crash_read_file (const char *path)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 part[65536];
  gssize n;
  int file = open (path, O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return NULL;
  while ((n = read (file, part, sizeof part)) > 0)
    g_byte_array_append (bytes, part, (guint) n);
  close (file);
  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
read_below (LmCrashTree *tree, const char *root, const char *below)
{
  g_autofree char *folder = g_build_filename (root, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path =
          below[0] == '\0' ? g_strdup (name) : g_build_filename (below, name, NULL);
      g_autofree char *full = g_build_filename (root, path, NULL);
      g_autoptr (GBytes) bytes = NULL;
      struct stat info;

      if (lstat (full, &info) != 0)
        continue;
      if (S_ISREG (info.st_mode))
        bytes = lm_crash_read_file (full);
      lm_crash_tree_add (tree, path, bytes, info.st_ino);
      if (S_ISDIR (info.st_mode))
        read_below (tree, root, path);
    }
}

LmCrashTree *
lm_crash_tree_read (const char *root)
{
  LmCrashTree *tree = lm_crash_tree_new ();

  read_below (tree, root, "");
  return tree;
}

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return where->level > 0 ? remove (path) : 0;
}

static void
write_file (const char *path, GBytes *bytes)
{
  gsize length, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (file, >=, 0);
  while (done < length)
    {
      gssize n = write (file, data + done, length - done);

      g_assert_cmpint (n, >, 0);
      done += (gsize) n;
    }
  close (file);
}

/* Makes the folder @root hold just this, and notes the new inodes. */
void
lm_crash_tree_write (LmCrashTree *tree, const char *root)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_int64_hash, g_int64_equal);

  g_assert_cmpint (g_mkdir_with_parents (root, 0700), ==, 0);
  nftw (root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  for (guint i = 0; i < tree->len; i++)
    {
      LmCrashNode *node = tree->pdata[i];
      LmCrashNode *same = node->inode != 0 ? g_hash_table_lookup (first, &node->inode) : NULL;
      g_autofree char *path = g_build_filename (root, node->path, NULL);

      if (node->bytes == NULL)
        g_assert_cmpint (mkdir (path, 0700), ==, 0);
      else if (same != NULL)
        {
          g_autofree char *other = g_build_filename (root, same->path, NULL);

          g_assert_cmpint (link (other, path), ==, 0);
        }
      else
        {
          write_file (path, node->bytes);
          if (node->inode != 0)
            g_hash_table_insert (first, &node->inode, node);
        }
    }
  g_hash_table_remove_all (first);
  for (guint i = 0; i < tree->len; i++)
    {
      LmCrashNode *node = tree->pdata[i];
      g_autofree char *path = g_build_filename (root, node->path, NULL);
      struct stat info;

      g_assert_cmpint (lstat (path, &info), ==, 0);
      node->inode = info.st_ino;
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(LmCrashNode *const *) a)->path, (*(LmCrashNode *const *) b)->path);
}

/* Returns: (transfer full): what tells this tree from every other */
char *
lm_crash_tree_digest (LmCrashTree *tree)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < tree->len; i++)
    g_ptr_array_add (sorted, tree->pdata[i]);
  g_ptr_array_sort (sorted, compare_paths);
  for (guint i = 0; i < sorted->len; i++)
    {
      LmCrashNode *node = sorted->pdata[i];

      g_checksum_update (sum, (const guint8 *) node->path, -1);
      g_checksum_update (sum, (const guint8 *) (node->bytes != NULL ? "=" : "/"), 1);
      if (node->bytes != NULL)
        g_checksum_update (sum,
                           g_bytes_get_data (node->bytes, NULL),
                           (gssize) g_bytes_get_size (node->bytes));
    }
  return g_strdup (g_checksum_get_string (sum));
}
