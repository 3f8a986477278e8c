/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void lm_toast_add (AdwToastOverlay *overlay, AdwToast *toast);
void lm_toast (GtkWidget *widget, AdwToast *toast);
void lm_toast_error (GtkWidget *widget, const GError *error);

G_END_DECLS
