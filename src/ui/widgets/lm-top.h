/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lm_top_stay (GtkScrolledWindow *window);
void lm_top_leave (GtkScrolledWindow *window);

G_END_DECLS
