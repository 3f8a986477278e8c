/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/attachments/lm-image.h"

/* A small file can hold an image of a size that no memory holds. */
#define PIXELS_MAX (G_GINT64_CONSTANT (120) * 1000 * 1000)

typedef struct
{
  GBytes *bytes;
  int side_max;
  gboolean too_large;
} Decode;

static void
decode_free (gpointer data)
{
  Decode *decode = data;

  g_clear_pointer (&decode->bytes, g_bytes_unref);
  g_free (decode);
}

/* Asked before a pixel is decoded. */
static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  Decode *decode = data;
  int longest = MAX (width, height);

  if ((gint64) width * height > PIXELS_MAX)
    {
      decode->too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 1, 1);
    }
  else if (longest > decode->side_max)
    gdk_pixbuf_loader_set_size (loader,
                                MAX ((int) ((gint64) width * decode->side_max / longest), 1),
                                MAX ((int) ((gint64) height * decode->side_max / longest), 1));
}

static GdkTexture *
texture_of (GdkPixbuf *pixbuf)
{
  g_autoptr (GBytes) pixels = gdk_pixbuf_read_pixel_bytes (pixbuf);

  return gdk_memory_texture_new (gdk_pixbuf_get_width (pixbuf),
                                 gdk_pixbuf_get_height (pixbuf),
                                 gdk_pixbuf_get_has_alpha (pixbuf) ? GDK_MEMORY_R8G8B8A8
                                                                   : GDK_MEMORY_R8G8B8,
                                 pixels,
                                 (gsize) gdk_pixbuf_get_rowstride (pixbuf));
}

static void
decode_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Decode *decode = data;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GdkPixbuf) upright = NULL;
  GdkPixbuf *pixbuf;
  GError *error = NULL;
  gboolean good;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), decode);
  good = gdk_pixbuf_loader_write_bytes (loader, decode->bytes, &error);
  /* It wants to be closed in any case. */
  good = gdk_pixbuf_loader_close (loader, good ? &error : NULL) && good;
  pixbuf = good ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (decode->too_large)
    {
      g_clear_error (&error);
      g_task_return_new_error_literal (
          task,
          G_IO_ERROR,
          G_IO_ERROR_NOT_SUPPORTED,
          _ ("This image is too large to be shown here. A copy of it can be saved."));
    }
  else if (pixbuf == NULL)
    {
      g_clear_error (&error);
      g_task_return_new_error_literal (
          task,
          G_IO_ERROR,
          G_IO_ERROR_NOT_SUPPORTED,
          _ ("This image cannot be shown here. A copy of it can be saved."));
    }
  else
    {
      upright = gdk_pixbuf_apply_embedded_orientation (pixbuf);
      g_task_return_pointer (task, texture_of (upright), g_object_unref);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Decode *decode = g_task_get_task_data (task);
  GError *error = NULL;

  decode->bytes = lm_workspace_read_attachment_finish (LM_WORKSPACE (source), result, &error);
  if (decode->bytes != NULL)
    g_task_run_in_thread (task, decode_job);
  else
    g_task_return_error (task, error);
}

/**
 * lm_image_load_async:
 * @side_max: pixels of the longer side; a larger image is made smaller
 */
void
lm_image_load_async (LmWorkspace *workspace,
                     const LmAttachment *attachment,
                     int side_max,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Decode *decode = g_new0 (Decode, 1);

  decode->side_max = side_max;
  g_task_set_task_data (task, decode, decode_free);
  lm_workspace_read_attachment_async (workspace, attachment, cancellable, read_cb, task);
}

/* Returns: (transfer full): the image */
GdkTexture *
lm_image_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
