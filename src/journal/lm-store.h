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
 *
 * Gets the records while they are read.
 */
typedef void (*LmStoreBatch) (GPtrArray *records, gpointer data);

LmStore *lm_store_open (LmFolder *folder, LmOpened *opened, LmClock *clock, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_close (LmStore *store, GError **error);
gboolean lm_store_is_read_only (LmStore *store);
gboolean lm_store_is_shared (LmStore *store);
const LmId *lm_store_device (LmStore *store);

gboolean lm_store_load (LmStore *store,
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
gboolean lm_store_write_seen (LmStore *store, GError **error);

gboolean lm_store_save_draft (LmStore *store,
                              const LmId *id,
                              LmContent *content,
                              LmRecord *base,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_drop_draft (LmStore *store, const LmId *id, GError **error);
GPtrArray *lm_store_list_drafts (LmStore *store, GPtrArray *problems);

void lm_draft_file_free (LmDraftFile *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmDraftFile, lm_draft_file_free)

G_END_DECLS
