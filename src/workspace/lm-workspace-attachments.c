/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <sodium.h>

#include "journal/lm-store-attachments.h"
#include "journal/lm-store-error.h"
#include "workspace/lm-workspace-attachments.h"
#include "workspace/lm-workspace-private.h"

typedef struct
{
  GFile *file;   /* what to attach, or where a copy goes */
  GBytes *bytes; /* what to attach, if it is no file */
  char *name;
  char *type;
  LmAttachment *attachment;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->file);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->attachment, lm_attachment_free);
  g_free (job->name);
  g_free (job->type);
  g_free (job);
}

static void
run (LmWorkspace *self,
     Job *job,
     LmWriterFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, job, job_free);
  lm_writer_run (self->writer, task, func);
}

static gboolean
check_open (LmWorkspace *self, GError **error)
{
  if (self->store != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the journal is locked");
  return FALSE;
}

/* Attaching ------------------------------------------------------------------------------------ */

static GInputStream *
open_file (Job *job, guint64 *size, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (job->file,
                         G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                        "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME
                                                        "," G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE,
                         G_FILE_QUERY_INFO_NONE,
                         NULL,
                         error);
  const char *content_type;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a file");
      return NULL;
    }
  *size = (guint64) g_file_info_get_size (info);
  content_type = g_file_info_get_content_type (info);
  job->name = g_strdup (g_file_info_get_display_name (info));
  job->type = content_type != NULL ? g_content_type_get_mime_type (content_type) : NULL;
  if (job->type == NULL)
    job->type = g_strdup ("application/octet-stream");
  return G_INPUT_STREAM (g_file_read (job->file, NULL, error));
}

static void
attach_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Job *job = data;
  g_autoptr (GInputStream) in = NULL;
  guint64 size = 0;
  LmAttachment *attachment = NULL;
  GError *error = NULL;

  if (check_open (self, &error))
    {
      if (job->file != NULL)
        in = open_file (job, &size, &error);
      else
        {
          in = g_memory_input_stream_new_from_bytes (job->bytes);
          size = g_bytes_get_size (job->bytes);
        }
      if (in != NULL)
        attachment = lm_store_add_attachment (self->store,
                                              in,
                                              size,
                                              job->name,
                                              job->type,
                                              g_task_get_cancellable (task),
                                              &error);
    }
  if (attachment != NULL)
    g_task_return_pointer (task, attachment, (GDestroyNotify) lm_attachment_free);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_attach_file_async:
 * @file: what to attach; it stays as it is
 *
 * Seals a copy of @file into the journal. The caller puts what comes of it into an entry.
 */
void
lm_workspace_attach_file_async (LmWorkspace *self,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->file = g_object_ref (file);
  run (self, job, attach_job, cancellable, callback, data);
}

/* As lm_workspace_attach_file_async (), with what was pasted. */
void
lm_workspace_attach_bytes_async (LmWorkspace *self,
                                 GBytes *bytes,
                                 const char *name,
                                 const char *type,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->bytes = g_bytes_ref (bytes);
  job->name = g_strdup (name);
  job->type = g_strdup (type);
  run (self, job, attach_job, cancellable, callback, data);
}

/* Returns: (transfer full): what the entry is to list */
LmAttachment *
lm_workspace_attach_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading ----------------------------------------------------------------------------------------
 */

typedef struct
{
  guint8 *bytes;
  gsize length;
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  sodium_memzero (wiped->bytes, wiped->length);
  g_free (wiped->bytes);
  g_free (wiped);
}

static void
read_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Job *job = data;
  gsize size = (gsize) job->attachment->size;
  Wiped *wiped;
  g_autoptr (GOutputStream) out = NULL;
  GError *error = NULL;
  gboolean good;

  if (job->attachment->size > LM_ATTACHMENT_BYTES_MAX)
    {
      g_task_return_new_error_literal (task, LM_STORE_ERROR, LM_STORE_ERROR_TOO_LARGE, "too large");
      return;
    }
  wiped = g_new (Wiped, 1);
  *wiped = (Wiped) { g_malloc (size + 1), size };
  /* A block of the right size from the start: nothing of it is copied about as it grows. */
  out = g_memory_output_stream_new (wiped->bytes, size, NULL, NULL);
  good = check_open (self, &error) && lm_store_read_attachment (self->store,
                                                                job->attachment,
                                                                out,
                                                                g_task_get_cancellable (task),
                                                                &error);
  if (good)
    g_task_return_pointer (task,
                           g_bytes_new_with_free_func (wiped->bytes, size, wiped_free, wiped),
                           (GDestroyNotify) g_bytes_unref);
  else
    {
      wiped_free (wiped);
      g_task_return_error (task, error);
    }
}

/* Reads an attachment into memory, which is wiped when the last reference goes. */
void
lm_workspace_read_attachment_async (LmWorkspace *self,
                                    const LmAttachment *attachment,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->attachment = lm_attachment_copy (attachment);
  run (self, job, read_job, cancellable, callback, data);
}

GBytes *
lm_workspace_read_attachment_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A copy outside
 * ------------------------------------------------------------------------------------
 */

static void
copy_job (GTask *task, gpointer data)
{
  LmWorkspace *self = g_task_get_source_object (task);
  Job *job = data;
  GError *error = NULL;

  if (check_open (self, &error) && lm_store_copy_attachment (self->store,
                                                             job->attachment,
                                                             g_file_peek_path (job->file),
                                                             g_task_get_cancellable (task),
                                                             &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * lm_workspace_copy_attachment_async:
 * @to: where the person wants a copy, which is not encrypted
 *
 * On failure what was at @to before stays.
 */
void
lm_workspace_copy_attachment_async (LmWorkspace *self,
                                    const LmAttachment *attachment,
                                    GFile *to,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->attachment = lm_attachment_copy (attachment);
  job->file = g_object_ref (to);
  run (self, job, copy_job, cancellable, callback, data);
}

gboolean
lm_workspace_copy_attachment_finish (LmWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
