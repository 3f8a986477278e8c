/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *lm_felt_new (const char *felt);
const char *lm_felt_get (AdwToggleGroup *group);

G_END_DECLS
