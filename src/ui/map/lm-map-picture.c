/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "journal/lm-content-parts.h"
#include "journal/lm-file.h"
#include "ui/lm-toast.h"
#include "ui/map/lm-family-map.h"
#include "ui/map/lm-map-draw.h"
#include "ui/map/lm-map-picture.h"
#include "ui/widgets/lm-file-dialog.h"

/* A map as a PNG file, for whoever wants to show or print it. */

/* Pixels of each side, and how much larger than on the screen everything is. */
#define SIDE  1320
#define SCALE 3

typedef struct
{
  GtkWidget *widget;
  GPtrArray *places;
  char *path;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_clear_object (&saving->widget);
  g_ptr_array_unref (saving->places);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
copy_place (gconstpointer from, gpointer data)
{
  const LmMapPlace *place = from;
  LmMapPlace *copy = lm_map_place_new (place->person, place->name);

  copy->angle = place->angle;
  copy->distance = place->distance;
  copy->tie = place->tie;
  return copy;
}

static cairo_status_t
take_bytes (void *array, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (array, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* In any thread. Returns: (transfer full) (nullable): the picture as PNG, dark on white */
GBytes *
lm_map_picture_make (GPtrArray *places)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  LmMapDrawing drawing = { places,
                           _ ("Me"),
                           LM_MAP_NOBODY,
                           SIDE,
                           SCALE,
                           { .ink = { 0.1f, 0.1f, 0.12f, 1 },
                             .paper = { 1, 1, 1, 1 },
                             .card = { 1, 1, 1, 1 },
                             .accent = { 0, 0, 0, 1 } } };
  cairo_status_t status;

  pango_font_description_set_family (font, "Sans");
  pango_font_description_set_absolute_size (font, 15 * SCALE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  lm_map_draw (cr, layout, &drawing);
  status = cairo_surface_write_to_png_stream (surface, take_bytes, bytes);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes))
                                        : NULL;
}

static void
save_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (GBytes) bytes = lm_map_picture_make (saving->places);
  GError *error = NULL;

  if (bytes == NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_FAILED, "no picture");
  else if (lm_file_write_chosen (saving->path, bytes, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    lm_toast (GTK_WIDGET (source), adw_toast_new (_ ("Picture saved. It is not encrypted.")));
  else
    lm_toast_error (GTK_WIDGET (source), error);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GTask) task = NULL;

  if (file == NULL || g_file_peek_path (file) == NULL)
    {
      saving_free (saving);
      return;
    }
  saving->path = g_strdup (g_file_peek_path (file));
  task = g_task_new (saving->widget, NULL, saved_cb, NULL);
  /* The task keeps the widget, and lets go of it in the main thread. */
  g_clear_object (&saving->widget);
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save_job);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  GtkWidget *widget = data;
  GPtrArray *places = g_object_get_data (G_OBJECT (dialog), "places");
  g_autoptr (GtkFileDialog) chooser = NULL;
  Saving *saving;

  if (!g_str_equal (response, "save"))
    return;
  saving = g_new0 (Saving, 1);
  saving->widget = g_object_ref (widget);
  saving->places = g_ptr_array_ref (places);
  chooser = lm_file_dialog_new ();
  gtk_file_dialog_set_title (chooser, _ ("Save the picture, unencrypted"));
  /* Translators: the name of a file */
  gtk_file_dialog_set_initial_name (chooser, _ ("map.png"));
  gtk_file_dialog_save (chooser,
                        GTK_WINDOW (gtk_widget_get_root (widget)),
                        NULL,
                        place_chosen_cb,
                        saving);
}

/**
 * lm_map_picture_save:
 * @places: (transfer none) (element-type LmMapPlace): who is where; copied
 *
 * Says that a picture is not protected, asks where to put it, and writes it there.
 */
void
lm_map_picture_save (GtkWidget *widget, GPtrArray *places)
{
  AdwDialog *dialog = adw_alert_dialog_new (
      _ ("Save the map as a picture?"),
      _ ("The picture is not encrypted. It shows the names as they stand on the map, and anyone "
         "who gets the file can see them."));
  GPtrArray *copy = g_ptr_array_copy (places, copy_place, NULL);

  g_ptr_array_set_free_func (copy, (GDestroyNotify) lm_map_place_free);
  g_object_set_data_full (G_OBJECT (dialog), "places", copy, (GDestroyNotify) g_ptr_array_unref);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel",
                                  _ ("_Cancel"),
                                  "save",
                                  _ ("_Save it…"),
                                  NULL);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), widget, 0);
  adw_dialog_present (dialog, widget);
}
