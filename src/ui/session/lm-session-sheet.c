/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <sodium.h>

#include "ui/session/lm-session-sheet.h"
#include "ui/widgets/lm-pages.h"

/* What is brought to the session, on paper: in large letters, to be read from. It is drawn as a PDF
 * in memory, and wiped there once the printer has it. */

/* In points. */
#define SIZE    14
#define BETWEEN 36

/* Drawing ---------------------------------------------------------------------------------------
 */

static cairo_status_t
append_cb (void *data, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
wipe_array (gpointer data)
{
  GByteArray *array = data;

  if (array->len > 0)
    sodium_memzero (array->data, array->len);
  g_byte_array_unref (array);
}

static void
add_text (LmPages *pages, const char *markdown)
{
  g_autoptr (LmDocument) document = lm_document_read (markdown, LM_DOCUMENT_ENTRY);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      LmPart *part = lm_pages_add_block (pages, document->blocks->pdata[i], SIZE);

      if (i == 0 && part != NULL)
        part->before = BETWEEN;
    }
}

/**
 * lm_session_sheet_draw:
 * @setup: the paper
 * @texts: (element-type utf8): Markdown, one for each entry
 * @error: domain %G_IO_ERROR
 *
 * May be called in any thread.
 *
 * Returns: (transfer full): a PDF, which is wiped when it is freed
 */
GBytes *
lm_session_sheet_draw (GtkPageSetup *setup, GPtrArray *texts, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      append_cb,
      array,
      gtk_page_setup_get_paper_width (setup, GTK_UNIT_POINTS),
      gtk_page_setup_get_paper_height (setup, GTK_UNIT_POINTS));
  cairo_t *cairo = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cairo);
  g_autoptr (LmPages) pages =
      lm_pages_new (context,
                    gtk_page_setup_get_page_width (setup, GTK_UNIT_POINTS),
                    gtk_page_setup_get_page_height (setup, GTK_UNIT_POINTS));
  cairo_status_t status;
  guint n;

  for (guint i = 0; i < texts->len; i++)
    add_text (pages, texts->pdata[i]);
  n = lm_pages_lay_out (pages);
  cairo_translate (cairo,
                   gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS),
                   gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS));
  for (guint i = 0; i < n; i++)
    {
      lm_pages_draw (pages, cairo, i);
      cairo_show_page (cairo);
    }
  g_object_unref (context);
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      wipe_array (array);
      return NULL;
    }
  return g_bytes_new_with_free_func (array->data, array->len, wipe_array, array);
}

/* Sending ---------------------------------------------------------------------------------------
 */

typedef struct
{
  GOutputStream *stream;
  GtkPageSetup *setup;
  GPtrArray *texts;
  GBytes *pdf; /* nullable */
} Sheet;

static void
sheet_free (gpointer data)
{
  Sheet *sheet = data;

  g_object_unref (sheet->stream);
  g_object_unref (sheet->setup);
  g_ptr_array_unref (sheet->texts);
  g_clear_pointer (&sheet->pdf, g_bytes_unref);
  g_free (sheet);
}

/* GTK's stream runs the main loop while it is closed, until the printer has everything, and can do
 * so in no other thread. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GOutputStream *stream = G_OUTPUT_STREAM (source);
  GError *error = NULL;

  if (g_output_stream_write_all_finish (stream, result, NULL, &error) &&
      g_output_stream_close (stream, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Sheet *sheet = data;
  GError *error = NULL;
  GBytes *pdf = lm_session_sheet_draw (sheet->setup, sheet->texts, &error);

  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sheet *sheet = g_task_get_task_data (task);
  GError *error = NULL;

  sheet->pdf = g_task_propagate_pointer (G_TASK (result), &error);
  if (sheet->pdf == NULL)
    g_task_return_error (task, error);
  else
    g_output_stream_write_all_async (sheet->stream,
                                     g_bytes_get_data (sheet->pdf, NULL),
                                     g_bytes_get_size (sheet->pdf),
                                     G_PRIORITY_DEFAULT,
                                     NULL,
                                     written_cb,
                                     g_steal_pointer (&task));
}

/**
 * lm_session_sheet_send_async:
 * @stream: (transfer none): what GTK gave for the printer; it is closed
 * @setup: the paper
 * @texts: (transfer full) (element-type utf8): Markdown, one for each entry
 *
 * Draws in a thread of its own, and prints.
 */
void
lm_session_sheet_send_async (GOutputStream *stream,
                             GtkPageSetup *setup,
                             GPtrArray *texts,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (NULL, NULL, callback, data);
  g_autoptr (GTask) drawing = g_task_new (NULL, NULL, drawn_cb, task);
  Sheet *sheet = g_new (Sheet, 1);

  *sheet = (Sheet) { g_object_ref (stream), gtk_page_setup_copy (setup), texts, NULL };
  g_task_set_source_tag (task, lm_session_sheet_send_async);
  g_task_set_task_data (task, sheet, sheet_free);
  g_task_set_task_data (drawing, sheet, NULL);
  g_task_run_in_thread (drawing, draw_in_thread);
}

/* @error: domain %G_IO_ERROR */
gboolean
lm_session_sheet_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
