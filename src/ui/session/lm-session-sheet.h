/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GBytes *lm_session_sheet_draw (GtkPageSetup *setup, GPtrArray *texts, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void lm_session_sheet_send_async (GOutputStream *stream,
                                  GtkPageSetup *setup,
                                  GPtrArray *texts,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean lm_session_sheet_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
