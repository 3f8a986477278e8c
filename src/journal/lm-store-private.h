/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <sys/stat.h>

#include "journal/lm-local.h"
#include "journal/lm-read-ahead.h"
#include "journal/lm-seen.h"
#include "journal/lm-store-scan.h"
#include "journal/lm-store.h"
#include "vault/lm-attachment.h"

G_BEGIN_DECLS

typedef struct _LmReseal LmReseal;

struct _LmStore
{
  LmFolder *folder;
  LmVault *vault;
  LmClock *clock;
  LmLocal *local;
  LmSeen *seen;
  LmScan *scan; /* what was last found in the folder */
  int entries;
  gboolean shared;     /* another program has the lock */
  gboolean read_only;  /* the journal's folder takes no changes */
  gboolean elsewhere;  /* it lies in another folder than before; nothing is noted of it */
  char *before;        /* nullable: in which folder it lay before, if it is another one now */
  GDateTime *last_day; /* nullable: the last day in use, if the clock is before it */
  gboolean outdated;   /* the keys are older than what was seen; then it is read-only too */
  gboolean reseal;     /* a file under a retired key was found */
  LmReseal *resealing; /* nullable: under way */
  GHashTable *attachment_copies; /* name → what was found out about it */
};

int lm_store_open_attachment (LmStore *store,
                              int folder,
                              const char *name,
                              struct stat *info,
                              LmAttachmentHead *head) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_check_writable (LmStore *store, const char *name, GError **error);
gboolean lm_store_keep_version (
    LmStore *store, const LmId *id, const LmId *hash, GBytes *file, GError **error);
void lm_store_clean_up (LmStore *store);
char *lm_store_temporary_name (LmStore *store, const LmId *id) G_GNUC_WARN_UNUSED_RESULT;
char *lm_store_conflict_name (LmStore *store, const LmId *id) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_read_file (LmStore *store, const char *name, LmId *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_believe (LmStore *store,
                            const char *name,
                            LmReadFile *read,
                            LmRecord **retired_record,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmRecord *lm_store_save_counted (LmStore *store,
                                 const LmId *id,
                                 LmContent *content,
                                 LmRecord *base,
                                 LmSaves *saves,
                                 gboolean *conflict,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_put_file (LmStore *store,
                            const LmId *id,
                            GBytes *file,
                            LmRecord *base,
                            gboolean *conflict,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_store_put_gone (LmStore *store, LmRecord *base, gboolean *conflict, GError **error);
gboolean lm_store_has_draft (LmStore *store, const LmId *id);
LmDraftFile *lm_store_read_draft (LmStore *store, const char *name, LmId *id, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * LmStoreFile:
 * @folder: the folder below "entries" that it is in, "." for none
 * @name: its name there
 * @record: (nullable): what is in it, %NULL if it cannot be opened
 *
 * A file that says to be of a certain record, under whatever name.
 */
typedef struct
{
  char *folder;
  char *name;
  LmRecord *record;
} LmStoreFile;

GPtrArray *lm_store_find_files (LmStore *store, const LmId *id, GError **error);
GPtrArray *lm_store_find_files_in (LmStore *store, int entries, const LmId *id, GError **error);
gboolean lm_store_remove_versions (LmStore *store, const LmId *id, GError **error);
LmProblem *lm_store_came_back_problem (const char *path, LmRecord *record);
LmProblem *lm_store_problem_with (LmStore *store, const LmScanned *file);
void lm_store_settle_attachments (LmStore *store, GPtrArray *problems, gboolean *merged);
gboolean lm_store_attachment_copy_of (LmStore *store, int folder, const char *name, LmId *id)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_store_finish_purges (LmStore *store);
gboolean lm_store_trusts (LmStore *store, const char *name, LmRecord *record)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
