/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "base/lm-clock.h"
#include "base/lm-id.h"
#include "journal/lm-tree.h"

G_BEGIN_DECLS

/* So much stays free on the disk: a copy of the past must not cost the next sentence. */
#define LM_SNAPSHOT_LEAVE_BYTES (G_GUINT64_CONSTANT (100) * 1024 * 1024)

/**
 * LmSnapshots:
 *
 * This computer's copies of the whole journal as it once was. Each is a folder that looks like a
 * journal's, named by the time at which it was made, in UTC: "2026-11-23T200411Z". Sorted by name
 * they are sorted by time.
 *
 * Files may have a hard link in the next snapshot: they are never changed in place, only replaced
 * or removed. Used by one thread at a time; several may have one each.
 */
typedef struct _LmSnapshots LmSnapshots;

LmSnapshots *lm_snapshots_open (const LmId *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_snapshots_close (LmSnapshots *snapshots);
gboolean lm_snapshots_lock (LmSnapshots *snapshots, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lm_snapshots_unlock (LmSnapshots *snapshots);
GPtrArray *lm_snapshots_list (LmSnapshots *snapshots, GError **error) G_GNUC_WARN_UNUSED_RESULT;
int lm_snapshots_open_one (LmSnapshots *snapshots, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

char *lm_snapshot_make (LmSnapshots *snapshots,
                        const char *journal,
                        LmClock *clock,
                        LmTreeProgress progress,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_snapshot_remove (LmSnapshots *snapshots, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_snapshots_thin (LmSnapshots *snapshots, GDateTime *now, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/* Pure: what names say. */
char *lm_snapshot_name (GDateTime *time) G_GNUC_WARN_UNUSED_RESULT;
GDateTime *lm_snapshot_time (const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_snapshot_is_due (GPtrArray *names, GDateTime *now);
GPtrArray *lm_snapshot_superfluous (GPtrArray *names, GDateTime *now) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSnapshots, lm_snapshots_close)

G_END_DECLS
