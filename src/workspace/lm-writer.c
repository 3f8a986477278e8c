/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "workspace/lm-writer.h"

struct _LmWriter
{
  GThreadPool *pool;
  GThread *thread; /* the pool's; nullable */
};

typedef struct
{
  GTask *task;
  LmWriterFunc func;
} Job;

static void
run_job (gpointer data, gpointer user_data)
{
  LmWriter *writer = user_data;
  Job *job = data;

  g_atomic_pointer_set (&writer->thread, g_thread_self ());
  job->func (job->task, g_task_get_task_data (job->task));
  g_object_unref (job->task);
  g_free (job);
}

LmWriter *
lm_writer_new (void)
{
  LmWriter *writer = g_new0 (LmWriter, 1);

  /* One thread of its own, hence one job after the other. */
  writer->pool = g_thread_pool_new (run_job, writer, 1, TRUE, NULL);
  return writer;
}

/* Waits until everything that was given to it is done. The last task may take its source object,
 * and with it the writer, along: then this is the writer's own thread, and there is nothing left to
 * wait for. */
void
lm_writer_free (LmWriter *writer)
{
  g_thread_pool_free (writer->pool,
                      FALSE,
                      g_atomic_pointer_get (&writer->thread) != g_thread_self ());
  g_free (writer);
}

/**
 * lm_writer_run:
 * @task: (transfer none): with all that @func needs as its task data
 * @func: what to do
 *
 * Does @func behind everything that was given before; never waits.
 */
void
lm_writer_run (LmWriter *writer, GTask *task, LmWriterFunc func)
{
  Job *job = g_new (Job, 1);

  *job = (Job) { g_object_ref (task), func };
  g_thread_pool_push (writer->pool, job, NULL);
}
