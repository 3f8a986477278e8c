/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* When the journal locks by itself. */
#define LM_TYPE_LOCK_GROUP (lm_lock_group_get_type ())
G_DECLARE_FINAL_TYPE (LmLockGroup, lm_lock_group, LM, LOCK_GROUP, AdwPreferencesGroup)

void lm_lock_group_set_settings (LmLockGroup *self, GSettings *settings);

G_END_DECLS
