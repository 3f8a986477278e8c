/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lm_screen_reader_look (void);
gboolean lm_screen_reader_is_on (void);

G_END_DECLS
