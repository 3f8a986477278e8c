/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "library/lm-library.h"

G_BEGIN_DECLS

#define LM_DEMO_PASSPHRASE "demo"

void lm_demo_make_async (const char *path,
                         LmLibrary *library,
                         guint entries,
                         GAsyncReadyCallback callback,
                         gpointer data);
gboolean lm_demo_make_finish (GAsyncResult *result, GError **error);

G_END_DECLS
