/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"

G_BEGIN_DECLS

#define LM_TYPE_SUGGESTIONS_GROUP (lm_suggestions_group_get_type ())
G_DECLARE_FINAL_TYPE (
    LmSuggestionsGroup, lm_suggestions_group, LM, SUGGESTIONS_GROUP, AdwPreferencesGroup)

void lm_suggestions_group_set_library (LmSuggestionsGroup *self, LmLibrary *library);

G_END_DECLS
