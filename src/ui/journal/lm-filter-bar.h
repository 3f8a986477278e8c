/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *lm_filter_bar_new (GtkEditable *field);
char *lm_filter_bar_describe (GtkEditable *field) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
