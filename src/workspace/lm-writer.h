/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LmWriter:
 *
 * The one thread that touches the journal's files. What is given to it is done in order.
 */
typedef struct _LmWriter LmWriter;

/**
 * LmWriterFunc:
 *
 * Runs in the writer's thread and returns the result by @task.
 */
typedef void (*LmWriterFunc) (GTask *task, gpointer task_data);

LmWriter *lm_writer_new (void);
void lm_writer_free (LmWriter *writer);
void lm_writer_run (LmWriter *writer, GTask *task, LmWriterFunc func);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LmWriter, lm_writer_free)

G_END_DECLS
