/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ui/library/lm-article-print.h"
#include "ui/lm-window.h"
#include "ui/widgets/lm-block-markup.h"

/* An article on paper. Articles are the same for everybody; nothing that a person wrote is printed
 * here, and the job's name does not say which article it is. */

#define FONT    "Serif 11"
#define CAPTION "Serif 9"
/* In points. */
#define INDENT 18
#define FOOTER 28

/* One paragraph, heading, … */
typedef struct
{
  PangoLayout *layout;
  double x;
  double before; /* space above it, unless it begins a page */
  gboolean with_next;
} Part;

/* One line, at its place on its page. */
typedef struct
{
  PangoLayoutLine *line;
  double x;
  double y; /* of the base line */
  guint page;
} Line;

typedef struct
{
  GtkWidget *widget;
  LmLibrary *library;
  LmArticle *article;
  GPtrArray *parts; /* of Part */
  GArray *lines;    /* of Line */
  guint n_pages;
} Printing;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_object_unref (part->layout);
  g_free (part);
}

static void
line_clear (gpointer data)
{
  pango_layout_line_unref (((Line *) data)->line);
}

static void
printing_free (Printing *printing)
{
  g_array_unref (printing->lines);
  g_ptr_array_unref (printing->parts);
  g_object_unref (printing->article);
  g_object_unref (printing->library);
  g_object_unref (printing->widget);
  g_free (printing);
}

/* What is printed ------------------------------------------------------------------------------ */

static Part *
add_part (Printing *printing,
          GtkPrintContext *context,
          const char *font,
          const char *text,
          PangoAttrList *attributes,
          double indent)
{
  Part *part = g_new0 (Part, 1);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  part->layout = gtk_print_context_create_pango_layout (context);
  part->x = indent;
  part->before = 8;
  pango_layout_set_font_description (part->layout, description);
  pango_layout_set_width (part->layout,
                          (int) ((gtk_print_context_get_width (context) - indent) * PANGO_SCALE));
  pango_layout_set_wrap (part->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (part->layout, text, -1);
  pango_layout_set_attributes (part->layout, attributes);
  g_ptr_array_add (printing->parts, part);
  return part;
}

/* @bytes: how much stands before the block's own text */
static PangoAttrList *
attributes_of (const LmBlock *block, guint bytes)
{
  PangoAttrList *attributes = lm_block_to_attributes (block);

  pango_attr_list_update (attributes, 0, 0, (int) bytes);
  for (guint i = 0; i < block->spans->len; i++)
    {
      const LmSpan *span = &g_array_index (block->spans, LmSpan, i);
      PangoAttribute *raised[] = { pango_attr_font_scale_new (PANGO_FONT_SCALE_SUPERSCRIPT),
                                   pango_attr_baseline_shift_new (
                                       PANGO_BASELINE_SHIFT_SUPERSCRIPT) };

      for (guint k = 0; k < G_N_ELEMENTS (raised); k++)
        {
          raised[k]->start_index = span->start + bytes;
          raised[k]->end_index = span->end + bytes;
          if (span->kind == LM_SPAN_NOTE)
            pango_attr_list_insert (attributes, raised[k]);
          else
            pango_attribute_destroy (raised[k]);
        }
    }
  return attributes;
}

static void
add_block (Printing *printing, GtkPrintContext *context, const LmBlock *block)
{
  g_autofree char *marker = !block->marker      ? g_strdup ("")
                            : block->number > 0 ? g_strdup_printf ("%u. ", block->number)
                                                : g_strdup ("• ");
  g_autofree char *text = g_strconcat (marker, block->text, NULL);
  g_autoptr (PangoAttrList) attributes = attributes_of (block, (guint) strlen (marker));
  gboolean heading = block->kind == LM_BLOCK_HEADING;
  const char *font = !heading ? FONT : block->level <= 2 ? "Serif Bold 14" : "Serif Bold 12";
  Part *part;

  if (block->kind == LM_BLOCK_RULE)
    return;
  part = add_part (printing,
                   context,
                   font,
                   text,
                   attributes,
                   INDENT * (block->quote + (block->marker ? block->list - 1 : block->list)));
  part->with_next = heading;
  part->before = heading ? 16 : block->list > 0 ? 4 : 8;
}

static void
add_references (Printing *printing, GtkPrintContext *context)
{
  GPtrArray *notes = lm_article_get_document (printing->article)->notes;
  Part *title;

  if (notes->len == 0)
    return;
  title = add_part (printing, context, "Serif Bold 11", _ ("References"), NULL, 0);
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
      add_part (printing, context, CAPTION, line, NULL, 0)->before = 4;
    }
}

