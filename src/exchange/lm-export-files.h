/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "exchange/lm-export.h"

G_BEGIN_DECLS

#define LM_EXPORT_ATTACHMENTS "attachments"

/**
 * LmExportFiles:
 *
 * The attachments of an export: each is written once, whatever lists it.
 */
typedef struct _LmExportFiles LmExportFiles;

LmExportFiles *lm_export_files_new (int folder, const LmExportSource *source, GPtrArray *problems);
void lm_export_files_free (LmExportFiles *files);
gboolean lm_export_files_write (LmExportFiles *files,
                                const LmAttachment *attachment,
                                char **failed,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_export_files_sync (LmExportFiles *files, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *lm_export_files_find (LmExportFiles *files, const LmAttachment *attachment);

char *lm_export_safe_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmExportFiles, lm_export_files_free)

G_END_DECLS
