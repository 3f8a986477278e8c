/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LmCrashNode:
 * @path: below the root of the tree
 * @bytes: (nullable): the content, %NULL for a folder
 * @inode: on the disk it was last read from or written to; two names of one file have the same
 */
typedef struct
{
  char *path;
  GBytes *bytes;
  guint64 inode;
} LmCrashNode;

/**
 * LmCrashTree:
 *
 * All folders and files below a root, in memory: folders stand before what is in them.
 */
typedef GPtrArray LmCrashTree;

LmCrashTree *lm_crash_tree_new (void);
void lm_crash_tree_add (LmCrashTree *tree, const char *path, GBytes *bytes, guint64 inode);
LmCrashTree *lm_crash_tree_read (const char *root);
void lm_crash_tree_write (LmCrashTree *tree, const char *root);
char *lm_crash_tree_digest (LmCrashTree *tree);
GBytes *lm_crash_read_file (const char *path);

G_END_DECLS
