/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/library/lm-article-print.h"
#include "ui/lm-toast.h"
#include "ui/widgets/lm-pages.h"

/* An article on paper. Articles are the same for everybody; nothing that a person wrote is printed
 * here, and the job's name does not say which article it is. */

#define SIZE    11
#define CAPTION "Serif 9"

typedef struct
{
  GtkWidget *widget;
  LmLibrary *library;
  LmArticle *article;
  LmPages *pages; /* nullable */
} Printing;

static void
printing_free (Printing *printing)
{
  g_clear_pointer (&printing->pages, lm_pages_free);
  g_object_unref (printing->article);
  g_object_unref (printing->library);
  g_object_unref (printing->widget);
  g_free (printing);
}

/* What is printed ------------------------------------------------------------------------------ */

static void
add_references (Printing *printing)
{
  GPtrArray *notes = lm_article_get_document (printing->article)->notes;
  LmPart *title;

  if (notes->len == 0)
    return;
  title = lm_pages_add (printing->pages, "Serif Bold 11", _ ("References"), NULL, 0);
  title->before = 20;
  title->with_next = TRUE;
  for (guint i = 0; i < notes->len; i++)
    {
      const LmReference *reference = lm_library_find_reference (printing->library, notes->pdata[i]);
      g_autofree char *text = reference != NULL ? lm_reference_to_text (reference) : NULL;
      g_autofree char *line = NULL;

      if (text == NULL)
        continue;
      line = reference->doi != NULL
                 ? g_strdup_printf ("%u. %s https://doi.org/%s", i + 1, text, reference->doi)
                 : g_strdup_printf ("%u. %s", i + 1, text);
      lm_pages_add (printing->pages, CAPTION, line, NULL, 0)->before = 4;
    }
}

static void
add_parts (Printing *printing)
{
  GPtrArray *blocks = lm_article_get_document (printing->article)->blocks;

  lm_pages_add (printing->pages, "Serif Bold 20", lm_article_get_title (printing->article), NULL, 0)
      ->with_next = TRUE;
  for (guint i = 0; i < blocks->len; i++)
    lm_pages_add_block (printing->pages, blocks->pdata[i], SIZE);
  add_references (printing);
  lm_pages_add (printing->pages,
                CAPTION,
                _ ("From Leitmotif. This is no substitute for care."),
                NULL,
                0)
      ->before = 20;
}

/* Pages ---------------------------------------------------------------------------------------- */

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, Printing *printing)
{
  PangoContext *pango = gtk_print_context_create_pango_context (context);

  g_clear_pointer (&printing->pages, lm_pages_free);
  printing->pages = lm_pages_new (pango,
                                  gtk_print_context_get_width (context),
                                  gtk_print_context_get_height (context));
  g_object_unref (pango);
  add_parts (printing);
  gtk_print_operation_set_n_pages (operation, (int) lm_pages_lay_out (printing->pages));
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Printing *printing)
{
  lm_pages_draw (printing->pages, gtk_print_context_get_cairo_context (context), (guint) page);
}

/* A preview would be a file for another program; there is none. */
static gboolean
preview_cb (GtkPrintOperation *operation,
            GtkPrintOperationPreview *preview,
            GtkPrintContext *context,
            GtkWindow *parent,
            Printing *printing)
{
  gtk_print_operation_preview_end_preview (preview);
  lm_toast (printing->widget,
            adw_toast_new (_ ("There is no preview. You can print to a file first.")));
  return TRUE;
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Printing *printing)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  lm_toast (printing->widget, adw_toast_new (_ ("The article was not printed.")));
}

/* Asks where to print @article, and prints it. */
void
lm_article_print (GtkWidget *widget, LmLibrary *library, LmArticle *article)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (widget);
  Printing *printing = g_new0 (Printing, 1);

  *printing = (Printing) { .widget = g_object_ref (widget),
                           .library = g_object_ref (library),
                           .article = g_object_ref (article) };
  g_object_set_data_full (G_OBJECT (operation),
                          "printing",
                          printing,
                          (GDestroyNotify) printing_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_cb), printing);
  g_signal_connect (operation, "preview", G_CALLBACK (preview_cb), printing);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), printing);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _ ("Article"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation,
                           GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                           NULL);
}
