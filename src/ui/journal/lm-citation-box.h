/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "workspace/lm-draft.h"

G_BEGIN_DECLS

/**
 * LmCitationBox:
 *
 * The passages that an entry is about, each with the way back to its article.
 */
#define LM_TYPE_CITATION_BOX (lm_citation_box_get_type ())
G_DECLARE_FINAL_TYPE (LmCitationBox, lm_citation_box, LM, CITATION_BOX, GtkBox)

void lm_citation_box_show (LmCitationBox *self, LmContent *content);
void lm_citation_box_edit (LmCitationBox *self, LmDraft *draft);

G_END_DECLS
