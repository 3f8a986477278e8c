/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/widgets/lm-block-markup.h"
#include "ui/widgets/lm-pages.h"

#define CAPTION "Serif 9"
/* In points. */
#define INDENT 18
#define FOOTER 28

/* One line, at its place on its page. */
typedef struct
{
  PangoLayoutLine *line;
  double x;
  double y; /* of the base line */
  guint page;
} Line;

struct _LmPages
{
  PangoContext *context;
  double width;
  double height;
  GPtrArray *parts; /* of LmPart */
  GArray *lines;    /* of Line */
  guint n_pages;
};

static void
part_free (gpointer data)
{
  LmPart *part = data;

  g_object_unref (part->layout);
  g_free (part);
}

static void
line_clear (gpointer data)
{
  pango_layout_line_unref (((Line *) data)->line);
}

/**
 * lm_pages_new:
 * @context: what is drawn with, where one unit is a point
 * @width: what can be printed on of a page
 * @height: the same
 *
 * Returns: (transfer full): pages without anything on them
 */
LmPages *
lm_pages_new (PangoContext *context, double width, double height)
{
  LmPages *pages = g_new (LmPages, 1);

  *pages = (LmPages) { .context = g_object_ref (context),
                       .width = width,
                       .height = height,
                       .parts = g_ptr_array_new_with_free_func (part_free),
                       .lines = g_array_new (FALSE, FALSE, sizeof (Line)),
                       .n_pages = 1 };
  g_array_set_clear_func (pages->lines, line_clear);
  return pages;
}

void
lm_pages_free (LmPages *pages)
{
  g_array_unref (pages->lines);
  g_ptr_array_unref (pages->parts);
  g_object_unref (pages->context);
  g_free (pages);
}

/* What is on them ------------------------------------------------------------------------------ */

/**
 * lm_pages_add:
 * @font: as pango_font_description_from_string () takes it
 * @attributes: (nullable) (transfer none): of the text
 * @indent: how far from where lines begin
 *
 * Returns: (transfer none): the part, for what is to be unlike the usual
 */
LmPart *
lm_pages_add (
    LmPages *pages, const char *font, const char *text, PangoAttrList *attributes, double indent)
{
  LmPart *part = g_new0 (LmPart, 1);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  part->layout = pango_layout_new (pages->context);
  part->x = indent;
  part->before = 8;
  pango_layout_set_font_description (part->layout, description);
  pango_layout_set_width (part->layout, (int) ((pages->width - indent) * PANGO_SCALE));
  pango_layout_set_wrap (part->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (part->layout, text, -1);
  pango_layout_set_attributes (part->layout, attributes);
  g_ptr_array_add (pages->parts, part);
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

/**
 * lm_pages_add_block:
 * @size: of plain text; headings are larger
 *
 * Adds a block of a document as it looks on paper.
 *
 * Returns: (transfer none) (nullable): the part, if there is anything to see
 */
LmPart *
lm_pages_add_block (LmPages *pages, const LmBlock *block, double size)
{
  g_autofree char *marker = !block->marker      ? g_strdup ("")
                            : block->number > 0 ? g_strdup_printf ("%u. ", block->number)
                                                : g_strdup ("• ");
  g_autofree char *text = g_strconcat (marker, block->text, NULL);
  g_autoptr (PangoAttrList) attributes = attributes_of (block, (guint) strlen (marker));
  gboolean heading = block->kind == LM_BLOCK_HEADING;
  g_autofree char *font = NULL;
  LmPart *part;

  if (block->kind == LM_BLOCK_RULE)
    return NULL;
  font = heading ? g_strdup_printf ("Serif Bold %d", (int) size + (block->level <= 2 ? 3 : 1))
                 : g_strdup_printf ("Serif %d", (int) size);
  part = lm_pages_add (pages,
                       font,
                       text,
                       attributes,
                       INDENT * (block->quote + (block->marker ? block->list - 1 : block->list)));
  part->with_next = heading;
  part->before = heading ? 16 : block->list > 0 ? 4 : 8;
  return part;
}

/* Pages ---------------------------------------------------------------------------------------- */

static double
height_of (const LmPart *part)
{
  int height;

  pango_layout_get_size (part->layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Puts the lines of a part where they belong. Returns: where the next part begins */
static double
place_part (LmPages *pages, const LmPart *part, double y, double room)
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
          pages->n_pages++;
          y = 0;
          moved = -(double) top / PANGO_SCALE;
        }
      line.line = pango_layout_line_ref (pango_layout_iter_get_line_readonly (iter));
      line.y = moved + (double) pango_layout_iter_get_baseline (iter) / PANGO_SCALE;
      line.page = pages->n_pages - 1;
      g_array_append_val (pages->lines, line);
      y += height;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return y;
}

/* Returns: how many pages it takes */
guint
lm_pages_lay_out (LmPages *pages)
{
  double room = pages->height - FOOTER;
  double y = 0;

  g_array_set_size (pages->lines, 0);
  pages->n_pages = 1;
  for (guint i = 0; i < pages->parts->len; i++)
    {
      const LmPart *part = pages->parts->pdata[i];
      double needed = part->with_next ? height_of (part) + 48 : 0;

      if (y > 0)
        y += part->before;
      if (y > 0 && y + needed > room)
        {
          pages->n_pages++;
          y = 0;
        }
      y = place_part (pages, part, y, room);
    }
  return pages->n_pages;
}

static void
draw_footer (LmPages *pages, cairo_t *cairo, guint page)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (pages->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (CAPTION);
  g_autofree char *text = g_strdup_printf (
      /* Translators: the page, and how many there are, at the foot of a printed page */
      C_ ("page", "%1$u of %2$u"),
      page + 1,
      pages->n_pages);

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_width (layout, (int) (pages->width * PANGO_SCALE));
  cairo_move_to (cairo, 0, pages->height - FOOTER / 2);
  pango_cairo_show_layout (cairo, layout);
}

/**
 * lm_pages_draw:
 * @cairo: its origin is the corner of what can be printed on
 * @page: from 0 to below what lm_pages_lay_out () returned
 */
void
lm_pages_draw (LmPages *pages, cairo_t *cairo, guint page)
{
  for (guint i = 0; i < pages->lines->len; i++)
    {
      const Line *line = &g_array_index (pages->lines, Line, i);

      if (line->page != page)
        continue;
      cairo_move_to (cairo, line->x, line->y);
      pango_cairo_show_layout_line (cairo, line->line);
    }
  draw_footer (pages, cairo, page);
}
