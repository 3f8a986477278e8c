/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-snapshot.h"
#include "workspace/lm-workspace-private.h"

G_BEGIN_DECLS

/* What a worker does with snapshots, shared by making, reading and restoring. */
typedef struct
{
  /* What is asked for. */
  LmId journal;
  char *folder; /* the journal's */
  LmClock *clock;
  char *name; /* nullable: of a snapshot */
  char *path; /* nullable: of a new folder */
  LmRecord *past;
  GHashTable *present; /* nullable: LmId → LmRecord */
  GDateTime *now;      /* nullable */
  GFileProgressCallback progress;
  gpointer progress_data;
  GTaskThreadFunc func; /* what to do when the keys are there */
  guint attempt;
  /* On the way. */
  LmVault *vault; /* nullable */
} LmSnapshotWork;

LmSnapshotWork *lm_snapshot_work_new (LmWorkspace *self, const char *name);
void lm_snapshot_work_free (gpointer data);
void lm_snapshot_work_progress (guint done, guint total, gpointer data);
void lm_snapshot_work_run (LmWorkspace *self, GTask *task, GTaskThreadFunc func);
char *lm_snapshot_work_make (GTask *task,
                             LmSnapshots *snapshots,
                             GCancellable *cancellable,
                             GError **error);
int lm_snapshot_work_open (LmSnapshotWork *work, GError **error);

G_END_DECLS
