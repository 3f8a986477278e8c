/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "base/lm-secret.h"

G_BEGIN_DECLS

void lm_recovery_copy (GtkWidget *widget, LmSecret *code);
void lm_recovery_save (GtkWidget *widget, LmSecret *code, const char *journal_path);
void lm_recovery_print (GtkWidget *widget, LmSecret *code);

G_END_DECLS
