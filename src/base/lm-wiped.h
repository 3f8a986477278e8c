/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lm_wiped_free (guint8 *bytes, gsize length);
GBytes *lm_wiped_bytes_take (guint8 *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
