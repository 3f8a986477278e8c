/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "journal/lm-record.h"

G_BEGIN_DECLS

/**
 * LmExportProgress:
 * @done: records written
 * @total: of so many
 *
 * Called after each record, in the exporting thread.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*LmExportProgress) (guint done, guint total, gpointer data);

char *lm_export_markdown (LmRecord *record, GHashTable *names) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_export_run (const char *path,
                        GPtrArray *records,
                        LmExportProgress progress,
                        gpointer data,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
