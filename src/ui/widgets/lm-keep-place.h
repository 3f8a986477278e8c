/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void lm_keep_place_begin (GtkListBox *list, GListModel *model);
void lm_keep_place_end (GtkListBox *list, GListModel *model);

G_END_DECLS
