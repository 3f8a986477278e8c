/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-library.h"
#include "workspace/lm-today.h"

G_BEGIN_DECLS

#define LM_TYPE_SUGGESTION_CARD (lm_suggestion_card_get_type ())
G_DECLARE_FINAL_TYPE (LmSuggestionCard, lm_suggestion_card, LM, SUGGESTION_CARD, AdwBin)

void lm_suggestion_card_show (LmSuggestionCard *self,
                              LmWorkspace *workspace,
                              LmLibrary *library,
                              const LmToday *today);

G_END_DECLS