static void
add_parts (Printing *printing, GtkPrintContext *context)
{
  GPtrArray *blocks = lm_article_get_document (printing->article)->blocks;

  add_part (printing, context, "Serif Bold 20", lm_article_get_title (printing->article), NULL, 0)
      ->with_next = TRUE;
  for (guint i = 0; i < blocks->len; i++)
    add_block (printing, context, blocks->pdata[i]);
  add_references (printing, context);
  add_part (printing,
            context,
            CAPTION,
            _ ("From Leitmotif. This is no substitute for care."),
            NULL,
            0)
      ->before = 20;
}

/* Pages ---------------------------------------------------------------------------------------- */

static double
height_of (const Part *part)
{
  int height;

  pango_layout_get_size (part->layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Puts the lines of a part where they belong. Returns: where the next part begins */
static double
place_part (Printing *printing, const Part *part, double y, double room)
{
  PangoLayoutIter *iter = pango_layout_get_iter (part->layout);
  double moved = 0; /* from the layout's own place to that on the page */
  gboolean first = TRUE;

  do
    {
      int top, bottom;
      double height;
      Line line = { .x = part->x };

      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      height = (double) (bottom - top) / PANGO_SCALE;
      if (first)
        moved = y - (double) top / PANGO_SCALE;
      first = FALSE;
      y = moved + (double) top / PANGO_SCALE;
      if (y + height > room && y > 0)
        {
          printing->n_pages++;
          y = 0;
          moved = -(double) top / PANGO_SCALE;
        }
      line.line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter));
      line.y = moved + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
      line.page = printing->n_pages - 1;
      g_array_append_val (printing->lines, line);
      y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return y;
}

static void
begin_cb (GtkPrintOperation *operation, GtkPrintContext *context, Printing *printing)
{
  double room = gtk_print_context_get_height (context) - FOOTER;
  double y = 0;

  g_ptr_array_set_size (printing->parts, 0);
  g_array_set_size (printing->lines, 0);
  printing->n_pages = 1;
  add_parts (printing, context);
  for (guint i = 0; i < printing->parts->len; i++)
    {
      const Part *part = printing->parts->pdata[i];
      /* A heading does not stand alone at the foot of a page. */
      double needed = part->with_next ? height_of (part) + 48 : 0;

      if (y > 0)
        y += part->before;
      if (y > 0 && y + needed > room)
        {
          printing->n_pages++;
          y = 0;
        }
      y = place_part (printing, part, y, room);
    }
  gtk_print_operation_set_n_pages (operation, (int) printing->n_pages);
}

static void
draw_footer (Printing *printing, GtkPrintContext *context, cairo_t *cairo, guint page)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (CAPTION);
  g_autofree char *text = g_strdup_printf (
      /* Translators: the page, and how many there are, at the foot of a printed page */
      C_ ("page", "%1$u of %2$u"),
      page + 1,
      printing->n_pages);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_width (layout, (int) (gtk_print_context_get_width (context) * PANGO_SCALE));
  cairo_move_to (cairo, 0, gtk_print_context_get_height (context) - FOOTER / 2);
  pango_cairo_show_layout (cairo, layout);
}

static void
draw_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Printing *printing)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);

  for (guint i = 0; i < printing->lines->len; i++)
    {
      const Line *line = &g_array_index (printing->lines, Line, i);

      if (line->page != (guint) page)
        continue;
      cairo_move_to (cairo, line->x, line->y);
      pango_cairo_show_layout_line (cairo, line->line);
    }
  draw_footer (printing, context, cairo, (guint) page);
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
                           .article = g_object_ref (article),
                           .parts = g_ptr_array_new_with_free_func (part_free),
                           .lines = g_array_new (FALSE, FALSE, sizeof (Line)),
                           .n_pages = 1 };
  g_array_set_clear_func (printing->lines, line_clear);
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
