/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Gets the name of a file and what is in it. */
typedef void (*LmGuideFileFunc) (GtkWidget *widget, const char *name, GBytes *bytes);

void lm_guide_files_open (GtkWidget *widget, LmGuideFileFunc func);
void lm_guide_files_save (GtkWidget *widget, const char *title, const char *text, gsize length);

G_END_DECLS
