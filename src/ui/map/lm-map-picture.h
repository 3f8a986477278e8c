/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lm_map_picture_save (GtkWidget *widget, GPtrArray *places);
GBytes *lm_map_picture_make (GPtrArray *places) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
