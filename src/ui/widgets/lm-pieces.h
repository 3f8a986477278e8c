/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes one more. Returns: whether there are more to make */
typedef gboolean (*LmPiece) (gpointer data);

void lm_pieces_make (GtkWidget *owner, LmPiece piece, gpointer data);
void lm_pieces_finish (GtkWidget *owner);
void lm_pieces_stop (GtkWidget *owner);

G_END_DECLS
