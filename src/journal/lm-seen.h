/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "journal/lm-days.h"
#include "journal/lm-local.h"
#include "journal/lm-record.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

/**
 * LmSeen:
 *
 * What this computer has seen of a journal: its own name among the computers, the newest state of
 * each record. Used by one thread at a time.
 */
typedef struct _LmSeen LmSeen;

/**
 * LmSeenState:
 * @id: of a record
 * @hash: of its newest state
 * @saves: (nullable): who had saved it how often then
 * @gone: whether it was deleted for good
 * @present: (nullable): what is there now, if that is not newer
 *
 * What was seen of one record.
 */
typedef struct
{
  LmId id;
  LmId hash;
  LmSaves *saves;
  gboolean gone;
  LmRecord *present;
} LmSeenState;

LmSeen *lm_seen_load (LmLocal *local, LmVault *vault);
void lm_seen_free (LmSeen *seen);
const LmId *lm_seen_device (LmSeen *seen);
void lm_seen_note_record (LmSeen *seen, LmRecord *record);
void lm_seen_accept_record (LmSeen *seen, LmRecord *record);
void lm_seen_forget_record (LmSeen *seen, const LmId *id);
LmSaves *lm_seen_saves_of (LmSeen *seen, const LmId *id);
GPtrArray *lm_seen_list (LmSeen *seen) G_GNUC_WARN_UNUSED_RESULT;
void lm_seen_note_folder (LmSeen *seen, const char *path, int folder);
const char *lm_seen_other_folder (LmSeen *seen, const char *path, int folder);
gboolean lm_seen_is_copy (LmSeen *seen, const char *path);
void lm_seen_set_copy (LmSeen *seen, const char *path, gboolean is_copy);
GPtrArray *lm_seen_count_unused (LmSeen *seen, GHashTable *unused, const char *today, guint days)
    G_GNUC_WARN_UNUSED_RESULT;

/* The days in use, the trash, and what was deleted for good: lm-seen-trash.c. */
void lm_seen_note_day (LmSeen *seen, GDateTime *now);
LmDays *lm_seen_days (LmSeen *seen);
gint64 lm_seen_days_in_trash (LmSeen *seen, LmRecord *record);
void lm_seen_begin_purge (LmSeen *seen, const LmId *id, JsonObject *purge);
JsonObject *lm_seen_get_purge (LmSeen *seen, const LmId *id);
GPtrArray *lm_seen_list_purges (LmSeen *seen);
void lm_seen_end_purge (LmSeen *seen, const LmId *id);
void lm_seen_note_purged (LmSeen *seen, const LmId *id, LmSaves *saves);
gboolean lm_seen_is_purged (LmSeen *seen, const LmId *id, LmSaves **saves);

gboolean lm_seen_knows (LmSeen *seen, const LmId *id, const LmId *hash) G_GNUC_WARN_UNUSED_RESULT;
void lm_seen_believe (LmSeen *seen, const LmId *hash);
gboolean lm_seen_write (LmSeen *seen, LmLocal *local, LmVault *vault, GError **error);

/**
 * LmRotation:
 * @generation: of the key that is new
 * @old: (element-type LmId): the slots that go
 * @fresh: (element-type LmId): the slots that come
 * @snapshot: (nullable): the snapshot that was made for it
 *
 * A rotation under way, noted before anything of it is done.
 */
typedef struct
{
  guint32 generation;
  GArray *old;
  GArray *fresh;
  char *snapshot;
} LmRotation;

void lm_rotation_free (LmRotation *rotation);

gboolean lm_seen_is_sealed_off (LmSeen *seen);
guint32 lm_seen_generation (LmSeen *seen);
guint32 lm_seen_resealed (LmSeen *seen);
void lm_seen_set_resealed (LmSeen *seen, guint32 generation);
void lm_seen_set_stale (LmSeen *seen);
void lm_seen_retire_slot (LmSeen *seen, const LmId *slot);
void lm_seen_set_rotation (LmSeen *seen, const LmRotation *rotation);
LmRotation *lm_seen_get_rotation (LmSeen *seen) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_seen_code_is_untold (LmSeen *seen);
void lm_seen_set_code_untold (LmSeen *seen, gboolean untold);
void lm_seen_set_changed (LmSeen *seen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmRotation, lm_rotation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSeen, lm_seen_free)

G_END_DECLS
