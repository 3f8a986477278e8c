/* SPDX-FileCopyrightText: The Leitmotif authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <math.h>

#include "ui/map/lm-family-map.h"
#include "ui/map/lm-map-draw.h"

/* The map as a picture, for the window and for a file. The lines differ in more than colour: a warm
 * one is broad, a strained one is broken. */

/* Room for a name beyond the outermost circle. */
#define MARGIN 30
/* Of the innermost circle, as a part of the outermost. */
#define INNERMOST  0.34
#define NAME_WIDTH 96

static double
radius_of (guint distance, double size, double scale)
{
  double most = size / 2 - MARGIN * scale;

  return most * (INNERMOST + (1 - INNERMOST) * (distance - 1) / (LM_DISTANCE_MAX - 1));
}

/**
 * lm_map_point:
 * @size: of each side of the picture
 * @x: (out): where the person is
 * @y: (out): the same
 */
void
lm_map_point (const LmMapPlace *place, double size, double scale, double *x, double *y)
{
  double angle = place->angle * G_PI / 180, radius = radius_of (place->distance, size, scale);

  *x = size / 2 + sin (angle) * radius;
  *y = size / 2 - cos (angle) * radius;
}

/**
 * lm_map_place_at:
 * @angle: (out): in degrees
 * @distance: (out): of the nearest circle
 *
 * The other way round: what place a point of the picture is.
 */
void
lm_map_place_at (double x, double y, double size, double scale, int *angle, int *distance)
{
  double dx = x - size / 2, dy = y - size / 2, radius = sqrt (dx * dx + dy * dy);
  double nearest = G_MAXDOUBLE;

  *angle = ((int) lround (atan2 (dx, -dy) * 180 / G_PI) + 360) % 360;
  *distance = 1;
  for (guint i = 1; i <= LM_DISTANCE_MAX; i++)
    if (fabs (radius - radius_of (i, size, scale)) < nearest)
      {
        nearest = fabs (radius - radius_of (i, size, scale));
        *distance = (int) i;
      }
}

static void
set_color (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
draw_circles (cairo_t *cr, const LmMapDrawing *drawing)
{
  set_color (cr, &drawing->colors.ink, 0.14);
  cairo_set_line_width (cr, drawing->scale);
  for (guint i = 1; i <= LM_DISTANCE_MAX; i++)
    {
      cairo_new_path (cr);
      cairo_arc (cr,
                 drawing->size / 2,
                 drawing->size / 2,
                 radius_of (i, drawing->size, drawing->scale),
                 0,
                 2 * G_PI);
      cairo_stroke (cr);
    }
}

static void
draw_tie (cairo_t *cr, const LmMapDrawing *drawing, const LmMapPlace *place)
{
  const double dashes[] = { 5 * drawing->scale, 6 * drawing->scale };
  double x, y;

  lm_map_point (place, drawing->size, drawing->scale, &x, &y);
  set_color (cr, &drawing->colors.ink, place->tie == LM_TIE_PLAIN ? 0.4 : 0.75);
  cairo_set_line_width (cr, (place->tie == LM_TIE_WARM ? 5 : 1.5) * drawing->scale);
  cairo_set_dash (cr, dashes, place->tie == LM_TIE_STRAINED ? 2 : 0, 0);
  cairo_move_to (cr, drawing->size / 2, drawing->size / 2);
  cairo_line_to (cr, x, y);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
round_box (cairo_t *cr, double x, double y, double width, double height)
{
  double radius = height / 2;

  cairo_new_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_name (cairo_t *cr,
           PangoLayout *layout,
           const LmMapDrawing *drawing,
           const char *name,
           double x,
           double y,
           gboolean selected)
{
  double pad = 10 * drawing->scale, scale = drawing->scale;
  int text_width, text_height;
  double width, height, left;

  pango_layout_set_text (layout, name, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  if (text_width > NAME_WIDTH * scale)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int) (NAME_WIDTH * scale) * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, &text_width, &text_height);
    }
  width = text_width + 2 * pad;
  height = text_height + 6 * scale;
  /* A name at the edge stays in the picture. */
  left = CLAMP (x - width / 2, 1, MAX (1, drawing->size - width - 1));
  round_box (cr, left, y - height / 2, width, height);
  set_color (cr, &drawing->colors.card, 1);
  cairo_fill_preserve (cr);
  set_color (cr, selected ? &drawing->colors.accent : &drawing->colors.ink, selected ? 1 : 0.45);
  cairo_set_line_width (cr, (selected ? 3 : 1) * scale);
  cairo_stroke (cr);
  set_color (cr, &drawing->colors.ink, 1);
  cairo_move_to (cr, left + pad, y - text_height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

/* Draws the map into a square. @layout has the font; its text is changed. */
void
lm_map_draw (cairo_t *cr, PangoLayout *layout, const LmMapDrawing *drawing)
{
  set_color (cr, &drawing->colors.paper, 1);
  cairo_paint (cr);
  draw_circles (cr, drawing);
  for (guint i = 0; i < drawing->places->len; i++)
    draw_tie (cr, drawing, drawing->places->pdata[i]);
  draw_name (cr, layout, drawing, drawing->self_name, drawing->size / 2, drawing->size / 2, FALSE);
  for (guint i = 0; i < drawing->places->len; i++)
    {
      const LmMapPlace *place = drawing->places->pdata[i];
      double x, y;

      lm_map_point (place, drawing->size, drawing->scale, &x, &y);
      draw_name (cr, layout, drawing, place->name, x, y, i == drawing->selected);
    }
}
