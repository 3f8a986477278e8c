/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean lm_base64_decode (const char *text, gsize length, guint8 *bytes, gsize *n_bytes)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_base64_decode_exact (const char *text, guint8 *bytes, gsize n_bytes)
    G_GNUC_WARN_UNUSED_RESULT;

/* Bytes that are surely enough to decode @length characters. */
#define LM_BASE64_ROOM(length) ((length) / 4 * 3)

G_END_DECLS
