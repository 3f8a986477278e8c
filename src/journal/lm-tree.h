/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LmTreeProgress:
 * @done: files that are done
 * @total: files in all
 */
typedef void (*LmTreeProgress) (guint done, guint total, gpointer data);

/**
 * LmTree:
 *
 * The files of a journal's folder as they were when it was looked at: what a snapshot copies, or
 * what is copied out of one. Used by one thread.
 */
typedef struct _LmTree LmTree;

LmTree *lm_tree_read (int folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_tree_free (LmTree *tree);
guint64 lm_tree_needed (LmTree *tree, int previous);
gboolean lm_tree_copy (LmTree *tree,
                       int from,
                       int previous,
                       int to,
                       gboolean lenient,
                       LmTreeProgress progress,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_tree_copy_file (int from,
                            const char *name,
                            int to,
                            const char *new_name,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmTree, lm_tree_free)

G_END_DECLS
