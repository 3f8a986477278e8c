/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "library/lm-guide.h"
#include "journal/lm-content.h"

G_BEGIN_DECLS

/**
 * LmPills:
 *
 * Ready words to choose from, any number of them, and own words. Signal "changed".
 */
#define LM_TYPE_PILLS (lm_pills_get_type ())
G_DECLARE_FINAL_TYPE (LmPills, lm_pills, LM, PILLS, AdwBin)

GtkWidget *lm_pills_new (const LmGuideStep *step, LmAnswer *answer);
void lm_pills_store (LmPills *self, LmAnswer *answer);

G_END_DECLS
