/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-local.h"
#include "journal/lm-seen.h"
#include "journal/lm-store.h"

G_BEGIN_DECLS

struct _LmStore
{
  LmVault *vault;
  LmClock *clock;
  LmLocal *local;
  LmSeen *seen;
  int entries;
  gboolean shared;    /* another program has the lock */
  gboolean read_only; /* the journal's folder takes no changes */
};

gboolean lm_store_keep_version (
    LmStore *store, const LmId *id, const LmId *hash, GBytes *file, GError **error);
void lm_store_clean_up (LmStore *store);

G_END_DECLS
