/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *lm_journal_status_empty (void);
GtkWidget *lm_journal_status_nothing_found (GtkWidget *suggest_button);

G_END_DECLS
