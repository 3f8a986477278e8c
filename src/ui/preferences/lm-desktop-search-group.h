/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LM_TYPE_DESKTOP_SEARCH_GROUP (lm_desktop_search_group_get_type ())
G_DECLARE_FINAL_TYPE (
    LmDesktopSearchGroup, lm_desktop_search_group, LM, DESKTOP_SEARCH_GROUP, AdwPreferencesGroup)

void lm_desktop_search_group_set_settings (LmDesktopSearchGroup *self, GSettings *settings);

G_END_DECLS
