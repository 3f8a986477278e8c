/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LmScale:
 *
 * Five steps with words, none of them chosen at first. Signal "changed".
 */
#define LM_TYPE_SCALE (lm_scale_get_type ())
G_DECLARE_FINAL_TYPE (LmScale, lm_scale, LM, SCALE, AdwBin)

GtkWidget *lm_scale_new (const char *const *labels, int chosen);
int lm_scale_get (LmScale *self);

G_END_DECLS
