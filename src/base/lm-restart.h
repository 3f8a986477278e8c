/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lm_restart_prepare (int *argc, char **argv);
gboolean lm_restart_happened (void);
GBytes *lm_restart_get_state (void);
int lm_restart (GBytes *state);

G_END_DECLS
