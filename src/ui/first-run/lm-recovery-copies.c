/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal/lm-file.h"
#include "ui/first-run/lm-recovery-copies.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-file-dialog.h"

/* Ways to keep the recovery code: the clipboard, a file, paper. */

/* Clipboard managers that look for this type keep no copy. GDK offers it but cannot hand over what
 * it holds, as its name has no slash: a manager that reads it too, as KDE's does, sees no secret.
 */
#define HINT_TYPE "x-kde-passwordManagerHint"
#define HINT      "secret"

/**
 * lm_recovery_copy:
 * @widget: whose clipboard
 * @code: as people write it
 *
 * Puts the code on the clipboard, marked as a secret.
 */
void
lm_recovery_copy (GtkWidget *widget, LmSecret *code)
{
  g_autoptr (GBytes) hint = g_bytes_new_static (HINT, strlen (HINT));
  GdkContentProvider *providers[2];
  g_autoptr (GdkContentProvider) both = NULL;

  providers[0] =
      gdk_content_provider_new_typed (G_TYPE_STRING, (const char *) lm_secret_peek (code));
  providers[1] = gdk_content_provider_new_for_bytes (HINT_TYPE, hint);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);
  lm_toast (widget, adw_toast_new (_ ("Code copied")));
}

/* Saving ----------------------------------------------------------------------------------------
 */

typedef struct
{
  GtkWidget *widget;
  LmSecret *code;
  char *journal_path;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->widget);
  lm_secret_unref (copy->code);
  g_free (copy->journal_path);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static Copy *
copy_new (GtkWidget *widget, LmSecret *code, const char *journal_path)
{
  Copy *copy = g_new (Copy, 1);

  *copy = (Copy) { g_object_ref (widget), lm_secret_ref (code), g_strdup (journal_path) };
  return copy;
}

/* Whether @path is in the journal's own folder, whatever links lead there. */
static gboolean
is_in_journal (const char *path, const char *journal_path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *real_parent = realpath (parent, NULL);
  g_autofree char *real_journal = realpath (journal_path, NULL);
  g_autoptr (GFile) journal = NULL;
  g_autoptr (GFile) folder = NULL;

  if (real_parent == NULL || real_journal == NULL)
    return FALSE;
  journal = g_file_new_for_path (real_journal);
  folder = g_file_new_for_path (real_parent);
  return g_file_equal (folder, journal) || g_file_has_prefix (folder, journal);
}

static gboolean
write_code (const char *path, LmSecret *code, GError **error)
{
  /* Readable by this person alone; the file dialog has asked about one that exists. */
  int file = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  gsize length = lm_secret_length (code);
  gboolean good;

  if (file < 0)
    {
      lm_file_set_error (error, errno, path);
      return FALSE;
    }
  good = fchmod (file, 0600) == 0 || errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
  good = good && write (file, lm_secret_peek (code), length) == (gssize) length &&
         write (file, "\n", 1) == 1 && fsync (file) == 0;
  if (!good)
    lm_file_set_error (error, errno, path);
  return close (file) == 0 && good;
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;

  if (path == NULL)
    return;
  if (is_in_journal (path, copy->journal_path))
    lm_toast (copy->widget,
              adw_toast_new (_ ("Not in the journal’s own folder: there it would open the journal "
                                "for whoever gets it.")));
  else if (write_code (path, copy->code, &error))
    lm_toast (copy->widget, adw_toast_new (_ ("Code saved. Move it to a safe place.")));
  else
    lm_toast_error (copy->widget, error);
}

/**
 * lm_recovery_save:
 * @journal_path: the journal's folder, where the code must not lie
 *
 * Asks for a place and writes the code there, as plain text.
 */
void
lm_recovery_save (GtkWidget *widget, LmSecret *code, const char *journal_path)
{
  g_autoptr (GtkFileDialog) dialog = lm_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save the recovery code, unencrypted"));
  /* Translators: the name of a file */
  gtk_file_dialog_set_initial_name (dialog, _ ("recovery code.txt"));
  gtk_file_dialog_save (dialog,
                        GTK_WINDOW (gtk_widget_get_root (widget)),
                        NULL,
                        place_chosen_cb,
                        copy_new (widget, code, journal_path));
}

/* Printing
 * ------------------------------------------------------------------------------------------ */

static cairo_status_t
write_to_stream (void *stream, const unsigned char *data, unsigned int length)
{
  return g_output_stream_write_all (stream, data, length, NULL, NULL, NULL)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_WRITE_ERROR;
}

static void
draw_text (cairo_t *cr, const char *font, const char *text, double width, double *y)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, 72, *y);
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_size (layout, NULL, &height);
  *y += (double) height / PANGO_SCALE + 18;
}

/* One page, straight into the printer's stream: no file of ours, and no preview. */
static gboolean
print_page (GOutputStream *stream, LmSecret *code)
{
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (write_to_stream, stream, 595, 842);
  cairo_t *cr = cairo_create (surface);
  double y = 96;
  gboolean good;

  draw_text (cr, "Sans 20", _ ("Recovery code of a Leitmotif journal"), 451, &y);
  draw_text (cr, "Monospace 18", (const char *) lm_secret_peek (code), 451, &y);
  draw_text (cr,
             "Sans 11",
             _ ("It opens the journal if the passphrase is lost. Keep it away from the computer. "
                "Whoever finds it can open the journal with it."),
             451,
             &y);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  good = cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (surface);
  return good;
}

static void
printer_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream =
      gtk_print_dialog_print_finish (GTK_PRINT_DIALOG (source), result, &error);

  if (stream == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        lm_toast (copy->widget, adw_toast_new (_ ("The code could not be printed.")));
      return;
    }
  if (!print_page (stream, copy->code) || !g_output_stream_close (stream, NULL, NULL))
    lm_toast (copy->widget, adw_toast_new (_ ("The code could not be printed.")));
}

/* Asks for a printer and prints the code on one page. */
void
lm_recovery_print (GtkWidget *widget, LmSecret *code)
{
  g_autoptr (GtkPrintDialog) dialog = gtk_print_dialog_new ();

  gtk_print_dialog_set_title (dialog, _ ("Print the recovery code"));
  gtk_print_dialog_print (dialog,
                          GTK_WINDOW (gtk_widget_get_root (widget)),
                          NULL,
                          NULL,
                          printer_ready_cb,
                          copy_new (widget, code, NULL));
}
