/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-draft.h"

G_BEGIN_DECLS

#define LM_TYPE_SAVE_STATUS (lm_save_status_get_type ())
G_DECLARE_FINAL_TYPE (LmSaveStatus, lm_save_status, LM, SAVE_STATUS, AdwBin)

void lm_save_status_set_draft (LmSaveStatus *self, LmDraft *draft);
char *lm_save_status_problem (LmDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
void lm_save_status_show_on (AdwBanner *banner, LmDraft *draft);

G_END_DECLS
