/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GOutputStream *lm_file_stream_new (int folder, const char *name, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_file_stream_finish (GOutputStream *stream,
                                int folder,
                                const char *name,
                                gboolean good,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
