/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-clock.h"
#include "journal/lm-folder.h"
#include "journal/lm-record.h"

G_BEGIN_DECLS

/**
 * LmDraftFile:
 * @record: what was being typed
 * @has_base: whether it began from a saved state
 * @base: the hash of that state
 *
 * A text that was not saved as an entry before the app ended.
 */
typedef struct
{
  LmRecord *record;
  gboolean has_base;
  LmId base;
} LmDraftFile;

/**
 * LmStore:
 *
 * The records of an open journal on disk. Used by one thread at a time.
 */
typedef struct _LmStore LmStore;

/**
 * LmStoreBatch:
 * @records: (element-type LmRecord) (transfer full): some more records
 * @n_files: how many files there are in all, about as many as there will be records
 *
 * Gets the records while they are read.
 */
typedef void (*LmStoreBatch) (GPtrArray *records, guint n_files, gpointer data);

/**
 * LmConflict:
 * @file: the copy's name below the folder of entries
 * @own: the record
 * @copy: what the copy says; of the kind %LM_RECORD_GONE if it was deleted for good there
 * @retired: whether the copy is sealed with a key that was given up: somebody else may have made it
 *
 * A record that was changed on two computers, neither knowing of the other.
 */
typedef struct
{
  char *file;
  LmRecord *own;
  LmRecord *copy;
  gboolean retired;
} LmConflict;

/**
 * LmRescan:
 * @changed: (element-type LmRecord): states that were not handed on before
 * @conflicts: (element-type LmConflict): all that wait for the person
 * @problems: (element-type LmProblem): all files that are left as they are
 * @merged: whether copies were put away that said nothing new
 *
 * What a look at the folder has found.
 */
typedef struct
{
  GPtrArray *changed;
  GPtrArray *conflicts;
  GPtrArray *problems;
  gboolean merged;
} LmRescan;

LmStore *lm_store_open (LmFolder *folder, LmOpened *opened, LmClock *clock, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmStore *lm_store_open_at (LmFolder *folder,
                           LmOpened *opened,
                           LmClock *clock,
                           const char *local,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_close (LmStore *store, GError **error);
gboolean lm_store_is_read_only (LmStore *store);
gboolean lm_store_is_shared (LmStore *store);
gboolean lm_store_is_outdated (LmStore *store);
const LmId *lm_store_device (LmStore *store);
LmVault *lm_store_vault (LmStore *store);

gboolean lm_store_load (LmStore *store,
                        gboolean searchable,
                        LmStoreBatch batch,
                        gpointer data,
                        GPtrArray **problems,
                        GCancellable *cancellable,
                        GError **error);
LmRecord *lm_store_read (LmStore *store, const LmId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_save (LmStore *store,
                         const LmId *id,
                         LmContent *content,
                         LmRecord *base,
                         gboolean *conflict,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_save_first (LmStore *store,
                               const LmId *id,
                               LmContent *content,
                               LmRecord *base,
                               gboolean *conflict,
                               GBytes **unkept,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_keep_saved (LmStore *store, LmRecord *record, GBytes *file, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmRescan *lm_store_rescan (LmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_common_base (LmStore *store, LmRecord *a, LmRecord *b) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_resolve (LmStore *store,
                            LmConflict *conflict,
                            LmContent *content,
                            gboolean *changed_again,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_write_seen (LmStore *store, GError **error);

/* Versions */
GPtrArray *lm_store_list_versions (LmStore *store,
                                   const LmId *id,
                                   GPtrArray *problems,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_read_version (LmStore *store, const LmId *id, const LmId *hash, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *lm_store_list_versioned (LmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_restore_version (LmStore *store,
                                    const LmId *id,
                                    const LmId *hash,
                                    LmRecord **before,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_thin_versions (LmStore *store, const LmId *id, guint *removed, GError **error);

/* Deleting for good */
gboolean lm_store_purge (
    LmStore *store, const LmId *id, const LmId *hash, gboolean snapshots, GError **error);
guint lm_store_count_snapshots (LmStore *store, const LmId *id, GDateTime **newest);
gint64 lm_store_days_in_trash (LmStore *store, LmRecord *record);
gboolean lm_store_is_purged (LmStore *store, LmRecord *record);
LmRecord *lm_store_purge_returned (LmStore *store, LmRecord *record, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_take_back (LmStore *store, const LmId *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_tidy_gone (LmStore *store, const LmId *id, GError **error);

/* What came back though it was given up */
gboolean lm_store_take_in (LmStore *store, LmRecord *record, GError **error);
LmRecord *lm_store_bring_ours (LmStore *store, const LmId *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_remove_slot (LmStore *store, const char *file, GError **error);

gboolean lm_store_save_draft (LmStore *store,
                              const LmId *id,
                              LmContent *content,
                              LmRecord *base,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_put_draft_aside (LmStore *store,
                                   const LmId *id,
                                   LmContent *content,
                                   LmRecord *base,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_has_aside (LmStore *store);
gboolean lm_store_drop_draft (LmStore *store, const LmId *id, GError **error);
gboolean lm_store_drop_draft_beside (LmStore *store, const LmId *id, GError **error);
gboolean lm_draft_content_is_beside (LmContent *content);
void lm_draft_content_set_beside (LmContent *content, gboolean beside);
GPtrArray *lm_store_list_drafts (LmStore *store, GPtrArray *problems);

void lm_draft_file_free (LmDraftFile *draft);

LmConflict *lm_conflict_new (const char *file, LmRecord *own, LmRecord *copy);
LmConflict *lm_conflict_copy (const LmConflict *conflict);
void lm_conflict_free (LmConflict *conflict);
void lm_rescan_free (LmRescan *rescan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmConflict, lm_conflict_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmRescan, lm_rescan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmDraftFile, lm_draft_file_free)

G_END_DECLS
