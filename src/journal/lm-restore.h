/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-snapshot.h"
#include "journal/lm-store.h"
#include "vault/lm-vault.h"

G_BEGIN_DECLS

/**
 * LmRestored:
 * @LM_RESTORED_SAME: nothing was to be done: it says the same now
 * @LM_RESTORED_OVER: it took the place of the present state, which is among the versions
 * @LM_RESTORED_BACK: it was not there, and is again
 * @LM_RESTORED_COPY: it had been deleted for good; it is there again under an id of its own
 * @LM_RESTORED_NOT: of a kind that is not restored: settings, or made by a newer version
 *
 * What became of one record.
 */
typedef enum
{
  LM_RESTORED_SAME,
  LM_RESTORED_OVER,
  LM_RESTORED_BACK,
  LM_RESTORED_COPY,
  LM_RESTORED_NOT,
} LmRestored;

GPtrArray *lm_snapshot_load (int snapshot,
                             LmVault *vault,
                             GPtrArray *problems,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_restore_differs (LmRecord *past, LmRecord *present);
gboolean lm_restore_is_wanted (LmRecord *past);
LmRecord *lm_restore_one (LmStore *store,
                          int snapshot,
                          LmRecord *past,
                          LmRestored *restored,
                          LmRecord **before,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_restore_whole (int snapshot,
                           const char *path,
                           LmTreeProgress progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
