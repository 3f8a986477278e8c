/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/lm-text.h"
#include "journal/lm-file.h"
#include "ui/guide/lm-guide-files.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-file-dialog.h"

/* Guides as plain files: there are only questions in them. */

/* A guide is a few pages of text. */
#define SIZE_MAX_BYTES (1024 * 1024)

typedef struct
{
  GtkWidget *widget;
  LmGuideFileFunc func;
  GFile *file;   /* nullable */
  GBytes *bytes; /* nullable */
} Work;

static void
work_free (Work *work)
{
  g_object_unref (work->widget);
  g_clear_object (&work->file);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work);
}

/* The person may just have closed the chooser. */
static void
tell (Work *work, const GError *error)
{
  if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    lm_toast_error (work->widget, error);
}

static GListModel *
make_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Guide files"));
  gtk_file_filter_add_suffix (filter, "json");
  g_list_store_append (filters, filter);
  return G_LIST_MODEL (filters);
}

/* Opening ----------------------------------------------------------------------------------------
 */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autofree char *name = g_file_get_basename (work->file);

  if (bytes == NULL)
    tell (work, error);
  else if (gtk_widget_get_root (work->widget) != NULL)
    work->func (work->widget, name, bytes);
  work_free (work);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream == NULL)
    {
      tell (work, error);
      work_free (work);
      return;
    }
  /* Whatever is longer is no guide: cut off, it is no JSON either. */
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream),
                                   SIZE_MAX_BYTES,
                                   G_PRIORITY_DEFAULT,
                                   NULL,
                                   read_cb,
                                   work);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  work->file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  if (work->file == NULL)
    {
      tell (work, error);
      work_free (work);
      return;
    }
  g_file_read_async (work->file, G_PRIORITY_DEFAULT, NULL, stream_cb, work);
}

/* Has the person choose a file, and hands on what is in it. */
void
lm_guide_files_open (GtkWidget *widget, LmGuideFileFunc func)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();
  g_autoptr (GListModel) filters = make_filters ();
  Work *work = g_new0 (Work, 1);

  work->widget = g_object_ref (widget);
  work->func = func;
  gtk_file_dialog_set_title (dialog, _ ("Choose a guide file"));
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, opened_cb, work);
}

/* Saving ------------------------------------------------------------------------------------------
 */

static void
write_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  if (lm_file_write_chosen (g_file_peek_path (work->file), work->bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    lm_toast (work->widget, adw_toast_new (_ ("Saved as a file, not encrypted")));
  else
    lm_toast_error (work->widget, error);
  work_free (work);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  work->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  if (work->file == NULL || g_file_peek_path (work->file) == NULL)
    {
      tell (work, error);
      work_free (work);
      return;
    }
  task = g_task_new (NULL, NULL, written_cb, work);
  g_task_set_task_data (task, work, NULL);
  g_task_run_in_thread (task, write_job);
}

/* Has the person choose where to save a guide. */
void
lm_guide_files_save (GtkWidget *widget, const char *title, const char *text, gsize length)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();
  g_autofree char *slug = lm_text_slug (title);
  g_autofree char *name = g_strdup_printf ("%s.json", slug[0] != '\0' ? slug : "guide");
  Work *work = g_new0 (Work, 1);

  work->widget = g_object_ref (widget);
  work->bytes = g_bytes_new (text, length);
  gtk_file_dialog_set_title (dialog, _ ("Save the guide as a file"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, work);
}
