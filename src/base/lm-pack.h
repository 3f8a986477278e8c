/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gsize lm_pack (const guint8 *bytes, gsize length, const char *like, guint8 *packed, gsize room)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_unpack (const guint8 *packed, gsize size, const char *like, guint8 *bytes, gsize length)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
