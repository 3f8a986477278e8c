/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-rekey.h"
#include "journal/lm-reseal.h"
#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

/* Another passphrase, another recovery code, a new key */
void lm_workspace_rekey_async (LmWorkspace *self,
                               LmRekeyKind what,
                               LmKeySlotKind kind,
                               LmSecret *present,
                               LmSecret *fresh,
                               GAsyncReadyCallback callback,
                               gpointer data);
LmRekey *lm_workspace_rekey_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_commit_code_async (LmWorkspace *self,
                                     LmRekey *rekey,
                                     gboolean checked,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean lm_workspace_commit_code_finish (LmWorkspace *self, GAsyncResult *result, GError **error);
void lm_workspace_cancel_code (LmWorkspace *self, LmRekey *rekey);
void lm_workspace_code_told (LmWorkspace *self, gboolean checked);

/**
 * LmResealing:
 *
 * How far sealing every file with the new key is. Belongs to the main thread.
 *
 * Properties: "state" (#LmResealingState), "done" and "total" in files.
 */
typedef enum
{
  LM_RESEALING_NOTHING,
  LM_RESEALING_RUNS,
  LM_RESEALING_STOPPED,
  LM_RESEALING_FAILED,
  LM_RESEALING_ELSEWHERE,
} LmResealingState;

#define LM_TYPE_RESEALING (lm_resealing_get_type ())
G_DECLARE_FINAL_TYPE (LmResealing, lm_resealing, LM, RESEALING, GObject)

LmResealing *lm_workspace_get_resealing (LmWorkspace *self);
void lm_workspace_reseal (LmWorkspace *self);
void lm_workspace_stop_reseal (LmWorkspace *self);
LmResealingState lm_resealing_get_state (LmResealing *self);
guint lm_resealing_get_done (LmResealing *self);
guint lm_resealing_get_total (LmResealing *self);
gboolean lm_resealing_get_code_untold (LmResealing *self);
const GError *lm_resealing_get_error (LmResealing *self);

G_END_DECLS
