/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether leitmotif-reminder is started when the person logs in. */
char *lm_login_start_path (void) G_GNUC_WARN_UNUSED_RESULT;
void lm_login_start_set_async (gboolean sandboxed,
                               gboolean start,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean lm_login_start_set_finish (GAsyncResult *result, GError **error);

G_END_DECLS
