/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "journal/lm-content.h"

G_BEGIN_DECLS

/**
 * LmSealPicker:
 *
 * Whether an entry stays at hand or out of sight until a day. Signals "changed".
 */
#define LM_TYPE_SEAL_PICKER (lm_seal_picker_get_type ())
G_DECLARE_FINAL_TYPE (LmSealPicker, lm_seal_picker, LM, SEAL_PICKER, AdwBin)

GtkWidget *lm_seal_picker_new (GDateTime *today, LmContent *content, LmAnswer *answer);
void lm_seal_picker_store (LmSealPicker *self, LmContent *content, LmAnswer *answer);

G_END_DECLS
