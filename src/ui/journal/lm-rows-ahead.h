/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lm_rows_ahead (GtkListView *list, GtkScrolledWindow *window);

G_END_DECLS
