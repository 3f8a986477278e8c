/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "workspace/lm-workspace-attachments.h"

G_BEGIN_DECLS

/* An image of an entry, read and decoded away from the window's own thread and only in memory. */
void lm_image_load_async (LmWorkspace *workspace,
                          const LmAttachment *attachment,
                          int side_max,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data);
GdkTexture *lm_image_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
