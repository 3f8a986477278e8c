/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *lm_stem (const char *folded) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_stem_within_one (const char *a, const char *b);

G_END_DECLS
