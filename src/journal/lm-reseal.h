/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-store.h"

G_BEGIN_DECLS

/**
 * LmResealState:
 * @LM_RESEAL_NOTHING: every file is sealed with the current key
 * @LM_RESEAL_NEEDED: some are not yet; lm_store_reseal () goes on
 * @LM_RESEAL_ELSEWHERE: a rotation was broken off before the old ways in were given up, and the
 *   journal was opened by one of these: the new passphrase goes on with it
 */
typedef enum
{
  LM_RESEAL_NOTHING,
  LM_RESEAL_NEEDED,
  LM_RESEAL_ELSEWHERE,
} LmResealState;

/**
 * LmResealProgress:
 * @done: files
 * @total: files, as far as is known
 * @finished: whether all is done
 */
typedef struct
{
  guint done;
  guint total;
  gboolean finished;
} LmResealProgress;

LmResealState lm_store_reseal_state (LmStore *store);
gboolean lm_store_reseal (LmStore *store, guint n_files, LmResealProgress *progress, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_store_reseal_stop (LmStore *store);
gboolean lm_store_code_is_untold (LmStore *store);
gboolean lm_store_code_told (LmStore *store, GError **error);

/* For lm-rekey.c */
gboolean lm_reseal_scan (LmStore *store, gboolean note, gboolean *waiting, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_reseal_make_snapshot (LmStore *store, char **name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_reseal_forget_rotation (LmStore *store);
void lm_store_take_keys (LmStore *store, LmFolder *folder, LmOpened *opened);

G_END_DECLS
