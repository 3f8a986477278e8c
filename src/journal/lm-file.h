/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * LmExchange:
 * @LM_EXCHANGE_DONE: each file now has the other's name
 * @LM_EXCHANGE_ABSENT: there is no second file
 * @LM_EXCHANGE_UNSUPPORTED: the file system cannot do this
 * @LM_EXCHANGE_FAILED: it went wrong; the error says how
 *
 * What came of lm_file_exchange ().
 */
typedef enum
{
  LM_EXCHANGE_DONE,
  LM_EXCHANGE_ABSENT,
  LM_EXCHANGE_UNSUPPORTED,
  LM_EXCHANGE_FAILED,
} LmExchange;

/* Whether a file with the name @name is wanted. */
typedef gboolean (*LmFileWanted) (const char *name);

/* Writes what belongs into a new folder. */
typedef gboolean (*LmFileFill) (int folder, gpointer data, GError **error);

int lm_file_open_folder (int parent, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int lm_file_make_folder (int parent, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int lm_file_open (int folder, const char *name);
gboolean lm_file_is_unchanged (const struct stat *a, const struct stat *b);
GBytes *lm_file_read (int folder, const char *name, gsize limit, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_write_new (int folder, const char *name, GBytes *bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_publish (int folder, const char *temporary, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmExchange lm_file_exchange (int folder, const char *temporary, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_rename (int folder, const char *from, const char *to, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_sync_folder (int folder, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_write_local (int folder, const char *name, GBytes *bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_write_chosen (const char *path, GBytes *bytes, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_remove (int folder, const char *name, GError **error);
gboolean lm_file_remove_tree (int parent, const char *name, GError **error);
GPtrArray *lm_file_list_some (int folder, const char *name, LmFileWanted wanted, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *lm_file_list (int folder, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_publish_folder (const char *path, LmFileFill fill, gpointer data, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_file_set_error (GError **error, int number, const char *name);

G_END_DECLS
