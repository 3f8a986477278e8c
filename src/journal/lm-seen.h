/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

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

LmSeen *lm_seen_load (LmLocal *local, LmVault *vault);
void lm_seen_free (LmSeen *seen);
const LmId *lm_seen_device (LmSeen *seen);
void lm_seen_note_record (LmSeen *seen, LmRecord *record);
void lm_seen_note_folder (LmSeen *seen, const char *path);
gboolean lm_seen_write (LmSeen *seen, LmLocal *local, LmVault *vault, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmSeen, lm_seen_free)

G_END_DECLS
