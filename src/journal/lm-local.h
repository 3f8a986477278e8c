/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/lm-id.h"

G_BEGIN_DECLS

/**
 * LmLocal:
 *
 * This computer's own folder for one journal, never synced: drafts, versions, what was seen, the
 * lock. Used by one thread at a time.
 */
typedef struct _LmLocal LmLocal;

/* The names in it. */
#define LM_LOCAL_DRAFTS    "drafts"
#define LM_LOCAL_VERSIONS  "versions"
#define LM_LOCAL_SNAPSHOTS "snapshots"
#define LM_LOCAL_SEEN      "seen.json"
#define LM_LOCAL_LOCKED    "locked"
/* For people to read: the drafts that lie in the runtime folder. */
#define LM_LOCAL_ASIDE "runtime"

char *lm_local_path (const LmId *journal) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_local_any_known (void);
LmLocal *lm_local_open_at (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
LmLocal *lm_local_open (const LmId *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_local_close (LmLocal *local);
gboolean lm_local_take_lock (LmLocal *local, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_local_begin_alone (LmLocal *local) G_GNUC_WARN_UNUSED_RESULT;
void lm_local_end_alone (LmLocal *local);
int lm_local_folder (LmLocal *local);
int lm_local_drafts (LmLocal *local);
int lm_local_versions (LmLocal *local);

int lm_local_open_aside (const LmId *journal, gboolean make, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_local_is_locked (const LmId *journal);
gboolean lm_local_set_locked (const LmId *journal, gboolean locked, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmLocal, lm_local_close)

G_END_DECLS
