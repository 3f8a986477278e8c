/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

#include "journal/lm-attachment-list.h"
#include "journal/lm-record.h"

G_BEGIN_DECLS

/**
 * LmExportSource:
 * @read: (nullable): writes the bytes of an attachment into @out; %NULL leaves attachments out. Any
 *   error but %G_IO_ERROR_CANCELLED and %G_IO_ERROR_CLOSED is that of the attachment alone
 * @progress: (nullable): called after each record, with how many of how many are written; returns
 *   %FALSE to stop
 * @data: for both
 *
 * What an export asks for while it runs, in the exporting thread.
 */
typedef struct
{
  gboolean (*read) (const LmAttachment *attachment,
                    GOutputStream *out,
                    gpointer data,
                    GError **error);
  gboolean (*progress) (guint done, guint total, gpointer data);
  gpointer data;
} LmExportSource;

/**
 * LmExportProblem:
 * @file: the name that the file would have had
 * @error: why it could not be read
 *
 * An attachment that the export is without.
 */
typedef struct
{
  char *file;
  GError *error;
} LmExportProblem;

/**
 * LmExportReport:
 * @problems: (element-type LmExportProblem): what could not be read, and is left out
 * @failed: (nullable): the file that could not be written, where that ended the export
 *
 * What became of an export.
 */
typedef struct
{
  GPtrArray *problems;
  char *failed;
} LmExportReport;

LmExportProblem *lm_export_problem_new (const char *file, GError *error);
LmExportReport *lm_export_report_new (void);
void lm_export_report_free (LmExportReport *report);

GHashTable *lm_export_names (GPtrArray *records) G_GNUC_WARN_UNUSED_RESULT;
char *lm_export_markdown (LmRecord *record, GHashTable *names) G_GNUC_WARN_UNUSED_RESULT;
char *lm_export_words (LmRecord *record, GHashTable *names) G_GNUC_WARN_UNUSED_RESULT;
gboolean lm_export_run (const char *path,
                        GPtrArray *records,
                        const LmExportSource *source,
                        LmExportReport *report,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmExportReport, lm_export_report_free)

G_END_DECLS
