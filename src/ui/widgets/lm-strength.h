/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "base/lm-secret.h"

G_BEGIN_DECLS

#define LM_STRENGTH_STEPS 5

void lm_strength_show (GtkLevelBar *bar, GtkLabel *label, LmSecret *passphrase);

G_END_DECLS
