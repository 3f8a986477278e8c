/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-workspace.h"

G_BEGIN_DECLS

#define LM_TYPE_PASSPHRASE_GROUP (lm_passphrase_group_get_type ())
G_DECLARE_FINAL_TYPE (
    LmPassphraseGroup, lm_passphrase_group, LM, PASSPHRASE_GROUP, AdwPreferencesGroup)

void lm_passphrase_group_set_workspace (LmPassphraseGroup *self, LmWorkspace *workspace);

G_END_DECLS
